// Organisations by what they are called: a legal form behind, or a word such as University, Bank or Ministry in the name.
import type { Finding } from '../finding.ts';
import { LEADERS, ORGANISATION_NOUNS, ORGANISATION_VERBS, WEAK_HEADS } from './cues.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

export type Organisation = { from: number; to: number; finding: Finding };

/** Legal forms with dots or after a comma, where a run of words does not reach. */
const FORM_BEHIND =
  /,? (?:Inc|Ltd|LLC|LLP|Corp|Co|GmbH|AG|PLC|S\.A|S\.A\.S|S\.p\.A|S\.r\.l|a\.s|s\.r\.o|B\.V|N\.V|L\.P|Pty\.? Ltd)(?![\p{L}\d])\.?/uy;

/** Words of a name behind its head, or before an `and`. */
const FURTHEST = 8;

/** @param start of a run of capitalised words, `end` behind it */
export function organisationsIn(text: string, tokens: readonly Token[], start: number, end: number): Organisation[] {
  const found: Organisation[] = [];
  for (let at = start; at < end; at++) {
    if (at + 1 < end && tokens[at + 1]!.key.length > 1) continue;
    // Behind the run, or where one letter of it may be the form's first.
    FORM_BEHIND.lastIndex = tokens[at]!.end;
    if (!FORM_BEHIND.test(text)) continue;
    const from = firstWord(tokens, start, at + 1);
    if (from <= at) return [organisation(tokens, from, at + 1, 0.95, 'legal-form', FORM_BEHIND.lastIndex)];
  }
  let from = start;
  for (let at = start; at < end; at++) {
    const { bits, shape } = tokens[at]!;
    if (at < from || shape === 'lower') continue;
    if (isForm(tokens[at]!) && at > from) {
      const first = firstWord(tokens, from, at);
      from = at + 1;
      // `GmbH & Co. KG`
      while (from < end && (isForm(tokens[from]!) || tokens[from]!.joint === JOINT.ampersand)) from++;
      if (first < at) found.push(organisation(tokens, first, from, 0.95, 'legal-form'));
    } else if (bits & IS.head) {
      const span = tokens[at]!.isHeadline ? headInHeadline(tokens, from, at, end) : headInRun(tokens, from, at, end);
      if (span !== undefined) {
        found.push(organisation(tokens, span.from, span.to, tokens[at]!.isHeadline ? 0.7 : 0.85, 'head'));
        from = span.to;
      }
    }
  }
  return found;
}

function organisation(
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
function firstWord(tokens: readonly Token[], start: number, end: number): number {
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
  let to = head + 1;
  while (to < end && tokens[to]!.shape !== 'lower' && ((tokens[to]!.bits & IS.head) !== 0 || isForm(tokens[to]!))) to++;
  // `Bank Litoral`, `Instituto Nacional de Salud`: the head comes first.
  if (from === head) to = end;
  to = behindOf(tokens, to);
  if (from === head && tokens[head - 1]?.isPossessive && isCapital(tokens[head - 1]))
    return { from: ownerBefore(tokens, head - 1), to };
  if (from === head && !isWordless(tokens, from, to) && to === head + 1) return undefined;
  from = beforeAnd(tokens, from, head, end);
  return to - from > 1 && !onlyFirstWord(tokens, from, head, to) ? { from, to } : undefined;
}

/** `St. Brendan's` before `Hospital`. */
function ownerBefore(tokens: readonly Token[], last: number): number {
  const before = tokens[last]!.joint <= JOINT.initial ? tokens[last - 1] : undefined;
  return isCapital(before) && !(before!.bits & IS.noName) && /^(?:st|saint|our|queen|king)$/.test(before!.key)
    ? last - 1
    : last;
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
    if (!isCapital(tokens[next]) || tokens[end]!.key === 'and') break;
    while (next < to + FURTHEST && isCapital(tokens[next]) && tokens[next]!.joint <= JOINT.ampersand) next++;
    end = next;
  }
  return end;
}

/** `Tidewater Power and Light Company`: one name, when the head is all that it ends with. */
function beforeAnd(tokens: readonly Token[], from: number, head: number, end: number): number {
  if (head + 1 !== end || head === from || tokens[from - 1]?.key !== 'and' || tokens[from]!.joint !== JOINT.space)
    return from;
  let at = from - 1;
  while (at > from - FURTHEST && isCapital(tokens[at - 1]) && tokens[at]!.joint === JOINT.space) at--;
  return at < from - 2 && !(tokens[at]!.bits & (IS.given | IS.noName)) ? at : from;
}

/** `Incorporated` and `Limited` are words as well. */
function isForm({ bits, shape, key, isHeadline }: Token): boolean {
  if (!(bits & IS.form)) return false;
  return shape === 'caps' || !(bits & IS.word) || (!isHeadline && /^(?:incorporated|limited)$/.test(key));
}

/** Ordinary words with capitals where a sentence speaks of an organisation: `work for Rapid Cycle`, `the Clean Power office`.
 *  @param start of a run of capitalised words, `end` behind it */
export function capitalisedWords(tokens: readonly Token[], start: number, end: number): Organisation | undefined {
  const from = firstWord(tokens, start, end);
  if (end - from < 2 || tokens[from]!.isHeadline) return undefined;
  const run = tokens.slice(from, end);
  const isPlain = run.every(
    ({ bits, key }) =>
      key.length > 1 && !(bits & (IS.noName | IS.title | IS.country)) && (bits & (IS.city | IS.word)) !== IS.city,
  );
  const isPerson = run.some(({ bits }) => (bits & (IS.given | IS.word)) === IS.given);
  if (!isPlain || isPerson || !run.some(({ bits }) => !(bits & (IS.given | IS.surname)))) return undefined;
  const before = tokens[from]!.joint === JOINT.space ? (tokens[from - 1]?.key ?? '') : '';
  const isExpected = /^(?:for|at|joined|company|firm|startup|supplier|vendor|contractor|bank)$/.test(before);
  const behind = tokens[end]?.joint === JOINT.space ? tokens[end]!.key : '';
  const isSaid =
    isExpected || ORGANISATION_VERBS.has(behind) || isCompanyByItself(tokens, end) || isInSignature(tokens, from, end);
  if (!isSaid) return undefined;
  return organisation(tokens, from, end, 0.6, 'cue');
}

/** `X is a German investment bank`. */
export function isCompanyByItself(tokens: readonly Token[], end: number): boolean {
  if (!/^(?:is|was|are)$/.test(tokens[end]?.key ?? '')) return false;
  return tokens.slice(end + 1, end + 7).some(({ key }) => ORGANISATION_NOUNS.has(key));
}

/** A line of its own in front of an address. */
function isInSignature(tokens: readonly Token[], start: number, end: number): boolean {
  const next = tokens[end];
  return (
    start > 0 &&
    tokens[start]!.isLine &&
    next?.isLine === true &&
    (next.shape === 'number' || /^(?:unit|psc|po)$/.test(next.key))
  );
}

/** `Kestrel & Sons`, `Smith & Wesson`; but `Anna & Tom`. */
export function withAmpersand(tokens: readonly Token[], start: number, end: number): Organisation | undefined {
  const from = firstWord(tokens, start, end);
  const at = tokens.slice(from + 1, end).findIndex(({ joint }) => joint === JOINT.ampersand) + from + 1;
  if (at === from || tokens[from]!.isHeadline) return undefined;
  const last = tokens[at]!;
  const isFirm = /^(?:sons|daughters|brothers|bros|co|company|partners)$/.test(last.key);
  const isNamed = tokens.slice(from, end).some(({ bits }) => !(bits & IS.word)) && !(last.bits & IS.given);
  return isFirm || isNamed ? organisation(tokens, from, end, 0.7, 'ampersand') : undefined;
}

/** `Records show`: the first word of a sentence and a head are no name. */
function onlyFirstWord(tokens: readonly Token[], from: number, head: number, to: number): boolean {
  if (!WEAK_HEADS.has(tokens[head]!.key) || /^(?:incorporated|corporation|company)$/.test(tokens[head]!.key))
    return false;
  const others = tokens.slice(from, to).filter((token, nth) => from + nth !== head && token.shape !== 'lower');
  return others.every((token) => token.isFirst && (token.bits & IS.word) !== 0 && !(token.bits & IS.surname));
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
