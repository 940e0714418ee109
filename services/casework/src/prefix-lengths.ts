// Where a presentation of another node's record can be cut.

import { recordType } from '@detente/record';

/** Characters of a presentation up to each level.
 *  @param level up to which it discloses */
export function prefixLengths(type: string, presentation: string, level: number): number[] {
  const ends = [...presentation.matchAll(/~/g)].map(({ index }) => index + 1);
  return recordType(type)
    .counts.slice(0, level + 1)
    .map((count) => ends[count]!);
}
