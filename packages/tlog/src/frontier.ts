// The compact range from leaf 0: all that is needed of a tree to append to it and to know its root.
import { TlogError } from './errors.ts';
import { assertHash, emptyRoot, HASH_SIZE, hashNode } from './hash.ts';
import { assertSize, cover, type Node } from './range.ts';

/** The maximal complete subtrees of a tree of `size` leaves, from left to right: one for each bit set in `size`. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Buffer[];
}

export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] };
}

/** The frontier after one more leaf.
 *  @param leafHash 32 bytes, from `hashLeaf`.
 *  @throws TlogError `hash_length` */
export function appendLeaf(frontier: Frontier, leafHash: Uint8Array): Frontier {
  return appendLeaves(frontier, [leafHash]);
}

/** The frontier after these leaves: about one hash each.
 *  @throws TlogError `hash_length` */
export function appendLeaves(frontier: Frontier, leafHashes: readonly Uint8Array[]): Frontier {
  const hashes = frontier.hashes.slice();
  let size = frontier.size;
  for (const leafHash of leafHashes) {
    pushNode(hashes, size, leafHash);
    size += 1;
  }
  assertSize(size);
  return { size, hashes };
}

/** The frontier after the complete subtree over the leaves [start, end).
 *  @param start must be the frontier's size.
 *  @param end start plus a power of two that divides start.
 *  @throws TlogError `subtree_misaligned`, `hash_length` */
export function appendSubtree(frontier: Frontier, start: number, end: number, hash: Uint8Array): Frontier {
  const width = end - start;
  if (start !== frontier.size || !isPowerOfTwo(width) || start % width !== 0 || !Number.isSafeInteger(end)) {
    throw new TlogError('subtree_misaligned', `[${start}, ${end}) does not continue a tree of ${frontier.size}`);
  }
  const hashes = frontier.hashes.slice();
  pushNode(hashes, start / width, hash);
  return { size: end, hashes };
}

/** Root of the tree: the subtrees folded from the right, RFC 6962 §2.1. */
export function rootOf(frontier: Frontier): Buffer {
  const { hashes } = frontier;
  if (hashes.length === 0) return emptyRoot();
  let root = hashes[hashes.length - 1]!;
  for (let i = hashes.length - 2; i >= 0; i--) root = hashNode(hashes[i]!, root);
  return Buffer.from(root);
}

/** The nodes that make up the frontier of a tree of `size` leaves. */
export function nodesForFrontier(size: number): Node[] {
  return cover(0, size);
}

/** The frontier of a tree of `size` leaves from a reader of its nodes. */
export function readFrontier(size: number, read: (level: number, index: number) => Uint8Array): Frontier {
  return { size, hashes: nodesForFrontier(size).map((node) => Buffer.from(read(node.level, node.index))) };
}

/** A frontier as bytes for the database: the size in 8 bytes, big-endian, and the hashes. */
export function formatFrontier(frontier: Frontier): Buffer {
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(frontier.size));
  return Buffer.concat([head, ...frontier.hashes]);
}

/** @throws TlogError `frontier_malformed` */
export function parseFrontier(bytes: Uint8Array): Frontier {
  const buffer = Buffer.from(bytes);
  const size = buffer.length < 8 ? -1 : Number(buffer.readBigUInt64BE());
  if (!Number.isSafeInteger(size) || size < 0 || buffer.length !== 8 + HASH_SIZE * countBits(size)) {
    throw new TlogError('frontier_malformed', `no frontier in ${buffer.length} bytes`);
  }
  const hashes: Buffer[] = [];
  for (let at = 8; at < buffer.length; at += HASH_SIZE) hashes.push(buffer.subarray(at, at + HASH_SIZE));
  return { size, hashes };
}

/** Adds the index-th subtree of a level; every complete left sibling before it is folded in. */
function pushNode(hashes: Buffer[], index: number, hash: Uint8Array): void {
  assertHash(hash);
  let node = Buffer.isBuffer(hash) ? hash : Buffer.from(hash);
  for (let i = index; i % 2 === 1; i = (i - 1) / 2) node = hashNode(hashes.pop()!, node);
  hashes.push(node);
}

function isPowerOfTwo(n: number): boolean {
  let power = 1;
  while (power < n) power *= 2;
  return power === n;
}

function countBits(n: number): number {
  let bits = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
