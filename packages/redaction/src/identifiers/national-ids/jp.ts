// Japan: My Number (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const jp: readonly NationalId[] = [
  {
    country: 'JP',
    pattern: String.raw`(?<!\d)\d{4}[ \-]?\d{4}[ \-]?\d{4}(?!\d)`,
    isValid: (text) => isMyNumber(digitsOf(text)),
    certain: false,
    cue: /マイナンバー|個人番号|my number/i,
  },
];

function isMyNumber(digits: string): boolean {
  const left = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (left <= 1 ? 0 : 11 - left) === Number(digits.charAt(11));
}
