// Another batch size holds from the next UTC day on: no batch within a day differs from another, and nothing that was promised
// before is lost.

import { randomBytes } from 'node:crypto';
import { promiseRooms, readTree, rhythmOf } from '@detente/store/worker';
import type { RoomRequest } from '@detente/tlog';
import { type Test, test } from 'tap';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { leafTick } from '../src/jobs/statements.ts';
import type { Worker } from '../src/worker-context.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

const [today, tomorrow, later] = ['2026-03-01', '2026-03-02', '2026-03-03'] as const;

/** The worker as it is after a restart with another setting. */
async function restart(worker: Worker, batchSize: number, day: string): Promise<Worker> {
  const restarted = { ...worker, settings: { ...worker.settings, DETENTE_BATCH_SIZE: batchSize } };
  await prepareLog(restarted, day);
  return restarted;
}

async function batches({ border }: WorkerNode): Promise<number[]> {
  const { rows } = await border.query('SELECT size::int FROM checkpoints ORDER BY size');
  return rows.map(({ size }, i) => size - (rows[i - 1]?.size ?? 0));
}

async function sizes({ border }: WorkerNode) {
  const { rows } = await border.query('SELECT batch_size, next_batch_size, next_batch_day::text FROM tree');
  return Object.values(rows[0]);
}

async function promise(worker: Worker, requests: readonly RoomRequest[]): Promise<number[]> {
  const tree = await readTree(worker.border.now);
  const rhythm = rhythmOf(tree!, worker.settings.DETENTE_DRAW);
  return worker.home.write((tx) => promiseRooms(tx, rhythm, requests, randomBytes));
}

function most(ticks: readonly number[]): number {
  return Math.max(...ticks.map((tick) => ticks.filter((other) => other === tick).length));
}

test('a batch size that was changed holds from the next UTC day on', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example', batchSize: 16 });
  await sequence(node.worker, today);
  const worker = await restart(node.worker, 8, today);
  t.same(await sizes(node), [16, 8, tomorrow]);
  await sequence(worker, today);
  await restart(worker, 8, tomorrow);
  t.same(await sizes(node), [16, 8, tomorrow], 'a restart with the same setting does not put it off');
  await sequence(worker, tomorrow);
  await sequence(worker, today);
  await sequence(worker, tomorrow);
  t.same(await batches(node), [16, 16, 8, 8, 8], 'and a clock that steps back does not undo it');
  t.same(await sizes(node), [8, null, null]);
  await restart(worker, 32, tomorrow);
  await restart(worker, 8, tomorrow);
  t.same(await sizes(node), [8, null, null], 'the one in force ends the wait of another');
  await restart(worker, 32, tomorrow);
  await restart(worker, 64, later);
  await sequence(worker, later);
  t.same(await batches(node), [16, 16, 8, 8, 8, 8], 'nor does one take effect on the day on which it was set');
});

test('of two sizes the smaller one counts for what is promised', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example', batchSize: 16 });
  const many = Array.from({ length: 64 }, () => ({ urgent: false }));
  const smaller = await restart(node.worker, 8, today);
  t.equal(most(await promise(smaller, many)), 8, 'from the moment at which it is known');
  const ticks: number[] = [];
  for (let n = 0; n < 64; n++) ticks.push(await smaller.home.write((tx) => leafTick(smaller, tx)));
  t.equal(most(ticks), 8, 'for statements as for records');
  const same = await restart(smaller, 16, today);
  await same.home.write((tx) => tx.execute('DELETE FROM log_room'));
  const larger = await restart(same, 32, today);
  t.equal(most(await promise(larger, many)), 16, 'a larger one when it is in force');
  await sequence(larger, tomorrow);
  await larger.home.write((tx) => tx.execute('DELETE FROM log_room'));
  t.equal(most(await promise(larger, [...many, ...many])), 32);
});

test('what was promised before its batch became smaller comes in the batches behind, in order', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example', batchSize: 16 });
  const first = await promise(node.worker, Array(64).fill({ urgent: false }));
  t.equal(most(first), 16, 'four batches are full');
  const leaves = first.map((tick) => ({ leaf: randomBytes(32), tick, after: null as Buffer | null }));
  const next = await promise(
    node.worker,
    first.map((after) => ({ urgent: true, after })),
  );
  leaves.push(...next.map((tick, i) => ({ leaf: randomBytes(32), tick, after: leaves[i]!.leaf })));
  for (const { leaf, tick, after } of leaves)
    await node.border.query('INSERT INTO pending_leaves (leaf, tick, after) VALUES ($1, $2, $3)', [leaf, tick, after]);
  const worker = await restart(node.worker, 8, today);
  for (let tick = 0; tick < 3; tick++) await sequence(worker, today);
  for (let tick = 3; tick < 20; tick++) await sequence(worker, tomorrow);
  t.same(await batches(node), [...Array(3).fill(16), ...Array(17).fill(8)]);
  await checkPlaces(t, node, leaves);
});

async function checkPlaces(t: Test, node: WorkerNode, leaves: { leaf: Buffer; tick: number; after: Buffer | null }[]) {
  const { rows } = await node.border.query('SELECT leaf, place::int FROM sequenced');
  const batchOf = (place: number) => (place < 48 ? Math.floor(place / 16) : 3 + Math.floor((place - 48) / 8));
  const placed = new Map(rows.map(({ leaf, place }) => [leaf.toString('hex'), batchOf(place)]));
  t.equal(placed.size, leaves.length, 'none is lost');
  const batch = (leaf: Buffer) => placed.get(leaf.toString('hex'))!;
  t.ok(
    leaves.every(({ leaf, tick }) => batch(leaf) >= tick),
    'none comes before its tick',
  );
  t.ok(
    leaves.every(({ leaf, after }) => after === null || batch(leaf) > batch(after)),
    'a version comes after the one before it, in a later batch',
  );
  const alone = leaves.filter(({ after }) => after === null);
  t.ok(
    alone.every((a) => alone.every((b) => a.tick >= b.tick || batch(a.leaf) <= batch(b.leaf))),
    'what was promised earlier comes first',
  );
  t.ok(
    leaves.some(({ leaf, tick }) => batch(leaf) > tick),
    'some had to wait',
  );
}
