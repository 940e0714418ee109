// RFC 6962 §2.1 word for word over an array of leaf hashes: slow, and plainly right.
import { createHash } from 'node:crypto';

type Hash = Buffer;

export function sha256(...parts: (Uint8Array | string)[]): Hash {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function randomLeaves(count: number, seed = 0): Hash[] {
  return Array.from({ length: count }, (_, i) => sha256(`leaf ${seed} ${i}`));
}

export function leafHash(entry: Uint8Array): Hash {
  return sha256(Buffer.of(0), entry);
}

/** MTH(D[n]) from leaf hashes. */
export function mth(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  const k = split(leaves.length);
  return sha256(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** PATH(m, D[n]) */
export function path(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}

/** SUBTREE_SUBPROOF(start, end, D_n, b); PROOF(m, D[n]) is the case of start 0. */
export function subproof(start: number, end: number, leaves: readonly Hash[], known: boolean): Hash[] {
  if (start === 0 && end === leaves.length) return known ? [] : [mth(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  if (end <= k) return [...subproof(start, end, left, known), mth(right)];
  if (start >= k) return [...subproof(start - k, end - k, right, known), mth(left)];
  return [...subproof(0, end - k, right, false), mth(left)];
}

function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
