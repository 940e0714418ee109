// Which rows of a growing table were read. Positions are given before their transactions end, so that a lower one can appear later.

/** Positions from `first` to `last` that were missing when a higher one was read, at `since` (ms). */
export type Gap = { first: number; last: number; since: number };

/** All up to `highest` was read, but what lies in a gap. Gaps are apart, from low to high. */
export type Positions = { highest: number; gaps: readonly Gap[] };

/** @param read positions from low to high, each in a gap or behind the highest
 *  @param now ms */
export function withRead({ highest, gaps }: Positions, read: readonly number[], now: number): Positions {
  const last = Math.max(highest, read.at(-1) ?? 0);
  let at = 0;
  const left = [...gaps, { first: highest + 1, last, since: now }].flatMap((gap) => {
    const pieces: Gap[] = [];
    let { first } = gap;
    for (; at < read.length && read[at]! <= gap.last; at++) {
      pieces.push({ ...gap, first, last: read[at]! - 1 });
      first = read[at]! + 1;
    }
    pieces.push({ ...gap, first });
    return pieces.filter((piece) => piece.first <= piece.last);
  });
  return { highest: last, gaps: left };
}
