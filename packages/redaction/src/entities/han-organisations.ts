// Chinese organisations: what ends as they do, back to where the name begins.
import type { Finding } from '../finding.ts';
import {
  BRANCHES,
  BREAKS,
  DEALINGS,
  DESCRIPTIONS,
  LEADS,
  NAMED_ENDS,
  ORGANISATION_ENDS,
  ROLES,
  SHORT_ENDS,
  WEAK_ENDS,
} from './han-cues.ts';
import type { HanToken } from './han-words.ts';
import { type Trie, trieOf } from './trie.ts';

const ends: Trie<true> = trieOf(
  [...ORGANISATION_ENDS].map((word) => [word, true]),
  true,
);
/** Characters of an end that is a legal form: `有限公司`. */
const LEGAL = 4;
/** Characters of a name before its end. */
const FURTHEST = 20;

export function findHanOrganisations(text: string, tokens: readonly HanToken[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const length = endLength(text, tokens, at);
    let start =
      (length === 0 ? undefined : startOf(text, tokens, at, length)) ??
      knownStart(text, tokens, at) ??
      shortStart(text, tokens, at);
    if (start === undefined) continue;
    const { end } = tokens[at]!;
    if (length >= LEGAL) start = latinBefore(text, start);
    while (found.length > 0 && found.at(-1)!.start >= start) found.pop();
    const isGoingOn = found.length > 0 && found.at(-1)!.end >= start;
    if (isGoingOn) found.at(-1)!.end = end;
    else found.push({ start, end, kind: 'organisation', confidence: 0.85, reason: 'head' });
  }
  return found;
}

/** `MBP软件科技有限公司` */
function latinBefore(text: string, start: number): number {
  let at = start;
  while (at > 0 && start - at < FURTHEST && /[\w&.-]/.test(text.charAt(at - 1))) at--;
  return /[A-Za-z]/.test(text.charAt(at)) ? at : start;
}

/** A well-known name, with what it is of: `市` `卫健委`. */
function knownStart(text: string, tokens: readonly HanToken[], at: number): number | undefined {
  const { start, isBrand } = tokens[at]!;
  if (!isBrand) return undefined;
  let first = at;
  while (first > 0 && isOf(text, tokens[first - 1]!)) first--;
  return tokens[first]?.start ?? start;
}

function isOf(text: string, { start, end, class: kind }: HanToken): boolean {
  const word = text.slice(start, end);
  return kind === 's' || /^[省市区县州]$|^(?:国家|中央|全国|中国|国际)$/.test(word);
}

/** `星舟科技`: two to four characters that no words account for, and behind them nothing that they would be part of. */
function shortStart(text: string, tokens: readonly HanToken[], at: number): number | undefined {
  const { start, end } = tokens[at]!;
  if (at === 0 || !SHORT_LAST.has(text.charCodeAt(end - 1))) return undefined;
  if (!SHORT_ENDS.has(text.slice(start, end)) || !isEnd(text, tokens[at + 1])) return undefined;
  let first = at;
  while (first > 0 && start - tokens[first - 1]!.start <= BRAND && mayBrand(text, tokens[first - 1]!)) first--;
  first = beforeWith(text, tokens, first, at, start);
  const name = tokens.slice(first, at);
  const isLong = first < at && start - tokens[first]!.start > 1;
  // `换脸软件` is made of common words, `日本汽车` are many.
  const isPlain = /^(?:信息|软件)$/.test(text.slice(start, end)); // `调试信息`
  const isOwn = name.some(
    ({ class: kind, isCommon }) => kind === 'name' || kind === 'z' || (!isCommon && kind !== 's' && !isPlain),
  );
  return isLong && isOwn && isSpecificName(text, name, start) ? tokens[first]!.start : undefined;
}

const BRAND = 4;
const SHORT_LAST = new Set([...SHORT_ENDS].map((word) => word.charCodeAt(word.length - 1)));

function mayBrand(text: string, { start, end, class: kind, hasCue, isCommon }: HanToken): boolean {
  const word = text.slice(start, end);
  if (end - start === 1) return !BREAKS.has(word) && kind !== 'm';
  if (kind === 'name') return !hasCue;
  return !LEADS.has(word) && (kind === 's' || kind === 'z' || kind === 'o' || (kind === 'n' && !isCommon));
}

/** Behind a company's name: what is no noun. */
function isEnd(text: string, next: HanToken | undefined): boolean {
  if (next === undefined) return true;
  const { start, end, class: kind } = next;
  // `光合教育创始人`
  if (ROLES.has(text.slice(start, end))) return true;
  return kind === 'v' || kind === 'f' || kind === 't' || (end - start === 1 && BREAKS.has(text.slice(start, end)));
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
  // `选项所指定`
  const isParticle = length === 1 && text.charAt(end - 1) === '所' && tokens[at + 1]?.class === 'v';
  return isWord || isParticle ? 0 : length;
}

function startOf(text: string, tokens: readonly HanToken[], at: number, endLength: number): number | undefined {
  const { end } = tokens[at]!;
  const suffix = end - endLength;
  const isLegalForm = endLength >= LEGAL;
  let first = at;
  while (
    first > 0 &&
    end - tokens[first - 1]!.start <= FURTHEST &&
    mayStandBefore(
      text,
      tokens[first - 1]!,
      isLegalForm && (tokens[first]!.start >= suffix || tokens[first - 1]!.isRare),
      isLegalForm,
    )
  )
    first--;
  first = beforeWith(text, tokens, first, at, suffix);
  while (first < at && (isLead(text, tokens[first]!) || isRole(text, tokens[first]!, suffix))) {
    if (isLegalForm && isNumberInName(text, tokens[first]!)) break;
    first++;
  }
  // `涉事` is no word of the list.
  while (LEADS.has(text.slice(tokens[first]!.start, tokens[first]!.start + 2)) && tokens[first]!.start + 2 <= suffix)
    first = tokenAfter(tokens, first, tokens[first]!.start + 2);
  if (first > at) return undefined;
  if (tokens[first]!.start >= suffix) return undefined;
  const before = tokens[first - 1];
  const { start } = tokens[first]!;
  const name = tokens.slice(first, at + 1).filter((token) => token.start < suffix);
  const isSpecific =
    isSpecificName(text, name, suffix) || hasLevel(text, name, endLength) || isNamed(text, name, suffix, end);
  const isCompany = endLength >= LEGAL || BRANCHES.has(text.slice(suffix - 2, suffix));
  if (!isSpecific && !(isCompany && suffix - tokens[first]!.start > 2)) return undefined;
  if (WEAK_ENDS.has(text.slice(suffix, end)) && !isSpecific) return undefined;
  // `和泰传媒有限公司` at the beginning of what is said.
  if (isLegalForm && before !== undefined && isOpeningAnd(text, before)) return before.start;
  // `向博来汽车`, `对光腾`: a preposition was read as a part of the word or name behind it.
  return before !== undefined && beginsWithBreak(text, before) && end - before.start <= FURTHEST
    ? before.start + 1
    : start;
}

/** `仁和医院`, `盛和置业`: the word for `and` within a name of two characters. */
function beforeWith(text: string, tokens: readonly HanToken[], first: number, at: number, suffix: number): number {
  const [one, and] = [tokens[first - 2], tokens[first - 1]];
  if (one === undefined || suffix !== and!.end || text.slice(and!.start, and!.end) !== '和') return first;
  const isLone = one.end - one.start === 1 && (one.class === 'n' || one.class === 'a' || one.class === 'z');
  const before = tokens[first - 3];
  const isBegun = before === undefined || before.end - before.start > 1 || before.class === 'f';
  return isLone && isBegun && first <= at && !LEADS.has(text.slice(one.start, one.end)) ? first - 2 : first;
}

/** `县教育局`, `中央美术学院`: of which state or district it is. */
function hasLevel(text: string, name: readonly HanToken[], endLength: number): boolean {
  const word = name[0] === undefined ? '' : text.slice(name[0].start, name[0].end);
  return endLength > 1 && /^(?:[省市区县州镇乡]|中央|国家|全国|中国)$/.test(word);
}

/** `光明中学` */
function isNamed(text: string, name: readonly HanToken[], suffix: number, end: number): boolean {
  const [{ start, end: behind, class: kind } = { start: 0, end: 0, class: 'f' }] = name;
  const word = text.slice(start, behind);
  if (!NAMED_ENDS.has(text.slice(suffix, end)) || behind - start < 2 || behind > suffix) return false;
  return /^[naztv]$/.test(kind) && ![DESCRIPTIONS, LEADS, BRANCHES, ROLES].some((words) => words.has(word));
}

function beginsWithBreak(text: string, { start, end, class: kind, isCommon }: HanToken): boolean {
  return end - start > 1 && BREAKS.has(text.charAt(start)) && (kind === 'name' || (kind === 'v' && !isCommon));
}

function isOpeningAnd(text: string, { start, end }: HanToken): boolean {
  return text.slice(start, end) === '和' && !/[\p{sc=Han}\w]/u.test(text.charAt(start - 1));
}

function tokenAfter(tokens: readonly HanToken[], at: number, from: number): number {
  let next = at;
  while (next < tokens.length && tokens[next]!.start < from) next++;
  return next;
}

function mayStandBefore(
  text: string,
  { start, end, class: kind, hasCue }: HanToken,
  isTrade: boolean,
  isLegalForm: boolean,
): boolean {
  const word = text.slice(start, end);
  if (end - start === 1) return !BREAKS.has(word);
  if (kind === 'foreign' || kind === 'part' || DEALINGS.has(word)) return false;
  // Brands that read as names: `康盛科技`; but `记者王强`.
  if (kind === 'name') return !hasCue && !BREAKS.has(word.charAt(0));
  // `优途出行有限公司`: a verb may be what the company does.
  if (kind === 'v') return BRANCHES.has(word) || isTrade || TASKS.has(word);
  if (kind === 't') return false;
  // `亿次元科技有限公司`; but `三家科技有限公司`
  if (kind === 'm') return word.startsWith('第') || (isLegalForm && /^[百千万亿]/.test(word));
  return kind !== 'f';
}

/** What public bodies do, in their names: `消费者权益保护委员会`. */
const TASKS = new Set('保护 仲裁 监察 促进 协调 保障 复议 应急'.split(' '));

/** `被申请人上海寻梦公司`; but `交警大队`. */
function isRole(text: string, { start, end }: HanToken, suffix: number): boolean {
  return end < suffix && ROLES.has(text.slice(start, end));
}

/** `七喜网络有限公司`; but `三家公司`, `多家公司` */
function isNumberInName(text: string, { start, end }: HanToken): boolean {
  return (
    end - start === 1 &&
    /[一二三四五六七八九十]/.test(text.charAt(start)) &&
    !/[家个所名大间批类级]/.test(text.charAt(end))
  );
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
