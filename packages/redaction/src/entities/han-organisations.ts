// Chinese organisations: what ends as they do, back to where the name begins.
import type { Finding } from '../finding.ts';
import { BRANCHES, BREAKS, DEALINGS, LEADS, ORGANISATION_ENDS, WEAK_ENDS } from './han-cues.ts';
import type { HanToken } from './han-words.ts';
import { type Trie, trieOf } from './trie.ts';

const ends: Trie<true> = trieOf(
  [...ORGANISATION_ENDS].map((word) => [word, true]),
  true,
);
/** Characters of a name before its end. */
const FURTHEST = 20;

export function findHanOrganisations(text: string, tokens: readonly HanToken[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const length = endLength(text, tokens, at);
    if (length === 0) continue;
    const start = startOf(text, tokens, at, length);
    if (start === undefined) continue;
    const { end } = tokens[at]!;
    while (found.length > 0 && found.at(-1)!.start >= start) found.pop();
    const isGoingOn = found.length > 0 && found.at(-1)!.end >= start;
    if (isGoingOn) found.at(-1)!.end = end;
    else found.push({ start, end, kind: 'organisation', confidence: 0.85, reason: 'head' });
  }
  return found;
}

/** How many characters at the token's end are an organisation's: of tokens before it as well. */
function endLength(text: string, tokens: readonly HanToken[], at: number): number {
  const { start, end, class: kind } = tokens[at]!;
  if (kind === 'name' || kind === 'foreign') return 0;
  const first = tokens[0]!.start;
  let length = 0;
  let node: Trie<true> | undefined = ends;
  for (let from = end - 1; from >= first; from--) {
    node = node.next?.get(text.charCodeAt(from));
    if (node === undefined) break;
    if (node.value === true) length = end - from;
  }
  // `全部`, `场所` are words.
  const isWord = end - start - length === 1 && kind !== 'o' && WEAK_ENDS.has(text.slice(end - length, end));
  return isWord ? 0 : length;
}

function startOf(text: string, tokens: readonly HanToken[], at: number, endLength: number): number | undefined {
  const { end } = tokens[at]!;
  const suffix = end - endLength;
  const isLegalForm = endLength >= 4;
  let first = at;
  while (
    first > 0 &&
    end - tokens[first - 1]!.start <= FURTHEST &&
    mayStandBefore(text, tokens[first - 1]!, isLegalForm && tokens[first]!.start >= suffix)
  )
    first--;
  while (first < at && isLead(text, tokens[first]!)) first++;
  // `涉事` is no word of the list.
  while (LEADS.has(text.slice(tokens[first]!.start, tokens[first]!.start + 2)) && tokens[first]!.start + 2 <= suffix)
    first = tokenAfter(tokens, first, tokens[first]!.start + 2);
  if (first > at) return undefined;
  if (tokens[first]!.start >= suffix) return undefined;
  const before = tokens[first - 1];
  const { start } = tokens[first]!;
  const name = tokens.slice(first, at + 1).filter((token) => token.start < suffix);
  const isSpecific = isSpecificName(text, name, suffix);
  const isCompany = endLength >= 4 || BRANCHES.has(text.slice(suffix - 2, suffix));
  if (!isSpecific && !(isCompany && suffix - tokens[first]!.start > 2)) return undefined;
  if (WEAK_ENDS.has(text.slice(suffix, end)) && !isSpecific) return undefined;
  // `向博来汽车`, `对光腾`: a preposition was read as a part of the word or name behind it.
  return before !== undefined && beginsWithBreak(text, before) && end - before.start <= FURTHEST
    ? before.start + 1
    : start;
}

function beginsWithBreak(text: string, { start, end, class: kind, isCommon }: HanToken): boolean {
  return end - start > 1 && BREAKS.has(text.charAt(start)) && (kind === 'name' || (kind === 'v' && !isCommon));
}

function tokenAfter(tokens: readonly HanToken[], at: number, from: number): number {
  let next = at;
  while (next < tokens.length && tokens[next]!.start < from) next++;
  return next;
}

function mayStandBefore(text: string, { start, end, class: kind, hasCue }: HanToken, isTrade: boolean): boolean {
  const word = text.slice(start, end);
  if (end - start === 1) return !BREAKS.has(word);
  if (kind === 'foreign' || kind === 'part' || DEALINGS.has(word)) return false;
  // Brands that read as names: `康盛科技`; but `记者王强`.
  if (kind === 'name') return !hasCue && !BREAKS.has(word.charAt(0));
  // `优途出行有限公司`: a verb may be what the company does.
  if (kind === 'v') return BRANCHES.has(word) || isTrade;
  if (kind === 't') return false;
  if (kind === 'm') return word.startsWith('第');
  return kind !== 'f';
}

function isLead(text: string, { start, end, class: kind }: HanToken): boolean {
  return (
    LEADS.has(text.slice(start, end)) || (kind === 'm' && /[一二两三四五六七八九十几多数]/.test(text.charAt(start)))
  );
}

/** A place, a name of its own, or characters that no word accounts for: `恒 瑞`. */
export function isSpecificName(text: string, name: readonly HanToken[], suffix: number): boolean {
  return name.some((token, nth) => {
    const { start, end, class: kind, isKnown, isRare } = token;
    if (end - start === 1) return !isKnown || kind === 'z' || isBesideSingle(name, nth);
    const isProper = kind === 's' || kind === 'o' || kind === 'z' || kind === 'name' || (kind === 'n' && isRare);
    // Of `保险公司` only the part before the end counts.
    const word = text.slice(start, Math.min(end, suffix));
    return isProper && !LEADS.has(word) && !BRANCHES.has(word);
  });
}

function isBesideSingle(name: readonly HanToken[], at: number): boolean {
  const next = name[at + 1];
  return next !== undefined && next.end - next.start === 1 && next.class !== 'm';
}
