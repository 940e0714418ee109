// Singapore: NRIC and FIN (letter by MOD 11).
import { weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const sg: readonly NationalId[] = [
  {
    country: 'SG',
    pattern: String.raw`\b[STFGM]\d{7}[A-Z]\b`,
    isValid: (text) => isNric(text.toUpperCase()),
    certain: true,
    cue: /\bnric\b|\bfin\b/i,
  },
];

const OFFSETS: Readonly<Record<string, number>> = { S: 0, T: 4, F: 0, G: 4, M: 3 };

function isNric(id: string): boolean {
  const first = id.charAt(0);
  const left = (weighted(id.slice(1), [2, 7, 6, 5, 4, 3, 2]) + OFFSETS[first]!) % 11;
  const letters = first === 'M' ? 'KLJNPQRTUWX' : /[ST]/.test(first) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK';
  return letters.charAt(first === 'M' ? 10 - left : left) === id.charAt(8);
}
