// A whole node of real processes, set up and started by the command, with its databases open to the test.

import { type ChildProcess, execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@detente/client';
import { TEST_CLUSTER } from '@detente/store/embedded';
import pg from 'pg';
import { runDetente, spawnDetente } from './command.ts';
import type { Wire } from './wire.ts';

export type Test = { teardown(end: () => unknown): unknown };
export type ProcessName = 'reporting' | 'casework' | 'worker' | 'exchange' | 'publication' | 'router' | 'postgres';

export type TestNode = {
  name: string;
  origin: string;
  /** Where the router listens: the origin, unless a recorded wire lies between. */
  address: string;
  /** The node's folder. */
  data: string;
  /** Token of its first officer. */
  token: string;
  fingerprint: string;
  casework: ReturnType<typeof createClient<'casework'>>;
  publication: ReturnType<typeof createClient<'publication'>>;
  /** A client of reporting with this API key. */
  reporting(key: string): ReturnType<typeof createClient<'reporting'>>;
  /** SQL as the superuser: what a test wants to see, whoever may see it. */
  sql(database: 'home' | 'border', text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A session of the superuser, to hold a lock with; the caller ends it. */
  connect(database: 'home' | 'border'): Promise<pg.Client>;
  /** The process that runs this service now.
   *  @throws Error when none does */
  pid(name: ProcessName): number;
  /** Ends a process as a power cut would and returns when it is gone; the node starts it again. */
  kill(name: ProcessName): Promise<void>;
  /** The last that its processes wrote. */
  log(): string;
  stop(): Promise<void>;
};

export type NodeOptions = {
  name: string;
  /** policy.json; an officer decides all when absent. */
  policy?: unknown;
  /** organisations.txt; the project's list alone when absent. */
  organisations?: string;
  tickMs?: number;
  batchSize?: number;
  /** Witnesses that must have signed a checkpoint; one when absent. */
  witnessesRequired?: number;
  /** Lies before the node: its origin is the wire's, and all that reaches it or leaves it goes over it. */
  wire?: Wire;
};

type Started = { ready: true; public: string; casework: string };

/** Sets a node up in a folder of its own and starts it; it is stopped and gone when the test ends.
 *  @throws Error with what the command wrote when it does not come up */
export async function startNode(t: Test, options: NodeOptions): Promise<TestNode> {
  const { name, policy, organisations, tickMs = 2000, batchSize = 32, wire } = options;
  const folder = mkdtempSync(join(tmpdir(), `detente-${name}-`));
  chmodSync(folder, 0o711); // PostgreSQL runs as another user when the test runs as root
  const data = join(folder, name);
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const origin = wire?.origin ?? address;
  const rhythm = `--tick-ms ${tickMs} --pull-ms 1000 --batch-size ${batchSize} --casework-port 0`.split(' ');
  copyCluster(data);
  const identity = ['--data', data, '--origin', origin, '--name', name];
  const init = await runDetente(['init', ...identity, '--loopback', ...rhythm, '--json']);
  if (init.code !== 0) throw new Error(`init of ${name} failed: ${init.stderr}`);
  const { token, fingerprint } = JSON.parse(init.stdout) as { token: string; fingerprint: string };
  hasten(data, options);
  if (policy !== undefined) writeFileSync(join(data, 'policy.json'), JSON.stringify(policy));
  if (organisations !== undefined) writeFileSync(join(data, 'organisations.txt'), organisations);
  wire?.leadTo(port);
  const child = spawnDetente(['start', '--data', data, '--port', `${port}`, '--json']);
  const log = lastWords(child);
  const started = await untilReady(child, name, log);
  const stop = stopper(child);
  t.teardown(stop);
  const pid = (name: ProcessName) => (name === 'postgres' ? postmaster(data) : childOf(child.pid!, name));
  return {
    sql: keepSessions(t, data),
    ...{ name, origin, address, data, token, fingerprint, stop, log },
    casework: createClient({ service: 'casework', baseUrl: started.casework, token }),
    publication: createClient({ service: 'publication', baseUrl: origin }),
    reporting: (key) => createClient({ service: 'reporting', baseUrl: address, token: key }),
    connect: (database) => connect(data, database),
    pid,
    kill: (process_) => killNow(pid(process_)),
  };
}

/** Puts a copy of the run's template, if there is one, where `init` finds its databases made. */
function copyCluster(data: string): void {
  const template = process.env[TEST_CLUSTER];
  if (template === undefined) return;
  for (const folder of [data, join(data, 'postgres')]) {
    mkdirSync(folder);
    chmodSync(folder, 0o711);
  }
  execFileSync('cp', ['-a', join(template, 'cluster'), join(data, 'postgres')]);
  // Processes are killed here, the machine is not.
  appendFileSync(join(data, 'postgres', 'cluster', 'postgresql.auto.conf'), 'fsync = off\n');
}

/** Shortens what a country would not, and sets what `init` does not ask for. */
function hasten(data: string, { witnessesRequired }: NodeOptions): void {
  const file = join(data, 'node.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...settings, draw: 1, carry_ms: 200, witnesses_required: witnessesRequired }));
}

/** Characters of a node's output that are kept. */
const LOG_KEPT = 1_000_000;

function lastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr!.on('data', (text: string) => {
    words = (words + text).slice(-LOG_KEPT);
  });
  return () => words;
}

function untilReady(child: ChildProcess, name: string, log: () => string): Promise<Started> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout!.on('data', (text: string) => {
      out += text;
      const line = out.split('\n').find((one) => one.includes('"ready"'));
      if (line !== undefined) resolve(JSON.parse(line) as Started);
    });
    child.once('close', (code) => reject(new Error(`start of ${name} ended with ${code}: ${log()}`)));
  });
}

function stopper(child: ChildProcess): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('close', () => resolve());
      child.kill('SIGTERM');
    });
}

/** The child of the node's process that runs this service, found by its command line. */
function childOf(parent: number, name: ProcessName): number {
  const file =
    name === 'worker' ? 'casework/src/worker.ts' : name === 'router' ? 'router-main.ts' : `${name}/src/main.ts`;
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
  const pid = children.find((one) => commandLine(one).includes(file));
  if (pid === undefined) throw new Error(`${name} does not run`);
  return Number(pid);
}

function postmaster(data: string): number {
  return Number(readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function killNow(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  // The command line of a process that has ended is empty, also before its parent has taken notice.
  while (commandLine(`${pid}`) !== '') await sleep(1);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function superuser(data: string, database: string): pg.PoolConfig & { port: number } {
  const cluster = join(data, 'postgres', 'cluster');
  const password = readFileSync(join(cluster, 'detente-superuser'), 'utf8').trim();
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  return { ...{ host: '127.0.0.1', port, user: 'postgres', password }, database: `detente_${database}` };
}

async function connect(data: string, database: string): Promise<pg.Client> {
  const client = new pg.Client({ ...superuser(data, database), application_name: 'test' });
  client.on('error', () => undefined); // its next query tells
  await client.connect();
  return client;
}

/** Runs SQL on sessions that are kept: a test asks many times a second, and to begin a session takes longer than to ask. */
function keepSessions(t: Test, data: string): TestNode['sql'] {
  const pools = new Map<string, pg.Pool>();
  t.teardown(() => Promise.all([...pools.values()].map((pool) => pool.end())));
  return async (database, text, values = []) => {
    const config = superuser(data, database);
    const key = `${database} ${config.port}`; // a server that was killed comes back on another port
    const pool = pools.get(key) ?? new pg.Pool(config);
    if (!pools.has(key))
      pools.set(
        key,
        pool.on('error', () => undefined),
      ); // the next query tells
    return (await pool.query(text, [...values])).rows as Record<string, unknown>[];
  };
}

/** A port that nobody listens on just now: below those that the system gives to whoever asks for any, which a connection that is
 *  made meanwhile could be given. */
export function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(freePort()));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
