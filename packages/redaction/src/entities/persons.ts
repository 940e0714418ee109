// Whether a few capitalised words are a person, or an organisation that nothing but its place in the sentence tells from one.
import type { Finding } from '../finding.ts';
import {
  FIRST_NAMES,
  HEADLINE_NOUNS,
  NO_NAMES,
  PARTICLES,
  PLACE_CUES,
  PRODUCTS,
  TECHNICAL,
  TITLES,
  WEAK_TITLES,
  WORD_NAMES,
  WORDS_TOO,
} from './cues.ts';
import { isBehindCue, isHuman, kindAround, spacedKey } from './kind-around.ts';
import { IS, isCity } from './lexicons.ts';
import { isCompanyByItself, isLabelled } from './organisations.ts';
import { JOINT, type Token } from './tokens.ts';

/** @param start of words that may be names, `end` behind the last */
export function personIn(tokens: readonly Token[], start: number, end: number): Finding | undefined {
  const title = titleBefore(tokens, start);
  if (tokens[start]!.isHeadline) return inHeadline(tokens, start, end, title);
  // `Jira AISAFE-1204`
  if (isNumberBehind(tokens, end)) return end - start > 1 ? personIn(tokens, start, end - 1) : undefined;
  const words = tokens.slice(start, end).filter((token) => !isParticle(token));
  const names = words.filter((token) => token.key.length > 1);
  if (names.length === 0) return undefined;
  if (title !== undefined) return named(tokens, start, end, 'person', title === 'weak' ? 0.7 : 0.9, 'title');
  if (names.length === 1 && words.length === 1) return single(tokens, start, end);
  return several(tokens, start, end, names);
}

/** The title before a name; `weak` is one that begins other things as well. */
export function titleBefore(tokens: readonly Token[], at: number): 'title' | 'weak' | undefined {
  const before = tokens[at - 1];
  if (
    before === undefined ||
    tokens[at]!.joint > JOINT.initial ||
    tokens[at]!.joint === JOINT.hyphen ||
    before.isPossessive
  )
    return undefined;
  // `Dr. de Keijzer`
  if (BEFORE_NAMES.has(before.key) && before.shape === 'lower') return titleBefore(tokens, at - 1);
  if (!TITLES.has(before.key)) return undefined;
  return WEAK_TITLES.has(before.key) || before.shape === 'lower' ? 'weak' : 'title';
}

function several(tokens: readonly Token[], start: number, end: number, names: readonly Token[]): Finding | undefined {
  const first = names[0]!;
  if (isPair(tokens, start, end) && !isHuman(tokens, start, end))
    return named(tokens, start, end, 'organisation', 0.6, 'pair');
  // `Will Anna come`, `Ask Anna`: the first word of a sentence is one more often than a name.
  const isVerb = !(first.bits & IS.given) || WORDS_TOO.has(first.key);
  if (first.isFirst && isWord(first) && isVerb && names.slice(1).some(isGiven)) return personIn(tokens, start + 1, end);
  // `J. Ramirez`; but `U.S. Customs`.
  if (
    isInitial(tokens[start]!) &&
    tokens[start + 1]!.joint === JOINT.initial &&
    names.every(isLastName) &&
    tokens[start - 1]?.key !== 'u'
  )
    return named(tokens, start, end, 'person', 0.8, 'initial');
  // `Ji-woo Park`
  if (tokens[start + 1]!.joint === JOINT.hyphen && tokens[start + 1]!.shape === 'lower')
    return named(tokens, start, end, 'person', 0.8, 'name-list');
  // `Google Gemini`, `Tesla Model S`: what it sells tells whose it is.
  const isLast = ({ bits }: Token) => (bits & IS.surname) !== 0;
  if (first.bits & IS.company && !(isGiven(first) && names.slice(1).some(isLast)) && !isHuman(tokens, start, end))
    return named(tokens, start, end, 'organisation', 0.7, 'name-list');
  if (isCompound(tokens.slice(start, end))) return undefined;
  const kind = kindAround(tokens, start, end);
  if (isLabelled(tokens, start)) return named(tokens, start, end, 'organisation', 0.7, 'label');
  if (end - start === 2 && tokens[start + 1]!.joint === JOINT.hyphen && kind === 'organisation')
    return named(tokens, start, end, 'organisation', 0.6, 'cue');
  // `California DMV`
  const last = names.at(-1)!;
  if (
    last.shape === 'caps' &&
    names.length === 2 &&
    first.shape === 'capital' &&
    !isKnownName(last) &&
    first.bits & (IS.city | IS.country | IS.surname) &&
    !(first.bits & IS.given && kind === 'person') &&
    last.key.length < 6
  )
    return named(tokens, start, end, 'organisation', 0.6, 'acronym');
  if (names.some(isGiven)) return named(tokens, start, end, 'person', 0.9, 'name-list');
  const places = names.filter(({ bits }) => (bits & (IS.city | IS.country)) !== 0 && !(bits & IS.surname));
  // `Li Xiuying`: a surname and what a town is called too.
  // `Xiuying Haddad`
  const isOnlyCity = places[0] === first && places.length === 1 && !(first.bits & (IS.country | IS.word));
  const isNamesake = isOnlyCity && isFamilyName(names.at(-1)!) && !PLACE_CUES.has(tokens[start - 1]?.key ?? '');
  if (isNamesake) return named(tokens, start, end, kind ?? 'person', 0.6, 'name-list');
  const isTown =
    places.length > 1 || places[0] === first || !isKnownName(first) || PLACE_CUES.has(tokens[start - 1]?.key ?? '');
  if (places.length > 0 && (isTown || isWord(first))) return undefined;
  const words = names.filter(isWord);
  if (words.length === names.length) {
    if (!(first.bits & IS.given) || !((names.at(-1)!.bits & IS.surname) !== 0 || kind === 'person')) return undefined;
    return named(tokens, start, end, 'person', first.isFirst ? 0.5 : 0.6, 'name-list');
  }
  const known = names.filter((token) => (token.bits & (IS.given | IS.surname)) !== 0);
  if (known.length > 0) return named(tokens, start, end, kind ?? 'person', 0.8, 'name-list');
  return named(tokens, start, end, kind ?? 'person', 0.6, 'capitals');
}

/** `Wi-Fi`, `X-Api-Key` */
function isCompound(words: readonly Token[]): boolean {
  if (words.some(({ joint }, nth) => nth > 0 && joint !== JOINT.hyphen)) return false;
  if (NO_NAMES.has(words.map(({ key }) => key).join(''))) return true;
  const isNone = ({ key }: Token) => NO_NAMES.has(key);
  return words.some(isNone) && words.every((word) => isNone(word) || isWord(word) || isInitial(word));
}

function isFamilyName({ bits }: Token): boolean {
  return (bits & (IS.surname | IS.word | IS.city | IS.country | IS.company | IS.head)) === IS.surname;
}

function isNumberBehind(tokens: readonly Token[], end: number): boolean {
  return tokens[end - 1]!.shape === 'caps' && tokens[end]?.joint === JOINT.hyphen && tokens[end]!.shape === 'number';
}

/** `Weeks-Rivas`: without a given name before it more often a firm than a person. */
function isPair(tokens: readonly Token[], start: number, end: number): boolean {
  // `Hye-jin` is a given name.
  if (end - start !== 2 || tokens[start + 1]!.joint !== JOINT.hyphen || tokens[start + 1]!.shape === 'lower')
    return false;
  return (
    !FIRST_NAMES.has(tokens[start]!.key) && [tokens[start]!, tokens[start + 1]!].every(({ bits }) => bits & IS.surname)
  );
}

function single(tokens: readonly Token[], start: number, end: number): Finding | undefined {
  const token = tokens[start]!;
  const kind = kindAround(tokens, start, end);
  const isKnown = (token.bits & (IS.given | IS.surname)) !== 0;
  // `VIN 1HGCM82633A004352`: the label of a number.
  const isLabel = token.shape === 'caps' && token.key.length < 5 && tokens[end]?.shape === 'number';
  if (isLabel && tokens[end]!.key.length > 5) return undefined;
  if (token.shape === 'caps' && TECHNICAL.has(token.key)) return undefined;
  // `The Mayor said`, `Dear Sir`
  if (token.bits & IS.title && (tokens[start - 1]?.key === 'the' || /^(?:sir|madam)$/.test(token.key)))
    return undefined;
  // `Claude 3.5 Sonnet`, `Traceback … ValueError: bad input`
  if (isVersionBehind(tokens, end) || (token.shape === 'mixed' && /(?:error|exception|warning)$/.test(token.key)))
    return undefined;
  if (isWord(token)) {
    const isSaying =
      (token.bits & IS.given) !== 0 && /^(?:said|told|asked|wrote|replied)$/.test(spacedKey(tokens[end]));
    const isPerson = kind === 'person' && isKnown && (!token.isFirst || isSaying);
    if (isPerson) return named(tokens, start, end, 'person', 0.6, 'cue');
    // `Christmas Eve`
    const isBehindName = token.joint === JOINT.space && /^(?:capital|caps|mixed)$/.test(tokens[start - 1]?.shape ?? '');
    const isName =
      token.shape === 'capital' && !token.isFirst && kind === undefined && WORD_NAMES.has(token.key) && !isBehindName;
    return isName ? named(tokens, start, end, 'person', 0.5, 'name-list') : undefined;
  }
  if (token.bits & IS.country) return undefined;
  // `Le 3 mars`
  if (PARTICLES.has(token.key) && token.isFirst && tokens[end]?.shape === 'number') return undefined;
  // `a Cairo court`: no person stands behind an article and before a noun.
  if (token.bits & IS.city && isAttribute(tokens, start)) return undefined;
  if (
    token.bits & IS.city &&
    (standsAsPlace(tokens, start) || !isKnown) &&
    (kind !== 'person' || !(token.bits & IS.given))
  )
    return undefined;
  if (token.bits & IS.company && !isHuman(tokens, start, end)) return undefined;
  if (isCompanyByItself(tokens, end)) return named(tokens, start, end, 'organisation', 0.7, 'cue');
  if (isLabelled(tokens, start)) return named(tokens, start, end, 'organisation', 0.7, 'label');
  if (token.shape === 'caps' && isBehindThe(tokens, start) && !isAttributive(tokens, start))
    return named(tokens, start, end, 'organisation', 0.5, 'acronym');
  if (token.bits & IS.given) return named(tokens, start, end, 'person', 0.8, 'name-list');
  if (isKnown) return named(tokens, start, end, kind ?? 'person', 0.7, 'name-list');
  if (token.shape === 'caps') {
    if (kind === undefined && !isSubject(tokens, start)) return undefined;
    return named(tokens, start, end, isHuman(tokens, start, end) ? 'person' : 'organisation', 0.5, 'acronym');
  }
  if (token.bits & IS.brand || token.shape === 'mixed') {
    // `DeepNurse told`: programs speak as well.
    const isTwo = (token.bits & IS.brand) !== 0 && token.shape === 'mixed';
    const isPerson = isTwo ? isBehindCue(tokens, start) : isHuman(tokens, start, end);
    return named(tokens, start, end, isPerson ? 'person' : 'organisation', 0.6, 'brand');
  }
  if (standsAsPlace(tokens, start) && kind === undefined) return undefined;
  // `Gaussian noise`
  if (
    kind === undefined &&
    token.key.endsWith('ian') &&
    /\p{L}/u.test(spacedKey(tokens[end])) &&
    !VERB.test(spacedKey(tokens[end]))
  )
    return undefined;
  if (kind !== undefined) return named(tokens, start, end, kind, 0.6, 'cue');
  const isCompany =
    standsAlone(tokens, start, end) ||
    (isBehindThe(tokens, start) && !isAttributive(tokens, start)) ||
    isProduct(tokens, start, end) ||
    (token.bits & IS.unlike) !== 0;
  return named(tokens, start, end, isCompany ? 'organisation' : 'person', 0.5, 'capitals');
}

/** `3.5`, `8x7B` */
function isVersionBehind(tokens: readonly Token[], end: number): boolean {
  const [whole, part] = [tokens[end], tokens[end + 1]];
  if (whole?.joint === JOINT.space && /^\d{1,3}(?:x\d{1,3})?b$/.test(whole.key)) return true;
  return (
    whole?.joint === JOINT.space &&
    part?.joint === JOINT.other &&
    part.start === whole.end + 1 &&
    /^\d{1,2}$/.test(whole.key) &&
    /^\d{1,2}$/.test(part.key)
  );
}

/** `The RSPCA took`, `LVMH denies`. */
function isSubject(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at]!, tokens[at + 1]];
  const isBegun = token.isFirst || isBehindThe(tokens, at);
  return isBegun && next?.joint === JOINT.space && next.shape === 'lower' && VERB.test(next.key);
}

const VERB =
  /(?:ed|[^s]s|^(?:had|heard|took|gave|went|sent|told|won|lost|found|made|ran|saw|got|met|held|left|paid|kept|began|will|can|could|would|should|did|cut|shut|set))$/;

/** `the RAG pipeline`: a small word behind that is no verb and joins nothing. */
function isAttributive(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next?.joint !== JOINT.space || next.shape !== 'lower') return false;
  return !VERB.test(next.key) && !/^(?:and|or|of|in|on|at|for|to|from|with|by|about|but|that|which|as)$/.test(next.key);
}

function isBehindThe(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const isNoun = next?.joint === JOINT.space && next.shape !== 'lower' && next.shape !== 'number';
  return tokens[at]!.joint === JOINT.space && tokens[at - 1]?.key === 'the' && !isNoun;
}

/** `the Ondira LLM Vulnerability scanner`. */
function isProduct(tokens: readonly Token[], start: number, end: number): boolean {
  if (tokens[start]!.joint !== JOINT.space || tokens[start - 1]?.key !== 'the') return false;
  let at = end;
  while (at < end + MOST_BETWEEN && /^cap/.test(tokens[at]?.shape ?? '')) at++;
  const what = tokens[at];
  return what?.joint === JOINT.space && what.shape === 'lower' && PRODUCTS.has(what.key);
}

const MOST_BETWEEN = 3;

/** A given name that is no word, and behind it what is no word either, or a title before it. */
function inHeadline(
  tokens: readonly Token[],
  start: number,
  end: number,
  title: 'title' | 'weak' | undefined,
): Finding | undefined {
  for (let at = start; at < end; at++) {
    const token = tokens[at]!;
    const isTitled =
      at === start && (title === 'title' ? !isWord(token) || isKnownName(token) : title === 'weak' && isGiven(token));
    if ((token.bits & IS.title && token.key.length > 4) || (isTitled && HEADLINE_NOUNS.has(token.key))) continue;
    if (!isTitled && (!isGiven(token) || token.bits & (IS.country | IS.company) || isInPlace(tokens, at))) continue;
    let to = at + 1;
    while (to < end && (!isWord(tokens[to]!) || isInitial(tokens[to]!)) && !tokens[to - 1]!.isPossessive) to++;
    while (to > at + 1 && isParticle(tokens[to - 1]!)) to--;
    if (to === at + 1 && to < end && !token.isPossessive && !(token.bits & IS.city) && isSurnameAndWord(tokens[to]!))
      to++;
    const hasLast = tokens.slice(at + 1, to).some((name) => name.key.length > 1 && isLastName(name));
    if (hasLast) return named(tokens, at, to, 'person', 0.75, 'name-list');
    if (isTitled) return named(tokens, at, to, 'person', 0.75, 'title');
  }
  return undefined;
}

/** `in Palma de Mallorca`. */
function isInPlace(tokens: readonly Token[], at: number): boolean {
  return (tokens[at]!.bits & IS.city) !== 0 && PLACE_CUES.has(tokens[at - 1]?.key ?? '');
}

function isLastName({ bits }: Token): boolean {
  return (
    !(bits & (IS.company | IS.country)) && ((bits & (IS.surname | IS.given)) !== 0 || !(bits & (IS.city | IS.word)))
  );
}

/** `Swift`, `Finch`: not what is an ordinary word by its ending, `Plays`, `Banned`. */
function isSurnameAndWord({ bits, key }: Token): boolean {
  return (bits & IS.surname) !== 0 && key.length > 2 && !HEADLINE_NOUNS.has(key) && !/(?:s|ed|ing)$/.test(key);
}

/** Alone on its line, as in a signature. */
function standsAlone(tokens: readonly Token[], start: number, end: number): boolean {
  return tokens[start]!.isLine && start > 0 && (tokens[end]?.isLine ?? true);
}

const ARTICLES = new Set('a an the two three several some many another'.split(' '));

function isAttribute(tokens: readonly Token[], at: number): boolean {
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  return (
    before !== undefined &&
    tokens[at]!.joint === JOINT.space &&
    ARTICLES.has(before.key) &&
    next?.joint === JOINT.space &&
    next.shape === 'lower' &&
    !(next.bits & IS.noName)
  );
}

/** `in X`, `X, France`. */
function standsAsPlace(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (isBehindPlaceCue(tokens, at) || isListedWithPlaces(tokens, at)) return true;
  return next?.joint === JOINT.comma && next.shape !== 'lower' && standsForPlace(next);
}

function isBehindPlaceCue(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.joint === JOINT.space && PLACE_CUES.has(tokens[at - 1]?.key ?? '');
}

/** At most so many are in a list. */
const LISTED = 6;

/** `in Lyon, Marseille and X`, `near Los Angeles or X` */
function isListedWithPlaces(tokens: readonly Token[], at: number): boolean {
  let item = at;
  for (let nth = 1; nth < LISTED; nth++) {
    const isAnd = /^(?:and|or)$/.test(tokens[item - 1]?.key ?? '') && tokens[item]!.joint === JOINT.space;
    if (!isAnd && tokens[item]!.joint !== JOINT.comma) return false;
    item -= isAnd ? 2 : 1;
    if (item < 0 || (isAnd && tokens[item + 1]!.joint > JOINT.comma)) return false;
    if (item > 0 && isCity(`${tokens[item - 1]!.key} ${tokens[item]!.key}`)) item--;
    else if (!(tokens[item]!.bits & (IS.city | IS.country)) || tokens[item]!.shape === 'lower') return false;
    // `in the UK, London and X`
    const first = tokens[item - 1]?.key === 'the' ? item - 1 : item;
    if (isBehindPlaceCue(tokens, first)) return true;
  }
  return false;
}

function standsForPlace({ bits }: Token): boolean {
  return (bits & IS.country) !== 0 || (bits & (IS.city | IS.given | IS.surname)) === IS.city;
}

const BEFORE_NAMES = new Set(
  'van der den von zu del della bin ibn de la le du da di dos ben abu el al ter ten'.split(' '),
);

function named(
  tokens: readonly Token[],
  start: number,
  end: number,
  kind: 'person' | 'organisation',
  confidence: number,
  reason: string,
): Finding {
  const suffix = tokens[end]?.joint === JOINT.space && /^(?:ii|iii|iv|jr|sr)$/.test(tokens[end]!.key) ? 1 : 0;
  let first = start;
  // `van der Meulen`
  while (
    kind === 'person' &&
    first > 0 &&
    tokens[first]!.joint === JOINT.space &&
    BEFORE_NAMES.has(tokens[first - 1]!.key) &&
    tokens[first - 1]!.shape === 'lower'
  )
    first--;
  return { start: tokens[first]!.start, end: tokens[end - 1 + suffix]!.end, kind, confidence, reason };
}

/** A given name and no ordinary word. */
function isGiven({ bits, key }: Token): boolean {
  return (bits & (IS.given | IS.word | IS.noName)) === IS.given && key.length > 2;
}

function isKnownName({ bits }: Token): boolean {
  return (bits & (IS.given | IS.surname)) !== 0;
}

function isWord({ bits }: Token): boolean {
  return (bits & IS.word) !== 0;
}

function isInitial({ key }: Token): boolean {
  return key.length === 1;
}

function isParticle({ key, shape }: Token): boolean {
  return shape === 'lower' && PARTICLES.has(key);
}
