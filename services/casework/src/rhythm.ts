// What is done again and again: never twice at once, and a failure does not end it.

import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 1_000;

export type Rhythm = { stop(): Promise<void> };

/** Something that is done when it is told, never twice at once: told meanwhile, it goes on with what it does. */
export type Alone = Rhythm & { beat(): void };

/** @param failed told what went wrong */
export function alone(step: () => Promise<unknown>, failed: (error: unknown) => void): Alone {
  let running: Promise<unknown> | undefined;
  let ended = false;
  return {
    beat() {
      if (ended) return;
      running ??= step()
        .catch(failed)
        .finally(() => {
          running = undefined;
        });
    },
    async stop() {
      ended = true;
      await running;
    },
  };
}

/** Does something every so many milliseconds, counted from start to start; a late one is not made up for.
 *  @param failed told what went wrong */
export function everyMs(interval: number, step: () => Promise<unknown>, failed: (error: unknown) => void): Rhythm {
  const { beat, stop } = alone(step, failed);
  const timer = setInterval(beat, interval);
  beat();
  return {
    async stop() {
      clearInterval(timer);
      await stop();
    },
  };
}

/** Does something whenever it is due, never twice at once.
 *  @param due tells in how many milliseconds that is
 *  @param failed told what went wrong */
export function whenDue(
  due: () => Promise<number>,
  step: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Rhythm {
  const stop = new AbortController();
  const patience = (error: unknown) => {
    failed(error);
    return PATIENCE_MS;
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      const wait = await due().catch(patience);
      await sleep(wait, undefined, { signal: stop.signal }).catch(() => undefined);
      if (!stop.signal.aborted) await step().catch(failed);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
