// Hong Kong: identity card (MOD 11).
import type { NationalId } from './national-id.ts';

export const hk: readonly NationalId[] = [
  {
    country: 'HK',
    pattern: String.raw`\b[A-Z]{1,2}\d{6} ?\([0-9A]\)`,
    isValid: (text) => isCard(text.toUpperCase().replace(/[^0-9A-Z]/g, '')),
    certain: true,
    cue: /hkid|身份證|identity card/i,
  },
  {
    country: 'HK',
    pattern: String.raw`\b[A-Z]{1,2}\d{6}[0-9A]\b`,
    isValid: (text) => isCard(text.toUpperCase()),
    certain: false,
    cue: /hkid|身份證|identity card/i,
  },
];

function isCard(id: string): boolean {
  const signs = id.padStart(9, ' ');
  const values = Array.from(signs, (sign) => (sign === ' ' ? 36 : Number.parseInt(sign, 36)));
  return values.reduce((sum, value, at) => sum + value * (9 - at), 0) % 11 === 0;
}
