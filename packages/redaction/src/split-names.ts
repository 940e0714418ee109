// Names that are split over the texts of one record: `Goo` at the end of a field, `gle` at the beginning of another.

import { findTerms, findTermsAlong } from './find-terms.ts';
import { fold, SEPARATION } from './fold.ts';
import { PSEUDONYM } from './naming.ts';
import { remembering } from './remembering.ts';
import { classOf } from './spellings.ts';
import type { Term, TermIndex } from './term-index.ts';
import { BEGINNING } from './term-trie.ts';
import { isOrdinary } from './views/base64.ts';

/** A text of a record, in order, and where it stands. */
export type Piece = { at: string; text: string };
/** Where a name goes on that began elsewhere. */
export type Split = { at: string; start: number; end: number; term: Term };

/** From this length on a name is looked for over several texts. */
const MIN_LETTERS = 5;
/** As much of a text as the longest name may take, with something between its letters. */
const REACH = 160;

/** Names that run over several texts: from the end of one to the beginning of the next, through short ones between, or from the end
 *  of any to the beginning of any other.
 *  @param areCodes values that a record's type gives, over several of which nobody can encode anything */
export function splitNames(pieces: readonly Piece[], index: TermIndex, areCodes = false): Split[] {
  if (index.size === 0 || pieces.length < 2) return [];
  const bare = pieces.map(({ at, text }) => ({ at, text: text.replace(OWN, (own) => ' '.repeat(own.length)) }));
  return [...alongNames(bare, index, areCodes), ...acrossNames(bare, index)];
}

/** The same of the members' names, which records of a type have in common. */
export function splitKeys(keys: readonly Piece[], index: TermIndex): readonly Split[] {
  return namesInKeys(JSON.stringify(keys), index);
}

const namesInKeys = remembering((keys, index) => splitNames(JSON.parse(keys) as Piece[], index));

/** The same of a member's name that a record's type gives, and its value: a name begins in what is given, or not at all. */
export function splitBehind(given: Piece, value: Piece, index: TermIndex): Split[] {
  return openAtEnd(given.text, index).length === 0 ? [] : splitNames([given, value], index);
}

/** What this node wrote itself at the beginning of a text: behind `pattern`, `Organisation A7F3` is not Morgan. */
const OWN = new RegExp(`^(?:${PSEUDONYM.source})`, 'u');

/** Reads the last word of each text together with the first of the next, in whatever way they are encoded. */
function alongNames(pieces: readonly Piece[], index: TermIndex, areCodes: boolean): Split[] {
  const found: Split[] = [];
  let chain: Piece[] = [];
  let length = 0;
  const begin = (piece: Piece) => {
    chain = [piece];
    length = piece.text.length;
  };
  for (const { at, text } of pieces) {
    if (text.trim() === '') continue;
    const first = /^\S{1,160}/.exec(text)?.[0] ?? '';
    chain.push({ at, text: first });
    length += first.length;
    if (first.length === text.length && length < REACH * 2) continue;
    found.push(...namesAlong(chain, index, areCodes));
    begin({ at, text: text.slice(-REACH).split(/\s/).at(-1)! });
  }
  return [...found, ...namesAlong(chain, index, areCodes)];
}

/** Names that begin in one text of a chain and end in a later one. */
function namesAlong(chain: readonly Piece[], index: TermIndex, areCodes: boolean): Split[] {
  const texts = chain.map(({ text }) => text);
  if (texts.filter((text) => text !== '').length < 2) return [];
  const ends: number[] = [];
  for (const text of texts) ends.push((ends.at(-1) ?? 0) + text.length);
  return findTermsAlong(texts, areCodes || texts.every(isPlain), index).flatMap(({ start, end, term }) => {
    const last = ends.findLastIndex((seam, nth) => nth + 1 < ends.length && start < seam && seam < end);
    if (last < 0 || !isLong(texts.join(''), start, end)) return [];
    return [{ at: chain[last + 1]!.at, start: 0, end: Math.min(end, ends.at(-1)!) - ends[last]!, term }];
  });
}

function isLong(text: string, start: number, end: number): boolean {
  return text.slice(start, end).replace(/[^\p{L}\p{N}]/gu, '').length >= MIN_LETTERS;
}

/** Words of ordinary text, in which nothing is encoded. */
function isPlain(word: string): boolean {
  const bare = /^["'(“‘]?([A-Za-z]+(?:-[A-Za-z]+)*)(?:['’]s)?["')”’.,;:!?]{0,2}$/.exec(word)?.[1];
  return bare !== undefined && isOrdinary(bare);
}

/** Follows every name that has begun where a text ends into the beginning of all others. */
function acrossNames(pieces: readonly Piece[], index: TermIndex): Split[] {
  const opens = pieces.map(({ text }) => openAtEnd(text, index));
  if (opens.every(({ length }) => length === 0)) return [];
  const heads = pieces.map(({ text }) => headOf(text, index));
  return pieces.flatMap(({ text: last }, from) =>
    opens[from]!.flatMap(({ start, node }) =>
      pieces.flatMap(({ at, text }, to) => {
        if (to === from || !goesOn(heads[to]!, node, index)) return [];
        const [tail, next] = [last.slice(start), text.slice(0, REACH)];
        const found = ['', ' '].flatMap((glue) => {
          const seam = tail.length + glue.length;
          const named = findTerms(tail + glue + next, index);
          return named.filter(
            (one) => one.start < tail.length && one.end > seam && isLong(tail + glue + next, one.start, one.end),
          );
        });
        return found
          .slice(0, 1)
          .map(({ end, term }) => ({ at, start: 0, end: Math.min(end - tail.length, next.length), term }));
      }),
    ),
  );
}

/** Its letters. */
const headOf = remembering((text) => {
  const { codes, length } = fold(text.slice(0, REACH));
  return codes.slice(0, length);
});

type Open = { start: number; node: number };

/** The names that a text ends within: where each begins and how far the index has come. */
const openAtEnd = remembering((text, index): Open[] => {
  const from = Math.max(0, text.length - REACH);
  const folded = fold(text.slice(from));
  const { length, codes, starts, separations } = folded;
  const opens: Open[] = [];
  for (let start = 0; start < length; start++) {
    if (start > 0 && separations[start] === SEPARATION.none) continue;
    // Of what is longer than a beginning, nearly nothing has to be looked up.
    if (length - start >= BEGINNING && !index.mayBegin(folded, start)) continue;
    let node = 0;
    for (let at = start; at < length; at++) {
      node = index.step(node, classOf(codes[at]!));
      if (node === 0) break;
    }
    if (node !== 0) opens.push({ start: from + starts[start]!, node });
  }
  return opens;
});

function goesOn(codes: Uint16Array, open: number, index: TermIndex): boolean {
  let node = open;
  for (const code of codes) {
    node = index.step(node, classOf(code));
    if (node === 0) return false;
    if (index.spellingsAt(node) !== undefined) return true;
  }
  return false;
}
