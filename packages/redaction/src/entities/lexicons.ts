// What a Latin word may be, by the lists in data/entities: a given name, a surname, an ordinary word, a city, a company. The lists are
// read when the first text is, not when the package is loaded.
import { readFileSync } from 'node:fs';
import { isPlace, placeBeginnings } from '../places.ts';
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
  beginnings: Set<string>;
};
let lists: Lists | undefined;

/** @param key words with blanks between, folded */
export function isCity(key: string): boolean {
  return read().cities.has(key);
}

/** Whether a city or country of several words may begin with this one. */
export function mayBeginPlace(key: string): boolean {
  return read().beginnings.has(key);
}

/** @param key folded: lower case, without accents
 *  @returns bits of IS; 0 for a word that no list knows */
export function classOf(key: string): number {
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
  lists ??= readLists();
  return lists;
}

function readLists(): Lists {
  const cities = listOf('cities.txt');
  const several = [...cities].filter((city) => city.includes(' '));
  return {
    given: listOf('given-names.txt'),
    surnames: listOf('surnames.txt'),
    words: listOf('more-words.txt'),
    companies: listOf('companies.txt'),
    cities,
    beginnings: new Set([...several.map((city) => city.slice(0, city.indexOf(' '))), ...placeBeginnings()]),
  };
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
