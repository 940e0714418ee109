// What a peer may have of a presentation, by its grants: how many of the stored bytes.

import { type Grants, grantAt } from '@detente/reciprocity';
import { FLOOR_SEVERITY, type Level, levelFor, parseCell, TIERS } from '@detente/record';
import type { Presentation } from '@detente/store/exchange';

/** A record at its place in the log, cut to what its reader may see. */
export type Shown = { digest: string; index: number; presentation: string };

/** Cells and records of which the grants give anything anywhere. */
export function grantedSelection({ cells, records }: Grants): { cells: string[]; records: string[] } {
  const giving = [...cells].filter(([, { segments }]) => segments.some(({ level }) => level !== null));
  const given = [...records].filter(([, { level }]) => level !== null);
  return { cells: giving.map(([cell]) => cell), records: given.map(([record]) => record) };
}

/** How much of a record the grants give, under its TLP and the floor; null for nothing. */
export function grantedLevel(grants: Grants, record: Pick<Presentation, 'record_id' | 'cell' | 'least' | 'place'>) {
  const { record_id, cell, least, place } = record;
  const granted: Level | null = grantAt(grants, { record_id, cell, index: place })?.level ?? null;
  // The band is all that border knows of the severity, and all that the floor needs.
  const severity = parseCell(cell).band === '5-7' ? FLOOR_SEVERITY : null;
  return levelFor({ granted, tlp: TIERS[least - 1]!, severity });
}

/** The prefix of the stored bytes that the grants give; undefined when that is nothing. Border may hold less than is
 *  granted, until the longer prefix has been carried. */
export function shown(grants: Grants, record: Presentation): Shown | undefined {
  const level = grantedLevel(grants, record);
  if (level === null) return undefined;
  const { digest, body, lengths, place } = record;
  return { digest, index: place, presentation: body.slice(0, lengths[Math.min(level, lengths.length - 1)]) };
}
