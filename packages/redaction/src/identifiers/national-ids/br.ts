// Brazil: CPF and CNPJ (MOD 11 twice).
import { digitsOf, weighted } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const br: readonly NationalId[] = [
  {
    country: 'BR',
    pattern: String.raw`(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)`,
    isValid: (text) => isCpf(digitsOf(text)),
    certain: true,
    cue: /\bcpf\b/i,
  },
  {
    country: 'BR',
    pattern: String.raw`(?<!\d)\d{11}(?!\d)`,
    isValid: (text) => isCpf(text),
    certain: false,
    cue: /\bcpf\b/i,
  },
  {
    country: 'BR',
    pattern: String.raw`(?<![\d.])\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}(?!\d)`,
    isValid: (text) => isCnpj(digitsOf(text)),
    certain: true,
    cue: /\bcnpj\b/i,
  },
];

function checkOf(digits: string, weights: readonly number[]): number {
  const left = weighted(digits, weights) % 11;
  return left < 2 ? 0 : 11 - left;
}

function isCpf(digits: string): boolean {
  const [tenth, eleventh] = [digits.charAt(9), digits.charAt(10)].map(Number);
  const first = [10, 9, 8, 7, 6, 5, 4, 3, 2];
  return new Set(digits).size > 1 && checkOf(digits, first) === tenth && checkOf(digits, [11, ...first]) === eleventh;
}

function isCnpj(digits: string): boolean {
  const first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  const [one, two] = [digits.charAt(12), digits.charAt(13)].map(Number);
  return checkOf(digits, first) === one && checkOf(digits, [6, ...first]) === two;
}
