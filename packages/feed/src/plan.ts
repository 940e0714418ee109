// What a page will hold, before anything is fetched for it: how many records, where it ends, which nodes of the tree.
import { cover, type Node, nodesForConsistency, nodesForInclusion, type TileId, tilesForNodes } from '@detente/tlog';
import { FeedError } from './errors.ts';

/** A page from `after` to `next`: the indexes of its records, and the nodes that its gaps and proofs are made of. */
export interface PagePlan {
  after: number;
  next: number;
  /** Leaves under the checkpoint that the page will carry. */
  size: number;
  indexes: readonly number[];
  nodes: Node[];
  /** The tiles that hold the nodes, with their widths at `size`: what the caller reads for `tileReader`. */
  tiles: (TileId & { width: number })[];
}

/** How many of the waiting records and late records go into one page: together at most `limit`, and about `maxLength`
 *  characters, but one at least. The late list gets what the records leave, and up to half when both press.
 *  @param waiting characters of each presentation, in the order in which they would be sent. */
export function sharePage(waiting: {
  limit: number;
  maxLength: number;
  records: readonly number[];
  late: readonly number[];
}): { records: number; late: number } {
  const { limit, maxLength, records, late } = waiting;
  const lateCount = Math.min(late.length, Math.max(limit - records.length, Math.ceil(limit / 2)));
  const lateRoom = Math.max(maxLength - sum(records), Math.ceil(maxLength / 2));
  const lateTaken = countWithin(late.slice(0, lateCount), lateRoom);
  const lateLength = sum(late.slice(0, lateTaken));
  const first = records.slice(0, limit - lateTaken);
  const taken = countWithin(first, maxLength - lateLength);
  // One that is larger than a whole page goes alone.
  if (taken + lateTaken > 0 || limit === 0) return { records: taken, late: lateTaken };
  return first.length > 0 ? { records: 1, late: 0 } : { records: 0, late: Math.min(1, late.length) };
}

/** The plan of a page.
 *  @param input `until`: where it ends at the latest, `size` when absent; `indexes`, rising, of the records that go into it,
 *    from `after` on; `complete` when these are all that the peer is granted below `until`: then the page runs to there, else
 *    it ends behind its last record. `late` are the indexes of late records of this log.
 *  @throws FeedError `plan_invalid` */
export function planPage(input: {
  after: number;
  size: number;
  until?: number;
  indexes: readonly number[];
  complete: boolean;
  late?: readonly number[];
}): PagePlan {
  const { after, size, until = size, indexes, complete, late = [] } = input;
  const next = complete ? until : (indexes.at(-1) ?? after - 1) + 1;
  if (next < after || next > size) throw new FeedError('plan_invalid', { after, next, size });
  const nodes: Node[] = [];
  for (const { start, end } of gapsBetween(after, next, indexes)) nodes.push(...cover(start, end));
  nodes.push(...nodesForConsistency(next, size));
  for (const index of late) nodes.push(...nodesForInclusion(index, size));
  return { after, next, size, indexes, nodes, tiles: tilesForNodes(nodes, size) };
}

/** What lies before each record, and behind the last one: ranges, empty where there is no gap.
 *  @throws FeedError `plan_invalid` unless the indexes rise strictly within [after, next) */
export function gapsBetween(after: number, next: number, indexes: readonly number[]): { start: number; end: number }[] {
  const gaps = [];
  let at = after;
  for (const index of indexes) {
    if (index < at || index >= next) throw new FeedError('plan_invalid', { index, after: at, next });
    gaps.push({ start: at, end: index });
    at = index + 1;
  }
  gaps.push({ start: at, end: next });
  return gaps;
}

function countWithin(lengths: readonly number[], room: number): number {
  let left = room;
  const over = lengths.findIndex((length) => {
    left -= length;
    return left < 0;
  });
  return over < 0 ? lengths.length : over;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}
