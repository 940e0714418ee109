// Ranges of leaves and the complete subtrees that make them up. Indexes are JS numbers up to 2^53 - 1, so that powers
// are multiplied and divided, never shifted.
import { TlogError } from './errors.ts';
import { hashNode } from './hash.ts';

/** The complete subtree over the leaves [index * 2^level, (index + 1) * 2^level). */
export interface Node {
  level: number;
  index: number;
}

/** Leaves [start, end). */
export interface Range {
  start: number;
  end: number;
}

/** Reads the hash (32 bytes) of a complete subtree. */
export type ReadNode = (level: number, index: number) => Uint8Array;

/** The fewest complete, aligned subtrees that cover [start, end), from left to right.
 *  @throws TlogError `range_invalid` */
export function cover(start: number, end: number): (Node & Range)[] {
  assertRange(start, end);
  const nodes: (Node & Range)[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ start: at, end: at + width, level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Merkle tree hash of the leaves [start, end) where they are a subtree: MTH(D[start:end]), RFC 6962 §2.1.
 *  The hashes of the cover are folded from the right, since each is at least as large as the next. */
export function hashRange({ start, end }: Range, read: ReadNode): Buffer {
  const nodes = cover(start, end);
  const last = nodes.at(-1);
  if (last === undefined) throw new TlogError('range_invalid', 'an empty range has no hash');
  let hash: Buffer = Buffer.from(read(last.level, last.index));
  for (const node of nodes.slice(0, -1).reverse()) hash = hashNode(read(node.level, node.index), hash);
  return hash;
}

/** The largest power of two below n (n > 1): where RFC 6962 §2.1 splits a tree of n leaves. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** @throws TlogError `size_invalid` unless the value is an integer from 0 to 2^53 - 1. */
export function assertSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new TlogError('size_invalid', `no tree size: ${size}`);
}

/** @throws TlogError `range_invalid` unless 0 <= start <= end <= 2^53 - 1. */
export function assertRange(start: number, end: number): void {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw new TlogError('range_invalid', `no range: ${start} to ${end}`);
  }
}
