// Asking again: a node that is not there for a moment, or sheds load, is no answer.

import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '@detente/client';

export type Patience = {
  /** Ms after which the last error is thrown; 30 s when absent. */
  within?: number;
  /** What else than silence and overload is worth another try. */
  again?: (error: ProblemError) => boolean;
  /** Ends it between two tries. */
  signal?: AbortSignal | undefined;
};

/** Repeats a call that may be repeated, with growing pauses, until the node answers. */
export async function patiently<T>(
  call: () => Promise<T>,
  { within = 30_000, again = () => false, signal }: Patience = {},
): Promise<T> {
  const end = performance.now() + within;
  for (let pause = 100; ; pause = Math.min(2_000, pause * 2)) {
    try {
      return await call();
    } catch (error) {
      const worth = error instanceof ProblemError && (isPassing(error) || again(error));
      if (!worth || performance.now() + pause > end) throw error;
      await sleep(pause, undefined, { signal });
    }
  }
}

function isPassing({ status }: ProblemError): boolean {
  return status === 0 || status === 429 || status === 502 || status === 503 || status === 504;
}
