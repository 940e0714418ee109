// What is done again and again: never twice at once, and a failure does not end it.

import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 1_000;

export type Rhythm = { stop(): Promise<void> };

/** Does something every so many milliseconds, counted from start to start; a late one is not made up for.
 *  @param failed told what went wrong */
export function everyMs(interval: number, step: () => Promise<unknown>, failed: (error: unknown) => void): Rhythm {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const beat = () => {
    if (busy) return;
    busy = true;
    running = step()
      .catch(failed)
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(beat, interval);
  beat();
  return {
    async stop() {
      clearInterval(timer);
      await running;
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
