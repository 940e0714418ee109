// Turkey: identity number (two check digits).
import { weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const tr: readonly NationalId[] = [
  {
    country: 'TR',
    pattern: String.raw`(?<!\d)[1-9]\d{10}(?!\d)`,
    isValid: (text) => isTurkish(text),
    certain: false,
    cue: /kimlik|\btckn\b|t\.?c\.? no/i,
  },
];

function isTurkish(id: string): boolean {
  const tenth = weighted(id, [7, -1, 7, -1, 7, -1, 7, -1, 7]) % 10;
  const eleventh = weighted(id, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
  return (tenth + 10) % 10 === Number(id.charAt(9)) && eleventh === Number(id.charAt(10));
}
