// What is found in free text by kind, as soon as it holds a release; and what a text becomes in tier `clear`.
import type { Test } from 'tap';
import { type Finding, findCounts, findEntities, generalise, HELD_FROM } from '../src/findings.ts';

export function found(text: string, kind: string): string[] {
  const ours = findEntities(text).filter((finding) => finding.kind === kind && finding.confidence >= HELD_FROM);
  return ours.map(({ start, end }) => text.slice(start, end));
}

export const persons = (text: string) => found(text, 'person');
export const organisations = (text: string) => found(text, 'organisation');
export const places = (text: string) => found(text, 'place');

export function findingsIn(text: string): Finding[] {
  const found = [...findEntities(text), ...findCounts(text)].sort((a, b) => a.start - b.start);
  return found.filter(({ start }, at) => at === 0 || start >= found[at - 1]!.end);
}

export const clear = (text: string) => generalise(text, findingsIn(text), 'clear').text;

export function check(t: Test, texts: Readonly<Record<string, string>>): void {
  for (const [text, coarse] of Object.entries(texts)) {
    t.equal(clear(text), coarse);
    t.equal(clear(coarse), coarse, 'once is enough');
  }
}
