// United States: social security number (areas that were never given out are none) and individual taxpayer number.
import { digitsOf } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const us: readonly NationalId[] = [
  {
    country: 'US',
    pattern: String.raw`(?<![\d.\-])(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d\-])`,
    isValid: (text) => isGiven(text),
    certain: true,
    cue: /ssn|social security|taxpayer|itin|社会安全/i,
  },
  {
    country: 'US',
    pattern: String.raw`(?<![\d.\-])(?!000|666)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}(?![\d\-])`,
    isValid: (text) => isGiven(text),
    certain: false,
    cue: /ssn|social security|taxpayer|itin|社会安全/i,
  },
];

/** Randomised since 2011; from 900 on only taxpayers' numbers, which test sets use too. */
function isGiven(text: string): boolean {
  return digitsOf(text).length === 9 && new Set(digitsOf(text)).size > 1;
}
