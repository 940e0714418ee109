// Mexico: CURP (MOD 10), and RFC (a day).
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
  {
    country: 'MX',
    pattern: String.raw`(?<![A-ZÑ&0-9])[A-ZÑ&]{3,4}\d{2}[01]\d[0-3]\d[A-Z0-9]{2}[0-9A](?![A-Z0-9])`,
    isValid: (text) => isDay(text.slice(-9, -7), text.slice(-7, -5), text.slice(-5, -3)),
    certain: true,
    cue: /\brfc\b/i,
  },
];

const SIGNS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

function isCurp(id: string): boolean {
  const sum = Array.from(id.slice(0, 17)).reduce((total, sign, at) => total + SIGNS.indexOf(sign) * (18 - at), 0);
  return isDay(id.slice(4, 6), id.slice(6, 8), id.slice(8, 10)) && (10 - (sum % 10)) % 10 === Number(id.charAt(17));
}
