// After a revocation: what the stolen key signed is replaced here by what the present one says, or loses its force.

import { type Descriptor, KeysError, kidOf, type Revocation } from '@detente/keys';
import { parseRecallAnswer } from '@detente/reciprocity';
import type { Transaction } from '@detente/store/database';
import {
  digestsOfKeys,
  firstOfKey,
  lockRecall,
  moveRecall,
  newestStatement,
  type PeerRow,
  readPeers,
  receivedFrom,
  revokeReceived,
  type StoredStatement,
  setRecallAnswer,
  statementsTo,
  voidStatements,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { isToRestate, noticeTyps, signForPeer, tellPeer } from './statements.ts';

/** Of these the newest counts, of those each. */
const restated = ['detente-offer+jwt', 'detente-standing+jwt'] as const;
const each = ['detente-contest+jwt', 'detente-attestation+jwt'] as const;
const LAPSE_MS = 7 * 86_400_000;

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

/** Says anew, with the present key, what was said last to each peer, and what the revoked key asked or answered: there, nothing of
 *  that counts any more. */
export async function restate(worker: Worker): Promise<void> {
  if (!worker.revoked.some(({ purpose }) => purpose === 'agency')) return;
  for (const { origin: peer, status } of await readPeers(worker.border.now)) {
    if (status === 'active' || status === 'suspended') await retell(worker, peer);
    for (const typ of each) await restateEach(worker, peer, typ);
    for (const typ of restated) {
      await worker.home.write(async (tx) => {
        const before = await newestStatement(tx, typ, worker.origin, peer);
        if (before && isToRestate(worker, before)) await signForPeer(worker, tx, { typ, peer, body: before.body });
      });
    }
  }
}

async function restateEach(worker: Worker, peer: string, typ: (typeof each)[number]): Promise<void> {
  const kids = revokedKids(worker);
  await worker.home.write(async (tx) => {
    const said = await statementsTo(tx, typ, worker.origin, peer);
    for (const old of said.filter(({ jws }) => kids.has(kidOf(jws)))) {
      await signForPeer(worker, tx, { typ, peer, body: old.body });
      await voidStatements(tx, [old.digest]);
    }
  });
}

function revokedKids({ revoked }: Pick<Worker, 'revoked'>): Set<string> {
  return new Set(revoked.flatMap(({ purpose, kid }) => (purpose === 'agency' ? kid : [])));
}

async function retell(worker: Worker, peer: string): Promise<void> {
  const kids = revokedKids(worker);
  for (const kind of ['recall', 'answer', 'approval'] as const) {
    await worker.home.write(async (tx) => {
      const said = await statementsTo(tx, noticeTyps[kind], worker.origin, peer);
      for (const old of said.filter(({ jws }) => kids.has(kidOf(jws)))) {
        if (kind === 'recall' && (await lockRecall(tx, old.digest))?.answer !== null) continue;
        const { digest } = await tellPeer(worker, tx, { kind, peer, body: old.body });
        if (kind === 'recall') await moveRecall(tx, { from: old.digest, to: digest });
        if (kind === 'answer') await setRecallAnswer(tx, parseRecallAnswer(old.body).recall, digest);
        await voidStatements(tx, [old.digest]);
      }
    });
  }
}

/** Takes back what a peer's revoked agency key said that is no offer and no standing: the node says anew what it meant. None of it
 *  is in a log, so that no index can tell the thief's from the node's own. */
export async function voidNotices(
  tx: Transaction,
  { iss, aud }: { iss: string; aud: string },
  revoked: readonly Revocation[],
): Promise<void> {
  const kids = new Set(revoked.flatMap(({ purpose, kid }) => (purpose === 'agency' ? kid : [])));
  if (kids.size === 0) return;
  for (const typ of [...Object.values(noticeTyps), ...each])
    await voidStatements(tx, await digestsOfKeys(tx, { typ, iss, aud }, { kids }));
}

/** What a peer says with its present agency key holds against its former ones. Before it is kept, what these said under its number
 *  or a higher one loses its force, and of a revoked one everything.
 *  @throws KeysError `key_former` when the statement is of a former key, and the present one has spoken under a lower number */
export async function yieldToPresent(tx: Transaction, peer: PeerRow, said: StoredStatement): Promise<void> {
  const { kid: present, former = [] } = peer.keys.agency!;
  if (former.length === 0) return;
  const { seq } = said;
  const isPresent = kidOf(said.jws) === present;
  if (!isPresent && ((await firstOfKey(tx, said, present)) ?? seq) < seq)
    throw new KeysError('key_former', `key ${kidOf(said.jws)} was rotated away, and its successor has spoken since`);
  const revoked = former.flatMap(({ kid, before }) => (before === undefined ? [] : kid));
  await voidStatements(tx, await digestsOfKeys(tx, said, { kids: revoked }));
  if (!isPresent) return;
  const kids = former.map(({ kid }) => kid);
  await voidStatements(tx, await digestsOfKeys(tx, said, { kids, from: seq }));
}

/** Ends what a peer's revoked agency key said and the node has not said anew within a week of that: it never will. */
export async function letLapse(worker: Worker, { origin: iss, keys }: PeerRow, day: string): Promise<void> {
  const isOver = (since: string) => Date.parse(day) - Date.parse(since) >= LAPSE_MS;
  const over = (keys.agency?.former ?? []).filter(({ since }) => since !== undefined && isOver(since));
  if (over.length === 0) return;
  const kids = new Set(over.map(({ kid }) => kid));
  await worker.home.write(async (tx) => {
    for (const typ of restated)
      await voidStatements(tx, await digestsOfKeys(tx, { typ, iss, aud: worker.origin }, { kids }));
  });
}
