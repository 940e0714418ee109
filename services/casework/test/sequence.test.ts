// What a batch is seen to be, and how long it takes, does not follow what waits for it.

import { randomBytes } from 'node:crypto';
import type { Transaction } from '@detente/store/database';
import { sequenceBatch, storeCheckpoint } from '@detente/store/worker';
import { countQueries } from '@detente/testkit';
import { formatBundle, formatFrontier, nodesForFrontier, partialTiles } from '@detente/tlog';
import { test } from 'tap';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode } from './worker-node.ts';

test('a batch of nothing but padding takes as many statements as a full one', async (t) => {
  const { worker, border } = await startWorkerNode(t, { origin: 'https://cn.example', batchSize: 16 });
  const { database, asked } = countQueries(worker.border);
  const counts: number[] = [];
  await sequence(worker);
  for (const waiting of [0, 1, 16, 0]) {
    for (let n = 0; n < waiting; n++)
      await border.query('INSERT INTO pending_leaves (leaf, tick) VALUES ($1, 0)', [randomBytes(32)]);
    const before = asked.count;
    await sequence({ ...worker, border: database });
    counts.push(asked.count - before);
  }
  t.equal(Number((await border.query('SELECT count(*) FROM sequenced')).rows[0].count), 17);
  t.same(counts, Array(4).fill(counts[0]));
});

test('a batch is signed when it is time, however soon it was committed', async (t) => {
  const { worker, border } = await startWorkerNode(t, { origin: 'https://cn.example' });
  const count = async (what: string) => (await border.query(`SELECT count(*)::int AS n FROM ${what}`)).rows[0].n;
  const time = Promise.withResolvers<void>();
  const sequenced = sequence(worker, utcToday(), time.promise);
  while ((await count('tree WHERE size > 0')) === 0);
  // Many times as many questions as signing asks.
  let signed = 0;
  for (let question = 0; question < 200; question++) signed += await count('checkpoints');
  t.equal(signed, 0, 'nothing of it is public');
  time.resolve();
  await sequenced;
  t.equal(await count('checkpoints'), 1);
});

test('while anything stops signing nothing is appended or signed', async (t) => {
  const { worker, border } = await startWorkerNode(t, { origin: 'https://cn.example' });
  const sizes = async () =>
    (await border.query(`SELECT size::int, (SELECT count(*)::int FROM checkpoints) AS signed FROM tree`)).rows[0];
  const stop = (kind: string) =>
    border.query(`INSERT INTO signing_stops (kind, reason) VALUES ($1, 'It is a test.')`, [kind]);
  const note = 'signed before anybody said stop';
  for (const kind of ['damaged', 'unasked', 'behind']) {
    const before = await sizes();
    await stop(kind);
    await sequence(worker);
    await worker.border.write((tx) => storeCheckpoint(tx, before.size + 16, note));
    t.same(await sizes(), before, kind);
    await border.query('DELETE FROM signing_stops');
    await sequence(worker);
    t.same(await sizes(), { size: before.size + 16, signed: before.signed + 1 });
  }
  await worker.border.write((tx) => sequenceBatch(tx, randomBytes, utcToday()));
  await stop('behind');
  await prepareLog(worker);
  t.same(await sizes(), { size: 64, signed: 3 }, 'nor is a tree that a crash left unsigned');
});

test('what a batch reads and writes follows its own size, not that of the log', async (t) => {
  const { worker, border } = await startWorkerNode(t, { origin: 'https://cn.example', batchSize: 16 });
  const counts = [];
  // Beside the edge there are some rows that a batch has nothing to do with.
  const others = (count: string) => `generate_series(0, ${count}::int - 1) AS i`;
  for (const size of [1_000, 1_000_000, 10_000_000]) {
    await border.query('TRUNCATE tiles, entries');
    await border.query('UPDATE tree SET size = $1, frontier = $2', [size, formatFrontier(anyFrontier(size))]);
    for (const { level, index, width } of partialTiles(size))
      await border.query(
        `WITH others AS (INSERT INTO tiles SELECT $1::int, i, '' FROM ${others('$4')})
         INSERT INTO tiles VALUES ($1::int, $2, $3)`,
        [level, index, randomBytes(32 * width), Math.min(index, 300)],
      );
    await border.query(`INSERT INTO entries SELECT i, '' FROM ${others('$1')}`, [
      Math.min(300, Math.floor(size / 256)),
    ]);
    const entries = Array.from({ length: size % 256 }, () => randomBytes(32));
    if (entries.length > 0)
      await border.query('INSERT INTO entries VALUES ($1, $2)', [Math.floor(size / 256), formatBundle(entries)]);
    counts.push(
      await worker.border.write((tx) => countRows(tx, (counted) => sequenceBatch(counted, randomBytes, utcToday()))),
    );
  }
  const statements = counts.map((count) => count.statements);
  t.same(statements, Array(3).fill(statements[0]));
  // An edge of four tiles and a bundle at the most, one more of each level where a tile is full.
  for (const { read, written } of counts) t.ok(read <= 5 && written <= 6, `${read} rows read, ${written} written`);
});

/** Rows of tiles and entries that a change reads and writes, and its statements. */
async function countRows(tx: Transaction, change: (tx: Transaction) => Promise<unknown>) {
  const count = { statements: 0, read: 0, written: 0 };
  await change({
    ...tx,
    async query<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]) {
      const rows = await tx.query<Row>(text, values);
      count.statements += 1;
      if (/FROM (tiles|entries)/.test(text)) count.read += rows.length;
      return rows;
    },
    async execute(text, values) {
      const rows = await tx.execute(text, values);
      count.statements += 1;
      if (/INTO (tiles|entries)/.test(text)) count.written += rows;
      return rows;
    },
  });
  return count;
}

function anyFrontier(size: number) {
  return { size, hashes: nodesForFrontier(size).map(() => randomBytes(32)) };
}
