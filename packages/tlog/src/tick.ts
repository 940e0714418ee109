// When the log ticks: at the full multiples of its rhythm, by one clock. So neither the number of workers nor the moment at
// which one was started shows in it.

/** Times in milliseconds of the epoch, by the same clock; `last` is when the last batch was taken, if there was one. */
export type TickTimes = { last: number | undefined; now: number };

/** Whether this tick's batch is still to be taken, and not too late: a batch in the second half of its tick would be close to the
 *  next one, and two that are close tell when a worker was away. A clock that was set back by up to a tick makes none come twice;
 *  after a longer way back the rhythm goes on by the clock as it is now.
 *  @param every milliseconds from tick to tick */
export function isTickDue({ last, now }: TickTimes, every: number): boolean {
  if (last === undefined) return true;
  const ahead = tickOf(now, every) - tickOf(last, every);
  return (ahead > 0 || ahead < -1) && now % every < every / 2;
}

/** Whether what the last batch left undone is of an earlier tick than this one. */
export function isTickOver({ last, now }: TickTimes, every: number): boolean {
  return last === undefined || tickOf(last, every) < tickOf(now, every);
}

/** Milliseconds until the next tick begins. An empty log's first one is soon. */
export function untilTick({ last, now }: TickTimes, every: number): number {
  return last === undefined ? every / 10 : every - (now % every);
}

function tickOf(time: number, every: number): number {
  return Math.floor(time / every);
}
