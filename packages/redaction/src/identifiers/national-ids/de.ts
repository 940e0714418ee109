// Germany: tax id (ISO 7064 MOD 11,10) and pension insurance number.
import { digitsOf, isDay, isMod11And10 } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const de: readonly NationalId[] = [
  {
    country: 'DE',
    pattern: String.raw`(?<!\d)[1-9]\d(?: ?\d{3}){3}(?!\d)`,
    isValid: (text) => isMod11And10(digitsOf(text)),
    certain: false,
    cue: /steuer|\bidnr|\btin\b|tax id|identifikationsnummer/i,
  },
  {
    country: 'DE',
    pattern: String.raw`\b\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}\b`,
    isValid: (text) => isDay(digitsOf(text).slice(6, 8), digitsOf(text).slice(4, 6), digitsOf(text).slice(2, 4)),
    certain: false,
    cue: /rentenversicherung|sozialversicherung|pension insurance|\bsvnr\b/i,
  },
];
