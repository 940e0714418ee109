// Colombia: NIT (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const co: readonly NationalId[] = [
  {
    country: 'CO',
    pattern: String.raw`(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d(?![\d\-])`,
    isValid: (text) => isNit(digitsOf(text)),
    certain: true,
    cue: /\bnit\b/i,
  },
];

function isNit(digits: string): boolean {
  const left = weighted(digits, [41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
  return (left < 2 ? left : 11 - left) === Number(digits.charAt(9));
}
