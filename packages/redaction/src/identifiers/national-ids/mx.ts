// Mexico: CURP (MOD 10).
import { isDay } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const mx: readonly NationalId[] = [
  {
    country: 'MX',
    pattern: String.raw`\b[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d\b`,
    isValid: (text) => isCurp(text.toUpperCase()),
    certain: true,
    cue: /\bcurp\b/i,
  },
];

const SIGNS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

function isCurp(id: string): boolean {
  const sum = Array.from(id.slice(0, 17)).reduce((total, sign, at) => total + SIGNS.indexOf(sign) * (18 - at), 0);
  return isDay(id.slice(4, 6), id.slice(6, 8), id.slice(8, 10)) && (10 - (sum % 10)) % 10 === Number(id.charAt(17));
}
