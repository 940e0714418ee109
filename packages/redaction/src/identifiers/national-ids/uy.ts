// Uruguay: cédula de identidad (MOD 10).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const uy: readonly NationalId[] = [
  {
    country: 'UY',
    pattern: String.raw`(?<![\d.])\d\.\d{3}\.\d{3}-\d(?![\d\-])`,
    isValid: (text) => weighted(digitsOf(text), [2, 9, 8, 7, 6, 3, 4, 1]) % 10 === 0,
    certain: true,
    cue: /\bc\.? ?i\b|c[ée]dula/i,
  },
];
