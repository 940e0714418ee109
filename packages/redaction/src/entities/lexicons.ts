// What a Latin word may be, by the lists in data/entities: a given name, a surname, an ordinary word, a city, a company. The lists are
// read when the first text is, not when the package is loaded.
import { readFileSync } from 'node:fs';
import { ORGANISATIONS } from '../organisations.ts';
import { isPlace, placeBeginnings } from '../places.ts';
import { unitAt } from '../units.ts';
import { isWord } from '../words.ts';
import { HEADS, LEGAL_FORMS, NO_NAMES, NO_WORDS, TITLES, WORDS_TOO } from './cues.ts';
import { nameShape } from './name-shape.ts';
import { isInDates } from './named-days.ts';

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
  /** No list has it, and it is two ordinary words in one, or ends as brands do: `Freshmart`, `Medisync`. */
  brand: 1024,
  /** The first word of a well-known organisation's name of several words. */
  begins: 2048,
  /** `and` in several languages. */
  and: 4096,
  /** A city or country of several words may begin with this one. */
  beginsPlace: 8192,
  /** No list has it, and it looks less like a person's name than like a company's. */
  unlike: 16_384,
  /** Stands in dates and times that are told in words. */
  ofDates: 32_768,
} as const;

type Lists = {
  given: Set<string>;
  surnames: Set<string>;
  words: Set<string>;
  companies: Set<string>;
  /** Well-known organisations of several words, without the first, by the first. */
  known: Map<string, string[][]>;
  cities: Set<string>;
  beginnings: Set<string>;
  isUnlike: (key: string) => boolean;
};
let lists: Lists | undefined;

/** @param key words with blanks between, folded */
export function isCity(key: string): boolean {
  return read().cities.has(key);
}

/** How the names of well-known organisations go on that begin with this word. */
export function restOfKnown(key: string): readonly (readonly string[])[] {
  return read().known.get(key) ?? [];
}

/** @param key folded: lower case, without accents
 *  @returns bits of IS; 0 for a word that no list knows */
export function classOf(key: string): number {
  const { given, surnames, words, companies, known, cities, beginnings } = read();
  const bits =
    (given.has(key) ? IS.given : 0) |
    (surnames.has(key) ? IS.surname : 0) |
    (isOrdinary(key, words) ? IS.word : 0) |
    (cities.has(key) ? IS.city : 0) |
    (companies.has(key) ? IS.company : 0) |
    (isPlace(key) ? IS.country : 0) |
    (NO_NAMES.has(key) ? IS.noName : 0) |
    (TITLES.has(key) ? IS.title : 0) |
    (HEADS.has(key) ? IS.head : 0) |
    (LEGAL_FORMS.has(key) ? IS.form : 0) |
    (known.has(key) ? IS.begins : 0) |
    (ANDS.has(key) ? IS.and : 0);
  return (
    bits |
    (beginnings.has(key) ? IS.beginsPlace : 0) |
    (isInDates(key) ? IS.ofDates : 0) |
    (bits === 0 ? bitsOfUnknown(key) : 0)
  );
}

function isOrdinary(key: string, words: ReadonlySet<string>): boolean {
  if (NO_WORDS.has(key)) return false;
  return isWord(key) || words.has(key) || WORDS_TOO.has(key) || (key.endsWith('s') && words.has(key.slice(0, -1)));
}

/** What its letters tell of a word that no list has. */
function bitsOfUnknown(key: string): number {
  if (!/^[a-z]{4,24}$/.test(key) || NAME_ENDS.test(key)) return 0;
  const { words, isUnlike } = read();
  if (GERMAN_HEADS.test(key)) return IS.head;
  if (isBrand(key, words)) return IS.brand | IS.unlike;
  return isUnlike(key) ? IS.unlike : 0;
}

const ANDS = new Set('and und et y e och og en es ve va i'.split(' '));

const BRAND_ENDS =
  /(?:te(?:ch|k)|soft|sys|sync|tronics?|botics?|ware|netics?|data|bank|pay|cloud|desk|mart|labs?|works|corp|med|pharma?|chem|gen|tel|com|net|ify|io|oid|scope|matic|media|nomics|flix|airlines|air|jet|auto|drive|link|hub|cast|gram|book|shop|store|logi[cx]|lytics|sense|wise|gas|oil|energy|solar|health|care|[iey]x|plex|mesh|space|base|sphere|stream|wave)$/;

/** At least so long is each part of a word that is two. */
const PART = 3;

/** Surnames and places that end as words do: `Petersson`, `Oakhaven`. */
const NAME_ENDS =
  /(?:sons?|tons?|ham|fields?|ford|woods?|bergh?|man|land|lander|worth|well|hills?|house|brook|bridge|stone|stead|gate|ville|town|burn|haven|dale|mere|mont|more|shaw|cliff|wick|brand)$/;

/** `Landesamt`, `Verkehrsgericht`. */
const GERMAN_HEADS =
  /.{3}(?:amt|ministerium|verband|verein|klinik|klinikum|kasse|gesellschaft|behorde|zentrum|schule|werke|stiftung|gericht|anstalt)$/;

function isBrand(key: string, words: ReadonlySet<string>): boolean {
  if (key.length < 5) return false;
  if (BRAND_ENDS.test(key)) return true;
  const has = (part: string) => isWord(part) || (part.length > PART && words.has(part));
  for (let at = PART; at <= key.length - PART; at++) {
    if (Math.max(at, key.length - at) > PART && has(key.slice(0, at)) && has(key.slice(at))) return true;
  }
  return false;
}

function read(): Lists {
  lists ??= readLists();
  return lists;
}

function readLists(): Lists {
  const cities = listOf('cities.txt');
  const [given, surnames, words] = [listOf('given-names.txt'), listOf('surnames.txt'), listOf('more-words.txt')];
  const companies = listOf('companies.txt');
  const known = new Map<string, string[][]>();
  for (const name of listOf('known-organisations.txt')) {
    const [first = '', ...rest] = name.split(' ');
    if (rest.length > 0) known.set(first, [...(known.get(first) ?? []), rest]);
    else if (!isWord(name) && !cities.has(name)) {
      companies.add(name);
      words.delete(name); // `Tesla`, which the longer list has as a word
    }
  }
  for (const key of ORGANISATIONS.flatMap(({ names }) => names).map(keyOf)) {
    if (/^[a-z]{3,}$/.test(key) && !(isWord(key) || [given, surnames, words, cities].some((list) => list.has(key))))
      companies.add(key);
  }
  const isUnlike = nameShape(namesOf(given, surnames), companies);
  for (const name of listOf('given-names-abroad.txt')) given.add(name);
  const several = [...cities].filter((city) => city.includes(' '));
  return {
    given,
    surnames,
    words,
    companies,
    known,
    cities,
    isUnlike,
    beginnings: new Set([...several.map((city) => city.slice(0, city.indexOf(' '))), ...placeBeginnings()]),
  };
}

function* namesOf(...lists: Set<string>[]): Generator<string> {
  for (const list of lists) yield* list;
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
  for (let at = 0; at < text.length; at++) if (unitAt(text, at) > 127) return false;
  return true;
}
