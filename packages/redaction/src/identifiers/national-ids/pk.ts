// Pakistan: CNIC (its form).
import type { NationalId } from './national-id.ts';

export const pk: readonly NationalId[] = [
  {
    country: 'PK',
    pattern: String.raw`(?<![\d\-])[1-7]\d{4}-\d{7}-\d(?![\d\-])`,
    isValid: () => true,
    certain: true,
    cue: /\bcnic\b|\bnicop\b/i,
  },
];
