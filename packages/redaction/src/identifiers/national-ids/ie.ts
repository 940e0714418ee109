// Ireland: PPS number (letter by MOD 23).
import { weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const ie: readonly NationalId[] = [
  {
    country: 'IE',
    pattern: String.raw`\b\d{7}[A-W][A-IW]?\b`,
    isValid: (text) => isPps(text.toUpperCase()),
    certain: false,
    cue: /\bpps\b|ppsn/i,
  },
];

function isPps(id: string): boolean {
  const second = id.length === 9 && id.charAt(8) !== 'W' ? (id.charCodeAt(8) - 64) * 9 : 0;
  const sum = weighted(id, [8, 7, 6, 5, 4, 3, 2]) + second;
  return 'WABCDEFGHIJKLMNOPQRSTUV'.charAt(sum % 23) === id.charAt(7);
}
