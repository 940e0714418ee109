// Belgium: national register number (97 less the rest, with a 2 before it from 2000 on).
import { digitsOf, rest } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const be: readonly NationalId[] = [
  {
    country: 'BE',
    pattern: String.raw`(?<!\d)\d{2}[. ]?[0-5]\d[. ]?[0-3]\d[\- ]?\d{3}[. ]?\d{2}(?!\d)`,
    isValid: (text) => isRegister(digitsOf(text)),
    certain: false,
    cue: /rijksregister|registre national|\bniss\b|\binsz\b|national register/i,
  },
  {
    country: 'BE',
    pattern: String.raw`(?<!\d)\d{2}\.[0-5]\d\.[0-3]\d-\d{3}\.\d{2}(?!\d)`,
    isValid: (text) => isRegister(digitsOf(text)),
    certain: true,
    cue: /rijksregister/i,
  },
];

function isRegister(digits: string): boolean {
  const [number, check] = [digits.slice(0, 9), Number(digits.slice(9))];
  return 97 - rest(number, 97) === check || 97 - rest(`2${number}`, 97) === check;
}
