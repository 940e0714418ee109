// After a revocation: what the stolen key signed is replaced here by what the present one says, or loses its force.

import { type Descriptor, kidOf, type Revocation } from '@detente/keys';
import type { Transaction } from '@detente/store/database';
import {
  newestStatement,
  type PeerRow,
  readPeers,
  receivedFrom,
  revokeReceived,
  type StoredStatement,
  statementsBetween,
  voidStatements,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { isOfRevoked, signForPeer } from './statements.ts';

/** What a descriptor revokes that the one before did not. */
export function freshRevocations(before: Descriptor | undefined, { revoked = [] }: Descriptor): Revocation[] {
  return revoked.filter(({ kid }) => !before?.revoked?.some((one) => one.kid === kid));
}

/** Marks the records of a peer that its revoked key signed and that its log, as far as we know, does not show below the index. */
export async function revokeRecords(tx: Transaction, peer: string, revoked: readonly Revocation[]): Promise<void> {
  for (const { purpose, kid, before } of revoked) {
    if (purpose !== 'record') continue;
    const suspects = await receivedFrom(tx, peer, before);
    const signed = suspects.filter(({ token }) => kidOf(token) === kid).map(({ digest }) => digest);
    if (signed.length > 0) await revokeReceived(tx, peer, signed);
  }
}

/** Says anew, with the present key, what the revoked agency key had said last to each peer. */
export async function restate(worker: Worker): Promise<void> {
  if (!worker.revoked.some(({ purpose }) => purpose === 'agency')) return;
  for (const { origin: peer } of await readPeers(worker.border.now)) {
    for (const typ of ['detente-offer+jwt', 'detente-standing+jwt'] as const) {
      await worker.home.write(async (tx) => {
        const before = await newestStatement(tx, typ, worker.origin, peer);
        if (before && isOfRevoked(worker, before)) await signForPeer(worker, tx, { typ, peer, body: before.body });
      });
    }
  }
}

/** A peer whose agency key was revoked says something anew: what the old key said of it holds no more, whatever its number. */
export async function voidRevoked(tx: Transaction, peer: PeerRow, said: StoredStatement): Promise<void> {
  const revoked = new Set(peer.keys.agency?.former?.flatMap(({ kid, before }) => (before === undefined ? [] : kid)));
  if (revoked.size === 0) return;
  const held = await statementsBetween(tx, said.typ, said.iss, said.aud);
  await voidStatements(
    tx,
    held.filter(({ jws }) => revoked.has(kidOf(jws))),
  );
}
