// Longer prefixes of records, cut for border when grants reach further. What is cut is as it was signed, or it is not cut.

import { foldGrants, type Grants, grantedLevel } from '@detente/reciprocity';
import type { TermIndex } from '@detente/redaction';
import type { Transaction } from '@detente/store/database';
import {
  keptRecord,
  lockWidening,
  type NewAct,
  newestBehind,
  type RecordRow,
  readGrants,
  readPeers,
  recordActs,
  setBorderLevel,
  writeOutgoing,
} from '@detente/store/worker';
import { leaksOf, tellLeaks } from '../leaks.ts';
import { isAsSigned, type Own } from '../log-damage.ts';
import { ownKeys } from '../own-keys.ts';
import type { Worker } from '../worker-context.ts';
import { factsOf, outgoingRecord } from './outgoing-record.ts';
import { stopFor } from './stop-signing.ts';

/** Sends border the longer prefixes that a peer's grants now reach. What names somebody who became known since it was signed stays as
 *  short as it is, and is given to nobody who has not got it; the officer is told: a correction of its case goes out in its place.
 *  @param had what the peer was granted until now
 *  @returns the records that are not what was signed: they stay as border has them */
export async function lengthenPrefixes(
  worker: Worker,
  tx: Transaction,
  grants: Grants,
  had: Grants,
): Promise<RecordRow[]> {
  const damaged: RecordRow[] = [];
  const held: NewAct[] = [];
  const named: string[] = [];
  let index: TermIndex | undefined;
  let own: Pick<Own, 'origin' | 'keys'> | undefined;
  let after = '';
  for (;;) {
    const records = await newestBehind(tx, after, 500);
    for (const record of records) {
      const facts = { ...factsOf(record), place: record.place };
      const level = grantedLevel(grants, facts);
      const isLonger = level !== null && level > (record.border_level ?? -1);
      const isMore = level !== null && level > (grantedLevel(had, facts) ?? -1);
      if (!isLonger && !isMore) continue;
      own ??= { origin: worker.origin, keys: await ownKeys(worker, worker.border.now) };
      if (isLonger && !isAsSigned(keptRecord(record), own)) {
        damaged.push(record);
        continue;
      }
      // Only here: what narrows does not wait for names that do not open.
      index ??= await worker.terms.current();
      const leaks = leaksOf({ ...record, token: record.token.slice(0, record.lengths[level]) }, index);
      if (leaks.length > 0) {
        const reason = `${tellLeaks(leaks)}; it is given no further: correct the fields, and release the draft that follows`;
        held.push({ actor: 'worker', act: 'case.held', object: record.case_id, reason });
        named.push(record.digest);
      } else if (isLonger) {
        await writeOutgoing(tx, 'record', outgoingRecord(record, level, null, []));
        await setBorderLevel(tx, record.digest, level);
      }
    }
    if (records.length === 0) break;
    after = records.at(-1)!.digest;
  }
  if (named.length > 0) await writeOutgoing(tx, 'withheld', { digests: named });
  if (held.length > 0) await recordActs(tx, held);
  return damaged;
}

/** Stops signing for the first of these. One that is not in the log yet is found by its index once it is.
 *  @returns whether there was any */
export async function stopForRecords(worker: Worker, damaged: readonly RecordRow[]): Promise<boolean> {
  for (const { digest } of damaged)
    worker.log.error({ record: digest }, 'a record at home is not the one that was signed, and no more of it is given');
  const [place] = damaged.flatMap((record) => record.place ?? []).sort((a, b) => a - b);
  if (place !== undefined) await stopFor(worker, { code: 'record', place });
  return damaged.length > 0;
}

/** What was not cut while its record was damaged.
 *  @returns whether nothing is damaged any more */
export async function lengthenAll(worker: Worker): Promise<boolean> {
  const peers = await readPeers(worker.border.now);
  const damaged = await worker.home.write(async (tx) => {
    await lockWidening(tx);
    const found: RecordRow[] = [];
    for (const { origin } of peers) {
      const grants = foldGrants(await readGrants(tx, origin));
      found.push(...(await lengthenPrefixes(worker, tx, grants, grants)));
    }
    return found;
  });
  return !(await stopForRecords(worker, damaged));
}
