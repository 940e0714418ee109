// Inclusion and consistency proofs: which subtrees they are made of, and the proofs themselves from a reader of nodes.
// RFC 6962 §2.1.1 and §2.1.2; subtrees as in draft-ietf-plants-merkle-tree-certs §4.
import { TlogError } from './errors.ts';
import { assertSize, cover, hashRange, type Node, type Range, type ReadNode, splitPoint } from './range.ts';

/** Inclusion proof of the leaf at `index` in a tree of `size` leaves, from the leaf's sibling up.
 *  @throws TlogError `size_invalid`, `index_out_of_range` */
export function inclusionProof(index: number, size: number, read: ReadNode): Buffer[] {
  return inclusionRanges(index, 0, size).map((range) => hashRange(range, read));
}

/** The nodes that `inclusionProof(index, size)` reads. */
export function nodesForInclusion(index: number, size: number): Node[] {
  return inclusionRanges(index, 0, size).flatMap((range) => cover(range.start, range.end));
}

/** Consistency proof between the trees of `from` and `to` leaves; empty when `from` is 0 or `to`.
 *  @throws TlogError `size_invalid`, `range_invalid` */
export function consistencyProof(from: number, to: number, read: ReadNode): Buffer[] {
  return consistencyRanges(from, to).map((range) => hashRange(range, read));
}

/** The nodes that `consistencyProof(from, to)` reads. */
export function nodesForConsistency(from: number, to: number): Node[] {
  return consistencyRanges(from, to).flatMap((range) => cover(range.start, range.end));
}

/** Inclusion proof of the leaf at `index` in the subtree over [start, end).
 *  @throws TlogError `subtree_invalid`, `index_out_of_range` */
export function subtreeInclusionProof(index: number, { start, end }: Range, read: ReadNode): Buffer[] {
  assertSubtree(start, end);
  return inclusionRanges(index, start, end).map((range) => hashRange(range, read));
}

/** Consistency proof of the subtree over [start, end) with the tree of `size` leaves.
 *  @throws TlogError `subtree_invalid`, `size_invalid`, `range_invalid` */
export function subtreeConsistencyProof({ start, end }: Range, size: number, read: ReadNode): Buffer[] {
  assertSubtree(start, end);
  return subtreeConsistencyRanges(start, end, size).map((range) => hashRange(range, read));
}

/** draft-ietf-plants-merkle-tree-certs §4.1: a subtree starts at a multiple of the power of two that holds its leaves.
 *  @throws TlogError `subtree_invalid` */
export function assertSubtree(start: number, end: number): void {
  let width = 1;
  while (width < end - start) width *= 2;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || start >= end || start % width !== 0) {
    throw new TlogError('subtree_invalid', `[${start}, ${end}) is no subtree`);
  }
}

/** RFC 6962 §2.1.1 PATH(m, D[n]), over the leaves [start, end). */
function inclusionRanges(index: number, start: number, end: number): Range[] {
  assertSize(end);
  if (!Number.isSafeInteger(index) || index < start || index >= end) {
    throw new TlogError('index_out_of_range', `leaf ${index} is not in [${start}, ${end})`);
  }
  const ranges: Range[] = [];
  let [low, high] = [start, end];
  while (high - low > 1) {
    const middle = low + splitPoint(high - low);
    if (index < middle) {
      ranges.push({ start: middle, end: high });
      high = middle;
    } else {
      ranges.push({ start: low, end: middle });
      low = middle;
    }
  }
  return ranges.reverse();
}

function consistencyRanges(from: number, to: number): Range[] {
  assertSize(from);
  assertSize(to);
  if (from > to) throw new TlogError('range_invalid', `a tree of ${to} leaves does not continue one of ${from}`);
  // Every tree continues the empty one: nothing to prove (C2SP tlog-witness, add-checkpoint).
  return from === 0 ? [] : subtreeConsistencyRanges(0, from, to);
}

/** draft-ietf-plants-merkle-tree-certs §4.4.1 SUBTREE_PROOF(start, end, D_n); RFC 6962 §2.1.2 PROOF when start is 0. */
function subtreeConsistencyRanges(start: number, end: number, size: number): Range[] {
  assertSize(size);
  if (end > size) throw new TlogError('range_invalid', `[${start}, ${end}) does not lie in a tree of ${size}`);
  const ranges: Range[] = [];
  let [low, high] = [0, size];
  let from = start;
  let known = true;
  while (from !== low || end !== high) {
    const middle = low + splitPoint(high - low);
    if (end <= middle) {
      ranges.push({ start: middle, end: high });
      high = middle;
    } else {
      ranges.push({ start: low, end: middle });
      low = middle;
      if (from < middle) {
        from = middle;
        known = false;
      }
    }
  }
  if (!known) ranges.push({ start: low, end: high });
  return ranges.reverse();
}
