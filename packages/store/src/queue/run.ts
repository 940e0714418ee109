// Runs a service's jobs on graphile-worker, under the service's narrow role.

import { EventEmitter } from 'node:events';
import { type JobHelpers, Logger, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { StoreError } from '../store-error.ts';
import { keepAlive } from './alive.ts';

/** Runs one job. It may run twice when a process dies, so it must be safe to repeat; when it throws it runs again later.
 *  @param signal aborted when the queue has been stopping for five seconds */
export type Task = (
  payload: unknown,
  job: { id: string; attempt: number; signal: AbortSignal | undefined },
) => Promise<void>;

export type QueueOptions = {
  /** Connection string of the role that the queue was installed for. */
  url: string;
  schema: string;
  tasks: Record<string, Task>;
  /** Jobs at a time; 1 when absent. */
  concurrency?: number;
  /** Milliseconds between looks for jobs whose time has come; new ones are announced. 2000 when absent. */
  pollInterval?: number;
  log?: (level: string, message: string) => void;
};

export type Queue = {
  /** Resolves when the queue has ended, rejects when it broke. */
  readonly ended: Promise<void>;
  /** Takes no more jobs, waits for those that run. */
  stop(): Promise<void>;
};

/** Starts to work on the queue. Jobs that a killed process had begun are taken up again within seconds.
 *  @throws StoreError `queue_failed` when the schema is missing or older than this version */
export async function runQueue(options: QueueOptions): Promise<Queue> {
  const { url, schema } = options;
  const log = options.log ?? (() => undefined);
  const concurrency = options.concurrency ?? 1;
  const logger = new Logger(() => (level, message) => log(level, message));
  const pool = openPool(url, schema, concurrency + 2, log);
  const events = new EventEmitter();
  const created = new Promise<string>((resolve) => {
    events.once('pool:create', ({ workerPool }: { workerPool: { id: string } }) => resolve(workerPool.id));
  });
  const alive = created.then((id) => keepAlive({ url, schema, id, log }));
  try {
    const runner = await run({
      pgPool: pool,
      schema,
      concurrency,
      pollInterval: options.pollInterval ?? 2_000,
      taskList: taskList(options.tasks, alive),
      noHandleSignals: true, // the service stops its parts in its own order
      parsedCronItems: [],
      events,
      logger,
    });
    const close = once(async () => {
      await (await alive).stop();
      await pool.end();
    });
    const ended = runner.promise.finally(close);
    ended.catch(() => undefined); // whoever awaits it sees it
    return { ended, stop: once(() => runner.stop().then(() => ended)) };
  } catch (cause) {
    await pool.end();
    const message = `The queue ${schema} is missing or older than this version: run detente migrate.`;
    throw new StoreError('queue_failed', message, { cause });
  }
}

/** No job begins before this process counts as alive, else another one could take the job for abandoned. */
function taskList(tasks: Record<string, Task>, alive: Promise<unknown>): TaskList {
  const entries = Object.entries(tasks).map(([name, task]) => {
    const runTask = async (payload: unknown, { job, abortSignal }: JobHelpers) => {
      await alive;
      await task(payload, { id: String(job.id), attempt: job.attempts, signal: abortSignal });
    };
    return [name, runTask] as const;
  });
  return Object.fromEntries(entries);
}

function openPool(url: string, schema: string, max: number, log: (level: string, message: string) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: schema });
  const report = (error: Error) => log('warning', `${schema}: ${error.message}`);
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  return pool;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}
