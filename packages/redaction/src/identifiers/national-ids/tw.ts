// Taiwan: national id (letter as two digits, MOD 10).
import { weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const tw: readonly NationalId[] = [
  {
    country: 'TW',
    pattern: String.raw`\b[A-Z][1289]\d{8}\b`,
    isValid: (text) => isTaiwanese(text.toUpperCase()),
    certain: true,
    cue: /身分證|身份證|national id/i,
  },
];

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

function isTaiwanese(id: string): boolean {
  const letter = String(LETTERS.indexOf(id.charAt(0)) + 10);
  return weighted(letter + id.slice(1), [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0;
}
