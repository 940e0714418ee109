// The shapes in which a name lies in the index, and which letters and digits count as one there.
import type { Term } from './term-index.ts';
import { isWord } from './words.ts';

/** One way to write a term. */
export type Spelling = {
  readonly term: Term;
  /** Folded, without separators. */
  readonly letters: string;
  /** Offsets in `letters` where a token begins, but the first. */
  readonly tokens: ReadonlySet<number>;
  /** Whether it is a name only where it has capitals. */
  readonly weak: boolean;
  /** Whether nobody would write it so but to hide it. */
  readonly hidden: boolean;
};

/** From this length on a name is looked for backwards and with pairs of letters for one. */
const HIDEABLE = 5;

/** Letters that two others look like. */
const PAIRS: Readonly<Record<string, string>> = { m: 'rn', w: 'vv', d: 'cl' };
const MAX_PAIRS = 3;

/** A name as it is, backwards (`elgoog`), and with `rn` for m, `vv` for w, `cl` for d. */
export function hiddenSpellings(spelling: Spelling): Spelling[] {
  const { letters, tokens } = spelling;
  if (letters.length < HIDEABLE) return [];
  const others = [backwards(spelling), ...pairSubsets(letters).map((chosen) => paired(spelling, chosen))];
  const starts = (other: Spelling) => [0, ...other.tokens];
  return others.filter((other) => {
    const from = starts(other).sort((a, b) => a - b);
    const pieces = from.map((start, nth) => other.letters.slice(start, from[nth + 1]));
    return other.letters !== letters && !(pieces.length <= tokens.size + 1 && pieces.every(isWord));
  });
}

function backwards({ term, letters, tokens, weak }: Spelling): Spelling {
  const starts = new Set(Array.from(tokens, (at) => letters.length - at));
  return { term, letters: Array.from(letters).reverse().join(''), tokens: starts, weak, hidden: true };
}

/** Every choice of the letters that may be pairs, as long as there are few; else all of them. */
function pairSubsets(letters: string): number[][] {
  const places = Array.from(letters).flatMap((letter, at) => (letter in PAIRS ? [at] : []));
  if (places.length > MAX_PAIRS) return [places];
  let subsets: number[][] = [[]];
  for (const at of places) subsets = [...subsets, ...subsets.map((subset) => [...subset, at])];
  return subsets.slice(1);
}

function paired({ term, letters, tokens, weak }: Spelling, chosen: readonly number[]): Spelling {
  const wide = new Set(chosen);
  const moved = (at: number) => at + chosen.filter((place) => place < at).length;
  return {
    term,
    letters: Array.from(letters, (letter, at) => (wide.has(at) ? PAIRS[letter]! : letter)).join(''),
    tokens: new Set(Array.from(tokens, moved)),
    weak,
    hidden: true,
  };
}

/** What a digit is written for. `i`, `l` and 1 are one, as nobody can tell them apart. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '1': 'l',
  i: 'l',
};

const CLASSES = Uint16Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return (LEET[char] ?? char).charCodeAt(0);
});

/** Letters and digits that may stand for each other have one class. */
export function classOf(code: number): number {
  return code < 128 ? CLASSES[code]! : code;
}
