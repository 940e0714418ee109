// What a text says of a name elsewhere: the last name alone, and whoever stands beside somebody in a list.
import type { Finding } from '../finding.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

/** From this confidence on a person's words are looked for in the rest of the text. */
const SURE = 0.6;

/** @param found from left to right
 *  @returns what is to be added */
export function findRepeated(tokens: readonly Token[], found: readonly Finding[]): Finding[] {
  const names = new Set<string>();
  const persons: (Finding | undefined)[] = [];
  let nth = 0;
  for (const token of tokens) {
    while (nth < found.length && found[nth]!.end <= token.start) nth++;
    const inside = found[nth] !== undefined && found[nth]!.start <= token.start ? found[nth] : undefined;
    persons.push(inside);
    if (inside?.kind === 'person' && inside.confidence >= SURE && token.key.length > 2) names.add(token.key);
  }
  if (!found.some(({ kind }) => kind === 'person')) return [...wordsBeside(tokens, persons)];
  const added: Finding[] = [];
  tokens.forEach((token, at) => {
    if (persons[at] !== undefined || !isOpen(token)) return;
    const isRepeated = names.has(token.key) && !(token.isFirst && (token.bits & IS.word) !== 0);
    const isBeside =
      (token.bits & (IS.given | IS.surname)) !== 0 && !token.isHeadline && standsBeside(tokens, persons, at);
    if (!isRepeated && !isBeside) return;
    const finding = {
      start: token.start,
      end: token.end,
      kind: 'person',
      confidence: 0.6,
      reason: isRepeated ? 'repeated' : 'list',
    } as const;
    persons[at] = finding;
    added.push(finding);
  });
  return [...added, ...wordsBeside(tokens, persons)];
}

/** `OpenAI, Anthropic and Cohere`: an ordinary word with a capital that is listed beside an organisation.
 *  @param found what each token is within */
function* wordsBeside(tokens: readonly Token[], found: (Finding | undefined)[]): Generator<Finding> {
  const isOne = (at: number) => found[at]?.kind === 'organisation';
  for (const [at, token] of tokens.entries()) {
    const { start, end, bits, shape, isFirst, isHeadline } = token;
    if (found[at] !== undefined || shape !== 'capital' || isFirst || isHeadline || !isOpen(token)) continue;
    const isAlone = token.joint !== JOINT.space || tokens[at - 1]!.shape === 'lower';
    if (!(bits & IS.word) || bits & (IS.head | IS.city) || !isAlone || !isListed(tokens, at, isOne)) continue;
    const next = tokens[at + 1];
    if (next !== undefined && next.joint < JOINT.comma && next.shape !== 'lower') continue;
    found[at] = { start, end, kind: 'organisation', confidence: 0.5, reason: 'list' };
    yield found[at];
  }
}

/** Of what only its capitals tell, whatever is an organisation elsewhere in the text, or is listed beside one, is one too:
 *  `Kaspi Bank and Halyk`.
 *  @param found from left to right */
export function asOrganisations(tokens: readonly Token[], found: readonly Finding[]): readonly Finding[] {
  if (!found.some(isDoubtful) || !found.some(({ kind }) => kind === 'organisation')) return found;
  const names = new Set<string>();
  const inside: (Finding | undefined)[] = [];
  let nth = 0;
  for (const { start, end, key } of tokens) {
    while (nth < found.length && found[nth]!.end <= start) nth++;
    const one = found[nth] !== undefined && found[nth]!.start <= start ? found[nth] : undefined;
    inside.push(one);
    if (one?.kind === 'organisation' && one.start === start && one.end === end) names.add(key);
  }
  const changed = new Set<Finding>();
  const isOne = (at: number) => {
    const one = inside[at];
    return one !== undefined && (one.kind === 'organisation' || changed.has(one));
  };
  for (const [at, { key }] of tokens.entries()) {
    const one = inside[at];
    if (one !== undefined && isDoubtful(one) && (names.has(key) || isListed(tokens, at, isOne))) changed.add(one);
  }
  return found.map((one) => (changed.has(one) ? { ...one, kind: 'organisation', reason: 'list' } : one));
}

function isDoubtful({ kind, reason, confidence }: Finding): boolean {
  return kind === 'person' && reason === 'capitals' && confidence <= 0.5;
}

/** `X and Y`, `X, Y and Z`; what is on the other side is asked of `is`. */
function isListed(tokens: readonly Token[], at: number, is: (place: number) => boolean): boolean {
  const isJoined = (place: number) =>
    ((tokens[place]?.bits ?? 0) & IS.and) !== 0 && tokens[place]!.joint === JOINT.space;
  return (
    (tokens[at]!.joint === JOINT.comma && is(at - 1) && isJoined(at + 1)) ||
    (tokens[at + 1]?.joint === JOINT.comma && is(at + 1) && isJoined(at + 2)) ||
    (isJoined(at - 1) && tokens[at]!.joint === JOINT.space && is(at - 2)) ||
    (isJoined(at + 1) && tokens[at + 2]?.joint === JOINT.space && is(at + 2))
  );
}

function isOpen({ shape, bits, key }: Token): boolean {
  return (shape === 'capital' || shape === 'caps') && key.length > 2 && !(bits & (IS.noName | IS.country | IS.title));
}

/** `Marrero and X`, `X, Marrero`. */
function standsBeside(tokens: readonly Token[], found: readonly (Finding | undefined)[], at: number): boolean {
  const isPerson = (place: number) => found[place]?.kind === 'person';
  if (tokens[at]!.joint === JOINT.comma && isPerson(at - 1)) return true;
  if (/^(?:and|or)$/.test(tokens[at - 1]?.key ?? '') && tokens[at]!.joint === JOINT.space && isPerson(at - 2))
    return true;
  return /^(?:and|or)$/.test(tokens[at + 1]?.key ?? '') && tokens[at + 1]!.joint === JOINT.space && isPerson(at + 2);
}
