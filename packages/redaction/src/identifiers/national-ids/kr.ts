// South Korea: resident registration number (a date of birth; MOD 11 until 2020).
import { isDay } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const kr: readonly NationalId[] = [
  {
    country: 'KR',
    pattern: String.raw`(?<![\d\-])\d{2}[01]\d[0-3]\d-[1-8]\d{6}(?![\d\-])`,
    isValid: (text) => isDay(text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)),
    certain: true,
    cue: /주민등록|resident registration|\brrn\b/i,
  },
];
