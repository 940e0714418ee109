// Firms that are called after three partners: `Hawkins, Richardson and Santana`.
import type { Finding } from '../finding.ts';
import { IS } from './lexicons.ts';
import { JOINT, type Token } from './tokens.ts';

/** Before and behind such a name; elsewhere three names are three persons. */
const BEFORE = new Set('at for from joined with the firm company'.split(' '));
const BEHIND = new Set('orchestra llp office lawyers attorneys associates foundation'.split(' '));

export function findFirms(tokens: readonly Token[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at + 3 < tokens.length; at++) {
    const [first, second, and, third] = [tokens[at]!, tokens[at + 1]!, tokens[at + 2]!, tokens[at + 3]!];
    if (and.key !== 'and' || and.joint !== JOINT.space || third.joint !== JOINT.space || second.joint !== JOINT.comma)
      continue;
    if (![first, second, third].every(isPartner) || third.shape !== first.shape) continue;
    if (!BEFORE.has(keyBefore(tokens, at)) && !BEHIND.has(tokens[at + 4]?.key ?? '') && !isLine(tokens, at)) continue;
    found.push({ start: first.start, end: third.end, kind: 'organisation', confidence: 0.7, reason: 'firm' });
  }
  return found;
}

function isPartner({ bits, shape }: Token): boolean {
  return shape !== 'number' && (bits & IS.surname) !== 0 && !(bits & IS.noName);
}

function keyBefore(tokens: readonly Token[], at: number): string {
  return tokens[at]!.joint === JOINT.space ? (tokens[at - 1]?.key ?? '') : '';
}

function isLine(tokens: readonly Token[], at: number): boolean {
  return tokens[at]!.isLine && (tokens[at + 4]?.isLine ?? true);
}
