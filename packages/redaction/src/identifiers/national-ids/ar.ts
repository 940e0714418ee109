// Argentina: CUIT and CUIL (MOD 11).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ar: readonly NationalId[] = [
  {
    country: 'AR',
    pattern: String.raw`(?<![\d\-])(?:2[03-7]|3[0347])[\- ]\d{8}[\- ]\d(?![\d\-])`,
    isValid: (text) => weighted(digitsOf(text), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    certain: true,
    cue: /\bcui[tl]\b/i,
  },
];
