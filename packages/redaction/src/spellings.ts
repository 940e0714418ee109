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
  /** In which letters it always is a name; of two, in these alone. */
  readonly exact?: ReadonlySet<string>;
  /** Whether it ends in the initial of a given name: `Delgado, M.` */
  readonly isInitial?: true;
  /** Whether it is none within other words: no vault has it so, but the list of organisations does, or it is what is left of a name. */
  readonly isLoose?: true;
};

/** From this length on a name is looked for backwards and with pairs of letters for one. */
const HIDEABLE = 5;
/** Of Han characters, which say more each. */
const HIDEABLE_HAN = 3;

/** Letters that two others look like. */
const PAIRS: Readonly<Record<string, string>> = { m: 'rn', w: 'vv', d: 'cl' };
const MAX_PAIRS = 3;

type Shape = Omit<Spelling, 'term' | 'weak' | 'exact' | 'isInitial' | 'isLoose'>;

/** A name backwards (`elgoog`), upside down, with `rn` for m, `vv` for w, `cl` for d, and both; without its vowels. */
export function hiddenSpellings({ term, weak, letters, tokens }: Spelling): Spelling[] {
  if (letters.length < (/^\p{sc=Han}+$/u.test(letters) ? HIDEABLE_HAN : HIDEABLE)) return [];
  const bare = weak ? [] : withoutVowels({ letters, tokens });
  return [...hiddenShapes({ letters, tokens }), ...bare].map((shape) => ({ term, weak, ...shape }));
}

function hiddenShapes({ letters, tokens }: Pick<Spelling, 'letters' | 'tokens'>): Shape[] {
  const others = [
    backwards({ letters, tokens }),
    turned(backwards({ letters, tokens })),
    ...pairSubsets(letters).map((chosen) => paired(letters, tokens, chosen)),
    ...pairsByLetter(letters).map((chosen) => backwards(paired(letters, tokens, chosen))),
  ];
  return others.filter((other) => {
    const from = [0, ...other.tokens].sort((one, two) => one - two);
    const pieces = from.map((start, nth) => other.letters.slice(start, from[nth + 1]));
    return other.letters !== letters && !pieces.every(isWord);
  });
}

function backwards({ letters, tokens }: Pick<Spelling, 'letters' | 'tokens'>): Shape {
  const starts = new Set(Array.from(tokens, (at) => letters.length - at));
  return { letters: Array.from(letters).reverse().join(''), tokens: starts, hidden: true };
}

/** `brxhlm`: as long as enough is left to tell who it is. */
function withoutVowels({ letters, tokens }: Pick<Spelling, 'letters' | 'tokens'>): Shape[] {
  const bare = (part: string) => part.replace(/[aeiou]/g, '');
  const left = bare(letters);
  if (left.length < HIDEABLE || left === letters || isWord(left) || !/^[a-z]+$/.test(letters)) return [];
  const starts = new Set(Array.from(tokens, (at) => bare(letters.slice(0, at)).length));
  return [{ letters: left, tokens: starts, hidden: true }];
}

/** Letters that are others upside down: `q` for b. The rest look like no other letter of the alphabet, and are read as themselves. */
const TURNED: Readonly<Record<string, string>> = { b: 'q', d: 'p', n: 'u', p: 'd', q: 'b', u: 'n' };

function turned(shape: Shape): Shape {
  return { ...shape, letters: Array.from(shape.letters, (letter) => TURNED[letter] ?? letter).join('') };
}

/** Every choice of the letters that may be pairs, as long as there are few; else all of them. */
function pairSubsets(letters: string): number[][] {
  const places = Array.from(letters).flatMap((letter, at) => (letter in PAIRS ? [at] : []));
  if (places.length > MAX_PAIRS) return [places];
  let subsets: number[][] = [[]];
  for (const at of places) subsets = [...subsets, ...subsets.map((subset) => [...subset, at])];
  return subsets.slice(1);
}

/** All of one letter that may be pairs, and all of all. */
function pairsByLetter(letters: string): number[][] {
  const places = Array.from(letters).flatMap((letter, at) => (letter in PAIRS ? [at] : []));
  const different = [...new Set(places.map((at) => letters.charAt(at)))];
  const each = different.map((letter) => places.filter((at) => letters.charAt(at) === letter));
  return different.length > 1 ? [...each, places] : each;
}

function paired(letters: string, tokens: ReadonlySet<number>, chosen: readonly number[]): Shape {
  const wide = new Set(chosen);
  const moved = (at: number) => at + chosen.filter((place) => place < at).length;
  return {
    letters: Array.from(letters, (letter, at) => (wide.has(at) ? PAIRS[letter]! : letter)).join(''),
    tokens: new Set(Array.from(tokens, moved)),
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
