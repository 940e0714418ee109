// Starts a process, starts it again when it dies, with growing pauses, and stops it.

import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from './errors.ts';
import type { ProcessPlan } from './processes.ts';

const READY_WITHIN = 60_000;
const STOP_WITHIN = 12_000;
/** A process that ran this long starts again without a pause. */
const HEALTHY = 60_000;

export type Supervised = {
  readonly name: string;
  /** The port that it listens on; 0 for one that does not. It stays the same when the process starts again. */
  readonly port: number;
  readonly pid: () => number | undefined;
  /** Ends it in order and starts it again at once: it reads its keys anew. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type SupervisorOptions = {
  /** Where its standard output and error go: a file descriptor. */
  output: number;
  /** Told in one sentence when it died and starts again. */
  report: (sentence: string) => void;
};

/** Pause in ms before the n-th start in a row, from 1: 0.5, 1, 2 … 30 s. */
export function pauseBefore(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** (attempt - 1));
}

/** Starts a process and returns when it is ready.
 *  @param begun one that was launched ahead and waits for its settings; it is this function's from now on
 *  @throws CommandError `setup` when it ends instead: the reason stands in its own output */
export async function supervise(
  plan: ProcessPlan,
  options: SupervisorOptions,
  begun?: ChildProcess,
): Promise<Supervised> {
  const stopping = new AbortController();
  const first = begun ?? launch(plan, options.output);
  // What becomes of one that has ended meanwhile is told below.
  begun?.send({ settings: plan.env }, () => undefined);
  const port = await readyPort(first, plan);
  // Others were told this port, so the next start must take the same.
  const again = port === 0 ? plan : { ...plan, env: { ...plan.env, DETENTE_PORT: String(port) } };
  let child = first;
  let asked = false;
  const watching = watch();

  async function watch(): Promise<void> {
    let failures = 0;
    while (true) {
      const started = Date.now();
      const end = await endOf(child);
      if (stopping.signal.aborted) return;
      if (asked) {
        asked = false;
        child = launch(again, options.output);
        continue;
      }
      failures = Date.now() - started > HEALTHY ? 1 : failures + 1;
      const pause = pauseBefore(failures);
      options.report(`${plan.name} ended (${end}) and starts again in ${pause / 1000} s`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      child = launch(again, options.output);
    }
  }

  return {
    name: plan.name,
    port,
    pid: () => child.pid,
    async restart() {
      asked = true;
      await end(child);
    },
    async stop() {
      stopping.abort();
      await end(child);
      await watching;
    },
  };
}

/** @param output file descriptor of what it says */
export function launch(plan: Pick<ProcessPlan, 'file' | 'env'>, output: number): ChildProcess {
  return fork(plan.file, [], {
    env: plan.env,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', output, output, 'ipc'],
    // A session of its own: Ctrl-C reaches the parent alone, which stops all in order. A child whose parent is gone ends.
    detached: true,
  });
}

async function readyPort(child: ChildProcess, plan: ProcessPlan): Promise<number> {
  const ready = new Promise<number>((resolve) => {
    child.on('message', (message: { ready?: boolean; port?: number }) => {
      if (message.ready) resolve(message.port ?? 0);
    });
  });
  const ended = endOf(child).then((how) => {
    throw new CommandError('setup', `${plan.name} did not start (${how}): its reason stands in the log above.`);
  });
  const late = new AbortController();
  const timeout = sleep(READY_WITHIN, undefined, { signal: late.signal }).then(() => {
    throw new CommandError(
      'setup',
      `${plan.name} is not ready after ${READY_WITHIN / 1000} s: the machine is too busy.`,
    );
  });
  timeout.catch(() => undefined);
  ended.catch(() => undefined);
  try {
    return await Promise.race([ready, ended, timeout]);
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    late.abort();
  }
}

function endOf(child: ChildProcess): Promise<string> {
  const how = (code: number | null, signal: string | null) => signal ?? `exit code ${code}`;
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(how(child.exitCode, child.signalCode));
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(how(code, signal)));
    child.once('error', (error) => resolve(error.message));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
  await endOf(child);
  clearTimeout(kill);
}
