// What a rule for identifiers is made of.
import type { Finding, FindingKind } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { unitAt } from '../units.ts';

export type Rule = {
  kind: FindingKind;
  /** With flag `g`; safe in linear time: a test checks every one. */
  pattern: RegExp;
  /** Whether a text without it has none of the kind: much quicker to ask first. */
  hint?: RegExp;
  /** The same of how long words there are. */
  least?: Partial<Omit<Runs, 'long' | 'signs'>>;
  /** The same of signs, of which one must be there; of other than Latin letters one of the same block will do. */
  needs?: string;
  /** With flag `g`: what is in every hit, of a kind that has no blanks; only what stands around it without one is read. */
  within?: RegExp;
  /** Whether a hit is one, by what the pattern cannot say. */
  check?: (hit: string, text: string, start: number) => boolean;
  /** The beginning of a hit that is one, where the pattern may take too much. */
  part?: (hit: string) => string;
  /** Words that must stand shortly before it. */
  cue?: RegExp;
  confidence: number;
  reason: string;
};

/** How far before an identifier the word may stand that says what it is. */
const REACH = 48;

export function hasCue(text: string, start: number, cue: RegExp): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  return cue.test(before) || (IN_KEY.test(before) && cue.test(asWords(before)));
}

const IN_KEY = /_|[a-z][A-Z]/;

/** `national_id`, `passportNumber` as a sentence has them. */
export function asWords(key: string): string {
  return key.replace(/_|(?<=[a-z])(?=[A-Z])/g, ' ');
}

/** Every hit of the rules, also those that overlap. */
export function hitsOf(rules: readonly Rule[], text: string, runs: Runs): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) {
    const { hint, least, needs, within } = rule;
    if (least !== undefined && !isAtLeast(runs, least)) continue;
    if (needs !== undefined && !hasOne(runs, needs)) continue;
    const places = within === undefined ? [[0, text.length] as const] : around(text, within);
    if (places.length === 0 || hint?.test(text) === false) continue;
    for (const [from, to] of places) addHits(rule, text, from, to, found);
  }
  return found;
}

function addHits(rule: Rule, text: string, from: number, to: number, found: Finding[]): void {
  const { kind, pattern, part, check, cue, confidence, reason } = rule;
  for (const match of hitsIn(text.slice(from, to), pattern)) {
    const [hit, start] = [part === undefined ? match[0] : part(match[0]), from + match.index];
    if (check !== undefined && !check(hit, text, start)) continue;
    if (cue !== undefined && !hasCue(text, start, cue)) continue;
    found.push({ start, end: start + hit.length, kind, confidence, reason });
  }
}

/** What stands between blanks and has something in it. */
function around(text: string, within: RegExp): [from: number, to: number][] {
  const found: [from: number, to: number][] = [];
  let end = 0;
  for (const { index } of hitsIn(text, within)) {
    if (index < end) continue;
    let from = index;
    while (from > end && !isBlank(unitAt(text, from - 1))) from--;
    end = index + 1;
    while (end < text.length && !isBlank(unitAt(text, end))) end++;
    found.push([from, end]);
  }
  return found;
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0x2029;
}

/** The most characters of a kind that stand together in a text. */
export type Runs = {
  /** Hexadecimal digits. */
  hex: number;
  /** Letters and digits of ASCII. */
  word: number;
  /** The same, and signs that keys have in them, where both a letter and a digit are among them. */
  mixed: number;
  /** Digits and capitals with no more than blanks, full stops, hyphens and the like between them, where a digit is among them. */
  code: number;
  /** Digits in such a run. */
  figures: number;
  /** Of each unit below 256 and each block of 256 units, whether it is there. */
  signs: Uint8Array;
  /** Where the runs stand that may be a vendor's key. */
  long: [from: number, to: number][];
};

const IS = { digit: 1, letter: 2, hex: 4, key: 8, code: 16, coded: 32 } as const;
const KINDS: Readonly<Record<keyof typeof IS, RegExp>> = {
  digit: /\d/,
  letter: /[A-Za-z]/,
  hex: /[0-9a-f]/i,
  key: /[\w!#$%&*+./=?@^~-]/,
  code: /[\dA-Z]/,
  coded: /[\dA-Z .,\-/()+]/,
};
const CLASSES = Uint8Array.from({ length: 256 }, (_, code) =>
  Object.entries(KINDS).reduce(
    (is, [kind, chars]) => is | (code < 128 && chars.test(String.fromCharCode(code)) ? IS[kind as keyof typeof IS] : 0),
    0,
  ),
);

/** `xoxb-` with ten more. */
const SHORTEST_KEY = 15;

/** One pass for what many expressions would each look for from end to end. */
export function runsOf(text: string): Runs {
  const signs = new Uint8Array(512);
  const most: Runs = { hex: 0, word: 0, mixed: 0, code: 0, figures: 0, signs, long: [] };
  let [hex, word, key, seen, code, figures] = [0, 0, 0, 0, 0, 0];
  // Bytes are sooner read than a text's own units; behind the last one there is what ends every run.
  const bytes = Buffer.allocUnsafe(2 * text.length + 2);
  bytes.fill(0, bytes.write(text, 'utf16le'));
  for (let at = 0; at < bytes.length; at += 2) {
    const low = bytes[at]!;
    const high = bytes[at + 1]!;
    const is = high === 0 ? CLASSES[low]! : 0;
    signs[high === 0 ? low : 256 + high] = 1;
    if ((is & IS.hex) !== 0) {
      if (++hex > most.hex) most.hex = hex;
    } else hex = 0;
    if ((is & (IS.letter | IS.digit)) !== 0) {
      if (++word > most.word) most.word = word;
    } else word = 0;
    if ((is & IS.coded) === 0) {
      code = 0;
      figures = 0;
    } else if ((is & IS.code) !== 0) {
      code++;
      figures += is & IS.digit;
      if (figures > most.figures) most.figures = figures;
      if (figures > 0 && code > most.code) most.code = code;
    }
    if ((is & IS.key) !== 0) {
      key++;
      seen |= is;
    } else if (key > 0) {
      if (key >= SHORTEST_KEY) most.long.push([at / 2 - key, at / 2]);
      if (key > most.mixed && (seen & IS.letter) !== 0 && (seen & IS.digit) !== 0) most.mixed = key;
      key = 0;
      seen = 0;
    }
  }
  return most;
}

function isAtLeast(runs: Runs, least: NonNullable<Rule['least']>): boolean {
  return (Object.keys(least) as (keyof typeof least)[]).every((kind) => runs[kind] >= least[kind]!);
}

function hasOne({ signs }: Runs, needs: string): boolean {
  for (let at = 0; at < needs.length; at++) {
    const code = unitAt(needs, at);
    if (signs[code < 256 ? code : 256 + (code >> 8)] === 1) return true;
  }
  return false;
}
