import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { test } from 'tap';
import { acquireTestServer, createTestDatabases } from '../src/embedded/index.ts';
import { migrate, ROLES, roleUrl } from '../src/migrate/index.ts';

const SAMPLE = fileURLToPath(new URL('fixtures/migrations/', import.meta.url));

test('migrate', async (t) => {
  const server = await acquireTestServer();
  const folder = await mkdtemp(join(tmpdir(), 'detente-migrations-'));
  const suffix = process.pid.toString(36);
  const home = `migrate_home_${suffix}`;
  t.teardown(async () => {
    await ask(server.url, `DROP DATABASE IF EXISTS ${home} WITH (FORCE)`);
    await ask(server.url, `DROP DATABASE IF EXISTS ${home}_b WITH (FORCE)`);
    await server.stop();
    await rm(folder, { recursive: true });
  });
  await cp(SAMPLE, folder, { recursive: true });
  const sample = { url: server.url, database: 'home', name: home, folder } as const;

  await t.test('makes roles, database, queue and tables once, and again nothing', async (t) => {
    t.same(await migrate(sample), ['0001_notes']);
    t.same(await migrate(sample), []);
    const [row] = await ask(
      at(server.url, home),
      `SELECT to_regclass('notes') IS NOT NULL AS notes,
      to_regclass('queue_worker._private_jobs') IS NOT NULL AS queue,
      (SELECT array_agg(DISTINCT tableowner) FROM pg_tables WHERE schemaname IN ('public', 'queue_worker')) AS owners,
      (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS collation`,
    );
    t.same(row, { notes: true, queue: true, owners: '{detente_owner}', collation: 'C' });
  });

  await t.test('lets two that start at once wait for each other', async (t) => {
    const results = await Promise.all([1, 2].map(() => migrate({ ...sample, name: `${home}_b` })));
    t.same(results.flat(), ['0001_notes']);
  });

  await t.test('applies the grants anew each time', async (t) => {
    await ask(at(server.url, home), 'REVOKE SELECT ON notes FROM detente_reporting');
    await migrate(sample);
    const [row] = await ask(
      at(server.url, home),
      `SELECT has_table_privilege('detente_reporting', 'notes', 'SELECT') AS may`,
    );
    t.same(row, { may: true });
  });

  await t.test('takes a failed file back whole, with all that ran beside it', async (t) => {
    await writeFile(join(folder, 'home', '0002_good.sql'), 'create table good ();');
    await writeFile(join(folder, 'home', '0003_bad.sql'), 'create table half (); select 1 / 0;');
    await t.rejects(migrate(sample), {
      code: 'migration_failed',
      message: `Migration 0003_bad of ${home} failed and nothing was changed: division by zero`,
    });
    const [row] = await ask(at(server.url, home), `SELECT to_regclass('good') AS good, to_regclass('half') AS half`);
    t.same(row, { good: null, half: null });
    await rm(join(folder, 'home', '0003_bad.sql'));
    t.same(await migrate(sample), ['0002_good']);
  });

  await t.test('refuses a database that is newer than its files, and changes nothing there', async (t) => {
    await rm(join(folder, 'home', '0002_good.sql'));
    await writeFile(join(folder, 'home', 'grants.sql'), 'drop table notes;');
    await t.rejects(migrate(sample), { code: 'schema_newer', message: /already has migration 0002_good, / });
    const [row] = await ask(at(server.url, home), `SELECT to_regclass('notes') IS NOT NULL AS notes`);
    t.same(row, { notes: true });
  });

  await t.test('works for an administrator who is no superuser', async (t) => {
    const admin = `admin_${suffix}`;
    await ask(server.url, `CREATE ROLE ${admin} LOGIN CREATEROLE CREATEDB PASSWORD 'secret'`);
    const url = new URL(server.url);
    url.username = admin;
    url.password = 'secret';
    // The roles exist already and are not this administrator's: somebody handed the owner on, as a provider does.
    await ask(server.url, `GRANT detente_owner TO ${admin} WITH ADMIN OPTION`);
    t.same(await migrate({ url: url.href, database: 'border', name: `${admin}_db`, folder: SAMPLE }), ['0001_marks']);
    await ask(server.url, `DROP DATABASE ${admin}_db WITH (FORCE)`);
    await ask(server.url, `DROP OWNED BY ${admin}; DROP ROLE ${admin}`);
  });
});

test('a test database', async (t) => {
  const { home, border } = await createTestDatabases(t, SAMPLE);

  await t.test('lets in its own roles and nobody else', async (t) => {
    const roles = [...new Set([...ROLES.home, ...ROLES.border])];
    for (const [kind, database] of Object.entries({ home, border })) {
      for (const role of roles) {
        const may = (ROLES[kind as 'home' | 'border'] as readonly string[]).includes(role);
        const url = database.url(role);
        if (may) t.same(await ask(url, 'SELECT current_user::text AS me'), [{ me: role }], `${role} enters ${kind}`);
        else await t.rejects(ask(url, 'SELECT 1'), { code: '42501' }, `${role} has no way into ${kind}`);
      }
    }
  });

  await t.test('gives a role what the grants say and nothing that every role has by default', async (t) => {
    const worker = home.url('detente_worker');
    await ask(worker, `INSERT INTO notes (text) VALUES ('x')`);
    await t.rejects(ask(worker, 'DELETE FROM notes'), { code: '42501' });
    await t.rejects(ask(worker, 'CREATE TABLE mine ()'), { code: '42501' });
    await t.rejects(ask(worker, 'CREATE TEMP TABLE mine ()'), { code: '42501' });
    await t.rejects(ask(worker, 'SET ROLE detente_owner'), { code: '42501' });
    await t.rejects(ask(worker, 'SELECT * FROM migrations'), { code: '42501' });
    await t.rejects(
      ask(worker, `SELECT enqueue_draft(gen_random_uuid())`),
      { code: '42501' },
      'functions are closed too',
    );
  });

  await t.test('needs the right password', async (t) => {
    await t.rejects(ask(roleUrl(home.superuserUrl, home.name, 'detente_worker', 'wrong'), 'SELECT 1'), {
      code: '28P01',
    });
  });
});

function at(url: string, database: string): string {
  const turned = new URL(url);
  turned.pathname = `/${database}`;
  return turned.href;
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
