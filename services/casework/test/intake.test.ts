// The intake day is closed on a tree whose size follows nothing, in steps that each may be the last before a crash.

import { fillIntakeSubtree, intakeDaySize, intakeSubtreeSize } from '@detente/keys';
import type { Database } from '@detente/store/database';
import {
  extendTiles,
  HASH_SIZE,
  hashLeaf,
  inclusionProof,
  type TileId,
  tileReader,
  verifyInclusion,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { closeIntake } from '../src/jobs/intake.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

const YESTERDAY = '2026-11-24';
const TODAY = '2026-11-25';

type Day = { day: string; root: string; size: number; seed: Buffer; nodes: Buffer };
type Leaf = { leaf: Buffer; place: number | null };

const start = (t: Test) => startWorkerNode(t, { origin: 'https://cn.example' });

/** A day with so many reports in it, open. */
async function fill({ home }: WorkerNode, day: string, reports: number): Promise<void> {
  await home.query('INSERT INTO intake_days (day) VALUES ($1)', [day]);
  await add({ home }, day, reports);
}

async function add({ home }: Pick<WorkerNode, 'home'>, day: string, reports: number): Promise<void> {
  await home.query(
    `INSERT INTO intake_leaves (day, leaf, case_id)
     SELECT $1, sha256(gen_random_uuid()::text::bytea), gen_random_uuid() FROM generate_series(1, $2)`,
    [day, reports],
  );
}

const daysOf = async ({ home }: WorkerNode): Promise<(Day & { open: boolean })[]> =>
  (
    await home.query(
      'SELECT day::text, root, size, seed, nodes, closed_at IS NULL AS open FROM intake_days ORDER BY day',
    )
  ).rows;

const leavesOf = async ({ home }: WorkerNode, day: string): Promise<Leaf[]> =>
  (await home.query('SELECT leaf, place FROM intake_leaves WHERE day = $1 ORDER BY place', [day])).rows;

/** Roots on their way to the log. */
const rootsOf = async ({ home }: WorkerNode): Promise<string[]> =>
  (await home.query(`SELECT body->>'leaf' AS root FROM outgoing WHERE kind = 'leaf' ORDER BY number`)).rows.map(
    ({ root }) => root,
  );

/** Proves leaves, of many every 50th, from what is kept of the day, as reporting does. @returns how long the proofs are */
function proofLengths({ root, size, seed, nodes }: Day, leaves: readonly Leaf[]): number[] {
  const above = tileReader(extendTiles(0, split(nodes), () => undefined));
  const asked = leaves.length > 100 ? leaves.filter((_, at) => at % 50 === 0) : leaves;
  return asked.map(({ leaf, place }) => {
    const at = Math.floor(place! / intakeSubtreeSize);
    const start = at * intakeSubtreeSize;
    const own = leaves.flatMap((one) =>
      Math.floor(one.place! / intakeSubtreeSize) === at ? [{ leaf: one.leaf, place: one.place! }] : [],
    );
    const bottom: TileId & { bytes: Buffer } = {
      ...{ level: 0, index: 0, width: 256 },
      bytes: Buffer.concat(split(fillIntakeSubtree(seed, start, own)).map(hashLeaf)),
    };
    const proof = [
      ...inclusionProof(place! - start, intakeSubtreeSize, tileReader([bottom])),
      ...inclusionProof(at, size / intakeSubtreeSize, above),
    ];
    verifyInclusion({ index: place!, size, leafHash: hashLeaf(leaf), root: Buffer.from(root, 'base64url'), proof });
    return proof.length;
  });
}

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_SIZE }, (_, at) =>
    bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
  );
}

test('the tree of a day has 2^20 places and proofs have 20 hashes, whatever came', async (t) => {
  const node = await start(t);
  const reports = [0, 1, 1_500];
  const dayAt = (n: number) => new Date(Date.UTC(2026, 10, 24 + n)).toISOString().slice(0, 10);
  await fill(node, dayAt(0), reports[0]!);
  for (const [at, count] of reports.entries()) {
    await closeIntake(node.worker, dayAt(at + 1));
    const [day, next] = (await daysOf(node)).slice(at);
    t.match(day, { day: dayAt(at), size: intakeDaySize, open: false });
    t.equal(day!.nodes.length, (intakeDaySize / intakeSubtreeSize) * HASH_SIZE);
    t.match(next, { day: dayAt(at + 1), root: null, open: true });
    t.equal((await rootsOf(node))[at], day!.root);
    const leaves = await leavesOf(node, dayAt(at));
    t.same(new Set(proofLengths(day!, leaves)), new Set(count === 0 ? [] : [20]));
    t.equal(new Set(leaves.map(({ place }) => place)).size, count, 'each has a place of its own');
    const order = leaves.map(({ leaf }) => leaf.toString('hex'));
    if (count > 1) t.notSame(order, order.toSorted(), 'that does not follow the leaf');
    await closeIntake(node.worker, dayAt(at + 1));
    t.equal((await rootsOf(node)).length, at + 1, 'and it is logged once');
    await add(node, dayAt(at + 1), reports[at + 1] ?? 0);
  }
});

test('each day on which no worker ran has a root of its own once one is back, in order', async (t) => {
  const node = await start(t);
  const dayAt = (n: number) => new Date(Date.UTC(2026, 10, 24 + n)).toISOString().slice(0, 10);
  await fill(node, dayAt(0), 3);
  await Promise.all([closeIntake(node.worker, dayAt(4)), closeIntake(node.worker, dayAt(4))]);
  const days = await daysOf(node);
  t.match(days, [
    ...[0, 1, 2, 3].map((n) => ({ day: dayAt(n), open: false, size: intakeDaySize })),
    { day: dayAt(4), open: true, root: null },
  ]);
  const closed = days.filter(({ open }) => !open);
  t.same(
    await rootsOf(node),
    closed.map(({ root }) => root),
  );
  t.equal(new Set(closed.map(({ root }) => root)).size, 4, 'none of which looks like another');
  t.same(
    proofLengths(closed[0]!, await leavesOf(node, dayAt(0))),
    [20, 20, 20],
    'what came is in the day that was open',
  );
  await closeIntake(node.worker, dayAt(1));
  t.same(await daysOf(node), days, 'and a clock that was set back changes nothing');
});

test('a day that is half full moves on, and what came while no worker ran has room', async (t) => {
  const node = await start(t);
  await fill(node, TODAY, 255);
  await closeIntake(node.worker, TODAY, 512);
  t.match(await daysOf(node), [{ day: TODAY, open: true }]);
  await add(node, TODAY, 1);
  await closeIntake(node.worker, TODAY, 512);
  t.match(await daysOf(node), [
    { day: TODAY, open: false, size: 512 },
    { day: '2026-11-26', open: true },
  ]);
  await add(node, '2026-11-26', 513);
  await closeIntake(node.worker, TODAY, 512);
  const days = await daysOf(node);
  t.match(days.slice(1), [
    { day: '2026-11-26', open: false, size: 1024 },
    { day: '2026-11-27', open: true },
  ]);
  for (const day of days.slice(0, 2)) {
    const leaves = await leavesOf(node, day.day);
    t.same(new Set(proofLengths(day, leaves)), new Set([Math.log2(day.size)]));
  }
  t.same(
    await rootsOf(node),
    days.slice(0, 2).map(({ root }) => root),
  );
});

class Killed extends Error {}

/** A database that is gone before, or after, the n-th thing that is asked of it. */
function goneAt(database: Database, { step, after }: { step: number; after: boolean }): Database {
  let asked = 0;
  const ask = async <T>(run: () => Promise<T>): Promise<T> => {
    const last = asked++ === step;
    if (last && !after) throw new Killed();
    const answer = await run();
    if (last) throw new Killed();
    return answer;
  };
  return {
    ...database,
    now: { query: (text, values) => ask(() => database.now.query(text, values)) },
    write: (change, options) => ask(() => database.write(change, options)),
  };
}

test('closing that ends at any step is taken up by the next, with one root and every leaf', async (t) => {
  const node = await start(t);
  // Two days on each time: the one between has a tree as well.
  let [day, completed] = [0, false];
  const dayAt = (n: number) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10);
  await fill(node, dayAt(0), 40);
  for (let step = 0; !completed; step++)
    for (const after of [false, true]) {
      const home = goneAt(node.worker.home, { step, after });
      completed = await closeIntake({ ...node.worker, home }, dayAt(day + 2), 1024).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Killed) return false;
          throw error;
        },
      );
      await closeIntake(node.worker, dayAt(day + 2), 1024);
      day += 2;
      await add(node, dayAt(day), 40);
    }
  const closed = (await daysOf(node)).filter(({ open }) => !open);
  t.equal(closed.length, day);
  t.ok(day > 20, `${day} days`);
  t.same(
    await rootsOf(node),
    closed.map(({ root }) => root),
  );
  for (const [at, one] of closed.entries()) {
    const leaves = await leavesOf(node, one.day);
    t.same(proofLengths(one, leaves), Array(at % 2 === 0 ? 40 : 0).fill(10), one.day);
  }
});

test('two workers that close a day log one root', async (t) => {
  const node = await start(t);
  await fill(node, YESTERDAY, 300);
  await Promise.all([closeIntake(node.worker, TODAY), closeIntake(node.worker, TODAY)]);
  const days = await daysOf(node);
  t.match(days, [
    { day: YESTERDAY, open: false },
    { day: TODAY, open: true },
  ]);
  t.same(await rootsOf(node), [days[0]!.root]);
});

test('while a tree is made, whatever else the worker does has a turn after each subtree', async (t) => {
  const node = await start(t);
  await fill(node, YESTERDAY, 900);
  let [turns, answered, asked, over] = [0, 0, 0, false];
  const count = () => {
    turns += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  const home: Database = {
    ...node.worker.home,
    now: {
      query: (text, values) =>
        node.worker.home.now.query(text, values).finally(() => {
          answered = turns;
        }) as never,
    },
    write: (change, options) => {
      asked = turns;
      return node.worker.home.write(change, options);
    },
  };
  // So small that all of its leaves are read at once.
  await closeIntake({ ...node.worker, home }, TODAY, 4_096);
  over = true;
  // Between the last leaf read and the root written nothing is waited for.
  const subtrees = new Set((await leavesOf(node, YESTERDAY)).map(({ place }) => Math.floor(place! / 256))).size;
  t.ok(asked - answered >= subtrees, `${asked - answered} turns for ${subtrees} subtrees`);
});

test('a day is read in as many questions whatever came, none of which brings more than 4,096 leaves', async (t) => {
  const node = await start(t);
  const size = 16_384;
  const asked: number[][] = [];
  await fill(node, '2026-11-23', 0);
  for (const [day, came] of [
    [YESTERDAY, 15_000],
    [TODAY, 0],
  ] as const) {
    const brought: number[] = [];
    const query = async (text: string, values?: readonly unknown[]) => {
      const rows = await node.worker.home.now.query(text, values);
      brought.push(rows.length);
      return rows as never;
    };
    await closeIntake({ ...node.worker, home: { ...node.worker.home, now: { query } } }, day, size);
    asked.push(brought);
    await add(node, day, came);
  }
  const [quiet, busy] = asked as [number[], number[]];
  t.equal(busy.length, quiet.length);
  t.ok(Math.max(...busy) > 2_000 && Math.max(...busy) <= 4_096, `at most ${Math.max(...busy)} rows`);
  const [, day] = await daysOf(node);
  t.same(new Set(proofLengths(day!, await leavesOf(node, YESTERDAY))), new Set([14]));
});
