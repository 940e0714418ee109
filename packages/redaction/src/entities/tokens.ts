// A text's Latin, Greek and Cyrillic words, each with how it is written and how it hangs together with the one before.

import { rememberingWords } from '../known-words.ts';
import { unitAt } from '../units.ts';
import { TITLES } from './cues.ts';
import { classOf, IS, keyOf } from './lexicons.ts';

/** What stands between a word and the one before. */
export const JOINT = { space: 0, hyphen: 1, initial: 2, ampersand: 3, comma: 4, other: 5, stop: 6 } as const;
export type Shape = 'lower' | 'capital' | 'caps' | 'mixed' | 'number';

export type Token = {
  start: number;
  /** Without a possessive `'s`. */
  end: number;
  key: string;
  /** Bits of IS. */
  bits: number;
  shape: Shape;
  isPossessive: boolean;
  joint: number;
  /** Begins a sentence, a line, a quotation or an item. */
  isFirst: boolean;
  /** Begins a line. */
  isLine: boolean;
  /** Its sentence is written with capitals, as a headline is: they tell nothing. */
  isHeadline: boolean;
};

const LETTER = 1;
const DIGIT = 2;
const APOSTROPHE = 3;
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return /[A-Za-z]/.test(char) ? LETTER : /\d/.test(char) ? DIGIT : char === "'" ? APOSTROPHE : 0;
});

/** One pass; every character is looked at once or twice. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let behind = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    if (kind !== LETTER && kind !== DIGIT) {
      at++;
      continue;
    }
    const end = wordEnd(text, at);
    const token = tokenOf(text, at, end);
    const before = tokens.at(-1);
    token.joint = before === undefined ? JOINT.stop : jointOf(text, behind, at, before);
    token.isFirst = token.joint === JOINT.stop;
    token.isLine = before === undefined || (token.isFirst && text.slice(behind, at).includes('\n'));
    tokens.push(token);
    behind = end;
    at = end;
  }
  markHeadlines(tokens);
  return tokens;
}

function kindAt(text: string, at: number): number {
  const code = unitAt(text, at);
  if (code < 128) return KINDS[code]!;
  if (code === 0x2019) return APOSTROPHE;
  // Latin with accents, IPA, Greek, Cyrillic, Armenian; combining marks; Latin Extended Additional, Greek Extended.
  if (code === 0x2126) return LETTER;
  if (code >= 0xc0 && code < 0x590) return code === 0xd7 || code === 0xf7 ? 0 : LETTER;
  return code >= 0x1e00 && code < 0x2000 ? LETTER : 0;
}

function wordEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const kind = kindAt(text, at);
    if (kind === LETTER || kind === DIGIT) continue;
    if (kind !== APOSTROPHE || kindAt(text, at + 1) !== LETTER) break;
  }
  return at;
}

/** Longer than any name: not looked up. */
const LONGEST = 40;

function tokenOf(text: string, start: number, end: number): Token {
  const word = wordOf(text, start, Math.min(end, start + LONGEST));
  return {
    start,
    end: word.isPossessive ? end - 2 : end,
    key: word.key,
    bits: end - start < LONGEST && isInAddress(text, start, end) ? IS.noName : word.bits,
    shape: word.shape,
    isPossessive: word.isPossessive,
    joint: JOINT.stop,
    isFirst: false,
    isLine: false,
    isHeadline: false,
  };
}

type Word = Pick<Token, 'key' | 'bits' | 'shape' | 'isPossessive'>;

const wordOf = rememberingWords(readWord);

function readWord(written: string): Word {
  const isLong = written.length === LONGEST;
  const isPossessive = !isLong && /[’'][sS]$/.test(written);
  const word = isPossessive ? written.slice(0, -2) : written;
  const bare = word.replace(/[’']/g, '');
  const key = keyOf(bare);
  if (isLong) return { key, bits: 0, shape: 'lower', isPossessive };
  // `Nestlé` is no word, though `nestle` is.
  const mask = bare.length > 1 && key !== bare.toLowerCase() ? ~IS.word : ~0;
  const bits = isContraction(word) ? IS.noName | (key === 'oclock' ? IS.ofDates : 0) : classOf(key) & mask;
  return { key, bits, shape: shapeOf(bare), isPossessive };
}

/** `I'm`, `they've`; but `O'Brien`. */
function isContraction(word: string): boolean {
  return /[’']\p{Ll}/u.test(word);
}

/** Within a mail address, a link, a handle or a file's name. */
function isInAddress(text: string, start: number, end: number): boolean {
  // Nearly all words have blanks around them.
  const [before, behind] = [unitAt(text, start - 1), unitAt(text, end)];
  if (before === 32 && behind === 32) return false;
  if (before === AT || before === SLASH || before === LOW_LINE || behind === AT || behind === LOW_LINE) return true;
  if ((behind !== DOT && before !== DOT) || end - start === 1) return false;
  return kindAt(text, behind === DOT ? end + 1 : start - 2) === LETTER;
}

const [AT, SLASH, LOW_LINE, DOT] = Array.from('@/_.', (char) => char.charCodeAt(0));

function shapeOf(word: string): Shape {
  if (/\d/.test(word)) return 'number';
  const lower = word.toLowerCase();
  if (word === lower) return 'lower';
  if (word === word.toUpperCase()) return word.length > 1 ? 'caps' : 'capital';
  if (word.charAt(0) === lower.charAt(0)) return 'mixed';
  const rest = word.slice(1);
  if (rest === lower.slice(1)) return 'capital';
  // `McDonald`, `O'Brien`, `DeSantis` are names; `OpenAI` is none of a person.
  return /^(?:Mc|Mac|O|De|Di|La|Le|Van|Fitz|D)\p{Lu}\p{Ll}+$/u.test(word) ? 'capital' : 'mixed';
}

function jointOf(text: string, from: number, to: number, before: Token): number {
  if (to - from === 1) {
    const only = unitAt(text, from);
    if (only === 32) return JOINT.space;
    if (only === 45) return JOINT.hyphen;
    // `J.P. Oduya`; but `U.S.`
    if (only === 46) return isInitials(text, to, before) ? JOINT.initial : JOINT.other;
  } else if (to - from === 2 && unitAt(text, from + 1) === 32) {
    const first = unitAt(text, from);
    if (first === 44) return JOINT.comma;
    if (first === 46) return isAbbreviation(before) ? JOINT.initial : JOINT.stop;
  }
  const gap = text.slice(from, Math.min(to, from + 8));
  if (to - from > 8 || /[\n\r!?:;"“”„«»>•*|(){}[\]—]/.test(gap)) return JOINT.stop;
  const bare = gap.trim();
  if (bare === '') return JOINT.space;
  if (bare === '‑' || bare === '‐') return JOINT.hyphen;
  if (bare === '.') return isAbbreviation(before) ? JOINT.initial : JOINT.stop;
  if (bare === '&') return JOINT.ampersand;
  if (bare === ',') return JOINT.comma;
  return /['‘’]/.test(gap) ? JOINT.stop : JOINT.other;
}

function isInitials(text: string, at: number, { start, end, shape, key }: Token): boolean {
  return end - start === 1 && shape === 'capital' && key !== 'u' && key !== 'e' && /^\p{Lu}/u.test(text.charAt(at));
}

const ABBREVIATIONS = new Set('st no vs jr sr inc ltd co corp etc eg ie pvt pte sdn bros ul avda'.split(' '));

function isAbbreviation({ key, start, end, shape }: Token): boolean {
  if (shape === 'number') return false;
  return end - start === 1 || (end - start <= 4 && (TITLES.has(key) || ABBREVIATIONS.has(key)));
}

const PREPOSITIONS = new Set(
  'from with into onto over after upon about amid amidst against during through under before between without toward towards among that than when while where which this versus following because'.split(
    ' ',
  ),
);
const CAPITALISED_ANYWAY = IS.given | IS.surname | IS.title | IS.head | IS.form;
const AUXILIARIES = new Set('is was are were has had have been be am'.split(' '));

const SMALL_WORDS = new Set('in on at by for of to as'.split(' '));

/** Behind a colon or a bracket so few words are no headline. */
const ENTRY = 3;

/** `They reported it to the Trade and Consumer Protection Commission`: in a headline the second word has a capital, but for small ones. */
function isVerbSecond(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    token.shape === 'lower' &&
    token.joint === JOINT.space &&
    token.key.length > 2 &&
    (token.bits & (IS.word | IS.noName)) === IS.word &&
    !PREPOSITIONS.has(token.key)
  );
}

/** In a headline most ordinary words have a capital. */
function markHeadlines(tokens: Token[]): void {
  for (let from = 0; from < tokens.length; ) {
    let to = from + 1;
    let [words, capitals] = [0, 0];
    while (to < tokens.length && !tokens[to]!.isFirst) {
      const { key, shape, bits } = tokens[to]!;
      // Headlines write `Is` and `Was`.
      if (shape === 'lower' && AUXILIARIES.has(key)) words += 99;
      if (key.length >= 4 && !PREPOSITIONS.has(key) && shape !== 'number' && (bits & IS.word) !== 0) {
        if (shape === 'lower') words++;
        else if (!(bits & CAPITALISED_ANYWAY)) capitals++;
      }
      // `Crashes Into a Line`, `Cited In Court`
      else if (shape === 'capital' && (PREPOSITIONS.has(key) || SMALL_WORDS.has(key))) capitals++;
      to++;
    }
    if (isVerbSecond(tokens[from + 1])) words += 99;
    // `Bill to: Rosewood Catering`
    const isEntry = !tokens[from]!.isLine && to - from <= ENTRY;
    if (!isEntry && capitals >= 2 && capitals >= 4 * words)
      for (let at = from; at < to; at++) tokens[at]!.isHeadline = true;
    from = to;
  }
}
