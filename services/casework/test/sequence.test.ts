// What a batch is seen to be, and how long it takes, does not follow what waits for it.

import { randomBytes } from 'node:crypto';
import { sequenceBatch, storeCheckpoint } from '@detente/store/worker';
import { countQueries } from '@detente/testkit';
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
