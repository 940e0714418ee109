// Italy: codice fiscale (letter by MOD 26).
import type { NationalId } from './national-id.ts';

export const it: readonly NationalId[] = [
  {
    country: 'IT',
    pattern: String.raw`\b[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b`,
    isValid: (text) => isFiscalCode(text.toUpperCase()),
    certain: true,
    cue: /codice fiscale|fiscal code/i,
  },
];

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isFiscalCode(code: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const sign = code.charAt(at);
    const value = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
    sum += at % 2 === 0 ? ODD[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code.charAt(15);
}
