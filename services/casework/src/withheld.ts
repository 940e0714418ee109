// Records that a peer kept back from us although its terms gave them: a relay brought them, or the peer itself did, late.

import { FLOOR_SEVERITY, levelFor, type Tlp } from '@detente/record';
import type { Asker } from '@detente/store/database';
import { givenThroughout, type ReceivedFacts } from '@detente/store/evidence';

/** How long a peer's log was at some time, as we signed it ourselves; seconds since 1970. */
export type Size = { at: number; size: number };

/** So long before we cosigned a checkpoint may it have been made. */
const COSIGNED_WITHIN = 3_600;

/** Digests of those that a page should have brought. Its terms are the peer's own word: those that it named on a page before the
 *  version was logged, and on one that went past its place, and ours of all days between them.
 *  @param sizes of its log, and where our receipts end; `logged`: of its log alone */
export async function findWithheld(
  home: Asker,
  peer: string,
  received: readonly ReceivedFacts[],
  { sizes, logged }: { sizes: readonly Size[]; logged: readonly Size[] },
): Promise<ReadonlySet<string>> {
  const versions = received.flatMap(({ digest, first, direct, rule, level, place, received_at }) => {
    const isAside = !direct || rule !== null;
    const since = lastBefore(place, logged);
    if (!first || !isAside || level === 0 || place === null || since === null) return [];
    const until = firstBehind(place, sizes, received_at.getTime() / 1000);
    return [{ digest, place, since: new Date((since - COSIGNED_WITHIN) * 1000), until: new Date(until * 1000) }];
  });
  const levels = new Map((await givenThroughout(home, peer, versions)).map(({ digest, level }) => [digest, level]));
  const withheld = received.filter(({ digest, tlp, band }) => {
    const granted = levels.get(digest) ?? null;
    return granted !== null && levelFor({ granted, tlp: tlp as Tlp, severity: floorOf(band) }) !== null;
  });
  return new Set(withheld.map(({ digest }) => digest));
}

function floorOf(band: string): number | null {
  return band === '5-7' ? FLOOR_SEVERITY : null;
}

/** When we last signed that the log ended before a place. */
export function lastBefore(place: number | null, sizes: readonly Size[]): number | null {
  const before = sizes.filter(({ size }) => place !== null && size <= place);
  return before.length === 0 ? null : before.reduce((last, { at }) => Math.max(last, at), 0);
}

/** By when a version was logged: when we first signed that the log went on behind its place, or else when it came. */
export function firstBehind(place: number | null, sizes: readonly Size[], came: number): number {
  const behind = sizes.filter(({ size }) => place !== null && size > place);
  return behind.reduce((first, { at }) => Math.min(first, at), came);
}
