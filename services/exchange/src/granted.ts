// What a peer may have of a presentation, by its grants: how many of the stored bytes.

import { type Grants, grantedLevel } from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Presentation } from '@detente/store/exchange';

/** A record at its place in the log, cut to what its reader may see. */
export type Shown = { digest: string; index: number; presentation: string };

/** The prefix of the stored bytes that the grants give; undefined when that is nothing. Border may hold less than is
 *  granted, until the longer prefix has been carried. */
export function shown(grants: Grants, record: Presentation): Shown | undefined {
  return cut(record, grantedLevel(grants, record));
}

/** @param level null for nothing */
export function cut({ digest, body, lengths, place }: Presentation, level: Level | null): Shown | undefined {
  if (level === null) return undefined;
  return { digest, index: place, presentation: body.slice(0, lengths[Math.min(level, lengths.length - 1)]) };
}
