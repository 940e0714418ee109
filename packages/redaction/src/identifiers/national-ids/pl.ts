// Poland: PESEL (a date of birth, MOD 10).
import { isDay, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const pl: readonly NationalId[] = [
  {
    country: 'PL',
    pattern: String.raw`(?<!\d)\d{2}[0-3]\d[0-3]\d{6}(?!\d)`,
    isValid: (text) => isPesel(text),
    certain: false,
    cue: /pesel/i,
  },
];

function isPesel(text: string): boolean {
  const month = String(Number(text.slice(2, 4)) % 20);
  return (
    isDay(text.slice(0, 2), month, text.slice(4, 6)) && weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
  );
}
