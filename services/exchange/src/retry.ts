// When a notice that its peer has not taken is tried again.

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
/** What a peer may ask for at most: it must not silence warnings. */
const LONGEST_ASKED_MS = 60_000;

/** Milliseconds until the next attempt: doubled each time, five minutes at most, the half of it random so that many do not come
 *  at one moment; and not before the peer wants to be asked again.
 *  @param attempts that failed before this one
 *  @param asked seconds that the peer asked for, 0 for none
 *  @param random from 0 to 1 */
export function pauseAfter(attempts: number, { asked, random }: { asked: number; random: number }): number {
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20));
  return Math.max(grown * (0.5 + random / 2), Math.min(asked * 1000, LONGEST_ASKED_MS));
}
