// Czechia and Slovakia: rodné číslo (divisible by 11).
import { digitsOf, rest } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const cz: readonly NationalId[] = [
  {
    country: 'CZ',
    pattern: String.raw`(?<![\d/])\d{2}[0-8]\d[0-3]\d/\d{4}(?![\d/])`,
    isValid: (text) => rest(digitsOf(text), 11) === 0,
    certain: true,
    cue: /rodné|rodne|rč/i,
  },
];
