// Difference: another node computes other terms than we do. Which of the signed statements differ, and what is given meanwhile.
import { type Cell, FLOOR_LEVEL, type Level, parseCell } from '@detente/record';
import { type Grants, WIDER_WAITS } from './grants.ts';
import type { Reason } from './shapes.ts';
import { type CellTerms, type InputDigests, lower, type Terms, type TermsInput } from './terms.ts';

/** What of the inputs differs, as the node sees it that takes; `differs_unknown` alone where the other does not say. */
export const DIFFERENCES = [
  'differs_their_offer',
  'differs_our_offer',
  'differs_their_standing',
  'differs_our_standing',
  'differs_unknown',
] as const;
/** `ours` and `theirs`: digests of the statements that we and they compute with, absent for none. */
export type Difference = Reason<(typeof DIFFERENCES)[number]>;

/** The inputs that differ, of the direction in which the other node gives.
 *  @param theirs those from which the terms that it names do follow; null where it shows none */
export function differences(ours: InputDigests, theirs: InputDigests | null): Difference[] {
  if (theirs === null) return [{ code: 'differs_unknown', params: {} }];
  return ours.flatMap((mine, at): Difference[] => {
    const its = theirs[at] ?? null;
    if (mine === its) return [];
    const params = { ...(mine !== null && { ours: mine }), ...(its !== null && { theirs: its }) };
    return [{ code: DIFFERENCES[at]!, params }];
  });
}

/** The same statements in the other direction. */
export function reversed({ giver, taker, day, offers, standings }: TermsInput): TermsInput {
  const swap = <Held>(pair: { giver: Held; taker: Held }) => ({ giver: pair.taker, taker: pair.giver });
  return { giver: taker, taker: giver, day, offers: swap(offers), standings: swap(standings) };
}

/** What a giver gives while the taker computes other terms: of what is wider than was granted the lower of both. What was granted stays
 *  as far as the giver's own terms go, so that a taker that forgot something has nothing asked back; and the floor of a severe record
 *  waits for nobody. */
export function lowerOfBoth(own: Terms, takers: Terms, had: Grants): Terms {
  const cells = [...own.cells].map(([cell, mine]): [Cell, CellTerms] => {
    const granted = had.cells.get(cell)?.segments.at(-1)?.level ?? null;
    const floor = parseCell(cell).band === '5-7' ? FLOOR_LEVEL : null;
    const level = lower(mine.level, [takers.cells.get(cell)?.level ?? null, granted, floor].reduce(higher));
    if (level === mine.level) return [cell, mine];
    return [cell, { level, rule: { code: WIDER_WAITS, params: { instead_of: mine.level ?? 0 } } }];
  });
  return { ...own, cells: new Map(cells) };
}

/** The higher of two levels, nothing being the lowest. */
function higher(a: Level | null, b: Level | null): Level | null {
  return (a ?? -1) > (b ?? -1) ? a : b;
}
