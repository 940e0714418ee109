// Organisations by what they are called: a legal form behind, or a word such as University, Bank or Ministry in the name.
import type { Finding } from '../finding.ts';
import {
  AGENT_VERBS,
  BRAND_WORDS,
  FIRST_HEADS,
  FIRST_NAMES,
  GENERIC_HEADS,
  LEADERS,
  NATIONS,
  ORGANISATION_LABELS,
  ORGANISATION_NOUNS,
  WEAK_HEADS,
} from './cues.ts';
import { IS, restOfKnown } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

export type Organisation = { from: number; to: number; finding: Finding };

/** Legal forms with dots or after a comma, where a run of words does not reach. */
const FORM_BEHIND =
  /,? (?:Inc|plc|Pvt\.? Ltd|Pte\.? Ltd|Pty\.? Ltd|Sdn\.? Bhd|Ltd|LLC|LLP|Corp|Co\., Ltd|Co|GmbH|AG|PLC|S\.A\. de C\.V|S\.A\.S|S\.A\.R\.L|S\.A|S\.p\.A|S\.r\.l|S\.R\.L|S\.L|S\.[Cc]|a\.s|A\/S|s\.r\.o|B\.V|N\.V|K\.K|L\.P|L\.L\.C|P\.C|e\.V|d\.o\.o|Sp\. z o\.o)(?![\p{L}\d]|-\p{L})\.?/uy;

/** Where a legal form ends that stands at this place, if one does. */
export function formEnd(text: string, at: number): number | undefined {
  const code = text.charCodeAt(at);
  const first = text.charCodeAt(code === COMMA ? at + 2 : at + 1);
  // Nearly always a small letter or a line's end stands there.
  if ((code !== COMMA && code !== BLANK) || (first >= SMALL_A && !SMALL.has(first))) return undefined;
  FORM_BEHIND.lastIndex = at;
  return FORM_BEHIND.test(text) ? FORM_BEHIND.lastIndex : undefined;
}

/** `a.s.`, `e.V.`, `d.o.o.`, `plc`, `s.r.o.` */
const SMALL = new Set(Array.from('aedps', (char) => char.charCodeAt(0)));
const [COMMA, BLANK, SMALL_A] = Array.from(', a', (char) => char.charCodeAt(0)) as [number, number, number];

/** Words of a name behind its head, or before an `and`. */
const FURTHEST = 8;

/** @param start of a run of capitalised words, `end` behind it */
export function organisationsIn(text: string, tokens: readonly Token[], start: number, end: number): Organisation[] {
  const found: Organisation[] = [];
  for (let at = start; at < end; at++) {
    if (at + 1 < end && tokens[at + 1]!.key.length > 1 && !isFormBehind(tokens[at + 1]!)) continue;
    // Behind the run, or where one letter of it may be the form's first.
    const to = formEnd(text, tokens[at]!.end);
    if (to === undefined) continue;
    const from = firstWord(tokens, start, at + 1);
    if (from <= at) return [organisation(tokens, from, at + 1, 0.95, 'legal-form', to)];
  }
  let from = start;
  for (let at = start; at < end; at++) {
    const { bits, shape } = tokens[at]!;
    if (at < from || shape === 'lower') continue;
    const known = bits & IS.begins ? knownEnd(tokens, at) : at;
    if (known > at) {
      const isOfPlace =
        (OFFICIAL.has(tokens[at]!.key) || COURTS.has(tokens[at]!.key)) &&
        at > start &&
        isPlaceOnly(tokens[at - 1]!) &&
        tokens[at]!.joint === JOINT.space;
      const first = isOfPlace || isArticle(tokens, at) ? at - 1 : at;
      from = behindHeads(tokens, known, end);
      // `Supreme Court of India`
      if (tokens[from - 1]!.bits & IS.head) from = behindOf(tokens, from);
      found.push(organisation(tokens, first, from, 0.8, 'name-list'));
      continue;
    }
    if (isForm(tokens[at]!) && at > from) {
      const first = firstWord(tokens, from, at);
      from = at + 1;
      // `GmbH & Co. KG`
      while (from < end && (isForm(tokens[from]!) || tokens[from]!.joint === JOINT.ampersand)) from++;
      if (first < at) found.push(organisation(tokens, first, from, 0.95, 'legal-form'));
    } else if (isAi(tokens, at) && at > from) {
      found.push(organisation(tokens, at - 1, at + 1, 0.7, 'head'));
      from = at + 1;
    } else if (isCampaign(tokens, at)) {
      from = behindOf(tokens, at + 1);
      found.push(organisation(tokens, at, from, 0.7, 'head'));
    } else if (bits & IS.head) {
      const span = tokens[at]!.isHeadline ? headInHeadline(tokens, from, at, end) : headInRun(tokens, from, at, end);
      if (span !== undefined) {
        const first = isArticle(tokens, span.from) && !tokens[span.from - 1]!.isFirst ? span.from - 1 : span.from;
        found.push(organisation(tokens, first, span.to, tokens[at]!.isHeadline ? 0.7 : 0.85, 'head'));
        from = span.to;
      }
    }
  }
  return found;
}

/** `Damaris AI`; but `European AI`, `Responsible AI`, `Kenya AI Act`. */
function isAi(tokens: readonly Token[], at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at]!, tokens[at + 1]];
  if (token.key !== 'ai' || token.shape !== 'caps' || token.joint !== JOINT.space || token.isHeadline) return false;
  const goesOn = next?.joint === JOINT.space && isCapital(next);
  const isNamed = isCapital(before) && (isProper(before!) || (!isNoName(before!) && isVerbBehind(next)));
  return !goesOn && isNamed && !isPlaceOnly(before!);
}

/** `Campaign for Fair Housing` */
function isCampaign(tokens: readonly Token[], at: number): boolean {
  const { key, isHeadline, shape } = tokens[at]!;
  const [joint, next] = [tokens[at + 1], tokens[at + 2]];
  if (key !== 'campaign' || isHeadline || shape !== 'capital' || joint?.joint !== JOINT.space) return false;
  return joint.key === 'for' && next?.joint === JOINT.space && isCapital(next);
}

/** Behind the longest well-known name that begins here; where it begins if there is none. */
function knownEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  for (const rest of restOfKnown(tokens[at]!.key)) {
    const to = at + 1 + rest.length;
    if (to > end && rest.every((key, nth) => isNext(tokens, at + 1 + nth, key))) end = to;
  }
  return end;
}

function isNext(tokens: readonly Token[], at: number, key: string): boolean {
  const token = tokens[at];
  if (token?.key !== key || (token.joint > JOINT.ampersand && token.joint !== JOINT.other)) return false;
  return token.shape !== 'lower' || key.length < 4;
}

/** `The New York Times` */
function isArticle(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before?.key === 'the' && before.shape === 'capital' && tokens[at]!.joint === JOINT.space;
}

/** `Co., Ltd.`, `Sp. z o.o.` */
function isFormBehind({ key }: Token): boolean {
  return key === 'co' || key === 'sp';
}

export function organisation(
  tokens: readonly Token[],
  from: number,
  to: number,
  confidence: number,
  reason: string,
  end = tokens[to - 1]!.end,
): Organisation {
  return { from, to, finding: { start: tokens[from]!.start, end, kind: 'organisation', confidence, reason } };
}

/** Behind what only begins a sentence or a noun phrase: `The`, `According`. */
export function firstWord(tokens: readonly Token[], start: number, end: number): number {
  let at = start;
  while (
    at < end &&
    ((tokens[at]!.bits & IS.noName) !== 0 || LEADERS.has(tokens[at]!.key)) &&
    !(tokens[at]!.bits & IS.head)
  )
    at++;
  return at;
}

/** In a sentence the whole run is the name, and `of` and the like with capitals behind it. */
function headInRun(
  tokens: readonly Token[],
  start: number,
  head: number,
  end: number,
): { from: number; to: number } | undefined {
  let from = firstWord(tokens, start, head);
  while (from > start && NATIONS.has(tokens[from - 1]!.key)) from--;
  let to = behindHeads(tokens, head + 1, end);
  // `Bank Litoral`, `Instituto Nacional de Salud`: the head comes first.
  if (from === head && tokens.slice(head + 1, end).some(({ bits }) => !(bits & IS.word))) to = end;
  to = behindOf(tokens, to);
  if (
    from === head &&
    tokens[head]!.joint === JOINT.space &&
    tokens[head - 1]?.isPossessive &&
    isCapital(tokens[head - 1])
  )
    return { from: ownerBefore(tokens, head - 1), to };
  // `St. Brigid's Medical Center`
  if (head - from === 1 && /^cent(?:er|re)$/.test(tokens[head]!.key) && CARE.has(tokens[from]!.key)) {
    const isOwned =
      tokens[from]!.joint === JOINT.space && tokens[from - 1]?.isPossessive && isCapital(tokens[from - 1]);
    if (isOwned) return { from: ownerBefore(tokens, from - 1), to };
  }
  if (from === head && !isWordless(tokens, from, to) && to === head + 1) return undefined;
  // `Ruth Power`
  const isPerson = head - from === 1 && to === end && FIRST_NAMES.has(tokens[from]!.key);
  if (isPerson && to === head + 1 && tokens[head]!.bits & IS.surname && GENERIC_HEADS.has(tokens[head]!.key))
    return undefined;
  from = beforeAnd(tokens, from, to, end);
  const isOfficial = head - from > 1 && (OFFICIAL.has(tokens[from]!.key) || NATIONS.has(tokens[from]!.key));
  if (
    GENERIC_HEADS.has(tokens[head]!.key) &&
    !isOfficial &&
    !tokens.slice(from, head).some(isOwn) &&
    !isBeside(tokens, from)
  )
    return from === head && to > head + 1 && (FIRST_HEADS.has(tokens[head]!.key) || isFor(tokens, head))
      ? { from, to }
      : undefined;
  if (tokens[head]!.key === 'union' && NATIONS.has(tokens[head - 1]?.key ?? '')) return undefined;
  // `U.S. Department`
  if (tokens[from]!.key === 's' && tokens[from - 1]?.key === 'u' && tokens[from]!.joint === JOINT.other) from--;
  return to - from > 1 && !onlyFirstWord(tokens, from, head, to) ? { from, to } : undefined;
}

/** `Centre for Housing Research` */
function isFor(tokens: readonly Token[], head: number): boolean {
  return /^cent(?:er|re)|^initiative$|^collective$/.test(tokens[head]!.key) && tokens[head + 1]?.key === 'for';
}

/** Behind the last head or form of the run, and a place that ends it: `National Transport Safety Board`, `Trinity College Dublin`. */
function behindHeads(tokens: readonly Token[], start: number, end: number): number {
  let to = start;
  for (let at = start; at < end && !tokens[at - 1]!.isPossessive && tokens[at]!.shape !== 'lower'; at++) {
    if ((tokens[at]!.bits & IS.head) !== 0 || isForm(tokens[at]!) || /^(?:district|general)$/.test(tokens[at]!.key))
      to = at + 1;
    else if (!isInName(tokens[at]!)) break;
  }
  return to + 1 === end && isPlaceOnly(tokens[to]!) && tokens[to]!.joint === JOINT.space ? end : to;
}

function isInName({ bits, shape, joint }: Token): boolean {
  return (
    shape !== 'lower' && shape !== 'number' && joint <= JOINT.ampersand && !(bits & (IS.noName | IS.title | IS.given))
  );
}

const CARE = new Set('medical health care cancer community children research'.split(' '));
/** `Kerala High Court` */
const COURTS = new Set('court high supreme superior crown district family'.split(' '));
const OFFICIAL = new Set(
  'national federal royal central imperial presidential metropolitan municipal regional interstate'.split(' '),
);

/** What a name has of its own: no ordinary word, or one that is a surname too and does not begin the sentence. */
function isOwn(token: Token): boolean {
  return isProper(token) || BRAND_WORDS.has(token.key) || ((token.bits & IS.surname) !== 0 && !token.isFirst);
}

/** `St. Brendan's` before `Hospital`, `Cook County Sheriff's` before `Office`. */
function ownerBefore(tokens: readonly Token[], last: number): number {
  let from = last;
  while (last - from < 3 && tokens[from]!.joint <= JOINT.initial && isCapital(tokens[from - 1])) {
    const before = tokens[from - 1]!;
    if (before.isPossessive || ((before.bits & IS.noName) !== 0 && !NATIONS.has(before.key)) || LEADERS.has(before.key))
      break;
    from--;
  }
  return from;
}

/** `Department of Social Welfare`, `Bundesamt für Verkehr`. */
function behindOf(tokens: readonly Token[], to: number): number {
  let end = to;
  while (
    end < to + FURTHEST &&
    /^(?:of|for|de|da|do|di|del|della|fur|the|and)$/.test(tokens[end]?.key ?? '') &&
    tokens[end]!.joint === JOINT.space
  ) {
    let next = end + 1;
    if (tokens[next]?.key === 'the' || tokens[next]?.key === 'la') next++;
    // `Ministry of Health and Family Welfare`
    if (!isCapital(tokens[next]) || (tokens[end]!.key === 'and' && (end === to || !isPlainWord(tokens[next])))) break;
    while (next < to + FURTHEST && isCapital(tokens[next]) && tokens[next]!.joint <= JOINT.ampersand) next++;
    end = next;
  }
  return end;
}

/** Begins no organisation's name; of peoples it may. */
function isNoName({ bits, key }: Token): boolean {
  return (bits & (IS.given | IS.city)) === IS.given || ((bits & IS.noName) !== 0 && !NATIONS.has(key));
}

function isPlainWord(token: Token | undefined): boolean {
  return token !== undefined && (token.bits & IS.word) !== 0 && !(token.bits & (IS.given | IS.head));
}

/** `Graz State University and Moreau Holdings`: two. */
function isBeside(tokens: readonly Token[], from: number): boolean {
  const before = tokens[from - 2];
  if (before === undefined || tokens[from - 1]!.key !== 'and') return false;
  return ((before.bits & IS.head) !== 0 && !GENERIC_HEADS.has(before.key)) || isForm(before);
}

/** `Tidewater Power and Light Company`: one name, when the head is all that it ends with. */
function beforeAnd(tokens: readonly Token[], from: number, to: number, end: number): number {
  if (to !== end || to - from < 2 || tokens[from - 1]?.key !== 'and' || tokens[from]!.joint !== JOINT.space)
    return from;
  if (isBeside(tokens, from)) return from;
  let at = from - 1;
  while (
    at > from - FURTHEST &&
    isCapital(tokens[at - 1]) &&
    tokens[at]!.joint === JOINT.space &&
    !isNoName(tokens[at - 1]!)
  )
    at--;
  if (/^(?:of|for)$/.test(tokens[at - 1]?.key ?? '') && tokens[at]!.joint === JOINT.space && isProper(tokens[from]!))
    return from;
  const isOne = tokens[at - 1]?.key === 'the' && isPlainWord(tokens[at]);
  return (at < from - 2 || isOne || NATIONS.has(tokens[at]!.key)) && !isNoName(tokens[at]!) ? at : from;
}

/** `Incorporated` and `Limited` are words as well. */
function isForm({ bits, shape, key, isHeadline }: Token): boolean {
  if (!(bits & IS.form) || (shape !== 'caps' && /^(?:as|ou|sa|se|ag)$/.test(key))) return false;
  return shape === 'caps' || !(bits & IS.word) || (!isHeadline && /^(?:incorporated|limited)$/.test(key));
}

/** `Employer: X` */
export function isLabelled(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1];
  if (before === undefined || tokens[start]!.joint !== JOINT.stop) return false;
  const isNamed = before.key === 'name' && before.joint === JOINT.space;
  return ORGANISATION_LABELS.has(isNamed ? (tokens[start - 2]?.key ?? '') : before.key);
}

/** `X is a German investment bank`. */
export function isCompanyByItself(tokens: readonly Token[], end: number): boolean {
  const next = tokens[end];
  const isSaid =
    next !== undefined &&
    /^(?:is|was|are)$/.test(next.key) &&
    /^(?:a|an|the|our|one)$/.test(tokens[end + 1]?.key ?? '');
  // `X, a start-up from`
  const isAdded = next?.joint === JOINT.comma && /^(?:a|an|the|our)$/.test(next.key);
  if (!isSaid && !isAdded) return false;
  return tokens
    .slice(end + 1, end + 7)
    .some(({ key }, nth) => ORGANISATION_NOUNS.has(key) || (key === 'start' && tokens[end + nth + 2]?.key === 'up'));
}

/** `Records show`: the first word of a sentence and a head are no name. */
function onlyFirstWord(tokens: readonly Token[], from: number, head: number, to: number): boolean {
  if (!WEAK_HEADS.has(tokens[head]!.key) || /^(?:incorporated|corporation|company)$/.test(tokens[head]!.key))
    return false;
  if (
    head - from === 1 &&
    isVerbBehind(tokens[to]) &&
    /^(?:technologies|systems|solutions|labs|robotics|analytics|studios|logistics|industries)$/.test(tokens[head]!.key)
  )
    return false;
  const others = tokens.slice(from, to).filter((token, nth) => from + nth !== head && token.shape !== 'lower');
  return others.every(
    ({ isFirst, bits, key }) => isFirst && (bits & IS.word) !== 0 && !(bits & IS.surname) && !BRAND_WORDS.has(key),
  );
}

function isVerbBehind(next: Token | undefined): boolean {
  return next?.joint === JOINT.space && (next.key === 'was' || next.key === 'has' || AGENT_VERBS.has(next.key));
}

function isWordless(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some(({ bits }) => !(bits & IS.word));
}

/** In a headline a name must be near: at most three ordinary words between it and the head. */
function headInHeadline(
  tokens: readonly Token[],
  start: number,
  head: number,
  end: number,
): { from: number; to: number } | undefined {
  const isWeak = WEAK_HEADS.has(tokens[head]!.key);
  for (let at = head - 1; at >= start && head - at <= (isWeak ? 1 : 3); at--) {
    if (tokens[at]!.isPossessive) break;
    if (isProper(tokens[at]!) && !(isWeak && isPlaceOnly(tokens[at]!) && !PUBLIC.has(tokens[head]!.key)))
      return { from: at, to: behindOf(tokens, head + 1) };
  }
  const to = behindOf(tokens, head + 1);
  // Alone on its line or between two bars.
  if (tokens[head]!.isFirst && isFor(tokens, head) && (tokens[to]?.isFirst ?? true)) return { from: head, to };
  if (isWeak || to <= head + 2 || to > Math.max(end, head + 6)) return undefined;
  return tokens.slice(head + 1, to).some((token) => token.shape !== 'lower' && isProper(token))
    ? { from: head, to }
    : undefined;
}

/** Of a place's name in front these make a body: `Detroit Police`, `China News` is none. */
const PUBLIC = new Set('police department court council parliament senate library museum'.split(' '));

function isPlaceOnly({ bits }: Token): boolean {
  return (bits & (IS.city | IS.country)) !== 0;
}

function isProper({ bits, key }: Token): boolean {
  if (key.length < 3) return false;
  return !(bits & IS.noName) && (!(bits & IS.word) || (bits & IS.country) !== 0);
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && (token.shape === 'capital' || token.shape === 'caps' || token.shape === 'mixed');
}
