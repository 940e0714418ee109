// United Kingdom: national insurance number, and NHS number (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const gb: readonly NationalId[] = [
  {
    country: 'GB',
    pattern: String.raw`\b(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b`,
    // In small letters with all its blanks: `at 440659d` is none.
    isValid: (text) => /\d/.test(text) && !/^[a-z]{2} \d{6}/.test(text),
    certain: true,
    cue: /national insurance|nino?\b|ni number/i,
  },
  {
    country: 'GB',
    pattern: String.raw`(?<!\d)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)`,
    isValid: (text) => isNhs(digitsOf(text)),
    certain: false,
    cue: /\bnhs\b/i,
  },
];

function isNhs(digits: string): boolean {
  const check = (11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === Number(digits.charAt(9));
}
