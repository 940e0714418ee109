// Thailand: national id (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const th: readonly NationalId[] = [
  {
    country: 'TH',
    pattern: String.raw`(?<![\d\-])[1-8][\- ]\d{4}[\- ]\d{5}[\- ]\d{2}[\- ]\d(?![\d\-])`,
    isValid: (text) => isThai(digitsOf(text)),
    certain: true,
    cue: /บัตรประชาชน|thai(?:land)? id|national id/i,
  },
  {
    country: 'TH',
    pattern: String.raw`(?<!\d)[1-8]\d{12}(?!\d)`,
    isValid: (text) => isThai(text),
    certain: false,
    cue: /บัตรประชาชน|thai(?:land)? id|national id/i,
  },
];

function isThai(digits: string): boolean {
  const sum = weighted(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return (11 - (sum % 11)) % 10 === Number(digits.charAt(12));
}
