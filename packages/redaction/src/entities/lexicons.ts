// What a Latin word may be, by the lists in data/entities: a given name, a surname, an ordinary word, a city, a company. The lists are
// read when the first text is, not when the package is loaded.
import { readFileSync } from 'node:fs';
import { isPlace } from '../places.ts';
import { isWord } from '../words.ts';
import { HEADS, LEGAL_FORMS, NO_NAMES, TITLES, WORDS_TOO } from './cues.ts';

/** Bits: a word may be several things. */
export const IS = {
  given: 1,
  surname: 2,
  word: 4,
  city: 8,
  company: 16,
  country: 32,
  noName: 64,
  title: 128,
  head: 256,
  form: 512,
} as const;

type Lists = {
  given: Set<string>;
  surnames: Set<string>;
  words: Set<string>;
  companies: Set<string>;
  cities: Set<string>;
};
let lists: Lists | undefined;

/** Texts repeat their words: what was found out about a word is kept. */
const KEPT = 50_000;
const kept = new Map<string, number>();

/** @param key folded: lower case, without accents
 *  @returns bits of IS; 0 for a word that no list knows */
export function classOf(key: string): number {
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size === KEPT) kept.clear();
  const bits = classify(key);
  kept.set(key, bits);
  return bits;
}

/** @param key words with blanks between, folded */
export function isCity(key: string): boolean {
  return read().cities.has(key);
}

function classify(key: string): number {
  const { given, surnames, words, companies, cities } = read();
  return (
    (given.has(key) ? IS.given : 0) |
    (surnames.has(key) ? IS.surname : 0) |
    (isWord(key) || words.has(key) || WORDS_TOO.has(key) || (key.endsWith('s') && words.has(key.slice(0, -1)))
      ? IS.word
      : 0) |
    (cities.has(key) ? IS.city : 0) |
    (companies.has(key) ? IS.company : 0) |
    (isPlace(key) ? IS.country : 0) |
    (NO_NAMES.has(key) ? IS.noName : 0) |
    (TITLES.has(key) ? IS.title : 0) |
    (HEADS.has(key) ? IS.head : 0) |
    (LEGAL_FORMS.has(key) ? IS.form : 0)
  );
}

function read(): Lists {
  lists ??= {
    given: listOf('given-names.txt'),
    surnames: listOf('surnames.txt'),
    words: listOf('more-words.txt'),
    companies: listOf('companies.txt'),
    cities: listOf('cities.txt'),
  };
  return lists;
}

function listOf(name: string): Set<string> {
  const url = new URL(`../../data/entities/${name}`, import.meta.url);
  return new Set(readFileSync(url, 'utf8').trimEnd().split('\n'));
}

const STROKES: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** The word as the lists have it: lower case, without accents. */
export function keyOf(word: string): string {
  const lower = word.toLowerCase();
  if (isAscii(lower)) return lower;
  const bare = lower.normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[øłđðþßæœı]/g, (letter) => STROKES[letter]!);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
