// Words that one report hides, looked for in another as known terms are: folded, where words begin and end.
import { simplified } from './entities/han-traditional.ts';
import { type Folded, fold, SEPARATION } from './fold.ts';
import { isWord } from './words.ts';

/** A text as its folded letters and digits; offsets are those of the text. */
export type Letters = Omit<Folded, 'codes' | 'length' | 'disguised'> & { letters: string };

export type Words = {
  /** Folded, without separators. */
  letters: string;
  /** Other ways to write its umlauts. */
  others: readonly string[];
  /** In `letters`, where a word begins. */
  tokens: ReadonlySet<number>;
  /** Whether it is a word or so short that it is a name with a capital only: `Target`, `Li`. */
  isWeak: boolean;
};

export function lettersOf(text: string): Letters {
  const { length, codes, starts, ends, separations, uppers } = fold(simplified(text));
  // What `fold` returns is written over.
  return {
    letters: Buffer.from(codes.slice(0, length).buffer).toString('utf16le'),
    starts: starts.slice(0, length),
    ends: ends.slice(0, length),
    separations: separations.slice(0, length),
    uppers: uppers.slice(0, length),
  };
}

export function wordsOf(text: string): Words {
  const { letters, separations, uppers } = lettersOf(text);
  const tokens = new Set<number>();
  for (let at = 1; at < letters.length; at++) if (separations[at]! >= SEPARATION.joiner) tokens.add(at);
  const isOne = uppers[0] === 1 && tokens.size === 0;
  return { letters, others: withOtherUmlauts(text, letters), tokens, isWeak: isOne && isShortOrWord(letters) };
}

/** Up to this length letters must stand free: a rise of case or a digit beside them is not enough. */
const SHORT = 3;

function isShortOrWord(letters: string): boolean {
  return letters.length <= SHORT || isWord(letters);
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const MIN_UMLAUT = 5;

/** `München` as `muenchen`, and the other way round. */
function withOtherUmlauts(text: string, letters: string): string[] {
  if (letters.length < MIN_UMLAUT) return [];
  const long = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüåø]/g, (letter) => UMLAUTS[letter]!);
  const others = [lettersOf(long).letters, letters.replace(/([aou])e/g, '$1')];
  return others.filter((other) => other !== letters);
}

/** From left to right.
 *  @param isDate `3/14` is no 314 */
export function placesIn(text: Letters, words: Words, isDate: boolean): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  for (const letters of [words.letters, ...words.others]) {
    const tokens = letters === words.letters ? words.tokens : undefined;
    for (let at = text.letters.indexOf(letters); at >= 0 && letters !== ''; ) {
      const end = at + letters.length;
      const isFound = isWhole(text, at, end, letters) && isUnbroken(text, at, end, tokens, isDate);
      if (isFound && !(words.isWeak && text.uppers[at] === 0))
        places.push({ start: text.starts[at]!, end: text.ends[end - 1]! });
      at = text.letters.indexOf(letters, isFound ? end : at + 1);
    }
  }
  return places.sort((a, b) => a.start - b.start);
}

const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u;

function isWhole({ letters, separations }: Letters, start: number, end: number, words: string): boolean {
  const free = words.length <= SHORT && !UNSPACED.test(words) ? SEPARATION.joiner : SEPARATION.soft;
  const isFree = (at: number) => at === 0 || at === letters.length || separations[at]! >= free;
  return isFree(start) && isFree(end);
}

/** Broken where its words are, or by signs without blanks: `Mun-ich`.
 *  @param tokens unknown where letters were put in or left out */
function isUnbroken(
  { letters, separations }: Letters,
  start: number,
  end: number,
  tokens: ReadonlySet<number> | undefined,
  isDate: boolean,
): boolean {
  if (tokens === undefined) return true;
  for (let at = start + 1; at < end; at++) {
    const isBroken = separations[at]! >= SEPARATION.joiner;
    const isBegun = tokens.has(at - start);
    if (isBroken === isBegun) continue;
    if (isDate && /\d\d/.test(letters.slice(at - 1, at + 1))) return false;
    if (isBroken && (separations[at]! > SEPARATION.joiner || end - start <= SHORT)) return false;
  }
  return true;
}
