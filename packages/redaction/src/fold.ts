// A text as the letters and digits that it comes down to, each with its place: the same for `Keolis North-America`,
// `ｋｅｏｌｉｓ　ｎｏｒｔｈ　ａｍｅｒｉｃａ` and `keolis_northAmerica`.
import { CONFUSABLES, PROTOTYPES } from './confusables.ts';

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
type Char = { kind: number; folded: string; upper: number; disguised: number };

/** Letters and digits after NFKC, case folding, without accents, look-alikes as Latin letters; whatever has no width is ignored. */
export function fold(text: string): Folded {
  // No code point folds to more than 18 letters (U+FDFA); a text of them only is the exception, so it grows when it must.
  let out = allocate(text.length + 18);
  let at = 0;
  let before: number = SEPARATION.space;
  let previous: Char | undefined;
  for (let from = 0; from < text.length; ) {
    const code = text.charCodeAt(from);
    const char = code < 128 ? ASCII[code]! : charOf(text.codePointAt(from)!);
    const to = from + (code >= 0xd800 && code < 0xdc00 && text.codePointAt(from)! > 0xffff ? 2 : 1);
    if (char.kind <= KIND.alone) {
      if (at + 18 > out.codes.length) out = grow(out);
      before = Math.max(before, previous === undefined ? SEPARATION.none : softly(previous, char));
      for (let k = 0; k < char.folded.length; k++) {
        out.codes[at] = char.folded.charCodeAt(k);
        out.starts[at] = from;
        out.ends[at] = to;
        out.separations[at] = k === 0 ? before : SEPARATION.none;
        out.uppers[at] = char.upper;
        out.disguised[at] = char.disguised;
        at++;
      }
      before = SEPARATION.none;
      previous = char;
    } else if (char.kind === KIND.ignored) {
      // A mark belongs to the letter before it.
      if (at > 0 && before === SEPARATION.none) {
        out.ends[at - 1] = to;
        out.disguised[at - 1] = 1;
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
  const { length, codes, separations } = fold(name);
  const tokens: string[] = [];
  for (let at = 0; at < length; at++) {
    const letter = String.fromCharCode(codes[at]!);
    if (at === 0 || separations[at]! >= SEPARATION.joiner) tokens.push(letter);
    else tokens[tokens.length - 1] += letter;
  }
  return tokens;
}

/** A blank beside punctuation ends something; a blank beside a hyphen is a blank. */
function separate(before: number, kind: number): number {
  if (kind === KIND.punctuation) return SEPARATION.punctuation;
  if (kind === KIND.joiner) return Math.max(before, SEPARATION.joiner);
  return Math.max(before, SEPARATION.space);
}

function softly(previous: Char, char: Char): number {
  if (previous.kind === KIND.alone || char.kind === KIND.alone) return SEPARATION.soft;
  if (previous.kind !== char.kind) return SEPARATION.soft;
  return char.upper > previous.upper ? SEPARATION.soft : SEPARATION.none;
}

/** Small texts share a slab: to make six arrays of their own takes longer than to read them. */
const SLAB = 65_536;
let slab = new ArrayBuffer(SLAB);
let used = 0;

function allocate(size: number): Folded {
  const bytes = Math.ceil((size * 13) / 4) * 4;
  if (bytes > SLAB / 8) return partsOf(new ArrayBuffer(bytes), 0, size);
  if (used + bytes > SLAB) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  used += bytes;
  return partsOf(slab, used - bytes, size);
}

function partsOf(buffer: ArrayBuffer, from: number, size: number): Folded {
  return {
    length: 0,
    starts: new Uint32Array(buffer, from, size),
    ends: new Uint32Array(buffer, from + size * 4, size),
    codes: new Uint16Array(buffer, from + size * 8, size),
    separations: new Uint8Array(buffer, from + size * 10, size),
    uppers: new Uint8Array(buffer, from + size * 11, size),
    disguised: new Uint8Array(buffer, from + size * 12, size),
  };
}

function grow(small: Folded): Folded {
  const large = allocate(small.codes.length * 2);
  for (const part of ['codes', 'starts', 'ends', 'separations', 'uppers', 'disguised'] as const)
    large[part].set(small[part]);
  return large;
}

const known = new Map<number, Char>();
const ASCII: readonly Char[] = Array.from({ length: 128 }, (_, code) => readChar(String.fromCharCode(code)));

function charOf(point: number): Char {
  let char = known.get(point);
  if (char === undefined) {
    char = readChar(String.fromCodePoint(point));
    known.set(point, char);
  }
  return char;
}

function readChar(char: string): Char {
  const other = (kind: number) => ({ kind, folded: '', upper: 0, disguised: 0 });
  if (/^[\p{M}\p{Cf}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}]$/u.test(char)) return other(KIND.ignored);
  if (/^[\p{L}\p{N}\p{S}]$/u.test(char)) {
    const folded = foldLetters(char);
    if (folded !== '') {
      const disguised = char.codePointAt(0)! > 0x24f && /^[a-z0-9]+$/.test(folded) ? 1 : 0;
      return { kind: kindOf(char, folded), folded, upper: isUpper(char) ? 1 : 0, disguised };
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
