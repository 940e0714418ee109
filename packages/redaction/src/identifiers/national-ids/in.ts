// India: Aadhaar (Verhoeff), PAN, and GSTIN, which has a PAN in it.
import { digitsOf, isVerhoeff } from '../checksums.ts';
import type { NationalId } from './national-id.ts';

export const india: readonly NationalId[] = [
  {
    country: 'IN',
    pattern: String.raw`(?<![\d\-])[2-9]\d{3}[ \-]\d{4}[ \-]\d{4}(?![ \-]?\d)`,
    isValid: (text) => isVerhoeff(digitsOf(text)),
    certain: true,
    cue: /aadhaa?r|\buid(?:ai)?\b/i,
  },
  {
    country: 'IN',
    pattern: String.raw`(?<!\d)[2-9]\d{11}(?!\d)`,
    isValid: (text) => isVerhoeff(text),
    certain: false,
    cue: /aadhaa?r|\buid(?:ai)?\b/i,
  },
  {
    country: 'IN',
    pattern: String.raw`\b[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]\b`,
    isValid: (text) => /^[A-Z]+\d+[A-Z]$/.test(text),
    certain: true,
    cue: /\bpan\b/i,
  },
  {
    country: 'IN',
    pattern: String.raw`\b[0-3]\d[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]\b`,
    isValid: () => true,
    certain: true,
    cue: /\bgst(?:in)?\b/i,
  },
];
