// Where a text names somebody, in whatever spelling: one pass, as long as the text.
import { type Folded, fold, SEPARATION } from './fold.ts';
import { small } from './generic.ts';
import type { TermKind } from './names.ts';
import type { Term, TermIndex } from './term-index.ts';
import { isWord } from './words.ts';

/** UTF-16 offsets in the text. */
export type Found = { start: number; end: number; term: Term };
/** What may be told about a place where a name stands: never the name. */
export type Place = { start: number; end: number; kind: TermKind };

/** Up to this length a name must stand free: a rise of case or a digit beside it is not enough. */
const SHORT = 3;
/** From this length on a name may be broken by blanks. */
const BREAKABLE = 6;

/** Texts come several times: to be scrubbed for peers and for the public, read again, checked in the draft and in the bytes. */
const READ = 2_000;
const readBefore = new WeakMap<TermIndex, Map<string, readonly Found[]>>();

/** The names in a text from left to right, the longest first, none within another. Every name begins where a token begins, so
 *  that only such places are tried, and none for longer than the longest name. */
export function findTerms(text: string, index: TermIndex): readonly Found[] {
  let known = readBefore.get(index);
  if (known === undefined || known.size === READ) {
    known = new Map();
    readBefore.set(index, known);
  }
  const found = known.get(text) ?? readText(text, index);
  known.set(text, found);
  return found;
}

function readText(text: string, index: TermIndex): Found[] {
  const found: Found[] = [];
  const folded = fold(text);
  for (let at = 0; at < folded.length; ) {
    const end = at === 0 || folded.separations[at]! > SEPARATION.none ? longestAt(text, folded, index, at) : undefined;
    if (end === undefined) {
      at++;
      continue;
    }
    found.push({ start: folded.starts[at]!, end: folded.ends[end.at - 1]!, term: end.term });
    at = end.at;
  }
  return found;
}

function longestAt(
  text: string,
  folded: Folded,
  index: TermIndex,
  start: number,
): { at: number; term: Term } | undefined {
  let longest: { at: number; term: Term } | undefined;
  let node = 0;
  for (let at = start; at < folded.length; at++) {
    node = index.step(node, folded.codes[at]!);
    if (node === 0) break;
    const term = index.termAt(node);
    if (term === undefined) continue;
    const end = endOf(folded, term, start, at + 1);
    if (end !== undefined && isNamed(text, folded, term, start, at + 1)) longest = { at: end, term };
  }
  return longest;
}

/** Where the name ends as a token, a plural `s` included; undefined where the token goes on. */
function endOf({ length, separations, codes }: Folded, { weak }: Term, start: number, end: number): number | undefined {
  const free = end - start <= SHORT ? SEPARATION.joiner : SEPARATION.soft;
  const isFree = (at: number) => at === 0 || at === length || separations[at]! >= free;
  if (!isFree(start)) return undefined;
  if (isFree(end)) return end;
  return !weak && end - start > SHORT && codes[end] === 115 && isFree(end + 1) ? end + 1 : undefined;
}

function isNamed(text: string, folded: Folded, term: Term, start: number, end: number): boolean {
  if (term.weak && !isCapital(folded, term, start, end) && !isAddress(text, folded, start, end)) return false;
  const breaks: number[] = [];
  let pieces = 1;
  for (let at = start + 1; at < end; at++) {
    if (folded.separations[at]! < SEPARATION.joiner) continue;
    pieces++;
    if (!term.tokens.has(at - start)) breaks.push(at);
  }
  if (breaks.length === 0) return true;
  // Letter by letter: `G o o g l e`, `x.a.i`.
  if (pieces === end - start)
    return end - start > SHORT || breaks.every((at) => folded.separations[at]! === SEPARATION.joiner);
  const worst = breaks.reduce((most, at) => Math.max(most, folded.separations[at]!), 0);
  if (worst === SEPARATION.joiner) return end - start > SHORT;
  if (end - start < BREAKABLE || worst === SEPARATION.punctuation) return false;
  // `open ai` is a name in two pieces, `a clear view` is two words.
  return folded.uppers[start] === 1 || !piecesOf(folded, start, end).every(isWord);
}

/** Whether every token that is more than a small word has a capital; of a short name, every letter. */
function isCapital(folded: Folded, term: Term, start: number, end: number): boolean {
  if (end - start <= SHORT) return folded.uppers.subarray(start, end).every((upper) => upper === 1);
  const starts = [0, ...term.tokens].sort((a, b) => a - b);
  return starts.every((token, nth) => {
    const next = starts[nth + 1] ?? end - start;
    return (
      folded.uppers[start + token] === 1 ||
      small.has(term.name.slice(token, next)) ||
      isDigit(folded.codes[start + token]!)
    );
  });
}

/** Whether it is a handle or a domain's name, where nobody writes capitals: `@target`, `#target`, `target.com`. */
function isAddress(text: string, { starts, ends }: Folded, start: number, end: number): boolean {
  if (end - start <= SHORT) return false;
  const [from, to] = [starts[start]!, ends[end - 1]!];
  return /[@#]/.test(text.charAt(from - 1)) || /^\.[a-z]{2,10}\b/i.test(text.slice(to, to + 12));
}

function piecesOf({ codes, separations }: Folded, start: number, end: number): string[] {
  const pieces: string[] = [''];
  for (let at = start; at < end; at++) {
    if (at > start && separations[at]! >= SEPARATION.joiner) pieces.push('');
    pieces[pieces.length - 1] += String.fromCharCode(codes[at]!);
  }
  return pieces;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
