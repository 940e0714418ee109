// Israel: identity number (Luhn).
import { isLuhn } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const il: readonly NationalId[] = [
  {
    country: 'IL',
    pattern: String.raw`(?<!\d)\d{9}(?!\d)`,
    isValid: (text) => isLuhn(text),
    certain: false,
    cue: /teudat|תעודת זהות|israeli? id/i,
  },
];
