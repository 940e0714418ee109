// `detente start`: the embedded server, the six processes, and their end in order.

import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { holders, settleKeys } from '@detente/keys';
import type { EmbeddedPostgres } from '@detente/store/embedded';
import { type Ahead, launchAhead } from './ahead.ts';
import { type Admins, DATABASE_NAMES, embeddedAdmins, inspect, migrateBoth, startEmbedded } from './databases.ts';
import { watchDisk } from './disk.ts';
import { CommandError } from './errors.ts';
import {
  KEYS_CHANGED,
  type NodeFolder,
  type NodeSettings,
  occupy,
  readNode,
  vacate,
  writeState,
} from './node-folder.ts';
import { type PlanInput, type ProcessName, routerPlan, servicePlans } from './processes.ts';
import { type Supervised, type SupervisorOptions, supervise } from './supervisor.ts';

export type StartOptions = SupervisorOptions & {
  /** Port of the public origin; node.json's when absent. */
  port?: number | undefined;
  host?: string | undefined;
  logLevel: string;
  /** Its processes, as far as they were launched already. */
  ahead?: Ahead | undefined;
  /** An embedded server that already runs and has the schema of this version. */
  server?: EmbeddedPostgres | undefined;
};

export type RunningNode = {
  settings: NodeSettings;
  /** Where the router listens. */
  publicAddress: string;
  /** The internal origin of casework. */
  casework: string;
  processes: readonly Supervised[];
  /** Rejects when the node cannot go on: its database does not start again, or its disk is full. */
  failed: Promise<never>;
  /** Stops all in order: first who lets in, last what keeps. */
  stop(): Promise<void>;
};

/** @throws CommandError `setup`, StoreError */
export async function startNode(folder: NodeFolder, options: StartOptions): Promise<RunningNode> {
  const settings = readNode(folder);
  occupy(folder, settings.origin);
  const running: Supervised[] = [];
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let database: Awaited<ReturnType<typeof keepDatabase>> | undefined;
  let { ahead } = options;
  const readKeysAnew = () => void renewProcesses(running, options);
  const stop = async () => {
    process.off(KEYS_CHANGED, readKeysAnew);
    ahead?.end();
    await stopAll(running);
    await database?.stop();
    vacate(folder);
  };
  try {
    if (settleKeys(folder.keys).length > 0) options.report('a rotation of keys that was interrupted is finished');
    if (settings.databases === 'embedded') {
      ahead ??= launchAhead([options.output])[0];
      database = await keepDatabase(folder, options, fail);
    }
    const server = database?.server;
    const input = { folder, settings, server, logLevel: options.logLevel };
    const node = await startProcesses(input, running, { ...options, ahead });
    process.on(KEYS_CHANGED, readKeysAnew);
    const ports = { ...node, ...(server && { database: server.port }) };
    writeState(folder, { pid: process.pid, origin: settings.origin, ...ports, started: new Date().toISOString() });
    const host = options.host ?? '127.0.0.1';
    const scheme = settings.tls ? 'https' : 'http';
    const publicAddress = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${node.public}`;
    return { settings, publicAddress, casework: node.casework, processes: running, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Those that have keys start again, so that each reads its own. */
async function renewProcesses(running: readonly Supervised[], { report }: StartOptions): Promise<void> {
  report('keys have changed: the processes that hold keys start again');
  const named: readonly string[] = holders;
  await Promise.all(running.filter(({ name }) => named.includes(name)).map((one) => one.restart()));
}

/** The embedded server with the schema of this version, started again on the same port when it dies. */
async function keepDatabase(
  folder: NodeFolder,
  { server: given, report }: StartOptions,
  fail: (error: unknown) => void,
) {
  const onLog = (line: string) => report(`database: ${line}`);
  let server = given ?? (await startEmbedded(folder, onLog));
  const { port } = server;
  let stopping = false;
  try {
    if (!given) await bringUpToDate(folder, embeddedAdmins(server));
  } catch (error) {
    await server.stop();
    throw error;
  }
  const watch = async () => {
    while (true) {
      await server.exited;
      if (stopping) return;
      report('the database ended and starts again');
      server = await startEmbedded(folder, onLog, { port });
      // Asked to stop while it was starting.
      if (stopping) return server.stop();
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping) fail(error);
  });
  const endOfDiskWatch = watchDisk(folder.root, { low: report, full: fail });
  const stop = async () => {
    stopping = true;
    endOfDiskWatch();
    await server.stop();
    await watching;
  };
  return { server, stop };
}

async function bringUpToDate(folder: NodeFolder, admins: Admins): Promise<void> {
  const states = await Promise.all(DATABASE_NAMES.map((name) => inspect(admins, name)));
  // What is newer is migrate's to refuse, in words.
  if (states.some(({ missing, unknown }) => missing.length + unknown.length > 0)) await migrateBoth(folder, admins);
}

async function startProcesses(
  input: PlanInput,
  running: Supervised[],
  options: StartOptions,
): Promise<{ public: number; casework: string }> {
  const start = async (plan: Parameters<typeof supervise>[0]) => {
    const process = await supervise(plan, options, options.ahead?.take(plan.name));
    running.push(process);
    return process;
  };
  const services = new Map(servicePlans(input).map((plan) => [plan.name, start(plan)]));
  const portOf = async (name: ProcessName) => (await services.get(name)!).port;
  // It waits for those alone that it leads to.
  const startRouter = async () => {
    const [reporting, exchange, publication] = await Promise.all([
      portOf('reporting'),
      portOf('exchange'),
      portOf('publication'),
    ]);
    const port = options.port ?? input.settings.ports.public;
    const host = options.host ?? '127.0.0.1';
    return start(routerPlan(input, { port, host, ports: { reporting, exchange, publication } }));
  };
  const router = startRouter();
  const outcomes = await Promise.allSettled([...services.values(), router]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return { public: (await router).port, casework: `http://127.0.0.1:${await portOf('casework')}` };
}

const ORDER: readonly (readonly ProcessName[])[] = [
  ['router'],
  ['reporting', 'exchange', 'publication', 'casework'],
  ['worker'],
];

async function stopAll(running: readonly Supervised[]): Promise<void> {
  for (const names of ORDER) {
    await Promise.all(running.filter((one) => names.includes(one.name as ProcessName)).map((one) => one.stop()));
  }
}

/** A busy port is told before anything is started. What a killed node left listening gets a moment to end.
 *  @throws CommandError `setup` */
export async function refuseBusyPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const patient = Date.now() + 3_000;
  while (true) {
    const code = await whyNotListen(port, host);
    if (code === undefined) return;
    if (code !== 'EADDRINUSE')
      throw new CommandError(
        'setup',
        `This user may not listen on port ${port} of ${host}: name another one with --port.`,
      );
    if (Date.now() > patient)
      throw new CommandError(
        'setup',
        `Port ${port} is taken: name another one with --port or stop what listens there.`,
      );
    await sleep(100);
  }
}

/** @returns the system's code for why nobody can listen there now, or undefined */
export function whyNotListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
