// Firms that are called after who founded them: `Hawkins, Richardson and Santana`, `Flores and Sons`, `Reilly - Mayo`.
import type { Finding } from '../finding.ts';
import { FIRST_NAMES, HUMAN_CUES, HUMAN_VERBS, LEADERS, PARTICLES, PLACE_CUES, TITLES } from './cues.ts';
import { IS } from './lexicons.ts';
import { firstWord, formEnd, type Organisation, organisation } from './organisations.ts';
import { JOINT, type Token } from './tokens.ts';

/** Before and behind three names that are a firm's in any case. */
const BEFORE = new Set('at for from joined with the firm company'.split(' '));
const BEHIND = new Set('orchestra llp office lawyers attorneys associates foundation'.split(' '));
/** Behind one firm. */
const SINGULARS = new Set('is was has employs invested'.split(' '));
/** Behind several persons. */
const PLURALS = new Set(
  'were have are both all said say who agree agreed worked work went live lived joined met signed attended'.split(' '),
);
export const KIN = new Set(
  'sons son daughters brothers bros partners partner co company associates sohne tochter zonen fils figli hijos filhos sonner synir syn synowie hnos hermanos irmaos fratelli freres tarsa tarsai asociados associes associati'.split(
    ' ',
  ),
);
/** A name has at most so many partners. */
const MOST = 5;

export function findFirms(text: string, tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 1; at < tokens.length; at++) {
    const firm = firmAround(text, tokens, at);
    if (firm === undefined || (found.length > 0 && tokens[firm.from]!.start < found.at(-1)!.end)) continue;
    const { start } = tokens[firm.from]!;
    found.push({
      start,
      end: endOf(text, tokens, firm.to),
      kind: 'organisation',
      confidence: firm.confidence,
      reason: 'firm',
    });
  }
  return found;
}

/** Behind the legal form, if there is one. */
function endOf(text: string, tokens: readonly Token[], last: number): number {
  const next = tokens[last + 1];
  if (next?.joint === JOINT.space && next.bits & IS.form && next.shape !== 'lower') return next.end;
  return formEnd(text, tokens[last]!.end) ?? tokens[last]!.end;
}

type Firm = { from: number; to: number; confidence: number };

/** @param at where `and`, or the second of a pair, stands */
function firmAround(text: string, tokens: readonly Token[], at: number): Firm | undefined {
  const { bits, joint } = tokens[at]!;
  if (joint === JOINT.other) return pairAround(text, tokens, at);
  const isAmpersand = joint === JOINT.ampersand;
  if (!isAmpersand && (!(bits & IS.and) || joint !== JOINT.space || tokens[at]!.shape !== 'lower')) return undefined;
  const last = isAmpersand ? at : at + 1;
  if (!isAmpersand && tokens[last]?.joint !== JOINT.space) return undefined;
  let from = at - 1;
  if (!isName(tokens[from]!)) return undefined;
  // `Hallik, Mets and Härm is`: several that are one.
  const behind = spaced(tokens[last + 1]);
  const isOne = SINGULARS.has(behind) || BEHIND.has(behind);
  const isListed = isOne || isAmpersand ? isName : isPartner;
  while (from > 0 && at - from < MOST && tokens[from]!.joint === JOINT.comma && isListed(tokens[from - 1]!)) from--;
  // `Campise e figli`; but `Anna and sons`
  const isKin =
    tokens[last]!.shape === tokens[from]!.shape || (tokens[last]!.shape === 'lower' && tokens[at]!.key !== 'and');
  if (KIN.has(tokens[last]!.key) && isKin && tokens[from]!.shape !== 'lower') {
    // `Van Houten & Zonen`
    if (from > 0 && tokens[from]!.joint <= JOINT.hyphen && isNameBefore(tokens[from - 1])) from--;
    return { from, to: last, confidence: 0.85 };
  }
  const partners = [...tokens.slice(from, at), tokens[last]!];
  if (partners.length < 3 || partners.some(({ shape }) => shape !== partners[0]!.shape)) return undefined;
  if (partners.every(isPartner))
    return isFirm(tokens, from, last, partners) ? { from, to: last, confidence: 0.7 } : undefined;
  // `Galić, Htun & Nwosu`
  const isLikely = isOne || (isAmpersand && partners.some(isOnlyPartner) && isFirm(tokens, from, last, partners));
  return isLikely && partners.every((one) => isCapital(one) && isName(one) && (isOne || isPartner(one) || !isWord(one)))
    ? { from, to: last, confidence: 0.65 }
    : undefined;
}

/** Three names and more: what stands around says that they are a firm's, or nothing does that they are persons. */
function isFirm(tokens: readonly Token[], from: number, last: number, partners: readonly Token[]): boolean {
  const [before, behind] = [spaced(tokens[from], tokens[from - 1]), spaced(tokens[last + 1])];
  // `in Lyon, Marseille and Paris`
  if (PLACE_CUES.has(before) && before !== 'at' && partners.every(({ bits }) => bits & IS.city)) return false;
  if (BEFORE.has(before) || BEHIND.has(behind) || isLine(tokens, from, last)) return true;
  if (partners[0]!.shape === 'lower' || partners.filter(isFirst).length > 1) return false;
  // `our founders: Morrison, Rogers and Torres`
  const isList = tokens[from]!.joint === JOINT.stop && /^(?!.*ss$)[a-z]+s$/.test(tokens[from - 1]?.key ?? '');
  const isName = tokens[from]!.joint <= JOINT.comma && isNameBefore(tokens[from - 1]);
  return !(
    isList ||
    isName ||
    TITLES.has(before) ||
    HUMAN_CUES.has(before) ||
    PLURALS.has(behind) ||
    HUMAN_VERBS.has(behind)
  );
}

/** `Reilly - Mayo`, with no name before or behind. */
function pairAround(text: string, tokens: readonly Token[], at: number): Firm | undefined {
  const [first, second] = [tokens[at - 1]!, tokens[at]!];
  if (second.start - first.end !== 3 || text.charAt(first.end + 1) !== '-') return undefined;
  const isAlone =
    !(first.joint <= JOINT.hyphen && isNameBefore(tokens[at - 2])) &&
    !((tokens[at + 1]?.joint ?? JOINT.stop) <= JOINT.hyphen && isCapital(tokens[at + 1]));
  const isFirm = isAlone && !isFirst(first) && [first, second].every((token) => isPartner(token) && isCapital(token));
  return isFirm ? { from: at - 1, to: at, confidence: 0.6 } : undefined;
}

/** The word, if only a blank stands before it. */
function spaced(token: Token | undefined, word = token): string {
  return token?.joint === JOINT.space ? (word?.key ?? '') : '';
}

function isFirst({ key }: Token): boolean {
  return FIRST_NAMES.has(key);
}

function isCapital(token: Token | undefined): boolean {
  return token?.shape === 'capital' || token?.shape === 'caps';
}

function isPartner({ bits, shape }: Token): boolean {
  return shape !== 'number' && (bits & IS.surname) !== 0 && !(bits & IS.noName);
}

function isWord({ bits }: Token): boolean {
  return (bits & IS.word) !== 0;
}

function isOnlyPartner(token: Token): boolean {
  return isPartner(token) && !isWord(token);
}

/** Partners of a firm may have names that no list has. */
function isName(token: Token): boolean {
  return (
    (isPartner(token) || isCapital(token)) && token.key.length > 1 && !(token.bits & (IS.noName | IS.head | IS.form))
  );
}

/** Not what only begins the sentence. */
function isNameBefore(token: Token | undefined): boolean {
  if (token === undefined || !isName(token) || LEADERS.has(token.key)) return false;
  return !token.isFirst || !(token.bits & IS.word) || PARTICLES.has(token.key);
}

function isLine(tokens: readonly Token[], from: number, last: number): boolean {
  return tokens[from]!.isLine && (tokens[last + 1]?.isLine ?? true);
}

/** `Kestrel & Sons`, `Smith & Wesson`; but `Anna & Tom`. */
export function withAmpersand(tokens: readonly Token[], start: number, end: number): Organisation | undefined {
  const at = tokens.slice(start + 1, end).findIndex(({ joint }) => joint === JOINT.ampersand) + start + 1;
  if (at === start) return undefined;
  const last = tokens[at]!;
  // `AT&T`
  if (last.start - tokens[at - 1]!.end === 1) return organisation(tokens, at - 1, at + 1, 0.7, 'ampersand');
  const from = firstWord(tokens, start, end);
  if (from >= at || tokens[from]!.isHeadline) return undefined;
  const isFirm = /^(?:sons|daughters|brothers|bros|co|company|partners)$/.test(last.key);
  const isNamed =
    tokens.slice(from, end).some(({ bits }) => !(bits & IS.word) || (bits & IS.surname) !== 0) &&
    !tokens.slice(from, end).some(({ key }) => FIRST_NAMES.has(key));
  return isFirm || isNamed ? organisation(tokens, from, end, 0.7, 'ampersand') : undefined;
}
