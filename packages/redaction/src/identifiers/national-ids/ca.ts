// Canada: social insurance number (Luhn).
import { digitsOf, isLuhn } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ca: readonly NationalId[] = [
  {
    country: 'CA',
    pattern: String.raw`(?<![\d\-])\d{3}[ \-]?\d{3}[ \-]?\d{3}(?![\d\-])`,
    isValid: (text) => isLuhn(digitsOf(text)),
    certain: false,
    cue: /\bsin\b|social insurance/i,
  },
];
