// Spain: DNI and NIE (letter by MOD 23).
import type { NationalId } from './national-id.ts';

export const es: readonly NationalId[] = [
  {
    country: 'ES',
    pattern: String.raw`\b(?:\d{8}|[XYZ][ \-]?\d{7})[ \-]?[TRWAGMYFPDXBNJZSQVHLCKE]\b`,
    isValid: (text) => isDni(text.replace(/[^0-9A-Z]/gi, '').toUpperCase()),
    certain: true,
    cue: /\bdni\b|\bnie\b|\bnif\b|documento/i,
  },
];

function isDni(id: string): boolean {
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(number % 23) === id.slice(-1);
}
