// A real exchange over real databases, with a hostile node among its peers.

import { type HostileNode, type RawRequest, startHostileNode } from '@detente/testkit';
import type { Test } from 'tap';
import { introduce, type Node, startNode } from '../exchange-node.ts';

export type Victim = { us: Node; mallory: HostileNode };

/** Both, as they are once an officer has added the hostile node and its descriptor was right. */
export async function startVictim(t: Test, more: Record<string, string> = {}): Promise<Victim> {
  const [us, mallory] = await Promise.all([startNode(t, more), startHostileNode(t)]);
  await enrol(us, mallory);
  return { us, mallory };
}

export async function enrol(us: Node, mallory: HostileNode): Promise<void> {
  await us.worker.addPeer(mallory);
  await us.pull(mallory);
  await us.worker.enrol(mallory.origin);
  await us.worker.agree(mallory.origin);
}

/** An honest node beside them, known to the victim. */
export async function startHonest(t: Test, us: Node): Promise<Node> {
  const them = await startNode(t);
  await introduce(us, them);
  return them;
}

/** Sends a request past the victim's proxy and reads the problem; with it, the answer's own form is checked. */
export async function problemOf(t: Test, { us, mallory }: Victim, raw: RawRequest): Promise<[number, string]> {
  const { status, headers, json } = await mallory.send(us.proxy.target, raw);
  t.match(headers['content-type'], /^application\/problem\+json/);
  t.match(json, { status, type: `urn:detente:problem:${json?.code}`, title: /./ }, 'the body is of RFC 9457');
  return [status, json?.code];
}

/** Every row of border, as one digest a table: where we are in a peer's log without what the last pull said of it. */
export async function rowsOf(us: Node): Promise<Record<string, string>> {
  const tables = await us.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const row = name === 'cursors' ? '(peer, after, late, frontier, checkpoint, pages)' : 'x';
    const text = `SELECT md5(coalesce(string_agg(${row}::text, '|' ORDER BY ${row}::text), '')) AS md5 FROM ${name} x`;
    digests[name] = (await us.rows<{ md5: string }>(text))[0]!.md5;
  }
  return digests;
}

/** Does something, and finds no row of border changed by it.
 *  @param but tables that may change */
export async function changesNothing<T>(t: Test, us: Node, act: () => Promise<T>, but: string[] = []): Promise<T> {
  const before = await rowsOf(us);
  const result = await act();
  const after = await rowsOf(us);
  for (const table of but) after[table] = before[table]!;
  t.same(after, before, 'no row has changed');
  return result;
}

/** What may change when a call is refused for what it brought: its nonce is used, and the evidence is kept. */
export const evidence = ['nonces', 'quarantine', 'statement_counters'];

export type Refusal = { code: string; fault: string | undefined; body: string; digest: string; place: number };

/** What lies in quarantine of the hostile node, in the order of its log. */
export async function quarantined({ us, mallory }: Victim): Promise<Refusal[]> {
  const rows = await us.rows<{ code: string; detail: string; body: string; digest: string; place: string }>(
    'SELECT code, detail, body, digest, place FROM quarantine WHERE peer = $1 ORDER BY place, number',
    [mallory.origin],
  );
  return rows.map(({ detail, place, ...row }) => ({ ...row, place: Number(place), fault: JSON.parse(detail).fault }));
}
