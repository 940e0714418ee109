// France: NIR (97 less the rest of division by 97).
import { rest } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const fr: readonly NationalId[] = [
  {
    country: 'FR',
    pattern: String.raw`(?<![\dA-Z])[12378] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[0-9AB] ?\d{3} ?\d{3} ?\d{2}(?![\dA-Z])`,
    isValid: (text) => isNir(text.replace(/ /g, '').toUpperCase()),
    certain: true,
    cue: /sécurité sociale|securite sociale|\bnir\b|\binsee\b|carte vitale/i,
  },
];

function isNir(nir: string): boolean {
  // Corsica: 2A counts as 19, 2B as 18.
  const digits = nir.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - rest(digits, 97) === Number(nir.slice(13));
}
