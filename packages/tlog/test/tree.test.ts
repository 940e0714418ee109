// Frontier, cover and proofs against a naive reading of RFC 6962.
import { deepEqual, fail, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { type Test, test } from 'tap';
import {
  appendLeaf,
  appendLeaves,
  appendSubtree,
  consistencyProof,
  cover,
  emptyFrontier,
  emptyRoot,
  type Frontier,
  formatFrontier,
  hashLeaf,
  hashNode,
  hashRange,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  parseFrontier,
  readFrontier,
  rootOf,
  subtreeConsistencyProof,
  subtreeInclusionProof,
  TlogError,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from '../src/index.ts';
import { leafHash, mth, path, randomLeaves, sha256, subproof } from './naive-tree.ts';

const LEAVES = randomLeaves(300);
const read = (level: number, index: number) => mth(LEAVES.slice(index * 2 ** level, (index + 1) * 2 ** level));
const sizes = fc.integer({ min: 1, max: LEAVES.length });
/** A size with an ordered pair of positions in it. */
const ranges = fc.tuple(sizes, fc.nat(), fc.nat()).map(([size, a, b]) => {
  const [start, end] = [a % (size + 1), b % (size + 1)].sort((x, y) => x - y) as [number, number];
  return { size, start, end };
});
const subtrees = fc.tuple(fc.nat({ max: 8 }), fc.nat(), fc.nat(), fc.nat()).map(([level, a, b, c]) => {
  const width = 2 ** level;
  const start = (a % Math.max(1, Math.floor(LEAVES.length / width) - 1)) * width;
  const end = Math.min(LEAVES.length, start + 1 + (b % width));
  return { start, end, size: end + (c % (LEAVES.length - end + 1)) };
});

function throwsCode(t: Test, code: string, run: () => unknown) {
  t.throws(run, { name: 'TlogError', code });
}

test('hashes are those of RFC 6962 for empty, short, usual and long entries', (t) => {
  t.equal(emptyRoot().toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.equal(
    hashLeaf(Buffer.alloc(0)).toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  for (const length of [1, 31, 32, 33, 1000]) {
    const entry = Buffer.alloc(length, length);
    t.same(hashLeaf(entry), leafHash(entry));
  }
  const [a, b] = [sha256('a'), sha256('b')];
  t.same(hashNode(a, b), sha256(Buffer.of(1), a, b));
  throwsCode(t, 'hash_length', () => hashNode(a, b.subarray(1)));
  t.end();
});

test('a frontier grown by leaves or by subtrees has the root of the tree, and survives its bytes', (t) => {
  const check = (frontier: Frontier, size: number) => {
    deepEqual(rootOf(frontier), mth(LEAVES.slice(0, size)));
    deepEqual(parseFrontier(formatFrontier(frontier)), frontier);
    deepEqual(readFrontier(size, read), frontier);
  };
  fc.assert(
    fc.property(ranges, ({ start, end }) => {
      const before = appendLeaves(emptyFrontier(), LEAVES.slice(0, start));
      check(before, start);
      let leafwise = before;
      for (const leaf of LEAVES.slice(start, end)) leafwise = appendLeaf(leafwise, leaf);
      let covered = before;
      for (const node of cover(start, end)) {
        covered = appendSubtree(covered, node.start, node.end, read(node.level, node.index));
      }
      check(leafwise, end);
      deepEqual(covered, leafwise);
    }),
    { numRuns: 100 },
  );
  t.pass('100 runs');
  t.end();
});

test('a frontier refuses what does not continue it, and bytes that are none', (t) => {
  const frontier = appendLeaves(emptyFrontier(), LEAVES.slice(0, 6));
  const hash = LEAVES[0]!;
  for (const [start, end] of [
    [5, 6],
    [7, 8],
    [6, 6],
    [6, 9],
    [6, 10],
    [6, 5],
  ] as const) {
    throwsCode(t, 'subtree_misaligned', () => appendSubtree(frontier, start, end, hash));
  }
  const before = formatFrontier(frontier);
  t.doesNotThrow(() => appendSubtree(frontier, 6, 8, hash));
  t.same(formatFrontier(frontier), before, 'what continues it leaves it as it was');
  throwsCode(t, 'hash_length', () => appendLeaf(frontier, hash.subarray(1)));
  const bytes = formatFrontier(frontier);
  const tooLarge = Buffer.concat([Buffer.of(0, 0x20, 0, 0, 0, 0, 0, 0), hash]);
  for (const wrong of [bytes.subarray(1), bytes.subarray(0, -32), Buffer.alloc(7), Buffer.alloc(8, 0xff), tooLarge]) {
    throwsCode(t, 'frontier_malformed', () => parseFrontier(wrong));
  }
  t.end();
});

test('a cover is aligned, without holes, as short as can be, and exact at the top of the number range', (t) => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      const [start, end] = a < b ? [a, b] : [b, a];
      const nodes = cover(start, end);
      let at = start;
      nodes.forEach((node, i) => {
        const width = node.end - node.start;
        if (node.start !== at || width !== 2 ** node.level || node.index * width !== node.start) fail('misplaced');
        const next = nodes[i + 1];
        const mergeable = next?.level === node.level && node.index % 2 === 0;
        if (mergeable) fail('two neighbours are one subtree');
        at = node.end;
      });
      return at === end;
    }),
  );
  t.same(cover(0, Number.MAX_SAFE_INTEGER).length, 53);
  throwsCode(t, 'range_invalid', () => cover(2, 1));
  throwsCode(t, 'range_invalid', () => cover(-1, 1));
  throwsCode(t, 'range_invalid', () => cover(0, 2 ** 53));
  t.end();
});

test('inclusion proofs are those of the RFC and verify', (t) => {
  fc.assert(
    fc.property(sizes, fc.nat(), (size, n) => {
      const index = n % size;
      const leaves = LEAVES.slice(0, size);
      const proof = inclusionProof(index, size, read);
      deepEqual(proof, path(index, leaves));
      const claim = { index, size, leafHash: leaves[index]!, root: mth(leaves), proof };
      deepEqual(verifyInclusion(claim), claim.root);
      throws(() => verifyInclusion({ ...claim, leafHash: sha256('other') }), { code: 'root_mismatch' });
      throws(() => verifyInclusion({ ...claim, proof: [...proof, leaves[0]!] }), { code: 'proof_length' });
      if (size > 1) throws(() => verifyInclusion({ ...claim, proof: proof.slice(1) }), { code: 'proof_length' });
      throws(() => verifyInclusion({ ...claim, index: size }), { code: 'index_out_of_range' });
      if (size > 1) throws(() => verifyInclusion({ ...claim, index: (index + 1) % size }), TlogError);
    }),
    { numRuns: 150 },
  );
  t.pass('150 runs');
  t.end();
});

test('consistency proofs are those of the RFC and verify', (t) => {
  fc.assert(
    fc.property(sizes, fc.nat(), (to, n) => {
      const from = 1 + (n % to);
      const proof = consistencyProof(from, to, read);
      deepEqual(proof, subproof(0, from, LEAVES.slice(0, to), true));
      const claim = { from, to, fromRoot: mth(LEAVES.slice(0, from)), toRoot: mth(LEAVES.slice(0, to)), proof };
      deepEqual(verifyConsistency(claim), claim.toRoot);
      const other = sha256('other');
      throws(() => verifyConsistency({ ...claim, fromRoot: other }), TlogError);
      throws(() => verifyConsistency({ ...claim, toRoot: other }), { code: 'root_mismatch' });
      throws(() => verifyConsistency({ ...claim, proof: [...proof, other] }), { code: 'proof_length' });
    }),
    { numRuns: 150 },
  );
  t.same(consistencyProof(0, 5, read), []);
  throwsCode(t, 'range_invalid', () => consistencyProof(6, 5, read));
  t.end();
});

test('subtree proofs are those of the draft and verify', (t) => {
  fc.assert(
    fc.property(subtrees, fc.nat(), (at, n) => {
      const { start, end, size } = at;
      const leaves = LEAVES.slice(0, size);
      const subtreeRoot = mth(leaves.slice(start, end));
      const proof = subtreeConsistencyProof(at, size, read);
      deepEqual(proof, subproof(start, end, leaves, true));
      verifySubtreeConsistency({ ...at, subtreeRoot, root: mth(leaves), proof });
      const index = start + (n % (end - start));
      const inner = subtreeInclusionProof(index, at, read);
      deepEqual(inner, path(index - start, leaves.slice(start, end)));
      verifySubtreeInclusion({ index, start, end, leafHash: leaves[index]!, root: subtreeRoot, proof: inner });
    }),
    { numRuns: 150 },
  );
  throwsCode(t, 'subtree_invalid', () => subtreeConsistencyProof({ start: 1, end: 3 }, 8, read));
  t.end();
});

test('the named nodes are exactly those that a proof reads', (t) => {
  fc.assert(
    fc.property(ranges, ({ size, start, end }) => {
      const seen: string[] = [];
      const record = (level: number, index: number) => {
        seen.push(`${level}/${index}`);
        return sha256('any');
      };
      const names = (nodes: { level: number; index: number }[]) => nodes.map((n) => `${n.level}/${n.index}`).sort();
      inclusionProof(start % size, size, record);
      deepEqual(names(nodesForInclusion(start % size, size)), seen.splice(0).sort());
      consistencyProof(start, end, record);
      deepEqual(names(nodesForConsistency(start, end)), seen.splice(0).sort());
    }),
    { numRuns: 100 },
  );
  t.pass('100 runs');
  t.end();
});

test('a range that is a subtree hashes to its root', (t) => {
  t.same(hashRange({ start: 8, end: 13 }, read), mth(LEAVES.slice(8, 13)));
  throwsCode(t, 'range_invalid', () => hashRange({ start: 8, end: 8 }, read));
  t.end();
});

test('what is no leaf, no size and no subtree of a tree is neither proven nor verified', (t) => {
  const [leaf, other] = LEAVES as [Buffer, Buffer];
  const root = mth(LEAVES.slice(0, 8));
  const claim = { leafHash: leaf, root, proof: [] };
  const range = { start: 4, end: 8 };
  for (const index of [-1, 8, 0.5, Number.NaN, 2 ** 53]) {
    throwsCode(t, 'index_out_of_range', () => inclusionProof(index, 8, read));
    throwsCode(t, 'index_out_of_range', () => verifyInclusion({ ...claim, index, size: 8 }));
  }
  for (const index of [3, 8, 4.5]) {
    throwsCode(t, 'index_out_of_range', () => subtreeInclusionProof(index, range, read));
    throwsCode(t, 'index_out_of_range', () => verifySubtreeInclusion({ ...claim, ...range, index }));
  }
  const continued = { fromRoot: root, toRoot: root, proof: [] };
  for (const size of [-1, 0.5, Number.NaN, 2 ** 53]) {
    throwsCode(t, 'size_invalid', () => inclusionProof(0, size, read));
    throwsCode(t, 'size_invalid', () => verifyInclusion({ ...claim, index: 0, size }));
    throwsCode(t, 'size_invalid', () => consistencyProof(size, 8, read));
    throwsCode(t, 'size_invalid', () => consistencyProof(0, size, read));
    throwsCode(t, 'size_invalid', () => verifyConsistency({ ...continued, from: size, to: 8 }));
    throwsCode(t, 'size_invalid', () => verifyConsistency({ ...continued, from: 8, to: size }));
    throwsCode(t, 'size_invalid', () => subtreeConsistencyProof(range, size, read));
  }
  throwsCode(t, 'size_invalid', () => verifyConsistency({ ...continued, from: 0, to: 8 }));
  throwsCode(t, 'range_invalid', () => consistencyProof(9, 8, read));
  throwsCode(t, 'range_invalid', () => subtreeConsistencyProof(range, 7, read));

  const part = { subtreeRoot: leaf, root, size: 8, proof: [] };
  throwsCode(t, 'range_invalid', () => verifySubtreeConsistency({ ...part, ...range, size: 7 }));
  for (const [start, end] of [
    [-8, -4],
    [8, 4],
    [2, 6],
    [0.5, 1],
    [Number.NaN, 4],
  ] as const) {
    const wrong = { start, end };
    throwsCode(t, 'subtree_invalid', () => subtreeInclusionProof(start, wrong, read));
    throwsCode(t, 'subtree_invalid', () => verifySubtreeInclusion({ ...claim, ...wrong, index: start }));
    throwsCode(t, 'subtree_invalid', () => subtreeConsistencyProof(wrong, 8, read));
    throwsCode(t, 'subtree_invalid', () => verifySubtreeConsistency({ ...part, ...wrong }));
  }
  throwsCode(t, 'subtree_invalid', () => subtreeInclusionProof(4, { start: 4, end: 4 }, read));

  // An empty subtree is part of every tree that reaches its start, and of no other.
  const empty = { ...part, subtreeRoot: emptyRoot(), start: 4, end: 4 };
  t.same(verifySubtreeConsistency(empty), root);
  throwsCode(t, 'proof_length', () => verifySubtreeConsistency({ ...empty, proof: [leaf] }));
  throwsCode(t, 'subtree_mismatch', () => verifySubtreeConsistency({ ...empty, subtreeRoot: leaf }));
  throwsCode(t, 'subtree_invalid', () => verifySubtreeConsistency({ ...empty, start: -4, end: -4 }));

  const short = other.subarray(1);
  throwsCode(t, 'hash_length', () => verifyInclusion({ ...claim, index: 0, size: 2, proof: [short] }));
  throwsCode(t, 'hash_length', () => verifyInclusion({ ...claim, leafHash: short, index: 0, size: 1 }));
  throwsCode(t, 'hash_length', () => hashNode(short, other));
  t.end();
});
