// What stands around a name says whether it is a person's or an organisation's.
import {
  BELONGINGS,
  DEALINGS,
  HUMAN_CUES,
  HUMAN_VERBS,
  OF_HUMANS,
  OF_PERSONS,
  ORGANISATION_CUES,
  ORGANISATION_NOUNS,
  ORGANISATION_VERBS,
  PERSON_CUES,
  PERSON_VERBS,
  POSSESSIVES,
  PRODUCTS,
} from './cues.ts';
import { IS } from './lexicons.ts';
import { isCompanyByItself } from './organisations.ts';
import { JOINT, type Token } from './tokens.ts';

/** What the words before and behind a name say that it is. */
export function kindAround(
  tokens: readonly Token[],
  start: number,
  end: number,
): 'person' | 'organisation' | undefined {
  const before = tokens[start - 1];
  const near = before !== undefined && tokens[start]!.joint <= JOINT.comma ? before.key : '';
  const label = before !== undefined && tokens[start]!.joint === JOINT.stop ? before.key : '';
  const next = spacedKey(tokens[end]);
  const isPossessive = tokens[end - 1]!.isPossessive;
  if (isCompanyByItself(tokens, end)) return 'organisation';
  if (ORGANISATION_VERBS.has(next)) return 'organisation';
  // `X has withdrawn the tool`
  if (/^(?:has|had)$/.test(next) && DONE.has(spacedKey(tokens[end + 1]))) return 'organisation';
  if (near === 'at' && TOWARDS.test(tokens[start - 2]?.key ?? '')) return 'person';
  if (ORGANISATION_NOUNS.has(near) || /^(?:at|joined)$/.test(near) || isDealtWith(tokens, start)) return 'organisation';
  if (isPossessive && BELONGINGS.has(next) && !(tokens[start]!.bits & IS.given)) return 'organisation';
  if (near === 'of' && OF_PERSONS.has(tokens[start - 2]?.key ?? '') && tokens[start - 1]!.joint === JOINT.space)
    return 'person';
  if (ORGANISATION_CUES.has(near))
    return PERSON_VERBS.has(next) && next !== 'is' && next !== 'was' ? 'person' : 'organisation';
  if (near === 'from' && isFromEmployer(tokens, start)) return 'organisation';
  if (POSSESSIVES.has(near) && tokens[end]?.joint === JOINT.space && tokens[end]!.shape === 'lower')
    return 'organisation';
  if (PERSON_CUES.has(near) || label === 'name' || label === 'user') return 'person';
  if (PERSON_VERBS.has(next)) return 'person';
  // `X, 43,` and `I'm X`.
  if (tokens[end]?.joint === JOINT.comma && tokens[end]!.shape === 'number' && tokens[end]!.key.length === 2)
    return 'person';
  if (/^(?:im|am|is)$/.test(near)) return 'person';
  if (next === 'and' && /^(?:her|his)$/.test(tokens[end + 1]?.key ?? '')) return 'person';
  return isPossessive ? 'person' : undefined;
}

/** Of products, and by those who sell or run them. */
const DONE = new Set(
  'suspended withdrawn launched released deployed announced acquired discontinued recalled rebranded'.split(' '),
);

/** `shouted at X` */
const TOWARDS =
  /^(?:shout|yell|scream|swear|swore|sworn|look|star|glanc|smil|laugh|wav|point|wink|spat|snap|nod)(?:s|es|e|ed|ing|ped|ping|ded|ding)?$/;

/** `bought it from X`, `charged twice by X`. */
const FILLERS = new Set('it them this one twice again back'.split(' '));

/** By whomever. */
const WORKS = new Set('complaint lawsuit interview work works'.split(' '));

/** `an employee of X`, `bought from X`, `my contract with X`. */
function isDealtWith(tokens: readonly Token[], start: number): boolean {
  const joint = tokens[start - 1];
  const word = tokens[start - (FILLERS.has(tokens[start - 2]?.key ?? '') ? 3 : 2)];
  return (
    word !== undefined &&
    tokens[start]!.joint === JOINT.space &&
    joint!.joint === JOINT.space &&
    /^(?:by|from|of|with|to|on|for)$/.test(joint!.key) &&
    ((DEALINGS.has(word.key) && !(joint!.key === 'by' && WORKS.has(word.key))) ||
      (PRODUCTS.has(word.key) && /^(?:by|from|of)$/.test(joint!.key)))
  );
}

/** `Anna Reed from X`, `she is from X`: what is no known place. */
function isFromEmployer(tokens: readonly Token[], start: number): boolean {
  const subject = tokens[start - 2];
  const isPlace = (tokens[start]!.bits & (IS.city | IS.country)) !== 0;
  return subject !== undefined && !isPlace && (subject.shape === 'capital' || /^(?:is|was)$/.test(subject.key));
}

/** What an organisation is not said of. */
export function isHuman(tokens: readonly Token[], start: number, end: number): boolean {
  const behind = spacedKey(tokens[end]);
  return (
    isBehindCue(tokens, start) || HUMAN_VERBS.has(behind) || (tokens[end - 1]!.isPossessive && OF_HUMANS.has(behind))
  );
}

export function isBehindCue(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start]!.joint <= JOINT.comma ? (tokens[start - 1]?.key ?? '') : '';
  const isLabel = tokens[start]!.joint === JOINT.stop && /^(?:name|user)$/.test(tokens[start - 1]?.key ?? '');
  return isLabel || HUMAN_CUES.has(before);
}

/** The word behind, where only a blank stands between. */
export function spacedKey(token: Token | undefined): string {
  return token?.joint === JOINT.space ? token.key : '';
}
