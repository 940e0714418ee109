// What reading a text finds beside the names that the vaults hold: where, of which kind, how sure and why; never the text itself.

/** What can be found without knowing it before. */
export const FINDING_KINDS = [
  'person',
  'organisation',
  'place',
  'date',
  'time',
  'count',
  'email',
  'phone',
  'card',
  'iban',
  'ip',
  'mac',
  'url',
  'coordinates',
  'national-id',
  'passport',
  'driving-licence',
  'licence-plate',
  'postcode',
  'account',
  'wallet',
  'api-key',
  'hash',
  'model-id',
  'commit',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export type Finding = {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  kind: FindingKind;
  /** From 0 to 1: 1 is certain, as by a checksum, and may be taken out; anything less is shown to an officer. */
  confidence: number;
  /** The rule that found it, as a code: `checksum`, `cue`, `name-list`, … */
  reason: string;
  /** Of a known person who is called otherwise here: what the pseudonym is made of. */
  name?: string;
};

/** A finding that is at least so sure holds a release until an officer has accepted or rejected it. */
export const HELD_FROM = 0.5;

/** From left to right, none within another: of those that overlap the first stays.
 *  @param found the one that is wanted most first */
export function firstOfOverlapping(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const one of found) {
    const at = placeIn(kept, one.start);
    if ((kept[at]?.start ?? Infinity) >= one.end && (kept[at - 1]?.end ?? 0) <= one.start) kept.splice(at, 0, one);
  }
  return kept;
}

function placeIn(sorted: readonly Finding[], start: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
