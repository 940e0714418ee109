// A node whose databases are on servers that somebody else runs: one for both, or one each.

import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '@detente/store/embedded';
import { freePort, runDetente, spawnDetente } from '@detente/testkit';
import { type Test, test } from 'tap';

/** A server of this test's own, never the run's: roles belong to a server, and `init` sets their passwords. */
async function startServer(t: Test): Promise<string> {
  const server = await startTestServer();
  t.teardown(() => server.stop());
  return server.url;
}

/** From nothing to a node that answers, by the administrators' URLs. */
async function liveOn(t: Test, admins: string[]): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'detente-own-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'cn');
  const run = (...args: string[]) => runDetente([...args, '--data', data]);
  const origin = `http://127.0.0.1:${await freePort()}`;

  const init = await run('init', '--origin', origin, '--loopback', '--casework-port', '0', ...admins, '--json');
  t.equal(init.code, 0, init.stderr);
  t.notOk(existsSync(join(data, 'postgres')), 'nothing is embedded');
  const settings = JSON.parse(readFileSync(join(data, 'node.json'), 'utf8'));
  for (const url of Object.values(settings.databases as Record<string, string>)) {
    t.equal(new URL(url).username, '', 'the administrator is not kept');
    t.equal(new URL(url).password, '', 'nor the password');
  }

  const migrate = await run('migrate', ...admins, '--json');
  t.same(JSON.parse(migrate.stdout), { home: [], border: [] });
  const unnamed = await run('migrate');
  t.equal(unnamed.code, 2);
  t.match(unnamed.stderr, /The databases are elsewhere: name their administrators with --home-url and --border-url\./);

  const doctor = JSON.parse((await run('doctor', ...admins, '--json')).stdout);
  const whats = doctor.findings.map(({ what }: { what: string }) => what);
  t.ok(doctor.ok, JSON.stringify(doctor.findings));
  for (const name of ['home', 'border'])
    t.ok(
      whats.some((what: string) => what.startsWith(`${name}: PostgreSQL 18`)),
      name,
    );
  t.same(whats.slice(-2), [
    'the log has not begun; it will have batches of 16',
    'nothing keeps the log from being signed',
  ]);
  const blind = JSON.parse((await run('doctor', '--json')).stdout);
  t.match(blind.findings.at(-1), { ok: true, mend: /name their administrators with --home-url and --border-url/ });

  const child = spawnDetente(['start', '--data', data, '--json']);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout!, 'data');
  t.equal((await fetch(`${origin}/publication/v1/editions`)).status, 200, 'border answers');
  t.equal((await run('lab', 'add', 'Northlight')).code, 0, 'home answers');
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  t.same(await exit, [0, null]);
  return settings.databases;
}

test('both databases on one server', { timeout: 200_000 }, async (t) => {
  const url = await startServer(t);
  const { home, border } = await liveOn(t, ['--home-url', url]);
  t.equal(new URL(home!).host, new URL(border!).host);
});

test('each database on a server of its own', { timeout: 200_000 }, async (t) => {
  const [home, border] = [await startServer(t), await startServer(t)];
  const databases = await liveOn(t, ['--home-url', home, '--border-url', border]);
  t.equal(new URL(databases.home!).host, new URL(home).host);
  t.equal(new URL(databases.border!).host, new URL(border).host);
});

test('a server that is not there, and a login that it refuses, are said', async (t) => {
  const url = new URL(await startServer(t));
  const folder = mkdtempSync(join(tmpdir(), 'detente-own-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const init = (home: string) =>
    runDetente(['init', '--data', join(folder, 'cn'), '--origin', 'https://cn.example', '--home-url', home]);
  const says = async (home: string, code: number, sentence: RegExp) => {
    const ran = await init(home);
    t.equal(ran.code, code);
    t.match(ran.stderr, sentence);
    t.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr);
  };
  await says(`postgres://postgres:x@127.0.0.1:${await freePort()}/postgres`, 3, /^detente: No database answers at 127/);
  url.password = 'wrong';
  await says(url.href, 3, /^detente: The database refuses the login: /);
  await says('http://127.0.0.1/postgres', 2, /^detente: A database is named as postgres:\/\//);
});
