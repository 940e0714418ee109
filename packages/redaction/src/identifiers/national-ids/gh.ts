// Ghana: Ghana Card (its form).
import type { NationalId } from './national-id.ts';

export const gh: readonly NationalId[] = [
  {
    country: 'GH',
    pattern: String.raw`\bGHA-\d{9}-\d(?![\d\-])`,
    isValid: () => true,
    certain: true,
    cue: /ghana ?card/i,
  },
];
