// European Union: VAT numbers with the letters of their country (Directive 2006/112/EC, art. 215), by their check digits.
import { digitsOf, isLuhn, isMod11And10, rest, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

const CHECKS: Readonly<Record<string, (digits: string) => boolean>> = {
  // The sum of Luhn and four.
  AT: (digits) => isLuhn(digits.slice(0, 6) + String((Number(digits.charAt(6)) + Number(digits.charAt(7)) + 4) % 10)),
  BE: (digits) => 97 - rest(digits.slice(0, 8), 97) === Number(digits.slice(8)),
  DE: isMod11And10,
  DK: (digits) => weighted(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  FI: (digits) => weighted(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  FR: (digits) => (12 + 3 * rest(digits.slice(2), 97)) % 97 === Number(digits.slice(0, 2)),
  IT: isLuhn,
  // Its form has a letter of its own.
  NL: () => true,
  PL: (digits) => weighted(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7, -1]) % 11 === 0,
  SE: (digits) => isLuhn(digits.slice(0, 10)),
};

export const eu: readonly NationalId[] = [
  {
    country: 'EU',
    pattern: String.raw`(?<![A-Z0-9])(?:ATU\d{8}|BE ?[01]\d{3}\.?\d{3}\.?\d{3}|DE ?\d{9}|NL ?\d{9}B\d{2}|(?:DK|FI) ?\d{8}|(?:FR|IT) ?\d{11}|PL ?\d{10}|SE ?\d{10}01)(?![A-Z0-9])`,
    isValid: (text) => CHECKS[text.slice(0, 2).toUpperCase()]!(digitsOf(text)),
    certain: true,
    cue: /\bvat\b|\btax\b/i,
  },
];
