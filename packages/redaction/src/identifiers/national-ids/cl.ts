// Chile: RUT (MOD 11, K for ten).
import type { NationalId } from './national-id.ts';

export const cl: readonly NationalId[] = [
  {
    country: 'CL',
    pattern: String.raw`(?<![\d.])(?:[3-9]|\d{2})\.\d{3}\.\d{3}-[\dk](?![\w\-])`,
    isValid: (text) => isRut(text),
    certain: true,
    cue: /\br\.?u\.?[tn]\b/i,
  },
  {
    country: 'CL',
    pattern: String.raw`(?<![\d.\-])\d{7,8}-[\dk](?![\w\-])`,
    isValid: (text) => isRut(text),
    certain: false,
    cue: /\br\.?u\.?[tn]\b/i,
  },
];

function isRut(text: string): boolean {
  const [check = '', ...digits] = Array.from(text.toUpperCase().replace(/[.-]/g, '')).reverse();
  const sum = digits.reduce((all, digit, at) => all + Number(digit) * (2 + (at % 6)), 0);
  return '0K987654321'.charAt(sum % 11) === check;
}
