import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { test } from 'tap';
import { type Database, openDatabase, type Reader, type Transaction } from '../src/database.ts';
import { bigint, drizzleOf, pgTable, sql } from '../src/drizzle.ts';
import { createTestDatabases } from '../src/embedded/index.ts';
import { isUnavailable } from '../src/unavailable.ts';

const SAMPLE = fileURLToPath(new URL('fixtures/migrations/', import.meta.url));
const marks = pgTable('marks', { mark: bigint({ mode: 'number' }).notNull() });

test('a role’s database', async (t) => {
  const { border } = await createTestDatabases(t, SAMPLE);
  const open = (more = {}) =>
    openDatabase({ url: border.url('detente_worker'), max: 4, name: 'detente test', ...more });
  const database = open();
  t.teardown(() => database.close());

  await t.test('commits what a write did, and rolls back what threw', async (t) => {
    t.equal(await database.write((tx) => setMark(tx, 'a', 1)), 1);
    const failed = database.write(async (tx) => {
      await setMark(tx, 'a', 2);
      throw new Error('no');
    });
    await t.rejects(failed, { message: 'no' });
    t.equal(await database.read((reader) => markOf(reader, 'a')), 1);
  });

  await t.test('refuses a write where a Reader is at hand, to the compiler and to PostgreSQL', async (t) => {
    // @ts-expect-error a function that needs a Transaction does not take a Reader
    await t.rejects(database.read((reader) => setMark(reader, 'a', 3)));
    await t.rejects(
      database.read((reader) => reader.query(`UPDATE marks SET mark = 3`)),
      { code: '25006' },
    );
  });

  await t.test('has what is asked with values prepared once a connection, and nothing else', async (t) => {
    const fresh = open();
    t.teardown(() => fresh.close());
    const prepared = await fresh.write(async (tx) => {
      await setMark(tx, 'a', 4);
      await setMark(tx, 'a', 1);
      for (const value of [1, 2, 3]) await tx.query('SELECT $1::int AS value', [value]);
      return tx.query<{ statement: string; runs: number }>(
        'SELECT statement, (generic_plans + custom_plans)::int AS runs FROM pg_prepared_statements ORDER BY runs',
      );
    });
    t.match(prepared, [
      { statement: /marks/, runs: 2 },
      { statement: 'SELECT $1::int AS value', runs: 3 },
    ]);
    t.equal(prepared.length, 2);
  });

  await t.test('shows a reader one snapshot', async (t) => {
    const seen = await database.read(async (reader) => {
      const before = await markOf(reader, 'a');
      await database.write((tx) => setMark(tx, 'a', 10));
      return [before, await markOf(reader, 'a')];
    });
    t.same(seen, [1, 1]);
    t.equal(await database.read((reader) => markOf(reader, 'a')), 10);
  });

  await t.test(
    'says that the database is unavailable when the connection went while its reader did something else',
    async (t) => {
      const admin = new pg.Client({ connectionString: border.superuserUrl });
      await admin.connect();
      t.teardown(() => admin.end());
      const cut = database.read(async (reader) => {
        const [row] = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const gone = new Promise((resolve) => reader.client.once('end', resolve));
        await admin.query('SELECT pg_terminate_backend($1)', [row!.pid]);
        await gone;
        return markOf(reader, 'a');
      });
      const error = await cut.then(
        () => undefined,
        (thrown) => thrown,
      );
      t.match(error, { message: /not queryable/ });
      t.ok(isUnavailable(error));
    },
  );

  await t.test('runs a write again after a serialization failure', async (t) => {
    await database.write((tx) => setMark(tx, 'n', 0));
    const runs = await Promise.all([1, 2, 3].map(() => increment(database)));
    t.equal(await database.read((reader) => markOf(reader, 'n')), 3);
    t.ok(
      runs.some((count) => count > 1),
      'at least one had to run twice',
    );
  });

  await t.test('gives up on a write that fails every time, with the error of PostgreSQL', async (t) => {
    let runs = 0;
    const failing = database.write(async (tx) => {
      runs++;
      await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
    });
    await t.rejects(failing, { code: '40001' });
    t.equal(runs, 6);
  });

  await t.test('reads numbers as numbers or refuses them, days as days, bytes as bytes', async (t) => {
    const rows = await database.read((reader) =>
      reader.query(`SELECT 9007199254740991 AS most, ARRAY[1, NULL]::bigint[] AS many, 1.10::numeric AS exact,
        '2026-11-24'::date AS day, ARRAY['2026-11-24'::date] AS days, '\\x00ff80'::bytea AS bytes, '{"a":1}'::jsonb AS json,
        '2026-11-24T01:02:03Z'::timestamptz AS at, count(*) AS count FROM marks WHERE false`),
    );
    t.same(rows, [
      {
        most: Number.MAX_SAFE_INTEGER,
        many: [1, null],
        exact: '1.10',
        day: '2026-11-24',
        days: ['2026-11-24'],
        bytes: Buffer.from([0, 255, 128]),
        json: { a: 1 },
        at: new Date('2026-11-24T01:02:03Z'),
        count: 0,
      },
    ]);
    const tooLarge = database.read((reader) => reader.query('SELECT 9007199254740992 AS more'));
    await t.rejects(tooLarge, { code: 'number_out_of_range' });
    t.equal(await database.read((reader) => markOf(reader, 'a')), 10, 'and the connection is still good');
  });

  await t.test('offers drizzle on the same transaction', async (t) => {
    await database.write(async (tx) => {
      await drizzleOf(tx).update(marks).set({ mark: 20 }).where(sql`peer = 'a'`);
      t.same(await drizzleOf(tx).select().from(marks).where(sql`peer = 'a'`), [{ mark: 20 }]);
      t.equal(await markOf(tx, 'a'), 20);
    });
    t.same(await database.read((reader) => drizzleOf(reader).select().from(marks).where(sql`peer = 'a'`)), [
      { mark: 20 },
    ]);
  });

  await t.test('gives a statement up after its time', async (t) => {
    const hasty = open({ statementTimeout: 50 });
    await t.rejects(
      hasty.read((reader) => reader.query('SELECT pg_sleep(5)')),
      { code: '57014' },
    );
    await hasty.close();
  });

  await t.test('goes on with a new connection when the server cut one off', async (t) => {
    const cut = open({ max: 1 });
    const dying = cut.write((tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    await t.rejects(dying, { code: '57P01' });
    t.equal(await cut.read((reader) => markOf(reader, 'a')), 20);
    await cut.close();
  });
});

function setMark(tx: Transaction, peer: string, mark: number): Promise<number> {
  return tx.execute(
    'INSERT INTO marks (peer, mark) VALUES ($1, $2) ON CONFLICT (peer) DO UPDATE SET mark = excluded.mark',
    [peer, mark],
  );
}

async function markOf(reader: Reader, peer: string): Promise<number | undefined> {
  const [row] = await reader.query<{ mark: number }>('SELECT mark FROM marks WHERE peer = $1', [peer]);
  return row?.mark;
}

/** Reads, waits until the others have read too, writes: at this isolation only one of them can commit. */
async function increment(database: Database): Promise<number> {
  let runs = 0;
  await database.write(
    async (tx) => {
      runs++;
      const mark = (await markOf(tx, 'n')) ?? 0;
      await tx.query('SELECT pg_sleep(0.1)');
      await setMark(tx, 'n', mark + 1);
    },
    { isolation: 'serializable' },
  );
  return runs;
}
