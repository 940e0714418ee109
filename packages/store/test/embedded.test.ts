import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { test } from 'tap';
import { makeTemplate, startPostgres } from '../src/embedded/index.ts';
import { roleUrl, setPasswords } from '../src/migrate/index.ts';

const HOLD = fileURLToPath(new URL('fixtures/hold-server.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

const root = await mkdtemp(join(tmpdir(), 'detente-embedded-'));
await chmod(root, 0o711);
test('embedded PostgreSQL', async (t) => {
  t.teardown(() => rm(root, { recursive: true, force: true }));

  await t.test('keeps its data in the folder and listens on 127.0.0.1 alone', async (t) => {
    const dataDir = join(root, 'kept');
    const first = await startPostgres({ dataDir });
    await ask(first.superuserUrl('postgres'), 'CREATE TABLE kept AS SELECT 7 AS n');
    const [settings] = await ask(
      first.superuserUrl('postgres'),
      `SELECT current_setting('listen_addresses') AS at, current_setting('unix_socket_directories') AS sockets,
         current_setting('fsync') AS fsync, current_setting('server_version_num')::int / 10000 AS major,
         lower('ÄÖ') AS folded`,
    );
    t.same(settings, { at: '127.0.0.1', sockets: '', fsync: 'on', major: 18, folded: 'äö' });
    await first.stop();
    await first.stop();
    const again = await startPostgres({ dataDir });
    t.same(await ask(again.superuserUrl('postgres'), 'SELECT n FROM kept'), [{ n: 7 }]);
    await again.stop();
    await t.rejects(ask(again.superuserUrl('postgres'), 'SELECT 1'), { code: 'ECONNREFUSED' });
  });

  await t.test('keeps the superuser password in a file that only the owner reads, and asks for it', async (t) => {
    const dataDir = join(root, 'kept');
    const { mode } = await stat(join(dataDir, 'cluster', 'detente-superuser'));
    t.equal(mode & 0o777, 0o600);
    const server = await startPostgres({ dataDir });
    const url = new URL(server.superuserUrl('postgres'));
    url.password = 'wrong';
    await t.rejects(ask(url.href, 'SELECT 1'), { code: '28P01' });
    await server.stop();
  });

  await t.test(
    'makes a template of a node: both databases and no other, roles that get their passwords in the copy',
    async (t) => {
      const template = join(root, 'node-template');
      await makeTemplate(template);
      const copy = await startPostgres({ dataDir: join(root, 'node'), durable: false, template });
      t.teardown(() => copy.stop());
      const url = copy.superuserUrl('postgres');
      t.same(
        (await ask(url, 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1')).map(
          ({ datname }) => datname,
        ),
        ['detente_border', 'detente_home', 'postgres'],
      );
      t.same(await ask(url, 'SELECT datname FROM pg_database WHERE datistemplate'), []);
      const login = (password: string) =>
        ask(roleUrl(url, 'detente_border', 'detente_exchange', password), 'SELECT session_user AS who');
      await t.rejects(login('guessed'), { code: '28P01' }, 'none before');
      await setPasswords(url, 'border', { detente_exchange: 'first' });
      t.same(await login('first'), [{ who: 'detente_exchange' }]);
      await setPasswords(url, 'border', { detente_exchange: 'second' });
      t.same(await login('second'), [{ who: 'detente_exchange' }]);
      await t.rejects(login('first'), { code: '28P01' }, 'the one before counts no more');
    },
  );

  await t.test('makes a password dear to guess, unless the server lasts no longer than a test', async (t) => {
    const iterations = async (server: Awaited<ReturnType<typeof startPostgres>>) => {
      const sql = `SELECT split_part(rolpassword, ':', 1) AS scram FROM pg_authid WHERE rolname = 'guessed'`;
      await ask(server.superuserUrl('postgres'), `CREATE ROLE guessed PASSWORD 'guess'`);
      const [row] = await ask(server.superuserUrl('postgres'), sql);
      await server.stop();
      return row;
    };
    const kept = await startPostgres({ dataDir: join(root, 'kept') });
    t.same(await iterations(kept), { scram: 'SCRAM-SHA-256$4096' });
    const brief = await startPostgres({ dataDir: join(root, 'brief'), durable: false });
    t.same(await iterations(brief), { scram: 'SCRAM-SHA-256$1' });
  });

  await t.test('makes a folder from a template, with a superuser’s password of its own', async (t) => {
    const template = join(root, 'template');
    const first = await startPostgres({ dataDir: template, durable: false });
    await ask(first.superuserUrl('postgres'), 'CREATE TABLE kept AS SELECT 9 AS n');
    await first.stop();
    const copy = await startPostgres({ dataDir: join(root, 'copied'), durable: false, template });
    t.same(await ask(copy.superuserUrl('postgres'), 'SELECT n FROM kept'), [{ n: 9 }]);
    const theirs = new URL(copy.superuserUrl('postgres'));
    theirs.password = new URL(first.superuserUrl('postgres')).password;
    await t.rejects(ask(theirs.href, 'SELECT 1'), { code: '28P01' });
    await copy.stop();
    const missing = startPostgres({ dataDir: join(root, 'orphan'), durable: false, template: join(root, 'nowhere') });
    await t.rejects(missing, { code: 'postgres_failed' });
    t.same(await readdir(join(root, 'orphan')), [], 'nothing is left behind');
  });

  await t.test('ends when its process is killed with -9, and its data survives', async (t) => {
    const dataDir = join(root, 'killed');
    const { child, url } = await hold(dataDir);
    await ask(url, 'CREATE TABLE kept AS SELECT 8 AS n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await startPostgres({ dataDir, durable: false });
    t.same(await ask(again.superuserUrl('postgres'), 'SELECT n FROM kept'), [{ n: 8 }]);
    await again.stop();
    await t.rejects(ask(url, 'SELECT 1'), 'the first server is gone');
  });

  await t.test('recovers when the server itself is killed with -9', async (t) => {
    const dataDir = join(root, 'killed');
    const server = await startPostgres({ dataDir });
    await ask(server.superuserUrl('postgres'), 'CREATE TABLE committed AS SELECT 9 AS n');
    const pid = Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await server.exited;
    const again = await startPostgres({ dataDir });
    t.same(await ask(again.superuserUrl('postgres'), 'SELECT n FROM committed'), [{ n: 9 }]);
    await again.stop();
  });

  await t.test('stops in order on Ctrl-C', async (t) => {
    const { child } = await hold(join(root, 'killed'));
    child.kill('SIGINT');
    t.same(await once(child, 'exit'), [0, null]);
    await t.rejects(access(join(root, 'killed', 'cluster', 'postmaster.pid')), { code: 'ENOENT' });
  });

  await t.test('refuses a folder on which another node runs', async (t) => {
    const dataDir = join(root, 'killed');
    const server = await startPostgres({ dataDir, durable: false });
    await t.rejects(startPostgres({ dataDir }), { code: 'folder_in_use', message: /^Another node runs on / });
    await server.stop();
  });

  await t.test('starts although the pid of a killed server belongs to somebody else now', async (t) => {
    const dataDir = join(root, 'killed');
    await writeFile(
      join(dataDir, 'cluster', 'postmaster.pid'),
      `${process.pid}\n${dataDir}/cluster\n0\n1\n\n\n\nready\n`,
    );
    const server = await startPostgres({ dataDir, durable: false });
    await server.stop();
    t.pass();
  });

  await t.test('starts over when initdb was killed half-way', async (t) => {
    const dataDir = join(root, 'half');
    const child = spawn(process.execPath, [HOLD, dataDir], { stdio: 'ignore' });
    await until(async () => (await readdir(dataDir)).some((name) => name.endsWith('.partial')));
    child.kill('SIGKILL');
    await once(child, 'exit');
    t.notOk((await readdir(dataDir)).includes('cluster'), 'nothing stands in the final place yet');
    const server = await startPostgres({ dataDir, durable: false });
    t.same(await ask(server.superuserUrl('postgres'), 'SELECT 1 AS n'), [{ n: 1 }]);
    await server.stop();
  });

  await t.test('lets one of two win that start on a new folder at once', async (t) => {
    const dataDir = join(root, 'raced');
    const results = await Promise.allSettled([hold(dataDir), hold(dataDir)]);
    const won = results.filter((result) => result.status === 'fulfilled');
    t.equal(won.length, 1);
    for (const { value } of won) {
      value.child.kill('SIGINT');
      await once(value.child, 'exit');
    }
  });

  await t.test('says that a port is taken', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const start = startPostgres({ dataDir: join(root, 'kept'), port });
    await t.rejects(start, {
      code: 'port_in_use',
      message: `Port ${port} is taken: name another one or stop what listens there.`,
    });
    other.close();
  });

  await t.test('refuses a folder that holds something else, and one of another version', async (t) => {
    await mkdir(join(root, 'foreign', 'cluster'), { recursive: true });
    await writeFile(join(root, 'foreign', 'cluster', 'thesis.txt'), 'mine');
    await t.rejects(startPostgres({ dataDir: join(root, 'foreign') }), { code: 'folder_foreign' });
    t.equal(await readFile(join(root, 'foreign', 'cluster', 'thesis.txt'), 'utf8'), 'mine');
    await writeFile(join(root, 'foreign', 'cluster', 'PG_VERSION'), '12\n');
    await t.rejects(startPostgres({ dataDir: join(root, 'foreign') }), { code: 'folder_version' });
    await t.rejects(startPostgres({ dataDir: join(root, 'foreign', 'cluster', 'thesis.txt') }), {
      code: 'folder_closed',
    });
  });

  await t.test(
    'says who may not enter when root names a closed folder',
    { skip: !isRoot && 'needs root' },
    async (t) => {
      await mkdir(join(root, 'closed'), { mode: 0o700 });
      await t.rejects(startPostgres({ dataDir: join(root, 'closed', 'data') }), {
        code: 'folder_closed',
        message: /the user postgres/,
      });
    },
  );
});

async function hold(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [HOLD, dataDir], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [first] = await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  if (typeof first !== 'object' || first === null) throw new Error('the server did not start');
  return { child, url: String(first).trim() };
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

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 5));
}
