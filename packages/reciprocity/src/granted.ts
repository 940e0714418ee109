// How much of a record the grants give: under its TLP, and never less than the floor of a severe one.
import { FLOOR_SEVERITY, type Level, levelFor, parseCell, TIERS } from '@detente/record';
import { foldGrants, type GrantRow, type Grants, grantAt, type Place } from './grants.ts';
import { lower } from './terms.ts';

/** A record version and its place, as its presentation is kept. */
export type Logged = Omit<Place, 'index'> & {
  /** The least level that its TLP asks for, 1 to 5. */
  least: number;
  /** Index in the giver's log; null while it has none. */
  place: number | null;
};

/** @returns the level that the grants give; null for nothing */
export function grantedLevel(grants: Grants, { record_id, cell, least, place }: Logged): Level | null {
  const granted = grantAt(grants, { record_id, cell, index: place })?.level ?? null;
  // The band is all that is known here of the severity, and all that the floor needs.
  const severity = parseCell(cell).band === '5-7' ? FLOOR_SEVERITY : null;
  return levelFor({ granted, tlp: TIERS[least - 1]!, severity }) ?? (grants.followed.has(record_id) ? 0 : null);
}

/** What may be passed on to a peer of another node's record, which has no place in the giver's log.
 *  @param relay `level`: as much as its origin lets the peer have, null for nothing; `followed`: the peer has an earlier version
 *  @returns null for nothing */
export function relayedLevel(
  grants: Grants,
  record: Omit<Logged, 'place'>,
  relay: { level: Level | null; followed: boolean },
): Level | null {
  if (relay.level === null) return null;
  return lower(grantedLevel(grants, { ...record, place: null }), relay.level) ?? (relay.followed ? 0 : null);
}

/** Whether the grants, at any time, gave anything of a version: what was given cannot be ungiven by narrower terms.
 *  @param rows all grants to one peer, in any order */
export function wasEverGiven(rows: readonly GrantRow[], version: Logged): boolean {
  return mostEverGiven(rows, version) !== null;
}

/** The most that the grants, at any time, gave of a version; null for nothing.
 *  @param rows all grants to one peer, in any order */
export function mostEverGiven(rows: readonly GrantRow[], version: Logged): Level | null {
  const about = rows.filter(({ cell, record_id }) => cell === version.cell || record_id === version.record_id);
  const numbers = new Set(about.map(({ number }) => number));
  const levels = [...numbers].map((last) =>
    grantedLevel(foldGrants(about.filter(({ number }) => number <= last)), version),
  );
  return levels.reduce<Level | null>((most, level) => (level !== null && (most ?? -1) < level ? level : most), null);
}

/** Cells and records of which the grants give anything anywhere. */
export function grantedSelection({ cells, records, followed }: Grants): { cells: string[]; records: string[] } {
  const giving = [...cells].filter(([, { segments }]) => segments.some(({ level }) => level !== null));
  const given = [...records].filter(([, { level }]) => level !== null);
  return { cells: giving.map(([cell]) => cell), records: [...given.map(([record]) => record), ...followed] };
}
