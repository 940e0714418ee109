// A disk without room, as it meets an ordinary user: a limit of the system on the size of files, and /dev/full.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, runDetente } from '@detente/testkit';
import { type Test, test } from 'tap';
import { watchDisk } from '../src/disk.ts';
import type { CommandError } from '../src/errors.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'detente-disk-'));
chmodSync(folder, 0o711); // PostgreSQL runs as another user when the test runs as root
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, 'cn');
const origin = `http://127.0.0.1:${await freePort()}`;
const init = ['init', '--data', data, '--origin', origin, '--name', 'cn', '--loopback', '--casework-port', '0'];

/** Runs the command below a line of shell, which says `exec "$@"` itself. */
function spawnBelow(t: Test, line: string, args: readonly string[]): { child: ChildProcess; said: () => string } {
  const child = spawn('/bin/sh', ['-c', `unset NODE_OPTIONS; ${line}`, 'sh', process.execPath, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  return { child, said: () => said };
}

const FULL = 'detente: The disk is full: make room or name another folder.\n';
const LIMITED = 'detente: A file may not grow any more for this user: raise the limit (ulimit -f) and try again.\n';

test('no room for the databases: one sentence, and the same command goes on when there is', async (t) => {
  const { child, said } = spawnBelow(t, 'ulimit -f 8192; exec "$@"', init);
  t.same(await once(child, 'close'), [3, null]);
  t.equal(said(), LIMITED);
  const again = await runDetente(init);
  t.equal(again.code, 0, again.stderr);
});

test('a node whose log has no room runs on', { timeout: 120_000 }, async (t) => {
  writeFileSync(join(data, 'state.json'), ''); // as a full disk left it
  const { child } = spawnBelow(t, 'exec "$@" 2>/dev/full', ['start', '--data', data, '--json', '--log-level', 'debug']);
  await once(child.stdout!, 'data');
  const url = `${origin}/publication/v1/editions`;
  for (let call = 0; call < 20; call++) t.equal((await fetch(url)).status, 200);
  child.kill('SIGTERM');
  t.same(await once(child, 'exit'), [0, null]);
});

test('a database that finds no room and cannot start again ends the node: one sentence, in order', async (t) => {
  const { child, said } = spawnBelow(t, 'exec "$@"', ['start', '--data', data, '--json', '--log-level', 'fatal']);
  await once(child.stdout!, 'data');
  const pidFile = join(data, 'postgres', 'cluster', 'postmaster.pid');
  const postmaster = readFileSync(pidFile, 'utf8').split('\n')[0]!;
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=1']);
  process.kill(Number(postmaster), 'SIGKILL');
  t.same(await once(child, 'close'), [3, null]);
  const sentences = said()
    .split('\n')
    .filter((line) => line.startsWith('detente: ') && !line.startsWith('detente: database: '));
  t.equal(sentences.at(-1), FULL.trim());
  t.notMatch(said(), /\n {4}at /, 'no stack');
});

test('standard output without room is told; one that nobody reads is not', async (t) => {
  const full = openSync('/dev/full', 'w');
  const run = (args: string[]) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', full, 'pipe'], env: {} });
    const said: Buffer[] = [];
    child.stderr!.on('data', (chunk) => said.push(chunk));
    return once(child, 'close').then(([code]) => ({ code, said: Buffer.concat(said).toString() }));
  };
  t.same(await run(['--help']), { code: 3, said: FULL });
  closeSync(full);
  const { child, said } = spawnBelow(t, '"$@" | head -n 0; exit 0', ['import', '--help']);
  await once(child, 'close');
  t.equal(said(), '');
});

test('a disk that fills up is told before it is too late, and then ends the node', async (t) => {
  const said: string[] = [];
  const limits = { little: Number.POSITIVE_INFINITY, tooLittle: 0 };
  await new Promise<void>((resolve) => {
    const low = (sentence: string) => resolve(void said.push(sentence));
    t.teardown(watchDisk(folder, { low, full: () => t.fail('it is not full') }, limits));
  });
  t.match(said[0], /^the disk that holds .* has \d+ MB left: make room, at 0 MB the node stops$/);
  const error = await new Promise<CommandError>((resolve) => {
    const tell = { low: () => t.fail('too late for that'), full: resolve };
    watchDisk(folder, tell, { little: Number.POSITIVE_INFINITY, tooLittle: Number.POSITIVE_INFINITY });
  });
  t.equal(error.code, 'setup');
  t.match(error.message, /^The node stopped because the disk that holds .*: make room and start it again\.$/);
});
