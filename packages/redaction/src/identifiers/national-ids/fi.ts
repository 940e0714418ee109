// Finland: henkilötunnus (a date of birth, sign by MOD 31).
import { isDay } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const fi: readonly NationalId[] = [
  {
    country: 'FI',
    pattern: String.raw`\b[0-3]\d[01]\d\d{2}[\-+ABCDEFUVWXY]\d{3}[0-9A-FHJ-NPR-Y]\b`,
    isValid: (text) => isHetu(text.toUpperCase()),
    certain: true,
    cue: /hetu|henkilötunnus|henkilotunnus/i,
  },
];

function isHetu(id: string): boolean {
  const number = Number(id.slice(0, 6) + id.slice(7, 10));
  const sign = '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(number % 31);
  return isDay(id.slice(4, 6), id.slice(2, 4), id.slice(0, 2)) && sign === id.charAt(10);
}
