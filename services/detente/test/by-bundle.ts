// Two nodes that cannot reach each other, and what they carry by `detente bundle`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf } from '@detente/client';
import { offer, type Ran, recordWire, releasing, runDetente, startNode, type TestNode, until } from '@detente/testkit';
import type { Test } from 'tap';
import { type Lab, patientLab } from './lab.ts';

type Apart = { node: TestNode; lab: Lab; connect: () => void };

/** A node whose origin leads nowhere until it is connected. */
async function startApart(t: Test, name: string): Promise<Apart> {
  const wire = await recordWire(t);
  let port = 0;
  const cut = {
    ...wire,
    leadTo: (to: number) => {
      port = to;
    },
  };
  // Nobody can be asked whether the log is whole, or to witness it.
  const node = await startNode(t, {
    name,
    wire: cut,
    policy: releasing(),
    batchSize: 16,
    witnessesRequired: 0,
  });
  return { node, lab: await patientLab(node), connect: () => wire.leadTo(port) };
}

type Imported = { outcome: string; records: number; receipts: number; refused: unknown[]; fault: string | null };

/** Files that go from one node to another, by the command alone. */
export class Bag {
  readonly folder: string;
  #count = 0;

  constructor(t: Test) {
    this.folder = mkdtempSync(join(tmpdir(), 'detente-bag-'));
    t.teardown(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  async pack(from: TestNode, to: TestNode): Promise<string> {
    const file = join(this.folder, `${from.name}-${++this.#count}.bundle`);
    const { code, stderr } = await runDetente(['bundle', 'export', to.name, '-o', file, '--data', from.data]);
    if (code !== 0) throw new Error(stderr);
    return file;
  }

  async take(node: TestNode, file: string, ...more: string[]): Promise<Ran & Imported> {
    const ran = await runDetente(['bundle', 'import', file, '--data', node.data, '--json', ...more]);
    return { ...ran, ...JSON.parse(ran.stdout) };
  }

  /** A file with other bytes, beside the one that was carried. */
  put(bytes: Uint8Array | string): string {
    const file = join(this.folder, `${++this.#count}.bundle`);
    writeFileSync(file, bytes);
    return file;
  }
}

const addPeer = ({ casework }: TestNode, { name, origin, fingerprint }: TestNode) =>
  casework.POST('/casework/v1/peers', { body: { name, origin, fingerprint, reason: 'test' } });

async function enrolled(node: TestNode, { name }: TestNode): Promise<void> {
  await until(`${node.name} has enrolled ${name}`, async () => {
    const { items } = dataOf(await node.casework.GET('/casework/v1/peers'));
    return items.some((one) => one.name === name && one.status === 'active');
  });
}

/** Waits until all that labs have reported is in the log and may be given. */
export async function logged(node: TestNode, lab: Lab): Promise<void> {
  await until(`the log of ${node.name} has ${lab.made} records`, async () => {
    const [row] = await node.sql(
      'border',
      `SELECT count(*)::int AS count FROM presentations WHERE place < (SELECT max(size) FROM checkpoints)`,
    );
    return row!.count === lab.made;
  });
}

export async function held(node: TestNode, count: number): Promise<void> {
  await until(`${node.name} holds ${count}`, async () => {
    const [row] = await node.sql('home', 'SELECT count(*)::int AS count FROM received');
    return row!.count === count;
  });
}

/** Starts two, `cn` and `us`, that show each other their keys by bundles, and then bring 3 records out and 2 back. */
export async function meetByBundles(t: Test): Promise<{ one: Apart; other: Apart; bag: Bag }> {
  const [one, other] = await Promise.all([startApart(t, 'cn'), startApart(t, 'us')]);
  const [cn, us] = [one.node, other.node];
  const bag = new Bag(t);
  // On their way at once: neither knows what is in the other.
  const both = async () => {
    const [out, back] = await Promise.all([bag.pack(cn, us), bag.pack(us, cn)]);
    return Promise.all([bag.take(us, out), bag.take(cn, back)]);
  };
  await Promise.all([addPeer(cn, us), addPeer(us, cn)]);
  for (const ran of await both()) t.match(ran, { code: 4, outcome: 'keys', stderr: /import it again in a minute/ });
  await Promise.all([enrolled(cn, us), enrolled(us, cn)]);
  await Promise.all([offer(cn, us, 'amber'), offer(us, cn, 'amber')]);
  await Promise.all([one.lab.report(3, 'cyber'), other.lab.report(2, 'bio')]);
  await until('all of it is signed, granted and logged', async () => {
    const found = [cn, us].flatMap((node) => [
      node.sql('border', 'SELECT FROM statements_out OFFSET 1'),
      node.sql('border', 'SELECT FROM grants'),
    ]);
    return (await Promise.all(found)).every((rows) => rows.length > 0);
  });
  await Promise.all([one, other].map(({ node, lab }) => logged(node, lab)));
  const [out, back] = await both();
  t.match(out, { code: 0, outcome: 'taken', records: 3, refused: [], fault: null });
  t.match(back, { code: 0, outcome: 'taken', records: 2, refused: [], fault: null });
  await Promise.all([held(us, 3), held(cn, 2)]);
  t.match(await bag.take(cn, await bag.pack(us, cn)), { code: 0, receipts: 1, fault: null });
  return { one, other, bag };
}
