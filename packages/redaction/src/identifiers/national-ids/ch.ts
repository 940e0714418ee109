// Switzerland: AHV number (EAN-13), and the number of a firm (UID, MOD 11).
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
  {
    country: 'CH',
    pattern: String.raw`\bCHE-?\d{3}\.?\d{3}\.?\d{3}(?!\d)`,
    isValid: (text) => weighted(digitsOf(text), [5, 4, 3, 2, 7, 6, 5, 4, 1]) % 11 === 0,
    certain: true,
    cue: /\buid\b|\bide\b/i,
  },
];
