// Portugal: NIF (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const pt: readonly NationalId[] = [
  {
    country: 'PT',
    pattern: String.raw`(?<!\d)[1-35689]\d{2} ?\d{3} ?\d{3}(?!\d)`,
    isValid: (text) => isNif(digitsOf(text)),
    certain: false,
    cue: /\bnif\b|contribuinte/i,
  },
];

function isNif(digits: string): boolean {
  const check = 11 - (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check > 9 ? 0 : check) === Number(digits.charAt(8));
}
