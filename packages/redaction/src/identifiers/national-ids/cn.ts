// China: resident id (GB 11643, check by ISO 7064 MOD 11-2) and unified social credit code (GB 32100, MOD 31).
import { isDay, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const cn: readonly NationalId[] = [
  {
    country: 'CN',
    pattern: String.raw`(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{9}[0-9Xx](?![0-9A-Za-z])`,
    isValid: (text) =>
      isDay(text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)) &&
      '10X98765432'.charAt(weighted(text, RESIDENT) % 11) === text.charAt(17).toUpperCase(),
    certain: true,
    cue: /身份证|居民|证件|resident id|identity card|id number/i,
  },
  {
    country: 'CN',
    pattern: String.raw`(?<![0-9A-Za-z])[159ANY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])`,
    isValid: (text) => isCreditCode(text.toUpperCase()),
    certain: true,
    cue: /信用代码|税号|纳税人|credit code|uscc/i,
  },
];

const RESIDENT = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function isCreditCode(code: string): boolean {
  let [sum, weight] = [0, 1];
  for (const sign of code.slice(0, 17)) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS.charAt((31 - (sum % 31)) % 31) === code.charAt(17);
}
