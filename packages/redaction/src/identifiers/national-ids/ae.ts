// United Arab Emirates: Emirates ID (a year of birth, Luhn).
import { digitsOf, isLuhn } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ae: readonly NationalId[] = [
  {
    country: 'AE',
    pattern: String.raw`(?<![\d\-])784[ \-]?(?:19|20)\d{2}[ \-]?\d{7}[ \-]?\d(?![\d\-])`,
    isValid: (text) => isLuhn(digitsOf(text)),
    certain: true,
    cue: /emirates id|الهوية/i,
  },
];
