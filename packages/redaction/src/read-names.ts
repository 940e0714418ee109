// Where a text names somebody as it stands, nothing decoded: one pass, as long as the text.
import { isAcross } from './by-sound.ts';
import { type Folded, fold, SEPARATION } from './fold.ts';
import { small } from './generic.ts';
import { hitFrom } from './hits.ts';
import { isBehindPrefix, isInKana, isOtherBehind, PREFIXED } from './scripts.ts';
import { classOf, type Spelling } from './spellings.ts';
import { type Span, swappedNames } from './swapped.ts';
import type { Term, TermIndex } from './term-index.ts';
import { unitAt } from './units.ts';
import { oddRuns } from './views/base64.ts';
import type { View } from './views/view.ts';
import { isWord } from './words.ts';

/** UTF-16 offsets in the text. */
export type Found = { start: number; end: number; term: Term };

/** What is known of a text besides its letters. */
export type Reading = {
  /** A member's name, where names are glued to words. */
  isKey: boolean;
};

/** Up to this length a name must stand free: a rise of case or a digit beside it is not enough. */
const SHORT = 3;
/** From this length on a name is found within an address, glued to other letters; and within a word that is none. */
const GLUED = 5;
const LONG = 7;
/** From this length on a name may be broken by blanks, and have an ending of its own (`Googlebot`). */
const BREAKABLE = 6;

const MAX_ENDING = 16;
const HAN = /[\u4e00-\u9fff]/;
/** Han, kana, Thai: nothing stands between words. */
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]/;

type Spot = { text: string; folded: Folded; start: number; end: number; spelling: Spelling; inAddress: boolean };

/** The names in a text from left to right, the longest first, none within another. Every name begins where a token begins, or
 *  anywhere in an address, and only such places are tried. */
export function readNames(view: View, index: TermIndex, { isKey }: Reading): Found[] {
  const found: Found[] = [];
  const { text } = view;
  const folded = fold(text);
  if (view.changed !== undefined) markChanged(folded, view.changed);
  if (view.seams !== undefined) markSeams(folded, new Set(view.seams));
  const inAddress = addressesIn(view, folded, isKey);
  const odd = oddSpans(view, folded);
  // In a word that is none a long name may stand as well: `unbrixholm`.
  for (const { start, end } of odd) {
    if (isName(folded, start, end)) continue;
    for (let at = start; at <= end - LONG; at++) inAddress[at] ||= LONG;
  }
  const hasPrefixes = PREFIXED.test(text);
  for (let at = 0; at < folded.length; ) {
    const free =
      at === 0 ||
      folded.separations[at]! > SEPARATION.none ||
      (hasPrefixes && isBehindPrefix(text, folded.starts[at]!));
    const glued = inAddress[at]!;
    const end = free || glued > 0 ? longestAt(text, folded, index, at, glued) : undefined;
    if (end === undefined) {
      at++;
      continue;
    }
    found.push({ start: folded.starts[at]!, end: folded.ends[end.at - 1]!, term: end.term });
    at = end.at;
  }
  for (const { start, end, spelling } of swappedNames(folded, index.sums, odd, HAN.test(text))) {
    const place = { start: folded.starts[start]!, end: folded.ends[end - 1]! };
    if (!found.some((one) => one.start < place.end && place.start < one.end))
      found.push({ ...place, term: spelling.term });
  }
  return found;
}

/** What was decoded was hidden. */
function markChanged({ length, starts, disguised }: Folded, changed: Uint8Array): void {
  for (let at = 0; at < length; at++) disguised[at]! |= changed[starts[at]!]!;
}

function markSeams({ length, starts, separations }: Folded, seams: ReadonlySet<number>): void {
  for (let at = 0; at < length; at++)
    if (seams.has(starts[at]!)) separations[at] = Math.max(separations[at]!, SEPARATION.soft);
}

/** Links, paths, names of files, handles: what has one of these in it and no blank. */
const ADDRESS = /[@/\\_#=&]|\.[A-Za-z]/;
const ADDRESSES = new RegExp(ADDRESS, 'g');

function addressesIn({ text, seams }: View, folded: Folded, isKey: boolean): Uint8Array {
  const within = new Uint8Array(folded.length);
  if (isKey) return within.fill(GLUED);
  let to = 0;
  for (let hit = hitFrom(text, ADDRESSES, 0); hit !== null; hit = hitFrom(text, ADDRESSES, to)) {
    let from = hit.index;
    to = from + 1;
    while (from > 0 && !isBlank(unitAt(text, from - 1))) from--;
    while (to < text.length && !isBlank(unitAt(text, to))) to++;
    if (seams !== undefined && !hasAddress(text, from, to, seams)) continue;
    within.fill(GLUED, placeIn(folded, from), placeIn(folded, to));
  }
  return within;
}

function isBlank(code: number): boolean {
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(String.fromCharCode(code));
}

/** Words that are none, as places in the folded letters: what is no word of the text, and what has a disguised letter. */
function oddSpans(view: View, folded: Folded): Span[] {
  const { length, separations, disguised } = folded;
  const spans = oddRuns(view).map(({ from, to }) => ({ start: placeIn(folded, from), end: placeIn(folded, to) }));
  for (let at = disguised.subarray(0, length).indexOf(1); at >= 0; ) {
    let [start, end] = [at, at + 1];
    while (start > 0 && separations[start]! < SEPARATION.space) start--;
    while (end < length && separations[end]! < SEPARATION.space) end++;
    spans.push({ start, end });
    at = disguised.subarray(0, length).indexOf(1, end);
  }
  return spans;
}

/** Whether it is written as names are, with one capital: most of what is no word. */
function isName({ uppers, disguised }: Folded, start: number, end: number): boolean {
  if (uppers[start] === 0 || disguised[start] === 1) return false;
  for (let at = start + 1; at < end; at++) if (uppers[at] === 1) return false;
  return true;
}

/** The first folded letter that comes from `offset` or behind it. */
function placeIn({ length, starts }: Folded, offset: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether one of the texts that meet between `from` and `to` has a sign of one: the end of a sentence and another text's beginning
 *  are none. */
function hasAddress(text: string, from: number, to: number, seams: readonly number[]): boolean {
  const borders = [from, ...seams.filter((seam) => from < seam && seam < to), to];
  return borders.slice(1).some((border, nth) => ADDRESS.test(text.slice(borders[nth], border)));
}

function longestAt(
  text: string,
  folded: Folded,
  index: TermIndex,
  start: number,
  glued: number,
): { at: number; term: Term } | undefined {
  let longest: { at: number; term: Term } | undefined;
  if (!index.mayBegin(folded, start)) return undefined;
  let node = 0;
  for (let at = start; at < folded.length; at++) {
    node = index.step(node, classOf(folded.codes[at]!));
    if (node === 0) break;
    const spellings = index.spellingsAt(node);
    if (spellings === undefined) continue;
    const spots = spellings.map((spelling) => ({ text, folded, start, end: at + 1, spelling, inAddress: glued > 0 }));
    const named = spots.filter((spot) => endOf(spot, glued) !== undefined && isNamed(spot));
    const spot = named.find(({ spelling }) => isExact(folded, spelling, start)) ?? named[0];
    if (spot !== undefined) longest = { at: endOf(spot, glued)!, term: spot.spelling.term };
  }
  return longest;
}

/** Where the name ends as a token, a plural `s` included; undefined where the token goes on.
 *  @param glued from which length on it may begin and end within one; 0 where it may not */
function endOf({ text, folded, spelling, start, end }: Spot, glued: number): number | undefined {
  const { length, separations, codes, starts } = folded;
  const free = end - start <= SHORT && !UNSPACED.test(spelling.letters) ? SEPARATION.joiner : SEPARATION.soft;
  const isFree = (at: number) =>
    at === 0 || at === length || separations[at]! >= free || (at === start && isBehindPrefix(text, starts[at]!));
  if (isFree(start) && isFree(end)) return end;
  // `McDonald staff` is no McDonald's.
  const isGlued =
    glued > 0 &&
    end - start >= glued &&
    !spelling.weak &&
    (isFree(end) || lastPiece(text, folded, start, end) >= SHORT);
  if (isGlued && glued < LONG) return end;
  if (!isFree(start)) return isGlued ? end : undefined;
  const isPlural =
    (!spelling.weak || spelling.tokens.size > 0) &&
    !spelling.hidden &&
    end - start > SHORT &&
    !spelling.isInitial &&
    codes[end] === 115 &&
    isFree(end + 1);
  if (isPlural) return end + 1;
  return isGlued || (isBeginning(folded, spelling, start, end) && lastPiece(text, folded, start, end) >= SHORT)
    ? end
    : undefined;
}

/** How many letters of a place are behind its last blank. */
function lastPiece(text: string, { starts, ends }: Folded, start: number, end: number): number {
  let from = end - 1;
  while (from > start && !/\s/.test(text.slice(ends[from - 1], starts[from]))) from--;
  return end - from;
}

/** `Googlebot`, `Facebooking`: a word of its own that begins with the name. */
function isBeginning(folded: Folded, spelling: Spelling, start: number, end: number): boolean {
  const { length, separations, uppers } = folded;
  if (end - start < BREAKABLE || spelling.weak || spelling.hidden || uppers[start] === 0) return false;
  let last = start + 1;
  while (last < length && last < end + MAX_ENDING && separations[last]! < SEPARATION.soft) last++;
  return last > end && isExact(folded, spelling, start) && !isWord(lettersBetween(folded, start, last));
}

function isNamed(spot: Spot): boolean {
  const { text, folded, start, end, spelling } = spot;
  if (spelling.exact !== undefined) {
    if (spelling.exact.has(text.slice(folded.starts[start], folded.ends[end - 1]).normalize('NFKC'))) return true;
    if (end - start < SHORT) return false;
  }
  const [from, to] = [folded.starts[start]!, folded.ends[end - 1]!];
  if (
    spelling.isLoose &&
    isHan(spelling) &&
    end - start <= SHORT &&
    (isAcross(text, from, to) || isOtherBehind(text, to))
  )
    return false;
  if (end - start <= SHORT && isInKana(text, from, to)) return false;
  const exact = isExact(folded, spelling, start);
  if (!exact && !isLeet(spot)) return false;
  const hidden = !exact || spelling.hidden || isDisguised(folded, start, end);
  if (spelling.weak && !hidden && !isCapital(spot) && !isAddress(spot) && !isSpelledOut(spot)) return false;
  return isWhole(spot, exact) && !(spelling.isInitial && isOfNext(spot));
}

/** Whether the last letter is the initial of somebody who is told next: `Delgado, M. Ortega`. */
function isOfNext({ text, folded: { ends }, end }: Spot): boolean {
  const next = /^\.? ?(\p{Lu}[\p{L}'’-]+)/u.exec(text.slice(ends[end - 1]!, ends[end - 1]! + 30))?.[1];
  return next !== undefined && !isWord(next.toLowerCase());
}

/** In Chinese nothing stands between words. */
function isHan({ letters }: Spelling): boolean {
  return HAN.test(letters);
}

function isExact({ codes }: Folded, { letters }: Spelling, start: number): boolean {
  for (let at = 0; at < letters.length; at++) if (codes[start + at] !== unitAt(letters, at)) return false;
  return true;
}

/** `G00gle`, `OpenAl`: digits for letters or the like, but not so many that nothing is left; another word is no disguise. */
function isLeet({ folded, start, end, spelling: { letters, isInitial } }: Spot): boolean {
  let [digits, swaps, same] = [0, 0, 0];
  for (let at = 0; at < letters.length; at++) {
    const [read, meant] = [folded.codes[start + at]!, unitAt(letters, at)];
    if (read === meant) same += isDigit(meant) ? 0 : 1;
    // An initial is none but itself: `Delgado I` is no `Delgado L`.
    else if (at === letters.length - 1 && isInitial) return false;
    else if (isDigit(meant)) {
      // Of two digits neither is written for the other (6 and 9), and of letters these two are (O and 0, l and 1).
      if (!/[oil]/.test(String.fromCharCode(read))) return false;
      digits++;
    } else if (isDigit(read)) digits++;
    else swaps++;
  }
  if (end - start <= SHORT) return digits === 1 && swaps === 0 && same === 2 && isUpperCase(folded, start, end);
  if (digits > 0) return same > 0;
  return end - start >= GLUED && !piecesOf(folded, start, end).every(isWord);
}

function isDisguised({ disguised }: Folded, start: number, end: number): boolean {
  return disguised.subarray(start, end).includes(1);
}

/** Whether it is one name: unbroken, broken where its tokens are, or broken in a way that only a name is. */
function isWhole(spot: Spot, exact: boolean): boolean {
  const { text, folded, start, end, spelling } = spot;
  const breaks: number[] = [];
  let pieces = 1;
  for (let at = start + 1; at < end; at++) {
    if (folded.separations[at]! < SEPARATION.joiner) continue;
    pieces++;
    if (!spelling.tokens.has(at - start)) breaks.push(at);
  }
  if (breaks.length === 0) return true;
  // U+FEFF has no width, whatever \s takes it for.
  const isTight = (at: number) => !/[^\S\ufeff]/.test(text.slice(folded.ends[at - 1]!, folded.starts[at]!));
  // Letter by letter: `G o o g l e`, `x.a.i`.
  if (pieces === end - start) return end - start > SHORT || breaks.every(isTight);
  if (breaks.every(isTight)) return end - start > SHORT;
  if (!exact || end - start < BREAKABLE) return false;
  // `Br, ixholm`: behind what ends something a small letter goes on with what is no word.
  if (breaks.some((at) => folded.separations[at] === SEPARATION.punctuation)) {
    const pieces = piecesOf(folded, start, end);
    return (
      breaks.length === 1 &&
      folded.uppers[breaks[0]!] === 0 &&
      pieces.every((piece) => !isWord(piece)) &&
      end - start > LONG
    );
  }
  // `open ai` is a name in two pieces, `a clear view` is two words.
  return folded.uppers[start] === 1 || !piecesOf(folded, start, end).every(isWord);
}

/** Whether it stands letter by letter, as nobody writes an ordinary word. */
function isSpelledOut({ folded, start, end }: Spot): boolean {
  return (
    end - start > 2 &&
    folded.separations.subarray(start + 1, end).every((separation) => separation >= SEPARATION.joiner)
  );
}

/** Whether every token that is more than a small word has a capital; of a short name, every letter. */
function isCapital({ folded, spelling, start, end }: Spot): boolean {
  if (end - start <= SHORT) return isUpperCase(folded, start, end);
  const starts = [0, ...spelling.tokens].sort((a, b) => a - b);
  return starts.every((token, nth) => {
    const next = starts[nth + 1] ?? end - start;
    return (
      folded.uppers[start + token] === 1 ||
      small.has(spelling.letters.slice(token, next)) ||
      // `Co-op`; not `Delgado's` for Delgado, S.
      (next - token < SHORT && token < end - start - 1 && folded.separations[start + token] === SEPARATION.joiner) ||
      isDigit(folded.codes[start + token]!)
    );
  });
}

function isUpperCase({ uppers, codes }: Folded, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (uppers[at] === 0 && !isDigit(codes[at]!)) return false;
  return true;
}

/** Whether it is a handle, a mailbox or a domain's name, where nobody writes capitals: `@target`, `#target`, `target.com`; of several
 *  words, any part of an address or file's name: `files/five_lamps.pdf`. */
function isAddress({ text, folded: { starts, ends }, start, end, spelling, inAddress }: Spot): boolean {
  if (end - start <= SHORT) return false;
  const [from, to] = [starts[start]!, ends[end - 1]!];
  if (inAddress && spelling.tokens.size > 0 && !/\s/.test(text.slice(from, to))) return true;
  return /[@#]/.test(text.charAt(from - 1)) || /^(?:\.[a-z]{2,10}\b|@[a-z])/i.test(text.slice(to, to + 12));
}

function piecesOf(folded: Folded, start: number, end: number): string[] {
  const pieces: string[] = [];
  let from = start;
  for (let at = start + 1; at <= end; at++) {
    if (at < end && folded.separations[at]! < SEPARATION.joiner) continue;
    pieces.push(lettersBetween(folded, from, at));
    from = at;
  }
  return pieces;
}

function lettersBetween({ codes }: Folded, start: number, end: number): string {
  return String.fromCharCode(...codes.subarray(start, end));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
