// Romania: CNP (a date of birth, MOD 11).
import { isDay, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ro: readonly NationalId[] = [
  {
    country: 'RO',
    pattern: String.raw`(?<!\d)[1-9]\d{2}[01]\d[0-3]\d{7}(?!\d)`,
    isValid: (text) => isCnp(text),
    certain: true,
    cue: /\bcnp\b|cod numeric/i,
  },
];

function isCnp(id: string): boolean {
  const check = weighted(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return (check === 10 ? 1 : check) === Number(id.charAt(12)) && isDay(id.slice(1, 3), id.slice(3, 5), id.slice(5, 7));
}
