// Netherlands: BSN (the eleven-test).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const nl: readonly NationalId[] = [
  {
    country: 'NL',
    pattern: String.raw`(?<!\d)\d{3}[. ]?\d{2,3}[. ]?\d{3}(?!\d)`,
    isValid: (text) => weighted(digitsOf(text).padStart(9, '0'), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    certain: false,
    cue: /\bbsn\b|burgerservice|sofinummer/i,
  },
];
