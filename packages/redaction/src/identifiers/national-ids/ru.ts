// Russia: insurance number (SNILS) and taxpayer number of a person (INN).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ru: readonly NationalId[] = [
  {
    country: 'RU',
    pattern: String.raw`(?<![\d\-])\d{3}-\d{3}-\d{3}[ \-]\d{2}(?![\d\-])`,
    isValid: (text) => isInsurance(digitsOf(text)),
    certain: true,
    cue: /снилс|\bsnils\b/i,
  },
  {
    country: 'RU',
    pattern: String.raw`(?<!\d)\d{12}(?!\d)`,
    isValid: (text) => isTaxpayer(text),
    certain: false,
    cue: /инн|\binn\b/i,
  },
];

function isInsurance(digits: string): boolean {
  return (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9));
}

function isTaxpayer(digits: string): boolean {
  const [eleventh, twelfth] = [digits.charAt(10), digits.charAt(11)].map(Number);
  const first = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
  return (weighted(digits, first) % 11) % 10 === eleventh && (weighted(digits, [3, ...first]) % 11) % 10 === twelfth;
}
