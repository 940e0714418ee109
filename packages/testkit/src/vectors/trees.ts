// The tree: leaves, covers, frontiers, roots and proofs.

import {
  appendLeaf,
  consistencyProof,
  cover,
  emptyFrontier,
  type Frontier,
  hashLeaf,
  hashNode,
  inclusionProof,
  type ReadNode,
  rootOf,
} from '@detente/tlog';
import { fixedBytes } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

export const text = (hash: Uint8Array) => Buffer.from(hash).toString('base64url');

/** Reads the complete subtrees over these entries. */
export function nodesOf(entries: readonly Uint8Array[]): ReadNode {
  const known = new Map<string, Buffer>();
  return function read(level: number, index: number): Buffer {
    const name = `${level}/${index}`;
    const hash =
      known.get(name) ??
      (level === 0 ? hashLeaf(entries[index]!) : hashNode(read(level - 1, index * 2), read(level - 1, index * 2 + 1)));
    known.set(name, hash);
    return hash;
  };
}

export function frontierOf(entries: readonly Uint8Array[], size: number): Frontier {
  return entries.slice(0, size).reduce((frontier, entry) => appendLeaf(frontier, hashLeaf(entry)), emptyFrontier());
}

const entries = Array.from({ length: 21 }, (_, index) => fixedBytes(`entry ${index}`));
const read = nodesOf(entries);

export function trees(): VectorFile {
  const sizes = [0, 1, 2, 3, 4, 6, 7, 8, 13, 16, 21];
  const roots = sizes.map((size): Case => {
    const frontier = frontierOf(entries, size);
    const expected = { frontier: frontier.hashes.map(text), root: text(rootOf(frontier)) };
    return { name: `the first ${size} entries`, size, expected };
  });
  const included = [
    [0, 1],
    [2, 3],
    [5, 7],
    [12, 13],
    [9, 21],
    [20, 21],
  ].map(([index, size]): Case => {
    const proof = inclusionProof(index!, size!, read).map(text);
    return { name: `that ${index} is in ${size}`, index, size, expected: { inclusion: proof } };
  });
  const consistent = [
    [1, 2],
    [3, 7],
    [4, 8],
    [6, 21],
    [13, 21],
    [16, 21],
  ].map(([from, to]): Case => {
    const proof = consistencyProof(from!, to!, read).map(text);
    return { name: `that ${to} continues ${from}`, from, to, expected: { consistency: proof } };
  });
  return {
    description:
      'Trees over the first entries of one list: the frontier is that of section 6, from left to right. Hashes in base64url.',
    section: '6',
    given: { entries: entries.map(text) },
    cases: [...roots, ...included, ...consistent],
  };
}

export function covers(): VectorFile {
  const ranges = [
    [0, 8],
    [0, 13],
    [3, 17],
    [5, 6],
    [5, 21],
    [16, 21],
    [4096, 8192],
    [4097, 8191],
    [2 ** 40 + 3, 2 ** 40 + 9],
  ] as const;
  return {
    description: 'A gap [from, to) as the fewest complete subtrees, each [start, end), from left to right.',
    section: '9',
    cases: ranges.map(([from, to]) => {
      const subtrees = cover(from, to).map(({ start, end }) => [start, end]);
      return { name: `[${from}, ${to})`, from, to, expected: { subtrees } };
    }),
  };
}
