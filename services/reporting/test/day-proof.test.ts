import { randomBytes } from 'node:crypto';
import { appendLeaves, emptyFrontier, hashLeaf, rootOf, verifyInclusion } from '@detente/tlog';
import { test } from 'tap';
import { proveDay } from '../src/day-proof.ts';

const log = { index: 0, proof: [], checkpoint: '', descriptor: '', witnesses: [] };

function rootOver(leaves: readonly Buffer[]): Buffer {
  return rootOf(appendLeaves(emptyFrontier(), leaves.map(hashLeaf)));
}

// Above 2^16 leaves the roots of the subtrees fill more than one tile.
for (const size of [2 ** 10, 2 ** 11, 2 ** 17]) {
  test(`a leaf of a day of ${size} is proven from the 256 around it and the roots above`, (t) => {
    const leaves = Array.from({ length: size }, () => randomBytes(32));
    const subtrees = Array.from({ length: size / 256 }, (_, at) => leaves.slice(at * 256, (at + 1) * 256));
    const nodes = Buffer.concat(subtrees.map(rootOver));
    const root = rootOver(leaves);
    for (const place of [0, 1, 255, 256, 257, size / 2, size - 256, size - 1]) {
      const around = Buffer.concat(subtrees[Math.floor(place / 256)]!);
      const { path, ...told } = proveDay({ root: root.toString('base64url'), size, place, leaves: around, nodes, log });
      t.same(told, { root: root.toString('base64url'), size, place, log });
      const proof = path.map((hash) => Buffer.from(hash, 'base64url'));
      t.equal(proof.length, Math.log2(size));
      t.doesNotThrow(() => verifyInclusion({ index: place, size, leafHash: hashLeaf(leaves[place]!), root, proof }));
    }
    t.end();
  });
}
