// Australia: tax file number (MOD 11) and Medicare number (MOD 10).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const au: readonly NationalId[] = [
  {
    country: 'AU',
    pattern: String.raw`(?<!\d)\d{3} ?\d{3} ?\d{3}(?!\d)`,
    isValid: (text) => weighted(digitsOf(text), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    certain: false,
    cue: /\btfn\b|tax file/i,
  },
  {
    country: 'AU',
    pattern: String.raw`(?<!\d)[2-6]\d{3} ?\d{5} ?\d(?!\d)`,
    isValid: (text) => weighted(digitsOf(text), [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digitsOf(text).charAt(8)),
    certain: false,
    cue: /medicare/i,
  },
];
