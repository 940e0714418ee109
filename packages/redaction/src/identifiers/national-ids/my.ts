// Malaysia: MyKad (a date of birth, a place).
import { isDay } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const my: readonly NationalId[] = [
  {
    country: 'MY',
    pattern: String.raw`(?<![\d\-])\d{2}[01]\d[0-3]\d-\d{2}-\d{4}(?![\d\-])`,
    isValid: (text) => isDay(text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)),
    certain: true,
    cue: /mykad|\bnric\b|\bic\b/i,
  },
];
