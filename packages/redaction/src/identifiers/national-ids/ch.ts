// Switzerland: AHV number (EAN-13).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ch: readonly NationalId[] = [
  {
    country: 'CH',
    pattern: String.raw`(?<![\d.])756\.?\d{4}\.?\d{4}\.?\d{2}(?![\d])`,
    isValid: (text) => weighted(digitsOf(text), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    certain: true,
    cue: /\bahv\b|\bavs\b/i,
  },
];
