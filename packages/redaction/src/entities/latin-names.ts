// Persons, organisations and places in Latin, Greek and Cyrillic letters: runs of capitalised words, read by the lists and by what
// stands around them. In a headline capitals tell nothing, so there a name must be on a list.
import type { Finding } from '../finding.ts';
import { isCountry, isPlace } from '../places.ts';
import { COUNTRY_OF_REGION } from '../regions.ts';
import { streetEnd } from './addresses.ts';
import { capitalisedWords } from './capitalised-words.ts';
import { ACRONYMS, PARTICLES, PLACE_CUES } from './cues.ts';
import { withAmpersand } from './firms.ts';
import { IS, isCity } from './lexicons.ts';
import { lowerCaseName } from './lower-case.ts';
import { organisationsIn } from './organisations.ts';
import { personIn, titleBefore } from './persons.ts';
import { JOINT, type Token } from './tokens.ts';

export function findLatinNames(text: string, tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (!isCapitalised(tokens[at]!)) {
      const lower = lowerCaseName(text, tokens, at);
      if (lower !== undefined) found.push(lower.finding);
      at = lower?.next ?? at + 1;
      continue;
    }
    const end = runEnd(tokens, at);
    readRun(text, tokens, at, end, found);
    at = end;
  }
  return found;
}

export function isCapitalised({ shape }: Token): boolean {
  return shape === 'capital' || shape === 'caps' || shape === 'mixed';
}

/** No name has more words: longer runs are read in pieces, so that each word is looked at a few times only. */
const LONGEST_RUN = 24;

/** Capitalised words, with what is lower case within names between them. */
function runEnd(tokens: readonly Token[], start: number): number {
  let end = start + 1;
  while (end < tokens.length && end < start + LONGEST_RUN && hangsOn(tokens, end)) {
    if (isCapitalised(tokens[end]!) || isSyllable(tokens[end]!)) {
      end++;
      continue;
    }
    let behind = end;
    while (behind - end < 2 && behind < tokens.length && isParticle(tokens, behind)) behind++;
    if (behind === end || behind === tokens.length || !hangsOn(tokens, behind) || !isCapitalised(tokens[behind]!))
      break;
    end = behind + 1;
  }
  return end;
}

/** Of Korean given names, those that are English words as well. */
const SYLLABLES = new Set(
  'woo ho young won sun sung hung song bin jun min jin chan sang dong ran gun mi su hwa fen ling ting fang ping chi'.split(
    ' ',
  ),
);

/** `Hyun-woo`: lower case behind a hyphen. */
function isSyllable({ joint, shape, bits, key }: Token): boolean {
  if (joint !== JOINT.hyphen || shape !== 'lower') return false;
  // `Co-operative`
  if (key === 'operative') return true;
  if (key.length > 6) return false;
  return !(bits & (IS.word | IS.noName)) || SYLLABLES.has(key);
}

function hangsOn(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.joint <= JOINT.ampersand && !tokens[at - 1]!.isPossessive;
}

function isParticle(tokens: readonly Token[], at: number): boolean {
  return PARTICLES.has(tokens[at]!.key) && tokens[at]!.shape === 'lower' && hangsOn(tokens, at);
}

/** Organisations first, then places of several words, then what is left between ordinary words. */
function readRun(text: string, tokens: readonly Token[], start: number, end: number, found: Finding[]): void {
  const taken = new Uint8Array(end - start);
  // What the name before has of this run: `Institute for Advanced Robotics`.
  const behind = found.at(-1)?.end ?? 0;
  let first = start;
  while (first < end && tokens[first]!.start < behind) taken[first++ - start] = 1;
  const take = (from: number, to: number, finding: Finding) => {
    taken.fill(1, Math.max(0, from - start), to - start);
    found.push(finding);
  };
  for (const { from, to, finding } of organisationsIn(text, tokens, first, end)) {
    // The words of an organisation that this run only ends are another run's: `Power and Light Company`.
    while (found.length > 0 && found.at(-1)!.end > finding.start) found.pop();
    take(from, to, finding);
  }
  if (taken.every((is) => is === 0)) {
    const words = withAmpersand(tokens, start, end) ?? capitalisedWords(tokens, start, end);
    if (words !== undefined) take(words.from, words.to, words.finding);
  }
  for (let at = start; at < end; at++) {
    if (taken[at - start] === 1) continue;
    // `María de los Ángeles`
    const length = tokens[at]!.shape === 'lower' ? 1 : cityLength(tokens, at, end, taken, start);
    if (length > 1) {
      const words = tokens.slice(at, at + length);
      // `South Korea` holds no more than `Spain` does.
      const isOne = isCountry(words.map(({ key }) => key).join(' '));
      const [first, last] = [words[0]!, words.at(-1)!];
      take(at, at + length, isOne ? placeOf(first, last, 0.4, 'country') : placeOf(first, last, 0.8, 'place-list'));
      at += length - 1;
    }
  }
  for (let at = start; at < end; ) {
    if (taken[at - start] === 1 || !mayName(tokens, at)) {
      at++;
      continue;
    }
    let to = at + 1;
    while (to < end && taken[to - start] === 0 && (mayName(tokens, to) || isInside(tokens, to, end))) to++;
    while (to > at + 1 && PARTICLES.has(tokens[to - 1]!.key) && tokens[to - 1]!.shape === 'lower') to--;
    readSegment(tokens, at, to, found);
    at = to;
  }
}

function isFamilyNameBehind(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (next?.joint !== JOINT.space || next.shape !== 'capital') return false;
  return (next.bits & (IS.surname | IS.word | IS.head)) === IS.surname;
}

/** Not an ordinary word, or one that is a name as well. */
function mayName(tokens: readonly Token[], at: number): boolean {
  const { bits, shape, key } = tokens[at]!;
  if (isSyllable(tokens[at]!)) return at > 0 && mayName(tokens, at - 1);
  if (shape === 'lower' || shape === 'number') return false;
  // An initial; of `I` only with its dot.
  if (key.length === 1) {
    const next = tokens[at + 1];
    // `J. Ramirez`, `P. van der Berg`
    const hasDot = next?.joint === JOINT.initial && (isCapitalised(next) || PARTICLES.has(next.key));
    return tokens[at]!.isFirst ? hasDot : key !== 'i' || tokens[at + 1]?.joint === JOINT.initial;
  }
  if (isAcronym(tokens, at)) return true;
  // `Jun-ho`
  if (bits & IS.noName && shape === 'capital' && tokens[at + 1] !== undefined && isSyllable(tokens[at + 1]!))
    return true;
  // `Christian Peterson`
  if (key === 'christian' && isFamilyNameBehind(tokens, at)) return true;
  // `Anh-Thu`
  if (bits & IS.noName) return tokens[at]!.joint === JOINT.hyphen && mayBeFirst(tokens[at - 1]!);
  if (
    bits & IS.title &&
    at + 1 < tokens.length &&
    isCapitalised(tokens[at + 1]!) &&
    tokens[at + 1]!.joint !== JOINT.hyphen
  )
    return false;
  if (!(bits & IS.word) || (bits & (IS.given | IS.surname)) !== 0) return true;
  // `Daniela C. Capon`: behind a given name an ordinary word is a last name.
  const before = tokens[at - 1];
  if (before === undefined || tokens[at]!.isHeadline || !hangsOn(tokens, at)) return false;
  return isCapitalised(before)
    ? mayBeFirst(before)
    : PARTICLES.has(before.key) && at > 1 && mayBeFirst(tokens[at - 2]!);
}

/** A body that is known by its letters; not where all is in capitals. */
function isAcronym(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.shape !== 'caps' || !ACRONYMS.has(tokens[at]!.key.toUpperCase())) return false;
  return tokens[at - 1]?.shape !== 'caps' && tokens[at + 1]?.shape !== 'caps';
}

function mayBeFirst({ bits, key }: Token): boolean {
  return key.length === 1 || (bits & (IS.given | IS.word | IS.noName | IS.city | IS.country)) === IS.given;
}

function isInside(tokens: readonly Token[], at: number, end: number): boolean {
  return at + 1 < end && PARTICLES.has(tokens[at]!.key) && tokens[at]!.shape === 'lower';
}

const MOST_WORDS = 4;

/** How many words from here are a city's or country's name; 1 when it is one word or none. */
function cityLength(tokens: readonly Token[], at: number, end: number, taken: Uint8Array, start: number): number {
  if (!(tokens[at]!.bits & IS.beginsPlace)) return 1;
  let key = tokens[at]!.key;
  // Of what an ordinary word begins, as any sentence may, only regions and countries: `Sierra Nevada`.
  const isOpening = (tokens[at]!.bits & IS.word) !== 0 && tokens[at]!.isFirst;
  let longest = 1;
  for (let next = at + 1; next < end && next < at + MOST_WORDS && taken[next - start] === 0; next++) {
    if (tokens[next - 1]!.isPossessive) break;
    key += ` ${tokens[next]!.key}`;
    const isKnown = isOpening
      ? COUNTRY_OF_REGION.has(key) || isCountry(key)
      : isCity(key) || isPlace(key.replaceAll(' ', ''));
    if (isKnown && !titleBefore(tokens, at)) longest = next - at + 1;
  }
  return longest;
}

function readSegment(tokens: readonly Token[], start: number, end: number, found: Finding[]): void {
  const street = titleBefore(tokens, start) === undefined ? streetEnd(tokens, start, end) : undefined;
  if (street !== undefined) {
    found.push(placeOf(tokens[start]!, tokens[street - 1]!, 0.6, 'street'));
    return;
  }
  const person = personIn(tokens, start, end);
  if (person !== undefined) {
    found.push(person);
    return;
  }
  for (let at = start; at < end; at++) {
    const token = tokens[at]!;
    const { bits, shape, key } = token;
    if (shape === 'caps' && ACRONYMS.has(key.toUpperCase())) {
      found.push({ start: token.start, end: token.end, kind: 'organisation', confidence: 0.6, reason: 'acronym' });
    } else if (bits & IS.company && !(bits & IS.word)) {
      found.push({ start: token.start, end: token.end, kind: 'organisation', confidence: 0.7, reason: 'name-list' });
    } else if (bits & IS.country) {
      found.push(placeOf(token, token, 0.4, 'country'));
    } else if (bits & IS.city && (!(bits & IS.word) || isInCity(tokens, at))) {
      found.push(placeOf(token, token, 0.7, 'place-list'));
    } else if (
      shape !== 'lower' &&
      PLACE_CUES.has(tokens[at - 1]?.key ?? '') &&
      !(bits & IS.word) &&
      !token.isHeadline &&
      !isAbbreviation(tokens, at)
    ) {
      found.push(placeOf(token, token, 0.5, 'cue'));
    }
  }
}

/** `via QR codes`, `in X threads`: a letter, or letters before a noun, that are the name of no place. */
function isAbbreviation(tokens: readonly Token[], at: number): boolean {
  const { shape, key } = tokens[at]!;
  if (key.length === 1) return true;
  const next = tokens[at + 1];
  return (
    shape === 'caps' && key.length < 4 && next !== undefined && next.joint === JOINT.space && !isFunctionWord(next)
  );
}

function isFunctionWord({ bits, shape }: Token): boolean {
  return shape === 'lower' && (bits & IS.noName) !== 0;
}

/** `in Berlin`, which is an ordinary word too. */
function isInCity(tokens: readonly Token[], at: number): boolean {
  const { isHeadline, joint } = tokens[at]!;
  return !isHeadline && joint === JOINT.space && PLACE_CUES.has(tokens[at - 1]?.key ?? '');
}

function placeOf(first: Token, last: Token, confidence: number, reason: string): Finding {
  return { start: first.start, end: last.end, kind: 'place', confidence, reason };
}
