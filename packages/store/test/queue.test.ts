import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { test } from 'tap';
import { openDatabase } from '../src/database.ts';
import { createTestDatabases } from '../src/embedded/index.ts';
import { migrate } from '../src/migrate/index.ts';
import { addJob, runQueue } from '../src/queue/index.ts';

const SAMPLE = fileURLToPath(new URL('fixtures/migrations/', import.meta.url));
const HOLD = fileURLToPath(new URL('fixtures/hold-queue.ts', import.meta.url));
const schema = 'queue_worker';

test('the queue under the narrow role that it was installed for', async (t) => {
  const { home } = await createTestDatabases(t, SAMPLE);
  const url = home.url('detente_worker');
  const database = openDatabase({ url, max: 2, name: 'test' });
  t.teardown(() => database.close());

  await t.test('runs a job once its transaction commits, and never when it rolls back', async (t) => {
    const seen = new Collector<unknown>();
    const queue = await runQueue({ url, schema, tasks: { note: async (payload) => seen.add(payload) } });
    const rolledBack = database.write(async (tx) => {
      await addJob(tx, schema, 'note', { n: 1 });
      throw new Error('changed my mind');
    });
    await t.rejects(rolledBack, { message: 'changed my mind' });
    await database.write(async (tx) => {
      await tx.execute('INSERT INTO notes (text) VALUES ($1)', ['with the job']);
      await addJob(tx, schema, 'note', { n: 2 });
    });
    t.same(await seen.take(1), [{ n: 2 }]);
    await queue.stop();
    t.same(await jobs(home.superuserUrl), []);
  });

  await t.test('keeps one waiting job for a key', async (t) => {
    await database.write(async (tx) => {
      for (const n of [1, 2, 3]) await addJob(tx, schema, 'carry', { n }, { key: 'carry' });
    });
    t.same(await jobs(home.superuserUrl), [{ task: 'carry', payload: { n: 3 } }]);
    const seen = new Collector<unknown>();
    const queue = await runQueue({ url, schema, tasks: { carry: async (payload) => seen.add(payload) } });
    t.same(await seen.take(1), [{ n: 3 }]);
    await queue.stop();
  });

  await t.test('runs the jobs of one queue name in turn, and a failed one again', async (t) => {
    const seen = new Collector<string>();
    const task = async (payload: unknown, { attempt }: { attempt: number }) => {
      if (attempt === 1) throw new Error('not yet');
      seen.add(JSON.stringify([payload, attempt]));
    };
    const queue = await runQueue({ url, schema, tasks: { flaky: task }, concurrency: 2, pollInterval: 100 });
    await database.write((tx) => addJob(tx, schema, 'flaky', 'a', { queue: 'one' }));
    t.same(await seen.take(1), ['["a",2]']);
    await queue.stop();
  });

  await t.test('takes up what a process killed with -9 had begun', async (t) => {
    await database.write((tx) => addJob(tx, schema, 'draft', { case: 'k' }, { queue: 'held' }));
    const child = spawn(process.execPath, [HOLD, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.equal(String((await once(child.stdout, 'data'))[0]).trim(), 'taken');

    const seen = new Collector<unknown>();
    const queue = await runQueue({
      url,
      schema,
      tasks: { draft: async (payload) => seen.add(payload) },
      pollInterval: 200,
    });
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    t.same(seen.items, [], 'not while the other one lives, however long it takes');
    child.kill('SIGKILL');
    t.same(await seen.take(1), [{ case: 'k' }]);
    await queue.stop();
  });

  await t.test('waits on stop for the job that runs', async (t) => {
    let finish = () => {};
    const finishing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const begun = new Collector<string>();
    const task = async () => {
      begun.add('begun');
      await finishing;
      begun.add('finished');
    };
    const queue = await runQueue({ url, schema, tasks: { slow: task } });
    await database.write((tx) => addJob(tx, schema, 'slow', null));
    await begun.take(1);
    const stopped = queue.stop();
    finish();
    await stopped;
    t.same(begun.items, ['begun', 'finished']);
    t.same(await jobs(home.superuserUrl), []);
  });

  await t.test('says to migrate when its schema is missing', async (t) => {
    const missing = runQueue({ url, schema: 'queue_nowhere', tasks: { x: async () => {} } });
    await t.rejects(missing, { code: 'queue_failed', message: /run detente migrate/ });
  });
});

test('a role that may add one kind of job', async (t) => {
  const { home, border } = await createTestDatabases(t, SAMPLE);
  const reporting = home.url('detente_reporting');

  await t.test('adds it by its function, for the worker to run', async (t) => {
    const id = randomUUID();
    await ask(reporting, `SELECT enqueue_draft('${id}')`);
    await ask(reporting, `SELECT enqueue_draft('${id}')`);
    t.same(await jobs(home.superuserUrl), [{ task: 'draft', payload: { case: id } }]);
    const seen = new Collector<unknown>();
    const tasks = { draft: async (payload: unknown) => seen.add(payload) };
    const queue = await runQueue({ url: home.url('detente_worker'), schema, tasks });
    t.same(await seen.take(1), [{ case: id }]);
    await queue.stop();
  });

  await t.test('touches nothing else of the queue, and nor does any other role', async (t) => {
    for (const url of [reporting, home.url('detente_casework')]) {
      for (const text of [
        `SELECT queue_worker.add_job('draft')`,
        `SELECT queue_worker.add_jobs(ARRAY[]::queue_worker.job_spec[])`,
        `SELECT queue_worker.remove_job('draft:x')`,
        `SELECT queue_worker.force_unlock_workers(ARRAY['x'])`,
        'SELECT * FROM queue_worker._private_jobs',
        'SELECT * FROM queue_worker.jobs',
        'SELECT * FROM queue_worker.migrations',
        'DELETE FROM queue_worker._private_jobs',
        `INSERT INTO queue_worker._private_tasks (identifier) VALUES ('x')`,
        'CREATE TABLE queue_worker.mine ()',
      ]) {
        await t.rejects(ask(url, text), { code: '42501' }, text);
      }
    }
  });

  await t.test('cannot smuggle a function in: the worker itself cannot change its queue', async (t) => {
    const worker = home.url('detente_worker');
    await t.rejects(ask(worker, 'CREATE TABLE queue_worker.mine ()'), { code: '42501' });
    await t.rejects(ask(worker, 'ALTER TABLE queue_worker._private_jobs DISABLE ROW LEVEL SECURITY'), {
      code: '42501',
    });
    await t.rejects(ask(worker, 'INSERT INTO queue_worker.migrations (id) VALUES (99)'), { code: '42501' });
  });

  await t.test('finds in border a queue of the exchange alone', async (t) => {
    const seen = new Collector<unknown>();
    const tasks = { pull: async (payload: unknown) => seen.add(payload) };
    const queue = await runQueue({ url: border.url('detente_exchange'), schema: 'queue_exchange', tasks });
    const exchange = openDatabase({ url: border.url('detente_exchange'), max: 1, name: 'test' });
    await exchange.write((tx) => addJob(tx, 'queue_exchange', 'pull', { peer: 'p' }));
    t.same(await seen.take(1), [{ peer: 'p' }]);
    await queue.stop();
    await exchange.close();
    await t.rejects(ask(border.url('detente_worker'), `SELECT queue_exchange.add_job('pull')`), { code: '42501' });
  });
});

test("the repository's own migrations carry a queue each", async (t) => {
  const { home, border } = await createTestDatabases(t);
  for (const [url, name] of [
    [home.url('detente_worker'), 'queue_worker'],
    [border.url('detente_exchange'), 'queue_exchange'],
  ] as const) {
    const queue = await runQueue({ url, schema: name, tasks: { nothing: async () => {} } });
    await queue.stop();
  }
  t.same(await migrate({ url: home.superuserUrl, database: 'home', name: home.name }), []);
});

class Collector<T> {
  readonly items: T[] = [];
  #wake = () => {};

  add(item: T): void {
    this.items.push(item);
    this.#wake();
  }

  /** The first `count` items, once they are there. */
  async take(count: number): Promise<T[]> {
    while (this.items.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.items;
  }
}

async function jobs(url: string): Promise<Record<string, unknown>[]> {
  return ask(
    url,
    `SELECT t.identifier AS task, j.payload FROM queue_worker._private_jobs j
     JOIN queue_worker._private_tasks t ON t.id = j.task_id ORDER BY j.id`,
  );
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
