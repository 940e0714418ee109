// Several workers try; the log grows as if there were one.

import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { publicKeyOf } from '@detente/keys';
import { openDatabase } from '@detente/store/database';
import { sequenceBatch } from '@detente/store/worker';
import { faultsOfLog, until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

const main = fileURLToPath(new URL('../src/worker.ts', import.meta.url));

async function promiseLeaves({ border }: WorkerNode, count: number): Promise<Buffer[]> {
  const leaves = Array.from({ length: count }, () => randomBytes(32));
  await border.query('INSERT INTO pending_leaves (leaf, tick) SELECT unnest($1::bytea[]), 0', [leaves]);
  return leaves;
}

function faults({ border, worker }: WorkerNode, promised: Buffer[], carried = false): Promise<string[]> {
  const publicKey = publicKeyOf(worker.publicKeys.log.jwk);
  return faultsOfLog(border, { log: { name: worker.logName, publicKey }, batchSize: 16, promised, carried });
}

test('twenty that append at once give no index twice and lose none', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example' });
  const promised = await promiseLeaves(node, 200);
  const pool = openDatabase({ url: node.worker.settings.DETENTE_BORDER_URL, max: 20, name: 'test sequencers' });
  t.teardown(() => pool.close());
  const appended: number[] = [];
  for (let round = 0; round < 20; round++) {
    const trees = await Promise.all(
      Array.from({ length: 20 }, () => pool.write((tx) => sequenceBatch(tx, randomBytes, utcToday()))),
    );
    appended.push(...trees.flatMap((tree) => tree?.size ?? []));
    await prepareLog(node.worker);
  }
  t.ok(appended.length >= 20, `${appended.length} of 400 appended`);
  t.same(
    appended.toSorted((a, b) => a - b),
    appended.map((_, i) => 16 * (i + 1)),
    'each another batch',
  );
  t.same(await faults(node, promised), []);
});

test('a checkpoint is never dated before the one before it, also when the clock was set back', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example' });
  await sequence(node.worker);
  await node.border.query(`UPDATE checkpoints SET made_at = now() + interval '1 hour'`);
  await node.border.query(`UPDATE tree SET ticked_at = now() + interval '1 hour'`);
  await sequence(node.worker);
  t.same(await faults(node, []), []);
  t.equal((await node.border.query('SELECT FROM checkpoints')).rowCount, 2, 'and the log goes on');
});

/** A worker as a process of its own, over the databases of the node. */
function startWorker(t: Test, { worker }: WorkerNode): ChildProcess {
  const settings = Object.entries(worker.settings).map(([name, value]) => [name, String(value)]);
  const env = { ...process.env, ...Object.fromEntries(settings), DETENTE_LOG_LEVEL: 'error', DETENTE_TICK_MS: '200' };
  const child = fork(main, { env, stdio: 'inherit' });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

/** Every time at which a batch was taken, as the database saw it. */
async function noteTicks({ border }: WorkerNode): Promise<() => Promise<number[]>> {
  await border.query(`CREATE TABLE ticks (number bigint GENERATED ALWAYS AS IDENTITY, at timestamptz);
    CREATE FUNCTION note_tick() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
      'BEGIN INSERT INTO ticks (at) VALUES (new.ticked_at); RETURN new; END';
    CREATE TRIGGER note AFTER UPDATE OF size ON tree FOR EACH ROW EXECUTE FUNCTION note_tick()`);
  return async () => {
    const text = 'SELECT floor(extract(epoch FROM at) * 5)::float8 AS slot FROM ticks ORDER BY number';
    return (await border.query(text)).rows.map(({ slot }) => slot);
  };
}

test('two workers make one batch a tick, and one of them goes on alone', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example' });
  const promised = await promiseLeaves(node, 100);
  const ticks = await noteTicks(node);
  const children = [startWorker(t, node), startWorker(t, node)];
  await Promise.all(children.map((child) => once(child, 'message')));
  const begun = (await ticks()).length;
  await until('both have tried twenty ticks', async () => (await ticks()).length >= begun + 20);
  children[0]!.kill('SIGKILL');
  await once(children[0]!, 'exit');
  const alone = (await ticks()).length;
  await until('one goes on', async () => (await ticks()).length >= alone + 5);
  children[1]!.kill('SIGTERM');
  await once(children[1]!, 'exit');
  const slots = await ticks();
  t.same(
    slots.filter((slot, i) => i > 0 && slot <= slots[i - 1]!),
    [],
    'no tick has two batches',
  );
  t.equal((await node.border.query('SELECT tick::int FROM tree')).rows[0].tick, slots.length);
  t.same(await faults(node, promised, true), []);
});

test('a worker that comes in the middle of a tick leaves what another one is about to sign', async (t) => {
  const node = await startWorkerNode(t, { origin: 'https://cn.example' });
  // A tick that lasts as long as the test.
  const every = 86_400_000;
  const worker = { ...node.worker, settings: { ...node.worker.settings, DETENTE_TICK_MS: every } };
  const signed = async () => (await node.border.query('SELECT FROM checkpoints')).rowCount;
  await worker.border.write((tx) => sequenceBatch(tx, randomBytes, utcToday(), every));
  await prepareLog(worker);
  await sequence(worker, utcToday(), Promise.resolve(), every);
  t.equal(await signed(), 0);
  await node.border.query(`UPDATE tree SET ticked_at = ticked_at - interval '2 days'`);
  await prepareLog(worker);
  t.equal(await signed(), 1, 'what was left on the day before is signed');
});
