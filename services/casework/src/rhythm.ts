// What is done again and again: never twice at once, and a failure does not end it.

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
