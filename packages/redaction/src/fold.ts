// A text as the letters and digits that it comes down to, each with its place: the same for `Keolis North-America`,
// `ｋｅｏｌｉｓ　ｎｏｒｔｈ　ａｍｅｒｉｃａ` and `keolis_northAmerica`.
import { CONFUSABLES, PROTOTYPES } from './confusables.ts';
import { unitAt } from './units.ts';

/** What stands before a letter or digit. The higher, the further apart. */
export const SEPARATION = {
  none: 0,
  /** Nothing, but the case rises, digits begin or end, or the script has no blanks. */
  soft: 1,
  /** Hyphen, dot, apostrophe and the like within a word. */
  joiner: 2,
  space: 3,
  /** Punctuation that ends something. */
  punctuation: 4,
} as const;

export type Folded = {
  length: number;
  /** UTF-16 code units of the folded letters and digits. */
  codes: Uint16Array;
  /** Where each came from: UTF-16 offsets in the text. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** What stands before each, a SEPARATION. */
  separations: Uint8Array;
  /** 1 for upper case. */
  uppers: Uint8Array;
  /** 1 for a letter or digit that another character looks like, or that has something without width in or after it. */
  disguised: Uint8Array;
};

const KIND = { letter: 1, digit: 2, alone: 3, ignored: 4, joiner: 5, space: 6, punctuation: 7 } as const;
type Char = {
  kind: number;
  /** What it folds to, and how many units of UTF-16 it is itself. */
  codes: readonly number[];
  units: number;
  upper: number;
  disguised: number;
};

/** Letters and digits after NFKC, case folding, without accents, look-alikes as Latin letters; whatever has no width is ignored.
 *  @returns what the next call writes over */
export function fold(text: string): Folded {
  // No code point folds to more than 18 letters (U+FDFA); a text of them only is the exception, so it grows when it must.
  let out = emptied(text.length + 18);
  let { codes, starts, ends, separations, uppers, disguised } = out;
  let at = 0;
  let before: number = SEPARATION.space;
  let [previous, previousUpper] = [0, 0];
  for (let from = 0; from < text.length; ) {
    const code = unitAt(text, from);
    if (at + 18 > codes.length) {
      out = grow(out);
      ({ codes, starts, ends, separations, uppers, disguised } = out);
    }
    if (code < 128) {
      const kind = ASCII.kinds[code]!;
      from++;
      if (kind >= KIND.ignored) {
        before = separate(before, kind);
        continue;
      }
      const upper = ASCII.uppers[code]!;
      codes[at] = ASCII.codes[code]!;
      starts[at] = from - 1;
      ends[at] = from;
      separations[at] = Math.max(before, softly(previous, previousUpper, kind, upper));
      uppers[at] = upper;
      at++;
      before = SEPARATION.none;
      previous = kind;
      previousUpper = upper;
      if (kind !== KIND.letter) continue;
      // Most of a text: of small letters behind a letter all else is 0, as it is from the beginning.
      while (from < text.length && at < codes.length && isSmall(unitAt(text, from))) {
        codes[at] = unitAt(text, from);
        starts[at] = from++;
        ends[at] = from;
        at++;
        previousUpper = 0;
      }
      continue;
    }
    const char = charOf(text.codePointAt(from)!);
    const to = from + char.units;
    if (char.kind < KIND.ignored) {
      before = Math.max(before, softly(previous, previousUpper, char.kind, char.upper));
      for (const letter of char.codes) {
        codes[at] = letter;
        starts[at] = from;
        ends[at] = to;
        separations[at] = before;
        uppers[at] = char.upper;
        disguised[at] = char.disguised;
        before = SEPARATION.none;
        at++;
      }
      previous = char.kind;
      previousUpper = char.upper;
    } else if (char.kind === KIND.ignored) {
      // A mark belongs to the letter before it.
      if (at > 0 && before === SEPARATION.none) {
        ends[at - 1] = to;
        disguised[at - 1] = 1;
      }
    } else {
      before = separate(before, char.kind);
    }
    from = to;
  }
  out.length = at;
  return out;
}

/** The tokens of a name: its folded runs between joiners, blanks and punctuation. */
export function tokensOf(name: string): string[] {
  return cutTokens(fold(name), (letter) => letter);
}

/** How a name writes each of its tokens; of two that are the same, the first. */
export function writtenTokens(name: string): ReadonlyMap<string, string> {
  const folded = fold(name);
  const { starts, ends } = folded;
  const spans = cutTokens(folded, (_, at) => name.slice(starts[at]!, ends[at]!));
  const written = new Map<string, string>();
  for (const [nth, token] of cutTokens(folded, (letter) => letter).entries())
    if (!written.has(token)) written.set(token, spans[nth]!);
  return written;
}

function cutTokens({ length, codes, separations }: Folded, read: (letter: string, at: number) => string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < length; at++) {
    const letter = read(String.fromCharCode(codes[at]!), at);
    if (at === 0 || separations[at]! >= SEPARATION.joiner) tokens.push(letter);
    else tokens[tokens.length - 1] += letter;
  }
  return tokens;
}

function isSmall(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** A blank beside punctuation ends something; a blank beside a hyphen is a blank. */
function separate(before: number, kind: number): number {
  if (kind === KIND.punctuation) return SEPARATION.punctuation;
  if (kind === KIND.joiner) return Math.max(before, SEPARATION.joiner);
  return Math.max(before, SEPARATION.space);
}

/** `previous` is 0 where nothing stands before. */
function softly(previous: number, previousUpper: number, kind: number, upper: number): number {
  if (previous === 0) return SEPARATION.none;
  if (previous === KIND.alone || previous !== kind) return SEPARATION.soft;
  return upper > previousUpper ? SEPARATION.soft : SEPARATION.none;
}

/** Where texts up to that length are folded: to get memory for each takes longer than to read it. */
const SCRATCH = 10_000;
const scratch = allocate(SCRATCH);

/** All 0, and long enough for so many letters. */
function emptied(size: number): Folded {
  if (size > SCRATCH) return allocate(size);
  for (const part of ['separations', 'uppers', 'disguised'] as const) scratch[part].fill(0, 0, scratch.length);
  return scratch;
}

function allocate(size: number): Folded {
  const buffer = new ArrayBuffer(size * 13);
  return {
    length: 0,
    starts: new Uint32Array(buffer, 0, size),
    ends: new Uint32Array(buffer, size * 4, size),
    codes: new Uint16Array(buffer, size * 8, size),
    separations: new Uint8Array(buffer, size * 10, size),
    uppers: new Uint8Array(buffer, size * 11, size),
    disguised: new Uint8Array(buffer, size * 12, size),
  };
}

function grow(small: Folded): Folded {
  const large = allocate(small.codes.length * 2);
  for (const part of ['codes', 'starts', 'ends', 'separations', 'uppers', 'disguised'] as const)
    large[part].set(small[part]);
  small.length = small.codes.length;
  return large;
}

const known = new Map<number, Char>();

function charOf(point: number): Char {
  let char = known.get(point);
  if (char === undefined) {
    char = readChar(String.fromCodePoint(point));
    known.set(point, char);
  }
  return char;
}

/** What nearly every character is, at hand: none folds to more than one. */
const ASCII = asciiTables();

function asciiTables() {
  const chars = Array.from({ length: 128 }, (_, code) => readChar(String.fromCharCode(code)));
  return {
    kinds: Uint8Array.from(chars, ({ kind }) => kind),
    codes: Uint16Array.from(chars, ({ codes }) => codes[0] ?? 0),
    uppers: Uint8Array.from(chars, ({ upper }) => upper),
  };
}

function readChar(char: string): Char {
  const units = char.length;
  const other = (kind: number) => ({ kind, codes: [], units, upper: 0, disguised: 0 });
  if (/^[\p{M}\p{Cf}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}]$/u.test(char)) return other(KIND.ignored);
  if (/^[\p{L}\p{N}\p{S}]$/u.test(char)) {
    const folded = foldLetters(char);
    if (folded !== '') {
      const disguised = char.codePointAt(0)! > 0x24f && /^[a-z0-9]+$/.test(folded) ? 1 : 0;
      const codes = Array.from({ length: folded.length }, (_, nth) => folded.charCodeAt(nth));
      return { kind: kindOf(char, folded), codes, units, upper: isUpper(char) ? 1 : 0, disguised };
    }
  }
  if (/^[\s\p{Z}\p{Cc}]$/u.test(char)) return other(KIND.space);
  if (/^[—―,;:!?()[\]{}"<>“”«»…、。，；：！？（）]$/u.test(char)) return other(KIND.punctuation);
  return other(KIND.joiner);
}

/** Compatibility decomposition without marks, in lower case both ways round (so that ß is ss). What is no Latin letter then is what
 *  it looks like: the character as it stands before its lower case. */
function foldLetters(char: string): string {
  const compatible = char.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (/^[a-z0-9]+$/.test(compatible)) return compatible;
  return (
    lettersOf((CONFUSABLES.get(char) ?? PROTOTYPES.get(char) ?? char).normalize('NFKD')) ||
    lettersOf(char.normalize('NFKD'))
  );
}

function lettersOf(plain: string): string {
  const looks = Array.from(plain, lookOf).join('');
  const small = looks.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');
  const letters = Array.from(small, lookOf).join('');
  return letters.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function lookOf(letter: string): string {
  return CONFUSABLES.get(letter) ?? PROTOTYPES.get(letter) ?? letter;
}

function kindOf(char: string, folded: string): number {
  if (/^\p{N}+$/u.test(folded)) return KIND.digit;
  return /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]$/u.test(char) ? KIND.alone : KIND.letter;
}

function isUpper(char: string): boolean {
  return char.toLowerCase() !== char || /^[\p{Lu}\p{Lt}]$/u.test(char.normalize('NFKC'));
}
