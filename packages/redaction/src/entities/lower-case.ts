// Names that were written without capitals: only those that a list knows and no list of words does.
import type { Finding } from '../finding.ts';
import { PERSON_CUES, PERSON_VERBS } from './cues.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

const WORDS = IS.word | IS.noName | IS.country | IS.company | IS.head | IS.title | IS.form;

export function lowerCaseName(
  text: string,
  tokens: readonly Token[],
  at: number,
): { finding: Finding; next: number } | undefined {
  const first = tokens[at]!;
  // Of three letters it is an abbreviation more often: `lat`.
  if (
    first.bits & IS.company &&
    first.shape === 'lower' &&
    first.key.length > 3 &&
    !(first.bits & (IS.word | IS.noName))
  )
    return { finding: { ...personOf(first, first, 0.6, 'name-list'), kind: 'organisation' }, next: at + 1 };
  if (!isName(first, 3) || first.isHeadline) return undefined;
  const isGiven = (first.bits & IS.given) !== 0;
  const lastAt = at + (tokens[at + 1]?.key.length === 1 ? 2 : 1);
  const last = tokens[lastAt];
  if (isGiven && last !== undefined && isName(last, 4) && !first.isPossessive && hangTogether(tokens, at, lastAt)) {
    const isKnown = (last.bits & (IS.given | IS.surname)) !== 0;
    return { finding: personOf(first, last, isKnown ? 0.7 : 0.5, 'name-list'), next: lastAt + 1 };
  }
  // `lena: did you see`
  if (isGiven && first.isLine && first.end - first.start >= 4 && text.charAt(first.end) === ':')
    return { finding: personOf(first, first, 0.5, 'cue'), next: at + 1 };
  const isKnown = (isGiven || (first.bits & IS.surname) !== 0) && !(first.bits & IS.city);
  if (isPresented(tokens, at)) {
    let end = at + 1;
    while (
      end < Math.min(at + MOST_WORDS, tokens.length) &&
      isName(tokens[end]!, 2) &&
      tokens[end]!.joint === JOINT.space
    )
      end++;
    return { finding: personOf(first, tokens[end - 1]!, 0.5, 'cue'), next: end };
  }
  if (first.key.length < 4 || !(isCalled(tokens, at) || (isKnown && isExpected(tokens, at)))) return undefined;
  return { finding: personOf(first, first, 0.5, 'cue'), next: at + 1 };
}

function isName({ shape, key, bits }: Token, length: number): boolean {
  return shape === 'lower' && key.length >= length && !(bits & WORDS);
}

function hangTogether(tokens: readonly Token[], first: number, last: number): boolean {
  return tokens.slice(first + 1, last + 1).every(({ joint }) => joint === JOINT.space || joint === JOINT.initial);
}

/** `name is x`, `call me x`. */
function isCalled(tokens: readonly Token[], at: number): boolean {
  const [verb, noun] = [tokens[at - 1]?.key ?? '', tokens[at - 2]?.key ?? ''];
  return (
    (verb === 'is' && noun === 'name') || (/^(?:me|him|her|was|is)$/.test(verb) && /^(?:call|calls|called)$/.test(noun))
  );
}

const MOST_WORDS = 3;

/** `name: x y`, `i'm x.`, `it's x from` */
function isPresented(tokens: readonly Token[], at: number): boolean {
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (before === undefined) return false;
  if (before.key === 'name') return tokens[at]!.joint === JOINT.stop;
  const isSaid = before.key === 'im' || (before.key === 'it' && before.isPossessive);
  if (!isSaid || tokens[at]!.joint !== JOINT.space) return false;
  return next?.joint !== JOINT.space || /^(?:from|and|here|at|with)$/.test(next.key);
}

/** `x said`, `x's`, `by x`. */
function isExpected(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.key ?? '';
  if (PERSON_CUES.has(before) || /^(?:me|ms|mrs|mr|dr)$/.test(before)) return true;
  return tokens[at]!.isPossessive || PERSON_VERBS.has(tokens[at + 1]?.key ?? '');
}

function personOf(first: Token, last: Token, confidence: number, reason: string): Finding {
  return { start: first.start, end: last.end, kind: 'person', confidence, reason };
}
