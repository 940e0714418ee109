// Tiles against C2SP tlog-tiles and a tree of 70,000 leaves, and the sequencer's step that writes them.

import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  appendBatch,
  appendLeaves,
  consistencyProof,
  cover,
  drawBatch,
  emptyFrontier,
  extendBundles,
  extendTiles,
  formatBundle,
  hashLeaf,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  parseBundle,
  parseTilePath,
  partialTiles,
  planBatch,
  readFrontier,
  rootOf,
  type Tile,
  tilePath,
  tileReader,
  tilesForNodes,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts';
import { mth, randomLeaves } from './naive-tree.ts';

/** Tiles as a log stores them: the widest state of each. */
class TileStore {
  readonly tiles = new Map<string, Tile>();
  size = 0;

  append(leafHashes: Buffer[]) {
    const known = new Map(partialTiles(this.size).map((id) => [`${id.level}/${id.index}`, id.width]));
    const written = extendTiles(this.size, leafHashes, (level, index) => {
      const tile = this.tiles.get(`${level}/${index}`);
      if (tile?.width !== known.get(`${level}/${index}`)) throw new Error('a tile was read that is not partial');
      return tile?.bytes;
    });
    for (const tile of written) this.tiles.set(`${tile.level}/${tile.index}`, tile);
    this.size += leafHashes.length;
    return written;
  }

  fetch(ids: Iterable<{ level: number; index: number; width: number }>) {
    return [...ids].map(({ level, index, width }) => {
      const { bytes } = this.tiles.get(`${level}/${index}`)!;
      return { level, index, bytes: bytes.subarray(0, width * 32) };
    });
  }
}

test('paths are those of the specification, in one spelling', (t) => {
  t.equal(tilePath(0, 1234067), 'tile/0/x001/x234/067');
  t.equal(tilePath(63, 5, 255), 'tile/63/005.p/255');
  t.equal(tilePath('entries', 1000, 1), 'tile/entries/x001/000.p/1');
  fc.assert(
    fc.property(
      fc.oneof(fc.constant<'entries'>('entries'), fc.integer({ min: 0, max: 63 })),
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        deepEqual(parseTilePath(tilePath(level, index, width)), { level, index, width });
      },
    ),
    { numRuns: 200 },
  );
  const wrong =
    'tile/0/1 tile/00/001 tile/64/001 tile/0/x000/001 tile/0/001.p/0 tile/0/001.p/256 tile/0/001.p/01 tile/0/x001 ' +
    'tile/0/001/ tile/-1/001 tile/0/001.p/ tile/0/x999/x999/x999/x999/x999/999 /tile/0/001 tile/0/001?x tile/0/.p/1';
  for (const path of wrong.split(' ')) t.throws(() => parseTilePath(path), { code: 'tile_path_malformed' }, path);
  t.throws(() => tilePath(0, 0, 257), { code: 'tile_path_malformed' });
  t.throws(() => tilePath(0, -1), { code: 'tile_path_malformed' });
  for (const level of [-1, 0.5, 64]) t.throws(() => tilePath(level, 0), { code: 'tile_path_malformed' });
  t.end();
});

test('the specification’s tree of 70,000 leaves has the tiles that it names, and 256 leaves a second level', (t) => {
  const leaves = Array.from({ length: 70_000 }, (_, i) => createHash('sha256').update(String(i)).digest());
  const store = new TileStore();
  for (let at = 0; at < leaves.length; at += 9_999) store.append(leaves.slice(at, at + 9_999));
  const widths = (level: number) => [...store.tiles.values()].filter((x) => x.level === level).map((x) => x.width);
  t.same(widths(0), [...Array(273).fill(256), 112]);
  t.same(widths(1), [256, 17]);
  t.same(widths(2), [1]);
  t.same(partialTiles(70_000), [
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
  t.same(partialTiles(256), [{ level: 1, index: 0, width: 1 }]);
  t.equal(tileWidth({ level: 0, index: 273 }, 70_000), 112);
  t.equal(tileWidth({ level: 0, index: 274 }, 70_000), 0);
  const frontier = appendLeaves(emptyFrontier(), leaves);
  t.same(readFrontier(70_000, tileReader(store.tiles.values())), frontier);
  t.same(rootOf(frontier), mth(leaves));

  const root = mth(leaves);
  for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
    const wanted = tilesForNodes(nodesForInclusion(index, 70_000), 70_000);
    const proof = inclusionProof(index, 70_000, tileReader(store.fetch(wanted)));
    verifyInclusion({ index, size: 70_000, leafHash: leaves[index]!, root, proof });
    t.ok(wanted.length <= 5, `${wanted.length} tiles are enough`);
  }
  for (const from of [1, 300, 65_536, 69_999]) {
    const wanted = tilesForNodes(nodesForConsistency(from, 70_000), 70_000);
    const proof = consistencyProof(from, 70_000, tileReader(store.fetch(wanted)));
    verifyConsistency({ from, to: 70_000, fromRoot: mth(leaves.slice(0, from)), toRoot: root, proof });
  }
  t.end();
});

test('tiles grown by any batches are the same, and the named tiles are enough for every gap', (t) => {
  const leaves = randomLeaves(1500);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.nat(),
      (batches, a, b) => {
        const store = new TileStore();
        for (const batch of batches) store.append(leaves.slice(store.size, store.size + batch));
        const whole = new TileStore();
        whole.append(leaves.slice(0, store.size));
        deepEqual(store.tiles, whole.tiles);

        const [start, end] = [a % (store.size + 1), b % (store.size + 1)].sort((x, y) => x - y) as [number, number];
        const gap = cover(start, end);
        const read = tileReader(store.fetch(tilesForNodes(gap, store.size)));
        for (const node of gap) deepEqual(read(node.level, node.index), mth(leaves.slice(node.start, node.end)));
      },
    ),
    { numRuns: 25 },
  );
  t.pass('25 runs');
  t.end();
});

test('tiles that are missing, too narrow, too wide or beyond the tree are refused', (t) => {
  const leaves = randomLeaves(300);
  const [full, partial] = extendTiles(0, leaves, () => undefined);
  t.throws(() => tileReader([full!])(0, 260), { code: 'tile_missing' });
  t.throws(() => tileReader([partial!])(0, 300), { code: 'tile_missing' });
  t.throws(() => tileReader([{ ...full!, bytes: full!.bytes.subarray(1) }]), { code: 'tile_malformed' });
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(257 * 32)])
    t.throws(() => tileReader([{ ...full!, bytes }]), { code: 'tile_malformed' });
  t.throws(() => extendTiles(0, [Buffer.alloc(31)], () => undefined), { code: 'hash_length' });
  t.throws(() => tilesForNodes([{ level: 2, index: 75 }], 300), { code: 'index_out_of_range' });
  t.throws(() => extendTiles(300, leaves, () => undefined), { code: 'tile_malformed' });
  t.throws(() => extendTiles(299, leaves, () => partial!.bytes), { code: 'tile_malformed' });
  t.end();
});

test('a bundle gives back its entries and refuses to be cut, lengthened or miscounted', (t) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { minLength: 1, maxLength: 256 }), (entries) => {
      const bytes = formatBundle(entries);
      deepEqual(
        parseBundle(bytes, entries.length),
        entries.map((entry) => Buffer.from(entry)),
      );
      throws(() => parseBundle(bytes.subarray(0, -1), entries.length), { code: 'bundle_malformed' });
      throws(() => parseBundle(Buffer.concat([bytes, Buffer.of(0)]), entries.length), { code: 'bundle_malformed' });
      throws(() => parseBundle(bytes, entries.length + 1), { code: 'bundle_malformed' });
    }),
    { numRuns: 100 },
  );
  t.throws(() => parseBundle(formatBundle(randomLeaves(257)), 256), { code: 'bundle_malformed' });
  t.throws(() => formatBundle([Buffer.alloc(65_536)]), { code: 'entry_too_long' });
  t.end();
});

test('a log’s bundles go on from the partial one, which must be there exactly if there is one', (t) => {
  const entries = randomLeaves(700).map((leaf, i) => leaf.subarray(0, i % 33));
  const partial = formatBundle(entries.slice(256, 300));
  t.same(extendBundles(300, entries.slice(300), partial), [
    { index: 1, width: 256, bytes: formatBundle(entries.slice(256, 512)) },
    { index: 2, width: 188, bytes: formatBundle(entries.slice(512)) },
  ]);
  t.same(extendBundles(256, [], undefined), []);
  const wrong: [size: number, partial: Buffer | undefined, code: string][] = [
    [300, undefined, 'bundle_malformed'],
    [300, Buffer.alloc(0), 'bundle_malformed'],
    [256, partial, 'bundle_malformed'],
    [-1, undefined, 'size_invalid'],
  ];
  for (const [size, given, code] of wrong) t.throws(() => extendBundles(size, entries, given), { code });
  const longest = Buffer.alloc(65_535, 1);
  t.same(parseBundle(formatBundle([longest]), 1), [longest]);
  t.end();
});

test('a batch holds each pending leaf at its place, is always full, and nothing repeats', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.nat(), fc.nat({ max: 1e6 }), (batchSize, n, size) => {
      const pending = randomLeaves(n % (batchSize + 1)).map((leaf) => ({ leaf }));
      const { entries, places } = planBatch({ size, batchSize, pending, random: randomBytes });
      equal(entries.length, batchSize);
      ok(entries.every((entry) => entry.length === 32));
      equal(new Set(entries.map(String)).size, batchSize);
      deepEqual(
        places.map((place) => entries[place - size]),
        pending.map(({ leaf }) => leaf),
      );
    }),
    { numRuns: 100 },
  );
  const two = randomLeaves(2).map((leaf) => ({ leaf }));
  t.throws(() => planBatch({ size: 0, batchSize: 1, pending: two, random: randomBytes }), { code: 'batch_full' });
  const short = [{ leaf: Buffer.alloc(31) }];
  t.throws(() => planBatch({ size: 0, batchSize: 1, pending: short, random: randomBytes }), { code: 'entry_length' });
  t.end();
});

test('places and batches are drawn evenly, and a full batch is never drawn', (t) => {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) {
    const { places } = planBatch({ size: 0, batchSize: 4, pending: [{ leaf: Buffer.alloc(32) }], random: randomBytes });
    counts[places[0]!]! += 1;
  }
  t.ok(Math.min(...counts) > 800 && Math.max(...counts) < 1200, `places ${counts}`);
  const drawn = [0, 0, 0];
  for (let i = 0; i < 2000; i++) drawn[drawBatch([3, 0, 1], randomBytes)!]! += 1;
  t.equal(drawn[1], 0);
  t.ok(Math.min(drawn[0]!, drawn[2]!) > 850, `batches ${drawn}`);
  t.equal(drawBatch([0, 0], randomBytes), undefined);
  // 2^32 is one more than a multiple of 3, so that the highest number of 4 bytes would favour the first batch.
  const given = [Buffer.alloc(4, 0xff), Buffer.of(0xff, 0xff, 0xff, 0xfe)];
  t.equal(
    drawBatch([1, 1, 1], () => given.shift()!),
    2,
    'it is drawn again',
  );
  t.end();
});

test('batches in which much waits and nothing waits leave files of the same names and lengths', (t) => {
  const shapes = [0, 16].map((count) => {
    const store = new TileStore();
    const bundles = new Map<number, Buffer>();
    let frontier = emptyFrontier();
    return Array.from({ length: 40 }, () => {
      const { size } = frontier;
      const pending = randomLeaves(count).map((leaf) => ({ leaf }));
      const step = appendBatch({
        frontier,
        entries: planBatch({ size, batchSize: 16, pending, random: randomBytes }).entries,
        readPartial: (level, index) => store.tiles.get(`${level}/${index}`)?.bytes,
        partialBundle: size % 256 === 0 ? undefined : bundles.get(Math.floor(size / 256)),
      });
      frontier = step.frontier;
      for (const tile of step.tiles) store.tiles.set(`${tile.level}/${tile.index}`, tile);
      for (const { index, bytes } of step.bundles) bundles.set(index, bytes);
      return {
        size: frontier.size,
        tiles: step.tiles.map(({ bytes, ...tile }) => ({ ...tile, length: bytes.length })),
        bundles: step.bundles.map(({ bytes, ...bundle }) => ({ ...bundle, length: bytes.length })),
      };
    });
  });
  t.same(shapes[0], shapes[1]);
  t.equal(shapes[0]!.at(-1)!.size, 640);
  t.end();
});

test('batch after batch, frontier, root, tiles and bundles agree', (t) => {
  const store = new TileStore();
  const bundles = new Map<number, Buffer>();
  let frontier = emptyFrontier();
  const log: Buffer[] = [];
  for (let tick = 0; tick < 40; tick++) {
    const pending = randomLeaves(tick % 5, tick).map((leaf) => ({ leaf }));
    const { entries } = planBatch({ size: frontier.size, batchSize: 16, pending, random: randomBytes });
    const step = appendBatch({
      frontier,
      entries,
      readPartial: (level, index) => store.tiles.get(`${level}/${index}`)?.bytes,
      partialBundle: frontier.size % 256 === 0 ? undefined : bundles.get(Math.floor(frontier.size / 256)),
    });
    log.push(...entries);
    frontier = step.frontier;
    for (const tile of step.tiles) store.tiles.set(`${tile.level}/${tile.index}`, tile);
    for (const { index, width, bytes } of step.bundles) {
      bundles.set(index, bytes);
      t.same(parseBundle(bytes, width), log.slice(index * 256, index * 256 + width));
    }
    t.same(step.root, mth(log.map(hashLeaf)));
    t.same(readFrontier(frontier.size, tileReader(store.tiles.values())), frontier);
  }
  t.throws(
    () => appendBatch({ frontier, entries: [log[0]!], readPartial: () => undefined, partialBundle: undefined }),
    { code: 'tile_malformed' },
  );
  t.end();
});
