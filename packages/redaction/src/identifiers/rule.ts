// What a rule for identifiers is made of.
import type { Finding, FindingKind } from '../finding.ts';

export type Rule = {
  kind: FindingKind;
  /** With flag `g`; safe in linear time: a test checks every one. */
  pattern: RegExp;
  /** Whether a text without it has none of the kind: much quicker to ask first. */
  hint?: RegExp;
  /** Whether a hit is one, by what the pattern cannot say. */
  check?: (hit: string, text: string, start: number) => boolean;
  /** The beginning of a hit that is one, where the pattern may take too much. */
  part?: (hit: string) => string;
  /** Words that must stand shortly before it. */
  cue?: RegExp;
  confidence: number;
  reason: string;
};

/** How far before an identifier the word may stand that says what it is. */
const REACH = 48;

export function hasCue(text: string, start: number, cue: RegExp): boolean {
  return cue.test(text.slice(Math.max(0, start - REACH), start));
}

/** Every hit of the rules, also those that overlap. */
export function hitsOf(rules: readonly Rule[], text: string): Finding[] {
  const found: Finding[] = [];
  for (const { kind, pattern, hint, part, check, cue, confidence, reason } of rules) {
    if (hint !== undefined && !hint.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const [hit, start] = [part === undefined ? match[0] : part(match[0]), match.index];
      if (check !== undefined && !check(hit, text, start)) continue;
      if (cue !== undefined && !hasCue(text, start, cue)) continue;
      found.push({ start, end: start + hit.length, kind, confidence, reason });
    }
  }
  return found;
}
