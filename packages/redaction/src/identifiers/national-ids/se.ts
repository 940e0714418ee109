// Sweden: personnummer (a date of birth, Luhn).
import { digitsOf, isDay, isLuhn } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const se: readonly NationalId[] = [
  {
    country: 'SE',
    pattern: String.raw`(?<![\d\-])(?:19|20)?\d{2}[01]\d[0-9]\d[\-+]\d{4}(?![\d\-])`,
    isValid: (text) => isPersonal(digitsOf(text).slice(-10)),
    certain: true,
    cue: /personnummer|personal (?:identity )?number/i,
  },
  {
    country: 'SE',
    pattern: String.raw`(?<!\d)(?:19|20)?\d{2}[01]\d[0-9]\d{5}(?!\d)`,
    isValid: (text) => isPersonal(digitsOf(text).slice(-10)),
    certain: false,
    cue: /personnummer|personal (?:identity )?number/i,
  },
];

function isPersonal(digits: string): boolean {
  const day = String(Number(digits.slice(4, 6)) % 60);
  return isDay(digits.slice(0, 2), digits.slice(2, 4), day) && isLuhn(digits);
}
