// Denmark: CPR number (a date of birth; no check digit any more).
import { isDay } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const dk: readonly NationalId[] = [
  {
    country: 'DK',
    pattern: String.raw`(?<![\d\-])[0-3]\d[01]\d{3}[\- ]?\d{4}(?![\d\-])`,
    isValid: (text) => isDay(text.slice(4, 6), text.slice(2, 4), text.slice(0, 2)),
    certain: false,
    cue: /\bcpr\b|personnummer/i,
  },
];
