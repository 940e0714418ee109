// What the last check found, as an officer is told of it: places and kinds, never the names.

import { fieldsOfLevel, recordType } from '@detente/record';
import { type Leak, leakCheckBytes, type TermIndex } from '@detente/redaction';
import type { RecordRow } from '@detente/store/worker';

/** Names in the bytes of a version, or of a prefix of it, at the fields that they stand in; `public:` before those of an edition. */
export function leaksOf(
  { token, type, edition }: Pick<RecordRow, 'token' | 'type' | 'edition'>,
  index: TermIndex,
): Leak[] {
  const names = fieldsOfLevel(recordType(type), 5);
  const place = (at: string) =>
    at.replace(/^\/disclosures\/(\d+)(\/[01])?/, (whole, nth: string) => {
      const name = names[Number(nth)];
      return name === undefined ? whole : `${edition ? 'public:' : ''}/${name}`;
    });
  return leakCheckBytes(token, index).map((leak) => ({ ...leak, at: place(leak.at) }));
}

const MOST_TOLD = 20;

/** `protected_term: developer at /summary, lab at /title`. */
export function tellLeaks(leaks: readonly Leak[]): string {
  const places = [...new Set(leaks.map(({ at, kind }) => `${kind} at ${at}`))];
  const more = places.length - MOST_TOLD;
  return `protected_term: ${places.slice(0, MOST_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
