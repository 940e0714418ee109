// The log of a node says the same whether the node sleeps or is overrun: read over the wire as anybody reads it.

import { introduce, offer, releasing, startNode, stopAt, type TestNode, until } from '@detente/testkit';
import {
  appendLeaves,
  emptyFrontier,
  hashLeaf,
  parseBundle,
  parseCheckpoint,
  parseNote,
  rootOf,
  tilePath,
  tileWidth,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { patientLab } from './lab.ts';

const BATCH = 16;
const BURST = 160;
type Shown = { size: number; root: string; leaves: Buffer[] };

async function read(node: TestNode, path: string): Promise<Buffer> {
  const answer = await fetch(`${node.origin}/log/v1/${path}`);
  if (!answer.ok) throw new Error(`${path} of ${node.name} was answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function readCheckpoint(node: TestNode): Promise<{ size: number; root: string }> {
  const note = parseNote((await read(node, 'checkpoint')).toString());
  const { size, root } = parseCheckpoint(note.text);
  return { size, root: Buffer.from(root).toString('base64') };
}

/** The whole log, from its checkpoint and its entry bundles. */
async function readLog(node: TestNode): Promise<Shown> {
  const { size, root } = await readCheckpoint(node);
  const leaves: Buffer[] = [];
  for (let index = 0; leaves.length < size; index++) {
    const width = tileWidth({ level: 0, index }, size);
    leaves.push(...parseBundle(await read(node, tilePath('entries', index, width)), width));
  }
  return { size, root, leaves };
}

/** Sizes that a watcher of the public checkpoint sees, in order, until it is told to stop. */
function watch(node: TestNode): { stop(): Promise<number[]> } {
  const sizes: number[] = [];
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      const { size } = await readCheckpoint(node);
      if (sizes.at(-1) !== size) sizes.push(size);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return sizes;
    },
  };
}

async function checkpointsOf(node: TestNode): Promise<number[]> {
  return (await node.sql('border', 'SELECT size::int FROM checkpoints ORDER BY size')).map(
    ({ size }) => size as number,
  );
}

/** The log is what its checkpoint says, and made of full batches alone. */
async function checkLog(t: Test, node: TestNode, { size, root, leaves }: Shown): Promise<void> {
  t.equal(
    rootOf(appendLeaves(emptyFrontier(), leaves.map(hashLeaf))).toString('base64'),
    root,
    'the root is of these leaves',
  );
  t.equal(new Set(leaves.map((leaf) => leaf.toString('hex'))).size, size, 'no two leaves are the same');
  t.ok(
    leaves.every(({ length }) => length === 32),
    'every leaf is 32 bytes',
  );
  const [tree] = await node.sql('border', 'SELECT size::int, tick::int, batch_size FROM tree');
  t.equal(tree!.size, BATCH * (tree!.tick as number), 'the tree has grown by one full batch a tick');
  const sizes = await checkpointsOf(node);
  t.same(
    sizes,
    sizes.map((_, at) => BATCH * (at + 1)),
    'each tick has its checkpoint, one batch after the last',
  );
}

test('the log grows by the same step while idle and during a burst', { timeout: 240_000 }, async (t) => {
  const start = (name: string) =>
    startNode(t, { name, policy: releasing({ public_edition: true }), batchSize: BATCH, tickMs: 500 });
  const [busy, idle] = await Promise.all([start('cn'), start('us')]);
  await introduce(busy, idle);
  await offer(busy, idle, 'green');
  const lab = await patientLab(busy);
  const records = async () => busy.sql('home', 'SELECT digest, tick::int, place::int FROM records');
  // The carry is held until all is signed, so that the log is overrun however slow the machine is.
  const carry = { node: busy, database: 'border', session: 'detente worker border' } as const;
  const stop = await stopAt({ ...carry, hold: 'SELECT FROM applied FOR UPDATE', statement: 'UPDATE applied' });
  await lab.report(BURST, 'cyber');
  await until('all is signed', async () => (await records()).length === 2 * BURST, 150_000);
  const before = { busy: await readCheckpoint(busy), idle: await readCheckpoint(idle) };
  const watched = { busy: watch(busy), idle: watch(idle) };
  await stop.release();
  await until('all is logged', async () => (await records()).every(({ place }) => place !== null), 120_000);
  const seen = { busy: await watched.busy.stop(), idle: await watched.idle.stop() };
  const [shown, quiet] = [await readLog(busy), await readLog(idle)];

  await t.test('both logs are made of full batches, one a tick', async (t) => {
    await checkLog(t, busy, shown);
    await checkLog(t, idle, quiet);
  });

  await t.test('what a watcher sees of one is what it sees of the other', (t) => {
    for (const [name, sizes] of Object.entries(seen)) {
      t.ok(sizes.length > 10, `${name} was seen to grow ${sizes.length} times`);
      t.same(
        sizes.filter((size) => size % BATCH !== 0),
        [],
        `${name} was seen at ends of batches alone`,
      );
    }
    t.end();
  });

  await t.test('the burst waited for its batches, and left no mark on them', async (t) => {
    const batches = new Map<number, number>();
    for (const { digest, tick, place } of await records()) {
      const batch = Math.floor((place as number) / BATCH);
      if (batch < (tick as number)) t.fail(`${digest} is in batch ${batch}, before its tick ${tick}`);
      if (shown.leaves[place as number]?.toString('base64url') !== digest) t.fail(`${digest} is not at ${place}`);
      batches.set(batch, (batches.get(batch) ?? 0) + 1);
    }
    t.ok(
      [...batches.values()].every((count) => count <= BATCH),
      'no batch took more than it holds',
    );
    t.equal(Math.max(...batches.values()), BATCH, 'and some took nothing but records');
    const grown = { busy: shown.size - before.busy.size, idle: quiet.size - before.idle.size };
    // A log that hurried to be rid of the burst would have outgrown one that had nothing to write.
    t.ok(grown.busy <= 1.5 * grown.idle, `the busy log grew by ${grown.busy}, the idle one by ${grown.idle}`);
  });
});
