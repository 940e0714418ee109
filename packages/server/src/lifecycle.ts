// A process that serves: listens, tells its parent, and stops when it is told to.

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from './log.ts';
import { ServerError } from './server-error.ts';

export type Listening = {
  port: number;
  /** `http://127.0.0.1:8080` */
  origin: string;
  /** Stops listening and answers what has come in; the process goes on. */
  close: () => Promise<void>;
};

const patience = 10_000;

/** Listens, from then on ends with the process's signals, and says so to a parent that forked this process:
 *  `{ ready: true, port }`.
 *  @throws ServerError `address_in_use`, `address_refused` */
export async function listen(app: FastifyInstance, where: { port: number; host: string }): Promise<Listening> {
  try {
    await app.listen(where);
  } catch (error) {
    throw addressError(error, where);
  }
  const { port } = app.server.address() as AddressInfo;
  const forget = onShutdown(() => app.close(), app.log as Logger);
  reportReady({ port });
  const close = async () => {
    forget();
    await app.close();
  };
  return { port, origin: `http://${where.host.includes(':') ? `[${where.host}]` : where.host}:${port}`, close };
}

/** Tells the parent process, if there is one, that this one is ready: `{ ready: true, … }`. */
export function reportReady(facts: Record<string, unknown> = {}): void {
  process.send?.({ ready: true, ...facts });
}

/** Begins a process when it has its settings. What nobody catches, then or later, ends it with 1 and one line on standard error:
 *  libraries have work of their own in the background. */
export function runProcess(name: string, start: () => Promise<void>): void {
  const fail = (error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  settingsGiven().then(start).catch(fail);
}

/** Waits for the settings of a process that was forked before they were known (`DETENTE_SETTINGS=follow`): what it is made of is
 *  loaded while what it works on is still being made. It says `{ loaded: true }`, completes its environment from
 *  `{ settings: { … } }`, and ends with a parent that is gone. Any other process has its settings. */
function settingsGiven(): Promise<void> {
  if (process.env.DETENTE_SETTINGS !== 'follow' || !process.connected) return Promise.resolve();
  const end = () => process.exit(1);
  process.once('disconnect', end);
  return new Promise((resolve) => {
    process.once('message', ({ settings }: { settings: Record<string, string> }) => {
      process.off('disconnect', end);
      Object.assign(process.env, settings);
      resolve();
    });
    process.send?.({ loaded: true });
  });
}

/** Calls `close` once, on SIGTERM, SIGINT or when the parent that forked this process is gone, then ends the process: 0
 *  when all was closed, 1 when that failed or took over 10 s. A second signal ends it at once.
 *  @returns forgets about it */
export function onShutdown(close: () => Promise<unknown>, logger: Logger): () => void {
  let closing = false;
  const stop = async (why: string) => {
    if (closing) process.exit(1);
    closing = true;
    logger.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), patience).unref();
    try {
      await close();
      process.exit(0);
    } catch (err) {
      logger.error({ err }, 'could not stop in order');
      process.exit(1);
    }
  };
  const reasons = process.connected ? ['SIGTERM', 'SIGINT', 'disconnect'] : ['SIGTERM', 'SIGINT'];
  const listeners = reasons.map((reason) => [reason, () => void stop(reason)] as const);
  for (const [reason, listener] of listeners) process.on(reason, listener);
  return () => {
    for (const [reason, listener] of listeners) process.off(reason, listener);
  };
}

function addressError(error: unknown, { port, host }: { port: number; host: string }): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return new ServerError(
      'address_in_use',
      `port ${port} on ${host} is in use: choose another, or stop what uses it`,
      error,
    );
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new ServerError('address_refused', `this process may not listen on port ${port} of ${host}`, error);
  return error;
}
