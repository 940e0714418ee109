// Austria: social insurance number (MOD 11, a date of birth).
import { digitsOf, isDay, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const at: readonly NationalId[] = [
  {
    country: 'AT',
    pattern: String.raw`(?<!\d)[1-9]\d{3} ?[0-3]\d[01]\d{3}(?!\d)`,
    isValid: (text) => isInsurance(digitsOf(text)),
    certain: false,
    cue: /svnr|sozialversicherung|versicherungsnummer/i,
  },
];

function isInsurance(digits: string): boolean {
  const check = weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
  return check === Number(digits.charAt(3)) && isDay(digits.slice(8), digits.slice(6, 8), digits.slice(4, 6));
}
