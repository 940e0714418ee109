// Terms: computed from signed statements alone whenever one of them or the UTC day changes, and turned into grants.

import {
  acceptedOrigins,
  foldGrants,
  type GrantRow,
  grantChanges,
  type InputDigests,
  inputDigests,
  lowerOfBoth,
  reversed,
  type Terms,
  type TermsInput,
  terms,
} from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Asker, Transaction } from '@detente/store/database';
import { namedTerms } from '@detente/store/evidence';
import {
  applyLines,
  type GrantLine,
  lockWidening,
  newestTerms,
  type RecordRow,
  readGrants,
  readPeers,
  recentTerms,
  type StoredTerms,
  storeGrants,
  storeTerms,
  writeOutgoing,
} from '@detente/store/worker';
import { type Word, wordOf } from '../offers.ts';
import { inputsOfPeer } from '../terms-difference.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { lengthenPrefixes, stopForRecords } from './lengthen.ts';
import { findTurns } from './offer-turns.ts';
import { isLeaving, recallNarrowed } from './recalls.ts';
import { letLapse } from './revocations.ts';
import { treeOf } from './statements.ts';

/** Computes both directions with one peer and hands the exchange what has changed of what we give. */
export async function recomputeTerms(worker: Worker, peer: string, day: string = utcToday()): Promise<void> {
  const damaged = await worker.home.write(async (tx) => {
    await lockWidening(tx);
    // Read under the lock, which may have been waited for: what was logged meanwhile is no news.
    const { size } = await treeOf(worker);
    const named = (await namedTerms(worker.border.now)).find((one) => one.peer === peer);
    await findTurns(tx, { iss: peer, aud: worker.origin });
    await findTurns(tx, { iss: worker.origin, aud: peer });
    const theirs = await wordOf(tx, { giver: peer, taker: worker.origin, day });
    const ours = await wordOf(tx, { giver: worker.origin, taker: peer, day });
    const taking = inputOf({ giver: peer, taker: worker.origin, day }, theirs, ours);
    await storeTerms(tx, { peer, direction: 'taken', ...plain(terms(taking), day) });
    const given = terms(reversed(taking));
    const before = await newestTerms(tx, peer, 'given');
    const isNew = before?.digest !== given.digest;
    if (isNew) await storeTerms(tx, { peer, direction: 'given', ...plain(given, day) });
    const known = named && (await inputsOfPeer(tx, taking, named));
    const takers = known ? terms(reversed(known)) : given;
    const { body } = ours.offer ?? { body: null };
    const relays = acceptedOrigins(body, ours.standing?.standing ?? null, day);
    const inputs = inputDigests(reversed(taking));
    return giveOut(worker, tx, { peer, given, takers, isNew, size, backlog: body?.backlog ?? true, relays, inputs });
  });
  await stopForRecords(worker, damaged);
}

/** Computes the terms anew with each peer whose pages name others than when this was called last: what waited for it is given. */
export function hearingNames(worker: Worker): () => Promise<void> {
  const heard = new Map<string, string>();
  return async () => {
    for (const { peer, day, digest } of await namedTerms(worker.border.now)) {
      const name = `${day} ${digest}`;
      if (heard.get(peer) === name) continue;
      await recomputeTerms(worker, peer);
      heard.set(peer, name);
    }
  };
}

/** Computes the terms with every peer: at the start and when the UTC day changes. */
export async function recomputeAllTerms(worker: Worker, day: string = utcToday()): Promise<void> {
  const peers = await readPeers(worker.border.now);
  for (const peer of peers) {
    await letLapse(worker, peer, day);
    await recomputeTerms(worker, peer.origin, day);
  }
}

function inputOf(between: { giver: string; taker: string; day: string }, giver: Word, taker: Word): TermsInput {
  return {
    ...between,
    offers: { giver: giver.offer, taker: taker.offer },
    standings: { giver: giver.standing, taker: taker.standing },
  };
}

/** `takers`: the terms as the peer computes them. */
type Change = {
  peer: string;
  given: Terms;
  takers: Terms;
  isNew: boolean;
  size: number;
  backlog: boolean;
  relays: readonly string[];
  inputs: InputDigests;
};

/** Writes what the new terms give: first longer prefixes of the records that they reach, then the grants themselves. What
 *  narrows is in border before this transaction commits.
 *  @returns the records that are not what was signed, of which no more is given */
async function giveOut(worker: Worker, tx: Transaction, change: Change): Promise<RecordRow[]> {
  const { peer, given, takers, isNew, size, backlog, relays, inputs } = change;
  const rows = await readGrants(tx, peer);
  const had = foldGrants(rows);
  const changes = grantChanges(had, lowerOfBoth(given, takers, had), { size, widenFrom: backlog ? 0 : size });
  if (!isNew && Object.values(changes).every((lines) => lines.length === 0)) return [];
  const narrowing = changes.narrowing.map((line) => ({ ...line, peer }));
  const others = [...changes.widening, ...changes.restated].map((line) => ({ ...line, peer }));
  const after = [...rows, ...numbered([...narrowing, ...others])];
  const damaged = await lengthenPrefixes(worker, tx, foldGrants(after), had);
  // Whoever leaves is asked for everything at once, and whoever has left hears of nothing.
  const isTold = narrowing.length > 0 && !(await isLeaving(worker, tx, peer));
  if (isTold) await recallNarrowed(worker, tx, { peer, rows, after });
  const lines = [...narrowing, ...others];
  const number = await writeOutgoing(tx, 'terms', {
    peer,
    day: given.day,
    digest: given.digest,
    lines,
    relays,
    inputs,
  });
  await storeGrants(tx, number, lines);
  // The narrowing lines come first, so that they have the same places here as when the carry brings the whole row.
  if (narrowing.length > 0) await worker.border.write((border) => applyLines(border, number, narrowing));
  return damaged;
}

function numbered(lines: readonly GrantLine[]): GrantRow[] {
  return lines.map((line, at) => ({ ...line, number: Number.MAX_SAFE_INTEGER, line: at }));
}

function plain({ digest, cells, access }: Terms, day: string): StoredTerms {
  return { day, digest, cells: Object.fromEntries(cells), access };
}

export type Taken = {
  /** The most that the terms give us of a cell: those of the page if we know them, and the newest. */
  levelOf(cell: string, pageTerms: string | null): Level | null;
};

export async function readTaken(reader: Asker, peer: string): Promise<Taken> {
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
