// What is found in free text, by kind, from the confidence on that holds a release.
import { findEntities, HELD_FROM } from '../src/findings.ts';

export function found(text: string, kind: string): string[] {
  const ours = findEntities(text).filter((finding) => finding.kind === kind && finding.confidence >= HELD_FROM);
  return ours.map(({ start, end }) => text.slice(start, end));
}

export const persons = (text: string) => found(text, 'person');
export const organisations = (text: string) => found(text, 'organisation');
export const places = (text: string) => found(text, 'place');
