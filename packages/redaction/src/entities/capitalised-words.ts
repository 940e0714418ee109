// Ordinary words with capitals that are an organisation by what is said of them.
import { AGENT_VERBS, DEALINGS, ORGANISATION_NOUNS, ORGANISATION_VERBS } from './cues.ts';
import { IS } from './lexicons.ts';
import { firstWord, isCompanyByItself, isLabelled, type Organisation, organisation } from './organisations.ts';
import { JOINT, type Token } from './tokens.ts';

/** Ordinary words with capitals where a sentence speaks of an organisation: `work for Rapid Cycle`, `the Clean Power office`.
 *  @param start of a run of capitalised words, `end` behind it */
export function capitalisedWords(tokens: readonly Token[], start: number, end: number): Organisation | undefined {
  const from = firstWord(tokens, start, end);
  if (end - from < 2 || (tokens[from]!.isHeadline && !isLabelled(tokens, from))) return undefined;
  const run = tokens.slice(from, end);
  const isPlain = run.every(
    ({ bits, key }) =>
      key.length > 1 && !(bits & (IS.noName | IS.title | IS.country)) && (bits & (IS.city | IS.word)) !== IS.city,
  );
  const isPerson = run.some(({ bits }) => (bits & (IS.given | IS.word)) === IS.given);
  if (!isPlain || isPerson || !run.some(({ bits }) => !(bits & (IS.given | IS.surname)))) return undefined;
  const before = tokens[from]!.joint === JOINT.space ? (tokens[from - 1]?.key ?? '') : '';
  const isExpected =
    /^(?:for|at|joined|sued|blamed|against)$/.test(before) ||
    (/^(?:of|by|from)$/.test(before) && DEALINGS.has(tokens[from - 2]?.key ?? '')) ||
    ORGANISATION_NOUNS.has(before) ||
    isLabelled(tokens, from);
  const behind = tokens[end]?.joint === JOINT.space ? tokens[end]!.key : '';
  const isSaid =
    isExpected ||
    ORGANISATION_VERBS.has(behind) ||
    (run.every(({ bits }) => (bits & (IS.word | IS.given)) === IS.word) &&
      (AGENT_VERBS.has(behind) || isNamedSubject(tokens, from, end))) ||
    isCompanyByItself(tokens, end) ||
    isInSignature(tokens, from, end);
  if (!isSaid) return undefined;
  return organisation(tokens, from, end, 0.6, 'cue');
}

/** `Redwood Materials leaked it`: the second capital at a sentence's beginning makes a name of words. */
function isNamedSubject(tokens: readonly Token[], from: number, end: number): boolean {
  const next = tokens[end];
  if (!tokens[from]!.isFirst || next?.joint !== JOINT.space || next.shape !== 'lower') return false;
  return /^[a-z]{3,}ed$/.test(next.key);
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
