// What an officer is called for: notices that do not arrive, and ways that are broken.

const MINUTE = 60_000;
const STEPS = [2 * MINUTE, 15 * MINUTE, 60 * MINUTE];

/** How long a notice waits, in steps that an officer is called at: 0, and 1 from 2 minutes, 2 from 15, 3 from an hour.
 *  @param waitingMs since it was made; undefined when it is delivered */
export function escalationOf(waitingMs: number | undefined): number {
  return waitingMs === undefined ? 0 : STEPS.filter((step) => waitingMs >= step).length;
}

const DAY = 24 * 60 * MINUTE;

type Watched = { origin: string; status: string; canary_taken: Date | null };

/** Active peers on the way to or from which something is broken: no canary of today or yesterday was verified here, or they took
 *  none of ours for two days.
 *  @param canaries UTC day of each peer's last canary, by origin */
export function silentPeers<Peer extends Watched>(
  peers: readonly Peer[],
  canaries: ReadonlyMap<string, string>,
  now: number,
): Peer[] {
  const yesterday = new Date(now - DAY).toISOString().slice(0, 10);
  return peers.filter(({ origin, status, canary_taken }) => {
    if (status !== 'active') return false;
    const isHeard = (canaries.get(origin) ?? '') >= yesterday;
    return !isHeard || canary_taken === null || canary_taken.getTime() < now - 2 * DAY;
  });
}

/** Whole days from a UTC day, `YYYY-MM-DD`, to now. */
export function daysSince(day: string, now: number): number {
  return Math.floor((now - Date.parse(day)) / DAY);
}

/** Days since the last canary of the active peer that was heard longest ago; undefined while none was heard.
 *  @param canaries UTC day of each peer's last canary, by origin */
export function oldestCanary(
  peers: readonly Pick<Watched, 'origin' | 'status'>[],
  canaries: ReadonlyMap<string, string>,
  now: number,
): number | undefined {
  const days = peers.flatMap(({ origin, status }) => (status === 'active' ? (canaries.get(origin) ?? []) : []));
  return days.length === 0 ? undefined : Math.max(...days.map((day) => daysSince(day, now)));
}
