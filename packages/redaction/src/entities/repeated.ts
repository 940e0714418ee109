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
  if (!found.some(({ kind }) => kind === 'person')) return [];
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
  return added;
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
