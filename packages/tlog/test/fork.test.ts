import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  appendLeaves,
  emptyFrontier,
  extendTiles,
  type Fork,
  findFork,
  hashLeaf,
  nodesForFork,
  type ReadNode,
  rootOf,
  type SignedTree,
  signCheckpoint,
  tileReader,
  tilesForNodes,
  verifyFork,
} from '../src/index.ts';

const log = { name: 'cn.example/log/v1', ...generateKeyPairSync('ed25519') };

/** A tree over random leaves of which the first `shared` are everybody's. */
const everybodys = Array.from({ length: 700 }, (_, i) => hashLeaf(Buffer.from(`leaf ${i}`)));
function treeOf(size: number, shared = size): { tree: SignedTree; read: ReadNode } {
  const own = Array.from({ length: Math.max(0, size - shared) }, () => hashLeaf(randomBytes(32)));
  const leaves = [...everybodys.slice(0, Math.min(shared, size)), ...own];
  const root = rootOf(appendLeaves(emptyFrontier(), leaves));
  const note = signCheckpoint({ origin: log.name, size, root }, log.privateKey);
  const tiles = extendTiles(0, leaves, () => undefined);
  return { tree: { note, size, root }, read: tileReader(tiles) };
}

const sizes = fc
  .tuple(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test('two trees of one history are no fork', async () => {
  fc.assert(
    fc.property(
      sizes,
      ([small, large]) => findFork(treeOf(small).tree, treeOf(large).tree, treeOf(large).read) === undefined,
    ),
    { numRuns: 60 },
  );
});

test('two trees that part anywhere below the smaller size are a fork, which proves itself', async () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), ([small, large], part) => {
      const { tree: smaller } = treeOf(small);
      const { tree: larger, read } = treeOf(large, Math.floor(part * small));
      const fork = findFork(smaller, larger, read);
      const proven = verifyFork(fork!, log);
      return proven.smaller.size === small && proven.larger.size === large;
    }),
    { numRuns: 60 },
  );
});

test('the tiles that are asked for are enough', async (t) => {
  const { tree: smaller } = treeOf(300);
  const { tree: larger, read } = treeOf(650, 100);
  const asked = tilesForNodes(nodesForFork(300, 650), 650);
  t.ok(asked.length <= 5);
  const all = tileReader(
    asked.map(({ level, index, width }) => {
      const hashes = Array.from({ length: width }, (_, i) => read(8 * level, index * 256 + i));
      return { level, index, bytes: Buffer.concat(hashes) };
    }),
  );
  t.same(findFork(smaller, larger, all), findFork(smaller, larger, read));
});

test('what proves no fork is refused', async (t) => {
  const { tree: smaller } = treeOf(300);
  const { tree: larger, read } = treeOf(650, 100);
  const honest = treeOf(650);
  const fork = findFork(smaller, larger, read)!;
  const refused = (changed: Partial<Fork>, code: string) =>
    t.throws(() => verifyFork({ ...fork, ...changed }, log), { code }, code);
  const flipped = Buffer.from(fork.root);
  flipped[0]! ^= 1;
  refused({ root: flipped }, 'subtree_mismatch');
  refused({ proof: fork.proof.slice(1) }, 'proof_length');
  refused({ proof: [...fork.proof, fork.root] }, 'proof_length');
  refused({ smaller: fork.larger, larger: fork.smaller }, 'range_invalid');
  refused({ smaller: fork.smaller.replace('300', '299') }, 'signature_invalid');
  // A root of the smaller's own, with a proof of the honest tree: the two are of one history.
  const same = { ...fork, larger: honest.tree.note, root: Buffer.from(smaller.root) };
  const { proof } = findFork({ ...smaller, root: randomBytes(32) }, honest.tree, honest.read)!;
  t.throws(() => verifyFork({ ...same, proof }, log), { code: 'fork_unproven' });
  t.throws(() => verifyFork(fork, { ...log, name: 'us.example/log/v1' }), { code: 'note_unsigned' });
  t.throws(() => findFork(larger, smaller, read), { code: 'range_invalid' });
  t.throws(() => findFork({ ...smaller, size: 0 }, larger, read), { code: 'size_invalid' });
});

test('two roots of one size need no proof, and one root is no fork', async (t) => {
  const [one, other] = [treeOf(256).tree, treeOf(256, 255).tree];
  const fork = findFork(one, other, () => t.fail('nothing is read') as never)!;
  t.same(fork.proof, []);
  t.equal(verifyFork(fork, log).larger.size, 256);
  t.throws(() => verifyFork({ ...fork, smaller: one.note, larger: one.note, root: Buffer.from(one.root) }, log), {
    code: 'fork_unproven',
  });
});
