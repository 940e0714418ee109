// A page for one peer: what its grants give of the log, spliced from stored bytes, under one lock with its mark.

import { composeItems, composePage, type OwnLate, planPage, type RelayedLate, sharePage } from '@detente/feed';
import { logNameOf } from '@detente/keys';
import { foldGrants, type Grants, grantedSelection } from '@detente/reciprocity';
import { problem } from '@detente/server';
import type { Transaction } from '@detente/store/database';
import {
  lateBehind,
  lockServed,
  noteMirrorDamage,
  presentationsBetween,
  putOff,
  raiseMark,
  readCheckpoint,
  readDoubt,
  readGrants,
  readTerms,
  readTiles,
} from '@detente/store/exchange';
import { tileReader } from '@detente/tlog';
import { type Shown, shown } from './granted.ts';
import { proveRelayed, shownRelayed, type ToProve } from './relays.ts';

/** Characters of the records of a page; a larger record goes alone. */
const maxLength = 8_388_608;

export type PageRequest = {
  /** This node, whose log it is. */
  origin: string;
  peer: string;
  after: number;
  late: number;
  limit: number;
  /** Where it ends at the latest, and then it has no late items; the newest checkpoint when absent. */
  until?: number;
};

/** Composes a page and raises the peer's mark to its end.
 *  @throws ProblemError `unavailable`, `conflict` */
export async function servePage(tx: Transaction, request: PageRequest): Promise<string> {
  const { origin, peer, after, limit, until } = request;
  const { mark } = await lockServed(tx, peer);
  const checkpoint = await readCheckpoint(tx);
  const terms = await readTerms(tx, peer);
  if (!checkpoint || !terms) throw problem('unavailable', { headers: { 'retry-after': '1' } });
  const { size } = checkpoint;
  if (await isDoubted(tx, { peer, after, size })) throw problem('unavailable', older);
  if (after > size)
    throw problem('conflict', { detail: `the log has ${size} leaves, and you ask for those from ${after} on` });
  const grants = foldGrants(await readGrants(tx, peer));
  const found = await findRecords(tx, grants, { peer, from: after, to: until ?? size, limit });
  const waiting = until === undefined ? await findLate(tx, grants, request) : [];
  const lengths = (items: readonly Shown[]) => items.map(({ presentation }) => presentation.length);
  const share = sharePage({ limit, maxLength, records: lengths(found.records), late: lengths(waiting) });
  const records = found.records.slice(0, share.records);
  const late = await proveLate(tx, peer, waiting.slice(0, share.late));
  const plan = planPage({
    after,
    size,
    ...(until !== undefined && { until }),
    indexes: records.map(({ index }) => index),
    complete: found.complete && records.length === found.records.length,
    late: late.flatMap((item) => ('proof' in item ? [] : item.index)),
  });
  const read = tileReader(await readTiles(tx, plan.tiles));
  const presentations = records.map(({ presentation }) => presentation);
  const items = composeItems(plan, presentations, read);
  if (plan.next > mark) await raiseMark(tx, peer, plan.next);
  const { day, digest, inputs } = terms;
  const head = { log: logNameOf(origin), day, terms: digest, ...(inputs && { inputs }), checkpoint: checkpoint.note };
  // Numbers of what is left out are passed over like any hole.
  return composePage({ ...head, plan, items, late, lateAfter: request.late, read });
}

/** A page below what a peer has seen already would look as if the log had been rewritten. */
const older = {
  detail: 'the log is shorter than what you have seen of it, and may be an older copy: this node is finding out',
  headers: { 'retry-after': '5' },
} as const;

/** Whether the peer may have seen more of our log than is here: it has not said yet how much, or it was more. */
async function isDoubted(tx: Transaction, asked: { peer: string; after: number; size: number }): Promise<boolean> {
  const doubt = await readDoubt(tx, asked.peer);
  return doubt !== undefined && (!doubt.answered || Math.max(doubt.seen ?? 0, asked.after) > asked.size);
}

/** What is granted in a range of the log: up to `limit` records, and whether that is all. One question to the database,
 *  unless much of what it looks at is withheld. */
type Range = { peer: string; from: number; to: number; limit: number };

async function findRecords(tx: Transaction, grants: Grants, range: Range) {
  const selection = grantedSelection(grants);
  const records: Shown[] = [];
  let { from } = range;
  for (;;) {
    // One more than is wanted shows whether there is more.
    const wanted = range.limit + 1;
    const rows = await presentationsBetween(tx, { ...range, from, limit: wanted }, selection);
    for (const row of rows) {
      const item = shown(grants, row);
      if (item && records.length === range.limit) return { records, complete: false };
      if (item) records.push(item);
    }
    if (rows.length < wanted) return { records, complete: true };
    from = rows.at(-1)!.place + 1;
  }
}

/** A late item, with its log if that is another node's. */
type LateShown = Shown & { number: number; rule: string; log?: string };

/** In their order, those of other logs with their proofs. What our mirror does not show, or not rightly, waits with a number behind
 *  all others: what is passed over does not come again, and no record waits for another node's log but that log's own. */
async function proveLate(
  tx: Transaction,
  peer: string,
  waiting: readonly LateShown[],
): Promise<(OwnLate | RelayedLate)[]> {
  const own = waiting.filter(({ log }) => log === undefined);
  const others = waiting.filter(({ log }) => log !== undefined);
  const { proven, unproven, damaged } = await proveRelayed(tx, others as ToProve[]);
  const given = [...own, ...proven].sort((a, b) => a.number - b.number);
  const end = given.at(-1)?.number ?? 0;
  const passed = unproven.filter((number) => number < end);
  if (passed.length > 0) await putOff(tx, peer, passed);
  for (const log of damaged) await noteMirrorDamage(tx, log);
  return given;
}

/** Late items behind the caller's cursor. Those that the grants give nothing of any more are passed over; a record that was
 *  widened twice comes with its last number alone. */
async function findLate(tx: Transaction, grants: Grants, { peer, late, limit }: PageRequest) {
  const items = new Map<string, LateShown>();
  let behind = late;
  for (;;) {
    const rows = await lateBehind(tx, peer, behind, limit);
    for (const row of rows) {
      const { relay, number, rule } = row;
      const item = relay ? shownRelayed(grants, { ...row, relay }) : shown(grants, row);
      if (!item || items.size === limit) continue;
      items.delete(item.digest);
      items.set(item.digest, { ...item, number, rule, ...(relay && { log: relay.log }) });
    }
    if (rows.length < limit || items.size === limit) return [...items.values()];
    behind = rows.at(-1)!.number;
  }
}
