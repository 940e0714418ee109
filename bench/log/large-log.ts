// A log of any size in a real border database. Its tiles are made by the pure package; what is measured on it is the product's.
import { randomBytes } from 'node:crypto';
import { type Database, openDatabase, type Transaction } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { readTiles } from '@detente/store/log-proof';
import { ensureTree, readTree, sequenceBatch } from '@detente/store/worker';
import { appendBatch, emptyFrontier, formatFrontier, parseFrontier, partialTiles, type Tile } from '@detente/tlog';

const CHUNK = 65_536;
export const today = '2026-11-27';

export type LargeLog = {
  border: Database;
  /** Leaves so far. */
  size(): number;
  /** Fills it up to so many leaves, a multiple of 256. */
  grow(size: number): Promise<void>;
  /** One batch by the product's sequencer, its transaction committed.
   *  @returns milliseconds */
  tick(): Promise<number>;
  /** How many leaves a batch has. */
  setBatch(size: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startLargeLog(): Promise<LargeLog> {
  const ends: (() => unknown)[] = [];
  const databases = await createTestDatabases({ teardown: (end) => ends.push(end) });
  const border = openDatabase({ url: databases.border.superuserUrl, max: 2, name: 'detente bench border' });
  await border.write((tx) => ensureTree(tx, 256, today));
  let size = 0;
  return {
    border,
    size: () => size,
    async grow(to) {
      while (size < to) size = await border.write((tx) => fill(tx, size, Math.min(CHUNK, to - size)));
    },
    async tick() {
      const begun = performance.now();
      const tree = await border.write((tx) => sequenceBatch(tx, randomBytes, today));
      size = tree!.size;
      return performance.now() - begun;
    },
    async setBatch(batch) {
      await border.write((tx) => tx.execute('UPDATE tree SET batch_size = $1', [batch]));
    },
    async stop() {
      await border.close();
      for (const end of ends) await end();
    },
  };
}

/** Whole bundles of random leaves.
 *  @returns the size behind them */
async function fill(tx: Transaction, size: number, count: number): Promise<number> {
  const bytes = randomBytes(32 * count);
  const edge = await readTiles(tx, partialTiles(size));
  const tree = (await readTree(tx))!;
  const after = appendBatch({
    frontier: size === 0 ? emptyFrontier() : parseFrontier(tree.frontier),
    entries: Array.from({ length: count }, (_, i) => bytes.subarray(32 * i, 32 * (i + 1))),
    readPartial: (level, index) => edge.find((tile) => tile.level === level && tile.index === index)?.bytes,
    partialBundle: undefined,
  });
  await insertTiles(tx, after.tiles);
  await tx.execute('INSERT INTO entries (index, leaves) SELECT * FROM unnest($1::bigint[], $2::bytea[])', [
    after.bundles.map(({ index }) => index),
    after.bundles.map(({ bytes }) => bytes),
  ]);
  await tx.execute('UPDATE tree SET size = $1, frontier = $2', [size + count, formatFrontier(after.frontier)]);
  return size + count;
}

async function insertTiles(tx: Transaction, tiles: readonly Tile[]): Promise<void> {
  await tx.execute(
    `INSERT INTO tiles (level, index, hashes) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
    [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ bytes }) => bytes)],
  );
}
