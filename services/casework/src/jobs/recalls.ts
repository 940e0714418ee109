// Recalls: what a peer is asked to give up, and what we do when a peer asks us.

import {
  foldGrants,
  type GrantRow,
  grantedLevel,
  parseRecall,
  parseRecallAnswer,
  RECALL_DAYS,
  RECALLED_AT_ONCE,
  type RecallAnswerBody,
  type RecallBody,
  relayedLevel,
  wasEverGiven,
} from '@detente/reciprocity';
import { fieldsOfLevel, recordType } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  heldOfRecords,
  insertRecall,
  lockRecall,
  newestStatement,
  passedTo,
  purgeReceived,
  type RecordRow,
  readGrants,
  readPeers,
  recordsBehind,
  relaysOf,
  servedMark,
  setRecallAnswer,
  statementBody,
  warnedOf,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { factsOf } from './outgoing-record.ts';
import { tellPeer } from './statements.ts';
import type { NewVersion } from './versions.ts';

type Recalled = RecallBody['records'][number];

/** Code of the reason in a standing that ends a peering. */
export const OFFBOARDING = 'offboarding';

/** Asks every peer that was given a version of what is withdrawn to give it up.
 *  @param origins peers that are not expelled */
export async function recallRetracted(
  worker: Worker,
  tx: Transaction,
  versions: readonly NewVersion[],
  origins: readonly string[],
): Promise<void> {
  const before = versions.flatMap((one) => (one.row.retracted && !one.row.edition && one.before ? one.before : []));
  if (before.length === 0) return;
  for (const peer of origins) {
    const rows = await readGrants(tx, peer);
    const given = before.filter((one) => wasEverGiven(rows, { ...factsOf(one), place: one.place }));
    await recall(worker, tx, { peer, cause: 'retracted', level: 0, records: given });
  }
}

/** Asks a peer to give up what the grants gave it and do not give any more.
 *  @param rows its grants before
 *  @param after the same and those that narrow */
export async function recallNarrowed(
  worker: Worker,
  tx: Transaction,
  { peer, rows, after }: { peer: string; rows: readonly GrantRow[]; after: readonly GrantRow[] },
): Promise<void> {
  const [had, has] = [foldGrants(rows), foldGrants(after)];
  const byLevel = new Map<number, Recalled[]>();
  for await (const record of servedRecords(worker, tx, peer)) {
    const facts = { ...factsOf(record), place: record.place };
    const level = grantedLevel(has, facts) ?? 0;
    if ((grantedLevel(had, facts) ?? 0) > level) byLevel.set(level, [...(byLevel.get(level) ?? []), record]);
  }
  for (const record of await passedTo(tx, peer)) {
    const relay = { level: record.kept, followed: true };
    const level = relayedLevel(has, factsOf(record), relay) ?? 0;
    if ((relayedLevel(had, factsOf(record), relay) ?? 0) > level)
      byLevel.set(level, [...(byLevel.get(level) ?? []), record]);
  }
  for (const [level, given] of byLevel) await recall(worker, tx, { peer, cause: 'narrowed', level, records: given });
}

/** Asks a peer to give up everything that it was ever given, as its peering ends.
 *  @param asked versions that it was asked for already
 *  @returns whether there was anything to ask for */
export async function recallEverything(
  worker: Worker,
  tx: Transaction,
  { peer, asked = new Set() }: { peer: string; asked?: ReadonlySet<string> },
): Promise<boolean> {
  const rows = await readGrants(tx, peer);
  const passed = await passedTo(tx, peer);
  const given: Recalled[] = passed.filter(({ digest }) => !asked.has(digest));
  for await (const record of servedRecords(worker, tx, peer))
    if (!asked.has(record.digest) && wasEverGiven(rows, { ...factsOf(record), place: record.place }))
      given.push(record);
  await recall(worker, tx, { peer, cause: 'ended', level: 0, records: given });
  return given.length > 0;
}

/** Whether a peering is over, or about to be: everything has been recalled, and nothing more is asked. */
export async function isLeaving(worker: Worker, tx: Transaction, peer: string): Promise<boolean> {
  const standing = await newestStatement(tx, 'detente-standing+jwt', worker.origin, peer);
  return standing !== undefined && (reasonOf(standing.body) === OFFBOARDING || standing.body.standing === 'expelled');
}

/** Code of the reason in a standing. */
export function reasonOf(body: Record<string, unknown>): string {
  return (body.reason as { code: string }).code;
}

/** Versions that are on pages that a peer was served, or of which it was warned; but those that are withdrawn. */
async function* servedRecords(worker: Worker, tx: Transaction, peer: string): AsyncGenerator<RecordRow> {
  const mark = await servedMark(worker.border.now, peer);
  const warned = await warnedOf(worker.border.now, peer);
  let behind = '';
  for (;;) {
    const records = await recordsBehind(tx, behind, 500);
    if (records.length === 0) return;
    behind = records.at(-1)!.digest;
    for (const record of records) {
      const isServed = record.place !== null && record.place < mark;
      if (!record.retracted && (isServed || warned.has(record.digest))) yield record;
    }
  }
}

/** Asks a peer to give up records, so many in a statement as fit. */
export async function recall(
  worker: Worker,
  tx: Transaction,
  { peer, records, ...why }: Omit<RecallBody, 'records'> & { peer: string; records: readonly Recalled[] },
): Promise<void> {
  for (let at = 0; at < records.length; at += RECALLED_AT_ONCE) {
    const some = records.slice(at, at + RECALLED_AT_ONCE).map(({ id, digest }) => ({ id, digest }));
    const { digest } = await tellPeer(worker, tx, { kind: 'recall', peer, body: { ...why, records: some } });
    await insertRecall(tx, { digest, peer, own: true, days: RECALL_DAYS });
  }
}

/** Carries out an officer's answer to a peer's recall: purges if that is what it says, and tells the peer. Done once. */
export async function answerRecall(worker: Worker, body: RecallAnswerBody): Promise<void> {
  const answer = parseRecallAnswer(body);
  await worker.home.write(async (tx) => {
    const row = await lockRecall(tx, answer.recall);
    if (!row || row.own || row.answer !== null) return;
    const { peer } = row;
    const asked = await recallOf(tx, { peer, aud: worker.origin, digest: row.digest });
    if (answer.answer === 'purged') await purge(tx, peer, asked);
    const passed = await passedOf(worker, tx, { origin: peer, asked });
    const passed_to = [...new Set([...answer.passed_to, ...passed])].slice(0, 100);
    const { digest } = await tellPeer(worker, tx, { kind: 'answer', peer, body: { ...answer, passed_to } });
    await setRecallAnswer(tx, row.digest, digest);
  });
}

/** To whom we passed on what is asked back; but those that nobody may know to be peers of ours. */
async function passedOf(
  { border }: Worker,
  tx: Transaction,
  { origin, asked }: { origin: string; asked: RecallBody },
): Promise<string[]> {
  const ids = asked.records.map(({ id }) => id);
  const passed = new Set((await relaysOf(tx, origin, ids)).map(({ peer }) => peer));
  return (await readPeers(border.now)).filter((one) => one.listed && passed.has(one.origin)).map((one) => one.origin);
}

async function recallOf(tx: Transaction, { peer, aud, digest }: { peer: string; aud: string; digest: string }) {
  return parseRecall(await statementBody(tx, { typ: 'detente-recall+jwt', iss: peer, aud, digest }));
}

/** Cuts every version that is held of the records down to what may be kept. What the node whose record it is gave itself is not
 *  its relay's to ask back. */
async function purge(tx: Transaction, peer: string, { level, records }: RecallBody): Promise<void> {
  const ids = records.map(({ id }) => id);
  for (const { digest, type, presentation, ...held } of await heldOfRecords(tx, peer, ids)) {
    const ofRelay = held.peer !== peer;
    const known = recordType(type);
    const kept = Math.min(ofRelay ? Math.max(level, held.direct ?? 0) : level, held.level) as 0 | 1 | 2 | 3 | 4 | 5;
    const names = fieldsOfLevel(known, kept);
    const parts = presentation.split('~').slice(0, 1 + known.counts[kept]!);
    await purgeReceived(tx, held.peer, { digest, level: kept, presentation: `${parts.join('~')}~`, names, ofRelay });
  }
}

/** Keeps that a peer answered one of our recalls.
 *  @returns false when it is no recall of ours to this peer */
export async function takeAnswer(
  tx: Transaction,
  peer: string,
  answer: { recall: string; digest: string },
): Promise<boolean> {
  const row = await lockRecall(tx, answer.recall);
  if (!row?.own || row.peer !== peer) return false;
  if (row.answer === null) await setRecallAnswer(tx, row.digest, answer.digest);
  return true;
}
