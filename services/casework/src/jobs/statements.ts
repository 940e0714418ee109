// What the worker signs for peers that is no record: offers, standings, recalls. Each is kept at home as signed, and carried.

import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { KeysError, kidOf, type StatementTyp, signStatement } from '@detente/keys';
import type { PeerStatementTyp } from '@detente/reciprocity';
import type { Transaction } from '@detente/store/database';
import {
  digestNumbered,
  lockStatements,
  newestStatement,
  promiseRoom,
  readTree,
  rhythmOf,
  type StoredStatement,
  storeStatement,
  type TreeState,
  writeOutgoing,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';

/** Signs an offer, a standing, a contest or an attestation for a peer and sends it on its way. It is a leaf of the log. What says the same as the newest
 *  one is not signed again: that one is returned. */
export async function signForPeer(
  worker: Worker,
  tx: Transaction,
  statement: { typ: PeerStatementTyp; peer: string; body: Record<string, unknown> },
): Promise<StoredStatement> {
  const { typ, peer, body } = statement;
  await lockStatements(tx);
  const before = await newestStatement(tx, typ, worker.origin, peer);
  if (before && isDeepStrictEqual(before.body, body) && !isToRestate(worker, before)) return before;
  const stored = await signNext(worker, tx, statement);
  const { seq, digest, jws } = stored;
  await writeOutgoing(tx, 'statement', { peer, typ, seq, digest, jws, tick: await leafTick(worker, tx) });
  return stored;
}

/** Whether what we said has to be said anew: once an agency key was stolen, only what the present one says ends what the thief
 *  said, whichever key had the last word here. */
export function isToRestate({ revoked, keys }: Worker, { jws }: StoredStatement): boolean {
  return revoked.some(({ purpose }) => purpose === 'agency') && kidOf(jws) !== keys.signer('agency').kid;
}

/** What a notice of each kind is signed as. */
export const noticeTyps = {
  recall: 'detente-recall+jwt',
  answer: 'detente-recall-answer+jwt',
  canary: 'detente-canary+jwt',
  approval: 'detente-approval+jwt',
} as const satisfies Record<string, StatementTyp>;

/** Signs what a peer is to be told at once. It is no leaf: it concerns two nodes alone. */
export async function tellPeer(
  worker: Worker,
  tx: Transaction,
  { kind, peer, body }: { kind: keyof typeof noticeTyps; peer: string; body: Record<string, unknown> },
): Promise<StoredStatement> {
  await lockStatements(tx);
  const stored = await signNext(worker, tx, { typ: noticeTyps[kind], peer, body });
  await writeOutgoing(tx, 'notice', { peer, kind, digest: stored.digest, body: stored.jws });
  return stored;
}

/** Signs a statement, one sequence number after the last of its kind, and keeps it; the lock on statements is the caller's. */
async function signNext(
  worker: Worker,
  tx: Transaction,
  { typ, peer, body }: { typ: StatementTyp; peer: string; body: Record<string, unknown> },
): Promise<StoredStatement> {
  const before = await newestStatement(tx, typ, worker.origin, peer);
  const seq = (before?.seq ?? 0) + 1;
  const jti = randomBytes(16).toString('base64url');
  const input = { typ, iss: worker.origin, aud: peer, seq, jti, body };
  const { jws, digest } = await signStatement(input, worker.keys.signer('agency'));
  const stored = { iss: worker.origin, typ, aud: peer, seq, jti, digest, jws, body };
  await storeStatement(tx, stored);
  return stored;
}

/** Stores a statement, once.
 *  @returns whether it is new
 *  @throws KeysError `claims_malformed` when another statement has its sequence number: the issuer contradicts itself */
export async function keepStatement(tx: Transaction, statement: StoredStatement): Promise<boolean> {
  if (await storeStatement(tx, statement)) return true;
  const { typ, seq, digest } = statement;
  if ((await digestNumbered(tx, statement)) === digest) return false;
  throw new KeysError('claims_malformed', `another ${typ} has the sequence number ${seq}`);
}

/** A batch of the log for a leaf that is in no hurry. */
export async function leafTick(worker: Worker, tx: Transaction): Promise<number> {
  const rhythm = rhythmOf(await treeOf(worker), worker.settings.DETENTE_DRAW);
  return promiseRoom(tx, { ...rhythm, urgent: false }, randomBytes);
}

/** Border's tree; there is one from the worker's start on. */
export async function treeOf(worker: Worker): Promise<TreeState> {
  const tree = await readTree(worker.border.now);
  if (!tree) throw new Error('border has no tree: the worker has not been started');
  return tree;
}
