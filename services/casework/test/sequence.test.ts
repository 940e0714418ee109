// What a batch is seen to be, and how long it takes, does not follow what waits for it.

import { randomBytes } from 'node:crypto';
import { countQueries } from '@detente/testkit';
import { test } from 'tap';
import { sequence } from '../src/jobs/sequence.ts';
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
