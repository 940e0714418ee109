// A worker that has added a hostile node as its peer, and what its exchange would land of it.

import { randomBytes } from 'node:crypto';
import type { Descriptor, Revocation, SigningPurpose } from '@detente/keys';
import { type HostileNode, startHostileNode } from '@detente/testkit';
import type { Test } from 'tap';
import { carryOut } from '../../src/jobs/carry.ts';
import { takeIn } from '../../src/jobs/landing.ts';
import { handlePeerRequest } from '../../src/jobs/peers.ts';
import { startWorkerNode, type WorkerNode } from '../worker-node.ts';
import { landStatement, offer } from '../worker-pair.ts';

export const US = 'https://us.example';

/** Fields of a record that says nothing above tier green. */
export const green = { root_cause: undefined };

/** A thumbprint that no key has: what is announced when nothing is to follow. */
export const fresh = () => randomBytes(32).toString('base64url');

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

/** Lands a warning, and lets the worker take it in. */
export async function landWarning(
  { us, mallory }: Acquaintance,
  { token, digest }: { token: string; digest: string },
): Promise<void> {
  await us.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'warning', $2, $3)`, [
    mallory.origin,
    digest,
    token,
  ]);
  await takeIn(us.worker);
}

/** What a page or a warning brings of a record up to tier green. */
export function cut({ token, digest, lengths }: ReturnType<HostileNode['record']>, place = 0) {
  return { token: token.slice(0, lengths[2]), digest, place };
}

/** What a descriptor says once these keys are rotated to those that were announced. */
export function rotating({ mallory }: Acquaintance, ...purposes: SigningPurpose[]) {
  return ({ keys }: Descriptor) => {
    for (const purpose of purposes) keys[purpose] = { jwk: mallory.successor(purpose).publicJwk, next: fresh() };
  };
}

/** What a descriptor says once a key is revoked for what the log does not show below an index. */
export function revoking(both: Acquaintance, purpose: SigningPurpose, before: number) {
  return (body: Descriptor) => {
    const { kid, publicJwk } = both.mallory.signer(purpose);
    rotating(both, purpose)(body);
    if (purpose === 'record') body.former = [publicJwk];
    body.revoked = [...(body.revoked ?? []), { purpose, kid, before } as Revocation];
  };
}

/** Numbers of the hostile node's offers that still count. */
export async function offersOf({ us, mallory }: Acquaintance): Promise<number[]> {
  const { rows } = await us.home.query(
    `SELECT seq::float8 AS seq FROM statements WHERE iss = $1 AND typ LIKE '%offer%' AND void_at IS NULL ORDER BY seq`,
    [mallory.origin],
  );
  return rows.map(({ seq }) => seq);
}

/** What is known of the hostile node. */
export async function peerRow({ us, mallory }: Acquaintance) {
  const { rows } = await us.border.query('SELECT fingerprint, keys, descriptor, earlier FROM peers WHERE origin = $1', [
    mallory.origin,
  ]);
  return rows[0] as {
    fingerprint: string;
    keys: Record<string, { kid: string; former?: object[] }>;
    descriptor: string;
    earlier: string[];
  };
}

/** What was received and kept, in the order of its places. */
export async function received({ us }: Acquaintance) {
  const { rows } = await us.home.query(
    'SELECT digest, place::int, revoked_at IS NOT NULL AS revoked FROM received ORDER BY place NULLS LAST',
  );
  return rows as { digest: string; place: number | null; revoked: boolean }[];
}

/** What lies in quarantine, oldest first. */
export async function quarantined({ border }: WorkerNode) {
  const { rows } = await border.query('SELECT peer, kind, code, detail, body FROM quarantine ORDER BY number');
  return rows as { peer: string; kind: string; code: string; detail: string; body: string }[];
}
