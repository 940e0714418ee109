// A place to its country, where the lists know one, or to a plain word.
import { readFileSync } from 'node:fs';
import { COUNTRIES } from '@detente/record';
import { simplified } from '../entities/han-traditional.ts';
import { keyOf } from '../entities/lexicons.ts';
import { phraseAround } from '../noun-phrases.ts';
import { COUNTRY_OF_REGION } from '../regions.ts';
import { adjectiveFor, attributeFor, isOfCountry } from './adjectives.ts';
import type { Rewrite } from './rewrite.ts';

/** ISO 3166-1 codes by what a place is called, folded. */
type Lists = { cities: ReadonlyMap<string, string>; countries: ReadonlyMap<string, string>; han: ReadonlySet<string> };
let lists: Lists | undefined;

/** What a place says that it is. */
const HEAD =
  / (?:province|county|district|prefecture|oblast|krai|state|city|region|municipality|township|borough|governorate|canton|territory)$|^(?:province|county|district|state|city|region|municipality) of /;
const HEAD_FIRST = /^(?:province|county|district|state|city|region|municipality) of /i;
const COUNTRY_TOO: Readonly<Record<string, string>> = { usa: 'US', 'u.s': 'US', uk: 'GB', russia: 'RU', holland: 'NL' };
const WITH_ARTICLE = new Set('AE BS CF CD DO GB GM IM KM MH MV NL PH SB SC TC US VA'.split(' '));
const PREPOSITION =
  /(?:\b(?:in|at|from|to|near|of|for|across|around|into|outside|within|throughout|and|or|between|inside|over|by|than)|[,(;:]) $/i;
const OF_HISTORY = /\b(?:March on|(?:Battle|Treaty|Siege|Declaration|Congress) of) $/;
const SUFFIX = /(?:省|市|自治区|特别行政区)$/u;

const displayNames = {
  en: new Intl.DisplayNames(['en'], { type: 'region' }),
  zh: new Intl.DisplayNames(['zh'], { type: 'region' }),
};

/** What to write for a place that was found; undefined where it is a country, or more than one, already. */
export function countryFor(
  text: string,
  { start, end }: { start: number; end: number },
  isHan: boolean,
): Rewrite | undefined {
  const place = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 24), start);
  // What happened there is known by it: `the March on Washington`.
  if (OF_HISTORY.test(before)) return undefined;
  if (/\p{sc=Han}/u.test(place)) return hanCountry(place, { start, end });
  const code = codeOf(place);
  if (code === 'country' || isOfCountry(place)) return undefined;
  const behind = text.slice(end, end + 40);
  const isPlain = isHan || HEAD_FIRST.test(place);
  // `an Athens bus`: there are several.
  const adjective = isPlain
    ? undefined
    : code === undefined
      ? attributeFor('local', before, behind)
      : adjectiveFor(code, before, behind);
  if (adjective !== undefined) {
    const { written, article } = adjective;
    if (article === undefined) return { start, end, written };
    return { start: start - article.was.length - 1, end, written: `${article.is} ${written}` };
  }
  if (code === undefined) return { start, end, written: plainPlace(before, behind, isHan) };
  const name = displayNames[isHan ? 'zh' : 'en'].of(code)!;
  const isLead = before === '' || /[.!?]["”’)]?\s+$/.test(before);
  const article = WITH_ARTICLE.has(code) && (PREPOSITION.test(before) || isLead) && !isHan;
  // `the City of Johannesburg`
  const lead = HEAD_FIRST.test(place) ? (/\b[Tt]he $/.exec(before)?.[0].length ?? 0) : 0;
  if (lead > 0 && !isHan) {
    const isFirst = before.charAt(before.length - lead) === 'T';
    const the = WITH_ARTICLE.has(code) ? `${isFirst ? 'The' : 'the'} ` : '';
    return { start: start - lead, end, written: `${the}${name}` };
  }
  const again = end + againLength(code, behind);
  const at = isHan || /^['’]s/.test(behind) || phraseAround('', behind).isAttribute ? undefined : AT.exec(before)?.[0];
  if (at !== undefined) {
    const written = `${/^\p{Lu}/u.test(at) ? 'In' : 'in'} ${WITH_ARTICLE.has(code) ? 'the ' : ''}${name}`;
    return { start: start - at.length, end: again, written };
  }
  return { start, end: again, written: article ? `${isLead ? 'The' : 'the'} ${name}` : name };
}

/** Whether what stands there is a place that the lists know, and not only what somebody there is called by. */
export function isWhere(text: string, { start, end }: { start: number; end: number }): boolean {
  if (!WHERE.test(text.slice(Math.max(0, start - 16), start)) || OWNER.test(text.slice(end, end + 2))) return false;
  const code = codeOf(text.slice(start, end));
  return code !== undefined && code !== 'country';
}

const WHERE = /(?<!\p{L})(?:in|near|across|around|outside|within|throughout) $/iu;
const OWNER = /^['’]s/;

/** One is at an address or on a street, and in a country. */
const AT = /(?<!\p{L})(?:at|on) $/iu;

/** Of `, UK` behind what is in it: the country itself, in letters that no list of places has. */
function againLength(code: string, behind: string): number {
  const again = AGAIN.exec(behind);
  return again !== null && (again[1]!.startsWith('U') && again[1]!.includes('K') ? 'GB' : 'US') === code
    ? again[0].length
    : 0;
}

const AGAIN = /^,? (UK|U\.K\.|USA|US|U\.S\.A\.|U\.S\.)(?![\p{L}\d])/u;

/** The country that a text has at a place, for two that stand side by side and are the same; `the` does not count. */
export function countryAt(text: string): string | undefined {
  const { countries } = read();
  const key = keyOf(text.trim()).replace(/^the /, '');
  return countries.get(key) ?? COUNTRY_TOO[key];
}

function hanCountry(place: string, { start, end }: { start: number; end: number }): Rewrite | undefined {
  const { countries, han } = read();
  const china = place !== simplified(place) ? '中國' : '中国';
  const simple = simplified(place);
  if (countries.has(simple) || simple === '香港' || simple === '澳门') return undefined;
  const bare = simple.replace(SUFFIX, '');
  for (let to = place.length; to >= 2; to--) {
    if (han.has(simple.slice(0, to))) return { start, end, written: china };
  }
  return { start, end, written: han.has(bare) ? china : '某地' };
}

/** By the whole, or by the parts of an address from the last to the first. */
function codeOf(place: string): string | undefined {
  const { cities, countries } = read();
  const known = (part: string) => {
    const key = keyOf(part).replaceAll(/[-.]/g, ' ').replaceAll(/\s+/g, ' ').trim();
    if (countries.has(key) || COUNTRY_TOO[key] !== undefined) return countries.get(key) ?? COUNTRY_TOO[key];
    const bare = key.replace(HEAD, '');
    return COUNTRY_OF_REGION.get(key) ?? cities.get(key) ?? COUNTRY_OF_REGION.get(bare) ?? cities.get(bare);
  };
  if (countryAt(place) !== undefined) return 'country';
  const whole = known(place) ?? known(`${place} City`);
  if (whole !== undefined) return whole;
  const parts = place.split(/[,\n]/).reverse();
  // `Springfield, IL 62704` is in a state of the United States.
  for (const part of parts) {
    const code =
      known(part) ??
      known(part.replace(POSTCODE, ' ')) ??
      (BRITISH_POSTCODE.test(part) ? 'GB' : undefined) ??
      (/^\s*(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) \d{5}/.test(
        part,
      )
        ? 'US'
        : undefined);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** `69002 Lyon`, `Ohio 45501`, `London NW1 6XE` */
const POSTCODE =
  /(?<![\p{L}\d])(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?(?![\p{L}\d])|(?<!\p{L})[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\p{L})/u;
const BRITISH_POSTCODE = /(?<!\p{L})[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\p{L})/u;

function plainPlace(before: string, behind: string, isHan: boolean): string {
  if (isHan) return '某地';
  if (phraseAround(before, behind).isInside) return 'place';
  if (/\b(?:the|this|that|a|an|its|his|her|their|our) $/i.test(before)) return 'place';
  return before === '' || /[.!?]["”’)]?\s+$/.test(before) ? 'A place' : 'a place';
}

function read(): Lists {
  if (lists !== undefined) return lists;
  const cities = new Map<string, string>();
  for (const line of linesOf('city-countries.txt')) {
    for (const city of line.slice(3).split(',')) cities.set(city, line.slice(0, 2));
  }
  const countries = new Map<string, string>();
  for (const names of Object.values(displayNames)) {
    for (const code of COUNTRIES) countries.set(keyOf(names.of(code) ?? code).replaceAll('.', ' '), code);
  }
  const han = new Set(
    linesOf('han-places.txt').flatMap((name) => [name, name.length > 2 ? name.replace(SUFFIX, '') : name]),
  );
  lists = { cities, countries, han };
  return lists;
}

function linesOf(name: string): string[] {
  return readFileSync(new URL(`../../data/entities/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
}
