// A case's own parties by family name and title alone: `王先生`, `小王`, `Mr Wang`, `Officer Black`. In another case these are somebody else.

import { TITLES_BEHIND } from './entities/han-cues.ts';
import { COMPOUND_SURNAMES, hanLexicon } from './entities/han-lexicon.ts';
import { simplified } from './entities/han-traditional.ts';
import { classOf, IS } from './entities/lexicons.ts';
import { wordAt } from './entities/trie.ts';
import { findTerms } from './find-terms.ts';
import { type Finding, firstOfOverlapping } from './finding.ts';
import { tokensOf } from './fold.ts';
import { groups, ideas, unnamed } from './generic.ts';
import { hitsIn } from './hits.ts';
import { isPerson } from './person-names.ts';
import { isFullName } from './phrases.ts';
import type { Reader } from './read-findings.ts';
import type { TermIndex, VaultNames } from './term-index.ts';
import { romanised } from './views/latin.ts';
import { isWord } from './words.ts';

/** Family names, folded; each with what its pseudonym is made of, or nothing where several are called so. */
type Families = Map<string, string | undefined>;

/** Finds what `read` does, and for certain a person of the case by title and family name: what a warning names as well.
 *  @param vault of this case alone */
export function withOwnParties(read: Reader, vault: VaultNames, index: TermIndex): Reader {
  const { han, latin } = familiesIn(vault, index);
  if (han.size + latin.size === 0) return read;
  // Few texts name a party so: an expression is made for those that have the family name at all.
  let inHan: RegExp | undefined;
  let inLatin: RegExp | undefined;
  const ofHan = () => (inHan ??= hanPattern(han));
  const ofLatin = () => (inLatin ??= latinPattern(latin));
  return (text) => {
    const own: Finding[] = [];
    if (hasAny(han, simplified(text))) own.push(...inChinese(text, ofHan(), han));
    if (hasAny(latin, text.toLowerCase())) own.push(...inWestern(text, ofLatin(), latin));
    return own.length === 0 ? read(text) : firstOfOverlapping([...own, ...read(text)]);
  };
}

function hasAny(families: Families, text: string): boolean {
  return families.size > 0 && [...families.keys()].some((family) => text.includes(family));
}

function familiesIn(vault: VaultNames, index: TermIndex): { han: Families; latin: Families } {
  const han: Families = new Map();
  const latin: Families = new Map();
  const { reporter = [], developer = [], deployer = [], customers = [], harmed = [] } = vault;
  const others = [...developer, ...deployer, ...customers].filter((party) => {
    const tokens = tokensOf(party);
    return isPerson(tokens) || isFullName(tokens);
  });
  for (const person of [...reporter, ...harmed, ...others]) {
    const name = findTerms(person, index)[0]?.term.name;
    if (name === undefined) continue;
    // Whoever is known by the family name alone is found by it in all cases.
    const put = (families: Families, family: string) => {
      if (findTerms(capital(family), index).length > 0) return;
      families.set(family, families.has(family) && families.get(family) !== name ? undefined : name);
    };
    const family = hanFamily(simplified(person.trim()));
    if (family !== undefined) put(han, family);
    const written = family === undefined ? latinFamilies(person) : romanised(family);
    for (const one of written) put(latin, one.replaceAll(' ', ''));
  }
  return { han, latin };
}

function hanFamily(name: string): string | undefined {
  if (!/^\p{sc=Han}{2,4}$/u.test(name)) return undefined;
  if (name.length > 2 && COMPOUND_SURNAMES.has(name.slice(0, 2))) return name.slice(0, 2);
  return name.length < 4 && hanLexicon().surname.has(name.charCodeAt(0)) ? name.charAt(0) : undefined;
}

/** Of a full name the last word, and where the first may be a family name as well, that: `Wang Xiaoming`. */
function latinFamilies(person: string): string[] {
  const [, last, rest] = /^([^,]+), ([^,]+)$/.exec(person) ?? [];
  const tokens = tokensOf(last === undefined ? person : `${rest} ${last}`);
  const [first = ''] = tokens;
  const isName = (token: string) =>
    /^\p{L}+$/u.test(token) && ![groups, ideas, unnamed].some((words) => words.has(token));
  if (tokens.length < 2 || tokens.length > MAX_TOKENS || !tokens.every(isName)) return [];
  const is = (token: string, bits: number) => (classOf(token) & bits) !== 0;
  if (!tokens.some((token) => is(token, IS.given)) && tokens.some(isWord)) return [];
  const isTurned = is(first, IS.surname) && !is(first, IS.given);
  return [tokens.at(-1)!, ...(isTurned ? [first] : [])].filter((token) => token.length > 1);
}

const MAX_TOKENS = 4;

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const anyOf = (words: Iterable<string>) => [...words].sort((a, b) => b.length - a.length).join('|');

const BEHIND = `某[某甲乙丙丁]?|${anyOf(TITLES_BEHIND)}`;

function hanPattern(families: Families): RegExp {
  return new RegExp(`([老小阿]?)(${anyOf(families.keys())})(${BEHIND})?`, 'g');
}

function inChinese(written: string, pattern: RegExp, families: Families): Finding[] {
  const text = simplified(written);
  const { wordsFrom } = hanLexicon();
  const isWordAt = (from: number, to: number) =>
    from >= 0 && to <= text.length && wordAt(wordsFrom, text, from, to) !== undefined;
  return hitsIn(text, pattern).flatMap(({ index, 0: all, 1: familiar = '', 2: family = '', 3: title = '' }) => {
    if (familiar === '' && title === '') return [];
    const [start, end] = [index + familiar.length, index + all.length];
    // `国王先生`, `小王子`, `老王朝`, `王总共`, `王工作`
    const isOther =
      (familiar === '' && isWordAt(start - 1, start + family.length)) ||
      (title === '' && (/[子朝国府宫]/.test(text.charAt(end)) || isWordAt(index, end + 1))) ||
      (title.length === 1 && title !== '某' && isWordAt(end - 1, end + 1));
    return isOther ? [] : [ownFinding(index, end, families.get(family))];
  });
}

/** `Mr. Wang`, `mrs green`, `Wang先生`; each title is looked up. */
function latinPattern(families: Families): RegExp {
  const names = anyOf(families.keys());
  return new RegExp(
    `(?<![\\p{sc=Latn}\\p{N}])(?:(\\p{sc=Latn}{2,16})\\.?[ \\u00a0]{1,2}(${names})(?![\\p{L}\\p{N}])|(${names}) ?(?:${BEHIND}))`,
    'giu',
  );
}

function inWestern(text: string, pattern: RegExp, families: Families): Finding[] {
  return hitsIn(text, pattern).flatMap(({ index, 0: all, 1: title = '', 2: family = '', 3: other = '' }) => {
    const end = index + all.length;
    const name = families.get((family + other).toLowerCase());
    if (other !== '') return [ownFinding(index, end, name)];
    const isTitle = (classOf(title.toLowerCase()) & IS.title) !== 0;
    const isName = /^\p{Lu}/u.test(family) || /^(?:mr|mrs|ms|dr)$/.test(title);
    return isTitle && isName && !isFurtherNamed(text, end) ? [ownFinding(index, end, name)] : [];
  });
}

/** `Mr. Wang Lei`, `Officer Black Hawk`: somebody else. */
function isFurtherNamed(text: string, end: number): boolean {
  const next = /^[ \u00a0-](\p{Lu}\p{Ll}+)/u.exec(text.slice(end, end + 30))?.[1]?.toLowerCase();
  return next !== undefined && (!isWord(next) || (classOf(next) & (IS.given | IS.surname)) !== 0);
}

function ownFinding(start: number, end: number, name: string | undefined): Finding {
  return { start, end, kind: 'person', confidence: 1, reason: 'own-party', ...(name !== undefined && { name }) };
}
