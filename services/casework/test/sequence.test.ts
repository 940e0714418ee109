// What a batch is seen to be, and how long it takes, does not follow what waits for it.

import { randomBytes } from 'node:crypto';
import { countQueries } from '@detente/testkit';
import { test } from 'tap';
import { sequence } from '../src/jobs/sequence.ts';
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
