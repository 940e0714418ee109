// Starts the PostgreSQL that npm brought, on a folder, as a child that never outlives this process.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';
import { type Account, databaseAccount, identity } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, ensureCluster, openFolder, refuseFullDisk, SUPERUSER } from './cluster.ts';
import { readPidFile, refuseRunning } from './running.ts';

const HOST = '127.0.0.1';
const START_TIMEOUT = 120_000; // recovery after a kill replays at most max_wal_size
const STOP_TIMEOUT = 15_000;
const PORT_ATTEMPTS = 5;

export type EmbeddedPostgres = {
  readonly port: number;
  /** Connection string of the superuser for a database of this server. */
  superuserUrl(database: string): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Disconnects everybody, writes a checkpoint, ends. May be called twice. */
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** Folder of this server alone; made when missing, kept afterwards. */
  dataDir: string;
  /** TCP port on 127.0.0.1; a free one when absent. */
  port?: number;
  /** One line of PostgreSQL's own log: what keeps it from working, no failed statements. */
  log?: (line: string) => void;
  /** false: nothing is flushed to the disk and a power cut loses the data. For tests only. */
  durable?: boolean;
  /** Folder of another server that was stopped: a new folder gets a copy of its databases and roles, and a superuser's password of
   *  its own. The copy is not flushed to the disk. */
  template?: string | undefined;
};

/** Starts a server on the folder and returns when it accepts connections. It ends with `stop`, and within a moment
 *  after this process ends in any other way, kill -9 included.
 *  @throws StoreError `folder_in_use`, `folder_closed`, `folder_foreign`, `folder_version`, `port_in_use`, `disk_full`,
 *  `account_missing`, `binaries_missing`, `postgres_failed` */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.dataDir);
  const durable = options.durable ?? true;
  const account = await databaseAccount();
  await openFolder(folder, account);
  const binaries = await findBinaries(folder, account);
  const cluster = await ensureCluster(folder, { account, binaries, durable, template: options.template });
  await refuseRunning(cluster.path, folder);
  const log = options.log ?? (() => undefined);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    if (await isPortFree(port)) {
      const child = launch({ account, binaries, cluster, durable, port });
      if (await becomesReady(child, { cluster, folder, port, log })) return handle(child, cluster, port);
    }
    if (options.port !== undefined) {
      throw new StoreError('port_in_use', `Port ${port} is taken: name another one or stop what listens there.`);
    }
    if (attempt === PORT_ATTEMPTS) throw new StoreError('port_in_use', `No free port was found on ${HOST}.`);
  }
}

type Server = ChildProcessByStdio<Writable, null, Readable>;

/** The shell forks a watcher and becomes the server. The watcher reads a pipe whose other end only this process holds:
 *  when that closes, however this process ended, the server is told to shut down. */
const WATCHED = `
exec 3<&0 </dev/null
( ( read -r _ <&3; kill -INT $$ ) >/dev/null 2>&1 & )
exec 3<&-
exec "$@"`;

function launch(how: {
  account: Account;
  binaries: Binaries;
  cluster: Cluster;
  durable: boolean;
  port: number;
}): Server {
  const settings = { ...SETTINGS, ...(how.durable ? {} : VOLATILE), port: String(how.port) };
  return spawn(
    '/bin/sh',
    [
      ...['-c', WATCHED, 'sh', how.binaries.postgres, '-D', how.cluster.path],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['pipe', 'ignore', 'pipe'],
      // A session of its own: Ctrl-C reaches this process alone, which stops the server after those who use it.
      detached: true,
      ...identity(how.account),
    },
  );
}

/** A small server for one node on one machine; whoever needs more names a server by its URL. */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  huge_pages: 'off',
  io_method: 'sync', // no processes for reading ahead: the data fits in memory
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_logical_replication_workers: '0',
  log_line_prefix: '',
  // A statement that failed, and the values in its error, must not stand in a log.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

const VOLATILE = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  min_wal_size: '2MB',
  wal_recycle: 'off',
  wal_init_zero: 'off',
  // All passwords here are random: there is nothing to gain by making a guess, and each connection, slow.
  scram_iterations: '1',
};

/** True when the server accepts connections, false when its port was taken meanwhile. */
async function becomesReady(
  child: Server,
  context: { cluster: Cluster; folder: string; port: number; log: (line: string) => void },
): Promise<boolean> {
  const tail: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    context.log(line);
    if (tail.push(line) > 20) tail.shift();
  });
  const ended = exitOf(child);
  let running = true;
  ended.finally(() => {
    running = false;
  });
  const deadline = Date.now() + START_TIMEOUT;
  while (running && Date.now() < deadline) {
    const found = await readPidFile(context.cluster.path);
    if (found?.pid === child.pid && found?.status === 'ready') return true;
    await Promise.race([sleep(10), ended]);
  }
  child.kill('SIGQUIT');
  await ended;
  await refuseRunning(context.cluster.path, context.folder);
  await refuseFullDisk(context.folder, 'start');
  if (!(await isPortFree(context.port))) return false;
  const message = `PostgreSQL did not start on ${context.folder}: ${tail.at(-1) ?? 'it said nothing'}`;
  throw new StoreError('postgres_failed', message, { cause: new Error(tail.join('\n')) });
}

function handle(child: Server, cluster: Cluster, port: number): EmbeddedPostgres {
  const exited = exitOf(child);
  async function stop(): Promise<void> {
    child.kill('SIGINT'); // "fast": sessions are rolled back, then a checkpoint
    const late = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT);
    await exited;
    clearTimeout(late);
  }
  return {
    port,
    superuserUrl: (database) =>
      `postgres://${SUPERUSER}:${cluster.password}@${HOST}:${port}/${encodeURIComponent(database)}`,
    exited,
    stop,
  };
}

function exitOf(child: Server): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => {
      child.stdin.destroy();
      resolve();
    });
    child.once('error', () => resolve());
  });
}

function freePort(): Promise<number> {
  return listenOnce(0).then((port) => port ?? 0);
}

async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: HOST, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
