// A worker that has added a hostile node as its peer, and what its exchange would land of it.

import { type HostileNode, startHostileNode } from '@detente/testkit';
import type { Test } from 'tap';
import { carryOut } from '../../src/jobs/carry.ts';
import { takeIn } from '../../src/jobs/landing.ts';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { startWorkerNode, type WorkerNode } from '../worker-node.ts';
import { landStatement, offer } from '../worker-pair.ts';

export const US = 'https://us.example';

export type Acquaintance = Awaited<ReturnType<typeof acquaint>>;

/** Both, once the hostile node is enrolled by a right descriptor, has enrolled us, and has offered up to green. */
export async function acquaint(t: Test) {
  const [us, mallory] = await Promise.all([startWorkerNode(t, { origin: US }), startHostileNode(t)]);
  await befriend(us, mallory, 'mallory');
  return { us, mallory };
}

export async function befriend(us: WorkerNode, node: HostileNode, name: string): Promise<void> {
  await addPeer(us, node, name);
  await land(us, node, 'descriptor', node.descriptor());
  const reason = { code: 'enrolled', params: {} };
  const standing = { standing: 'good', since: '2026-01-01', reason, overridden: false };
  await land(us, node, 'statement', await node.state('detente-standing+jwt', standing, { aud: US }));
  await land(us, node, 'statement', await node.state('detente-offer+jwt', offer('green'), { aud: US }));
}

export async function addPeer(
  { worker }: WorkerNode,
  { origin, fingerprint }: HostileNode,
  name: string,
): Promise<void> {
  await handlePeerRequest(worker, { op: 'add', name, origin, fingerprint, ca: null });
  await carryOut(worker);
}

/** Lands statements or descriptors, in this order, and lets the worker take them in. */
export async function land(us: WorkerNode, from: HostileNode, kind: string, ...all: string[]): Promise<void> {
  for (const jws of all) await landStatement(us, jws, kind, from.origin);
  await takeIn(us.worker);
  await carryOut(us.worker);
}

/** Lands records as a page brought them, at these places, and lets the worker take them in. */
export async function landRecords(
  us: WorkerNode,
  from: HostileNode,
  records: { token: string; digest: string; place: number; rule?: string; since?: Date }[],
): Promise<void> {
  for (const { token, digest, place, rule = null, since = new Date() } of records)
    await us.border.query(
      `INSERT INTO landing (peer, kind, digest, place, rule, body, received_at)
       VALUES ($1, 'record', $2, $3, $4, $5, $6)`,
      [from.origin, digest, place, rule, token, since],
    );
  await takeIn(us.worker);
}

/** What lies in quarantine, oldest first. */
export async function quarantined({ border }: WorkerNode) {
  const { rows } = await border.query('SELECT peer, kind, code, detail, body FROM quarantine ORDER BY number');
  return rows as { peer: string; kind: string; code: string; detail: string; body: string }[];
}
