// South Africa: identity number (a date of birth, Luhn).
import { isDay, isLuhn } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const za: readonly NationalId[] = [
  {
    country: 'ZA',
    pattern: String.raw`(?<!\d)\d{2}[01]\d[0-3]\d{5}[01]\d{2}(?!\d)`,
    isValid: (text) => isDay(text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)) && isLuhn(text),
    certain: true,
    cue: /identity number|\bid number|south african/i,
  },
];
