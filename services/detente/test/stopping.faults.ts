// However a node or a demo was started, the end of what a user started is the end of all of it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, runDetente, until } from '@detente/testkit';
import { type Test, test } from 'tap';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'detente-stopping-'));
chmodSync(folder, 0o711); // PostgreSQL runs as another user when the test runs as root
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Starts it as a user does, without what a test runner adds to the environment. */
function start(t: Test, command: string, args: readonly string[]): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '' };
  delete env.npm_package_name;
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

/** Processes whose command line or environment names the folder, as those of its nodes do. */
function processesOf(path: string): string[] {
  const names = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(path);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && (names(pid, 'cmdline') || names(pid, 'environ')));
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function readLine(child: ChildProcess): Promise<string> {
  let out = '';
  for await (const text of child.stdout!.setEncoding('utf8')) {
    out += text;
    if (out.includes('\n')) break;
  }
  return out;
}

test('the end of whoever a node was started through is the end of the node', async (t) => {
  const data = join(folder, 'cn');
  const init = ['init', '--data', data, '--origin', `http://127.0.0.1:${await freePort()}`, '--loopback'];
  t.equal((await runDetente([...init, '--casework-port', '0'])).code, 0);
  const args = ['start', '--data', data, '--json'];
  const npm = ['run', '--silent', 'detente', '--', ...args];
  const shim = join(root, 'node_modules/.bin/node');
  const ways = [
    ['npm', npm, ['SIGTERM']],
    ['npm', npm, ['SIGHUP']],
    ['npm', npm, ['SIGKILL']],
    [shim, ['services/detente/src/main.ts', ...args], ['SIGTERM']],
    // As npm does, which passes on what the terminal has told everybody.
    [join(root, 'services/detente/detente'), args, ['SIGINT', 'SIGINT']],
  ] as const;
  for (const [command, words, signals] of ways) {
    const how = `${command} ${signals.join(' ')}`;
    const child = start(t, command, words);
    const { processes } = JSON.parse(await readLine(child)) as { processes: Record<string, { pid: number }> };
    const pids = Object.values(processes).map(({ pid }) => pid);
    t.ok(processesOf(data).length > 3, `${how}: it runs`);
    const exit = once(child, 'exit');
    for (const signal of signals) child.kill(signal);
    await until(`${how}: nothing is left`, async () => processesOf(data).length === 0 && !pids.some(isAlive));
    t.notOk(existsSync(join(data, 'state.json')), `${how}: it ended in order`);
    const [code] = await exit;
    if (signals.length === 2) t.equal(code, 0, 'the same wish told twice is one');
  }
});

test('the end of npm is the end of a demo, in the middle of it too', async (t) => {
  const keep = join(folder, 'demo');
  const child = start(t, 'npm', ['run', '--silent', 'demo', '--', '--json', '--keep', keep]);
  const state = (name: string) => readFileSync(join(keep, name, 'state.json'), 'utf8');
  const isUp = async () => ['cn', 'us', 'sg'].every((name) => /"casework": "http/.test(state(name)));
  await until('three nodes are up', isUp, 240_000);
  child.kill('SIGTERM');
  await until('nothing is left', async () => processesOf(keep).length === 0);
  for (const name of ['cn', 'us', 'sg']) t.notOk(existsSync(join(keep, name, 'state.json')), `${name} ended in order`);
});
