// Which batches leaves are promised to.
import { equal, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import { promiseBatches } from '../src/index.ts';

const rhythm = { tick: 10, batchSize: 4, draw: 5 };
const many = (count: number, request = {}) => Array.from({ length: count }, () => ({ urgent: false, ...request }));

test('a leaf is drawn evenly among the batches behind the next one, whoever asked before it', (t) => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 2000; i++) {
    const tick = promiseBatches(new Map(), rhythm, many(6), randomBytes).at(-1)!;
    counts.set(tick, (counts.get(tick) ?? 0) + 1);
  }
  t.same([...counts.keys()].sort(), [11, 12, 13, 14, 15]);
  t.ok(Math.min(...counts.values()) > 300 && Math.max(...counts.values()) < 500, `${[...counts.values()]}`);
  t.end();
});

test('when all batches that it is drawn among are full, it is drawn among as many behind them', (t) => {
  const drawn = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const taken = new Map([11, 12, 13, 14, 15].map((tick) => [tick, 4]));
    drawn.add(promiseBatches(taken, rhythm, many(1), randomBytes)[0]!);
  }
  t.same([...drawn].sort(), [16, 17, 18, 19, 20]);
  t.end();
});

test('an urgent leaf takes the next batch with room, and a later version one behind that of the version before', (t) => {
  const taken = new Map([
    [11, 4],
    [12, 3],
  ]);
  t.same(promiseBatches(taken, rhythm, many(3, { urgent: true }), randomBytes), [12, 13, 13]);
  t.same(
    [...taken],
    [
      [11, 4],
      [12, 4],
      [13, 2],
    ],
  );
  t.same(promiseBatches(new Map(), rhythm, many(1, { urgent: true, after: 17 }), randomBytes), [18]);
  t.same(promiseBatches(new Map(), rhythm, many(1, { urgent: true, after: 3 }), randomBytes), [11]);
  t.end();
});

test('no batch is promised more than it holds, and later ones are taken when all are full', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -1, max: 30 }), (count, after) => {
      const taken = new Map<number, number>();
      const ticks = promiseBatches(taken, rhythm, many(count, { after }), randomBytes);
      const first = Math.max(10, after) + 1;
      const windows = Math.max(1, Math.ceil(count / 20));
      ok(ticks.every((tick) => tick >= first && tick < first + 5 * windows));
      for (const [tick, places] of taken) {
        ok(places <= 4);
        equal(places, ticks.filter((one) => one === tick).length);
      }
    }),
    { numRuns: 200, endOnFailure: true },
  );
  t.end();
});
