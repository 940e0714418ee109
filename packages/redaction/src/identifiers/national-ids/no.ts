// Norway: fødselsnummer (a date of birth, MOD 11 twice).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const no: readonly NationalId[] = [
  {
    country: 'NO',
    pattern: String.raw`(?<!\d)[0-7]\d[0-5]\d{3} ?\d{5}(?!\d)`,
    isValid: (text) => isBirthNumber(digitsOf(text)),
    certain: false,
    cue: /\bfnr\b|fødselsnummer|fodselsnummer|personnummer|d-nummer/i,
  },
];

function isBirthNumber(digits: string): boolean {
  return (
    weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}
