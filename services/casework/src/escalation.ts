// How urgent it is that a peer does not have what we must tell it.

const MINUTE = 60_000;
const STEPS = [2 * MINUTE, 15 * MINUTE, 60 * MINUTE];

/** How long a notice waits, in steps that an officer is called at: 0, and 1 from 2 minutes, 2 from 15, 3 from an hour.
 *  @param waitingMs since it was made; undefined when it is delivered */
export function escalationOf(waitingMs: number | undefined): number {
  return waitingMs === undefined ? 0 : STEPS.filter((step) => waitingMs >= step).length;
}
