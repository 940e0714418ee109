// Chinese places: provinces, cities and counties by the list, and what ends as districts, streets and house numbers do.
import { COUNTRIES } from '@detente/record';
import type { Finding } from '../finding.ts';
import { BREAKS, PLACE_ENDS, WEAK_PLACE_ENDS } from './han-cues.ts';
import { isSpecificName } from './han-organisations.ts';
import type { HanToken } from './han-words.ts';

/** A house number behind a street, with building, unit and room. */
const NUMBER =
  /[ 　]?\d{1,5}(?:[-—]\d{1,4})?(?:号|弄|巷)(?:院|楼)?(?:\d{1,4}(?:号楼|栋|幢|座|单元|楼|层|室|号)){0,4}/uy;
let regions: ReadonlySet<string> | undefined;

export function findHanPlaces(text: string, tokens: readonly HanToken[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const place = placeAt(text, tokens, at, found.at(-1)?.end);
    if (place === undefined) continue;
    while (found.length > 0 && found.at(-1)!.start >= place.start) found.pop();
    const before = found.at(-1);
    // `浙江省` `杭州市` `文昌路12号` are one place.
    if (before !== undefined && before.end >= place.start && before.reason !== 'country') {
      before.end = place.end;
      before.confidence = Math.max(before.confidence, 0.8);
    } else {
      found.push({ ...place, kind: 'place' });
    }
  }
  return found;
}

type Place = { start: number; end: number; confidence: number; reason: string };

function placeAt(text: string, tokens: readonly HanToken[], at: number, behind: number | undefined): Place | undefined {
  const { start, end, class: kind } = tokens[at]!;
  const word = text.slice(start, end);
  if (PLACE_ENDS.has(word)) return beforeEnd(text, tokens, at, word, behind);
  if (kind !== 's' || end - start < 2) return undefined;
  regions ??= countriesInChinese();
  if (regions.has(word)) return { start, end, confidence: 0.4, reason: 'country' };
  // `杭州市长` is who heads it.
  if (end - start > 2 && /[市县省区镇][长]/u.test(text.slice(end - 1, end + 1)))
    return { start, end: end - 1, confidence: 0.6, reason: 'place-list' };
  return { start, end: numberEnd(text, end), confidence: 0.6, reason: 'place-list' };
}

/** The name before `路`, `区`, `镇` and the like. */
function beforeEnd(
  text: string,
  tokens: readonly HanToken[],
  at: number,
  suffix: string,
  behind: number | undefined,
): Place | undefined {
  const { start, end } = tokens[at]!;
  let first = at;
  while (first > 0 && mayBelong(text, tokens[first - 1]!, tokens.slice(first, at))) first--;
  const name = tokens.slice(first, at);
  const from = tokens[first]!.start;
  // `苏州市` `工业园区`
  if (behind === start && end - start > 1) return { start, end, confidence: 0.7, reason: 'head' };
  if (start - from < 2 && name[0]?.class !== 's') return undefined;
  const to = numberEnd(text, end);
  const isFollowing = behind === from || to > end;
  const isSpecific = isSpecificName(text, name, start) || isFollowing || name[0]?.class === 's';
  if (!isSpecific || (WEAK_PLACE_ENDS.has(suffix) && !isFollowing && name.every(({ class: kind }) => kind === 'n')))
    return undefined;
  return { start: from, end: to, confidence: 0.7, reason: 'head' };
}

/** Two single characters, or one word of two or three. */
function mayBelong(text: string, { start, end, class: kind, hasCue }: HanToken, already: readonly HanToken[]): boolean {
  const length = already.reduce((sum, token) => sum + token.end - token.start, 0);
  if (end - start === 1) return length < 2 && !BREAKS.has(text.slice(start, end)) && kind !== 'm';
  if (length > 1 || end - start > 3) return false;
  if (kind === 'name') return !hasCue;
  if (kind === 's') return !PLACE_ENDS.has(text.charAt(end - 1));
  return length === 0 && (kind === 'n' || kind === 'a' || kind === 'z' || kind === 'v');
}

function numberEnd(text: string, at: number): number {
  if (!/[路街道巷弄同村]/.test(text.charAt(at - 1))) return at;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : at;
}

function countriesInChinese(): Set<string> {
  const names = new Intl.DisplayNames(['zh'], { type: 'region' });
  return new Set([...COUNTRIES].map((code) => names.of(code) ?? ''));
}
