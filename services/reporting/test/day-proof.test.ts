import { randomBytes } from 'node:crypto';
import { emptyIntakeSubtrees, fillIntakeSubtree, intakeDaySeed, intakeDaySize } from '@detente/keys';
import { appendLeaves, appendSubtree, emptyFrontier, hashLeaf, rootOf, verifyInclusion } from '@detente/tlog';
import { test } from 'tap';
import { proveDay } from '../src/day-proof.ts';

const log = { index: 0, proof: [], checkpoint: '', descriptor: '', witnesses: [] };

function rootOver(leaves: readonly Buffer[]): Buffer {
  return rootOf(appendLeaves(emptyFrontier(), leaves.map(hashLeaf)));
}

// Above 2^16 leaves the roots of the subtrees fill more than one tile.
for (const size of [2 ** 10, 2 ** 11, 2 ** 17]) {
  test(`a leaf of a day of ${size} whose padding was kept is proven from the 256 around it and the roots above`, (t) => {
    const leaves = Array.from({ length: size }, () => randomBytes(32));
    const subtrees = Array.from({ length: size / 256 }, (_, at) => leaves.slice(at * 256, (at + 1) * 256));
    const nodes = Buffer.concat(subtrees.map(rootOver));
    const root = rootOver(leaves);
    for (const place of [0, 1, 255, 256, 257, size / 2, size - 256, size - 1]) {
      const around = Buffer.concat(subtrees[Math.floor(place / 256)]!);
      const { path, ...told } = proveDay({ root: root.toString('base64url'), size, place, around, nodes, log });
      t.same(told, { root: root.toString('base64url'), size, place, log });
      const proof = path.map((hash) => Buffer.from(hash, 'base64url'));
      t.equal(proof.length, Math.log2(size));
      t.doesNotThrow(() => verifyInclusion({ index: place, size, leafHash: hashLeaf(leaves[place]!), root, proof }));
    }
    t.end();
  });
}

/** A day with leaves at these places, made of a seed; the one at `place` is asked for. */
function seededDay(places: readonly number[], place: number) {
  const seed = intakeDaySeed();
  const leaves = places.map((at) => ({ place: at, leaf: randomBytes(32) }));
  const startOf = (at: number) => at - (at % 256);
  const around = (at: number) => leaves.filter((one) => startOf(one.place) === startOf(at));
  const nodes = emptyIntakeSubtrees(seed, intakeDaySize / 256);
  for (const at of places)
    nodes.set(rootOver(split(fillIntakeSubtree(seed, startOf(at), around(at)))), (startOf(at) / 256) * 32);
  let frontier = emptyFrontier();
  for (const [at, node] of split(nodes).entries()) frontier = appendSubtree(frontier, 256 * at, 256 * (at + 1), node);
  const root = rootOf(frontier);
  const own = around(place);
  const { leaf } = own.find((one) => one.place === place)!;
  return { day: { root: root.toString('base64url'), size: intakeDaySize, place, nodes, log }, seed, own, leaf, root };
}

test('a leaf of a day is proven from the seed of its padding and the leaves around it', (t) => {
  for (const place of [3, 255, 300, intakeDaySize - 1]) {
    const { day, seed, own, leaf, root } = seededDay([3, 255, 300, intakeDaySize - 1], place);
    const { path } = proveDay({ ...day, around: { seed, own } });
    const proof = path.map((hash) => Buffer.from(hash, 'base64url'));
    t.equal(proof.length, 20);
    t.doesNotThrow(() => verifyInclusion({ index: place, size: day.size, leafHash: hashLeaf(leaf), root, proof }));
  }
  t.end();
});

test('no proof is made of what is damaged', (t) => {
  const { day, seed, own, root } = seededDay([3, 255], 3);
  const flipped = (bytes: Buffer, at: number) => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)));
  const damaged = own.map((one, i) => own.with(i, { ...one, leaf: flipped(one.leaf, 31) }));
  const days = [
    { ...day, around: { seed: flipped(seed, 0), own } },
    ...damaged.map((leaves) => ({ ...day, around: { seed, own: leaves } })),
    { ...day, around: { seed, own }, nodes: flipped(day.nodes, 32 * 77) },
    { ...day, around: { seed, own }, root: flipped(root, 3).toString('base64url') },
  ];
  for (const one of days) t.throws(() => proveDay(one), { message: /is damaged: put it back from a copy/ });
  t.end();
});

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * (at + 1)));
}
