// Terms: computed from signed statements alone whenever one of them or the UTC day changes, and turned into grants.

import {
  acceptedOrigins,
  foldGrants,
  type GrantRow,
  type Grants,
  grantChanges,
  grantedLevel,
  terms,
} from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Reader, Transaction } from '@detente/store/database';
import {
  applyLines,
  type GrantLine,
  lockWidening,
  type NewAct,
  newestTerms,
  readGrants,
  readPeers,
  recentTerms,
  recordActs,
  recordsBehind,
  type StoredTerms,
  setBorderLevel,
  storeGrants,
  storeTerms,
  writeOutgoing,
} from '@detente/store/worker';
import { leaksOf, tellLeaks } from '../leaks.ts';
import { type Word, wordOf } from '../offers.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { findTurns } from './offer-turns.ts';
import { factsOf, outgoingRecord } from './outgoing-record.ts';
import { isLeaving, recallNarrowed } from './recalls.ts';
import { letLapse } from './revocations.ts';
import { treeOf } from './statements.ts';

type Computed = ReturnType<typeof terms>;

/** Computes both directions with one peer and hands the exchange what has changed of what we give. */
export async function recomputeTerms(worker: Worker, peer: string, day: string = utcToday()): Promise<void> {
  await worker.home.write(async (tx) => {
    await lockWidening(tx);
    // Read under the lock, which may have been waited for: what was logged meanwhile is no news.
    const { size } = await treeOf(worker);
    const [taking, giving] = [
      { giver: peer, taker: worker.origin, day },
      { giver: worker.origin, taker: peer, day },
    ];
    await findTurns(tx, { iss: peer, aud: worker.origin });
    await findTurns(tx, { iss: worker.origin, aud: peer });
    const [theirs, ours] = [await wordOf(tx, taking), await wordOf(tx, giving)];
    await storeTerms(tx, { peer, direction: 'taken', ...plain(compute(taking, theirs, ours), day) });
    const given = compute(giving, ours, theirs);
    const before = await newestTerms(tx, peer, 'given');
    if (before?.digest === given.digest) return;
    await storeTerms(tx, { peer, direction: 'given', ...plain(given, day) });
    const { body } = ours.offer ?? { body: null };
    const relays = acceptedOrigins(body, ours.standing?.standing ?? null, day);
    await giveOut(worker, tx, { peer, day, given, size, backlog: body?.backlog ?? true, relays });
  });
}

/** Computes the terms with every peer: at the start and when the UTC day changes. */
export async function recomputeAllTerms(worker: Worker, day: string = utcToday()): Promise<void> {
  const peers = await readPeers(worker.border.now);
  for (const peer of peers) {
    await letLapse(worker, peer, day);
    await recomputeTerms(worker, peer.origin, day);
  }
}

type Between = { giver: string; taker: string; day: string };

function compute(between: Between, giver: Word, taker: Word): Computed {
  return terms({
    ...between,
    offers: { giver: giver.offer, taker: taker.offer },
    standings: { giver: giver.standing, taker: taker.standing },
  });
}

type Change = {
  peer: string;
  day: string;
  given: Computed;
  size: number;
  backlog: boolean;
  relays: readonly string[];
};

/** Writes what the new terms give: first longer prefixes of the records that they reach, then the grants themselves. What
 *  narrows is in border before this transaction commits. */
async function giveOut(worker: Worker, tx: Transaction, change: Change): Promise<void> {
  const { peer, day, given, size, backlog, relays } = change;
  const rows = await readGrants(tx, peer);
  const widenFrom = backlog ? 0 : size;
  const changes = grantChanges(foldGrants(rows), given, { size, widenFrom });
  const narrowing = changes.narrowing.map((line) => ({ ...line, peer }));
  const others = [...changes.widening, ...changes.restated].map((line) => ({ ...line, peer }));
  const after = [...rows, ...numbered([...narrowing, ...others])];
  await lengthenPrefixes(worker, tx, foldGrants(after));
  // Whoever leaves is asked for everything at once, and whoever has left hears of nothing.
  const isTold = narrowing.length > 0 && !(await isLeaving(worker, tx, peer));
  if (isTold) await recallNarrowed(worker, tx, { peer, rows, after });
  const lines = [...narrowing, ...others];
  const number = await writeOutgoing(tx, 'terms', { peer, day, digest: given.digest, lines, relays });
  await storeGrants(tx, number, lines);
  // The narrowing lines come first, so that they have the same places here as when the carry brings the whole row.
  if (narrowing.length > 0) await worker.border.write((border) => applyLines(border, number, narrowing));
}

function numbered(lines: readonly GrantLine[]): GrantRow[] {
  return lines.map((line, at) => ({ ...line, number: Number.MAX_SAFE_INTEGER, line: at }));
}

/** Sends border the longer prefixes that a peer's grants now reach. What names somebody who became known since it was signed stays
 *  as short as it is, and the officer is told: a correction of its case goes out in its place. */
async function lengthenPrefixes(worker: Worker, tx: Transaction, grants: Grants): Promise<void> {
  const index = await worker.terms.current();
  const held: NewAct[] = [];
  let after = '';
  for (;;) {
    const records = await recordsBehind(tx, after, 500);
    for (const record of records) {
      const level = grantedLevel(grants, { ...factsOf(record), place: record.place });
      if (level === null || level <= (record.border_level ?? -1)) continue;
      const leaks = leaksOf({ ...record, token: record.token.slice(0, record.lengths[level]) }, index);
      if (leaks.length > 0) {
        const reason = `${tellLeaks(leaks)}; it is given no further: correct the fields, and release the draft that follows`;
        held.push({ actor: 'worker', act: 'case.held', object: record.case_id, reason });
        continue;
      }
      await writeOutgoing(tx, 'record', outgoingRecord(record, level, null, []));
      await setBorderLevel(tx, record.digest, level);
    }
    if (records.length === 0) break;
    after = records.at(-1)!.digest;
  }
  if (held.length > 0) await recordActs(tx, held);
}

function plain({ digest, cells, access }: Computed, day: string): StoredTerms {
  return { day, digest, cells: Object.fromEntries(cells), access };
}

export type Taken = {
  /** The most that the terms give us of a cell: those of the page if we know them, and the newest. */
  levelOf(cell: string, pageTerms: string | null): Level | null;
};

export async function readTaken(reader: Reader, peer: string): Promise<Taken> {
  const recent = await recentTerms(reader, peer, 'taken');
  const [newest] = recent;
  return {
    levelOf(cell, pageTerms) {
      const named = recent.find(({ digest }) => digest === pageTerms);
      const levels = [newest, named].map((one) => one?.cells[cell]?.level ?? null);
      const known = levels.filter((level) => level !== null);
      return known.length === 0 ? null : (Math.max(...known) as Level);
    },
  };
}
