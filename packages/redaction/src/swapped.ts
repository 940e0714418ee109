// Names with two neighbouring letters swapped (`Birxholm`): a word of the text that is none has the letters of one of the name, in nearly
// the same order.
import { type Folded, SEPARATION } from './fold.ts';
import { classOf, type Spelling } from './spellings.ts';
import { unitAt } from './units.ts';
import { isWord } from './words.ts';

/** From this length on a word is looked for so; of characters that say more each, a whole name. */
const MIN_LETTERS = 6;
const MIN_HAN = 4;
const MAX_HAN = 9;

/** A word of a name: offsets in its letters. */
type Part = { spelling: Spelling; from: number; to: number };

/** Words of names by the sum of their letters, whatever their order. */
export function createSums() {
  const parts = new Map<number, Part[]>();
  return {
    add(spelling: Spelling) {
      for (const part of partsOf(spelling)) {
        const sum = sumOf(spelling.letters, part.from, part.to);
        parts.set(sum, [...(parts.get(sum) ?? []), part]);
      }
    },
    remove(spelling: Spelling) {
      for (const { from, to } of partsOf(spelling)) {
        const sum = sumOf(spelling.letters, from, to);
        const left = parts.get(sum)?.filter((one) => one.spelling.letters !== spelling.letters) ?? [];
        if (left.length > 0) parts.set(sum, left);
        else parts.delete(sum);
      }
    },
    of: (sum: number): readonly Part[] | undefined => parts.get(sum),
  };
}

export type Sums = Pick<ReturnType<typeof createSums>, 'of'>;

/** Each word that is long enough, and the name as one. */
function partsOf(spelling: Spelling): Part[] {
  const { letters, tokens, weak } = spelling;
  if (weak) return [];
  const whole = { spelling, from: 0, to: letters.length };
  if (/^\p{sc=Han}+$/u.test(letters)) return letters.length < MIN_HAN || letters.length > MAX_HAN ? [] : [whole];
  const starts = [0, ...tokens].sort((one, two) => one - two);
  const words = starts.map((from, nth) => ({ spelling, from, to: starts[nth + 1] ?? letters.length }));
  return [...words, ...(words.length > 1 ? [whole] : [])].filter(({ from, to }) => to - from >= MIN_LETTERS);
}

function sumOf(letters: string, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += weightOf(unitAt(letters, at));
  return sum;
}

function weightOf(code: number): number {
  const mixed = Math.imul(classOf(code) + 1, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & 0xffffff;
}

const WEIGHTS = Int32Array.from({ length: 128 }, (_, code) => weightOf(code));

/** Places in the folded letters. */
export type Span = { start: number; end: number };
export type Swapped = Span & { spelling: Spelling };

/** Where such a name stands.
 *  @param odd runs that are no words: a name in Latin letters has one */
export function swappedNames(folded: Folded, sums: Sums, odd: readonly Span[], hasHan: boolean): Swapped[] {
  const found: Swapped[] = [];
  for (const { start, end } of odd) {
    for (let from = start, to = start + 1; to <= end; to++) {
      if (to < end && folded.separations[to]! < SEPARATION.joiner) continue;
      if (to - from >= MIN_LETTERS) seek(folded, sums, from, to, found);
      from = to;
    }
  }
  if (hasHan) seekHan(folded, sums, found);
  return found;
}

function seek(folded: Folded, sums: Sums, start: number, end: number, found: Swapped[]): void {
  let sum = 0;
  for (let at = start; at < end; at++) {
    const code = folded.codes[at]!;
    sum += code < 128 ? WEIGHTS[code]! : weightOf(code);
  }
  const parts = sums.of(sum);
  // Nearly always it is the word itself.
  if (parts === undefined || isSame(folded, start, end, parts[0]!)) return;
  for (const { spelling, from, to } of parts) {
    const place = { start: start - from, end: start - from + spelling.letters.length, spelling };
    if (to - from === end - start && isSwapped(folded, place) && !isInWord(folded, start, end)) found.push(place);
  }
}

function isSame({ codes }: Folded, start: number, end: number, { spelling: { letters }, from, to }: Part): boolean {
  if (to - from !== end - start) return false;
  for (let at = start; at < end; at++) if (codes[at] !== unitAt(letters, from + at - start)) return false;
  return true;
}

function seekHan(folded: Folded, sums: Sums, found: Swapped[]): void {
  const { codes, length } = folded;
  for (let start = 0; start + MIN_HAN <= length; start++) {
    let sum = 0;
    for (let end = start; end < length && end - start < MAX_HAN && codes[end]! >= 0x2e80; end++) {
      sum += weightOf(codes[end]!);
      if (end - start + 1 < MIN_HAN) continue;
      for (const { spelling } of sums.of(sum) ?? []) {
        const place = { start, end: end + 1, spelling };
        if (isSwapped(folded, place)) found.push(place);
      }
    }
  }
}

/** Whether it stands free, with all letters in their place but two that are neighbours. */
function isSwapped({ codes, separations, length }: Folded, { start, end, spelling: { letters } }: Swapped): boolean {
  const isFree = (at: number) => at === 0 || at === length || (at > 0 && separations[at]! > SEPARATION.none);
  if (start < 0 || end > length || letters.length !== end - start || !isFree(start) || !isFree(end)) return false;
  const isThere = (at: number, nth: number) => classOf(codes[start + at]!) === classOf(unitAt(letters, nth));
  let first = 0;
  while (first < letters.length && isThere(first, first)) first++;
  if (first > letters.length - 2 || !isThere(first, first + 1) || !isThere(first + 1, first)) return false;
  for (let nth = first + 2; nth < letters.length; nth++) if (!isThere(nth, nth)) return false;
  return true;
}

function isInWord({ codes }: Folded, start: number, end: number): boolean {
  return isWord(String.fromCharCode(...codes.subarray(start, end)));
}
