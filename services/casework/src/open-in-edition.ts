// What may name somebody in the public edition of a warning. A warning does not wait for it; its public edition does.

import { HELD_FROM } from '@detente/redaction';

type DraftFinding = { place: string; kind: string; confidence: number; done: string };

/** The findings of a public edition that nobody has decided on, and that would hold a record that is no warning. */
export function openInEdition(findings: unknown): DraftFinding[] {
  return (findings as DraftFinding[]).filter(
    ({ place, confidence, done }) => place.startsWith('public:') && done === 'open' && confidence >= HELD_FROM,
  );
}

/** `person at public:/summary, organisation at public:/title`. */
export function tellOpen(findings: readonly DraftFinding[]): string {
  return [...new Set(findings.map(({ kind, place }) => `${kind} at ${place}`))].slice(0, 20).join(', ');
}
