// Exact dates and times of day as French, German, Spanish, Italian, Portuguese and Dutch write them.
import { MONTH_NAMES, SHORT_MONTHS, WEEKDAYS } from './month-names.ts';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const MONTH = `(?:(?:${MONTH_NAMES})(?:,? (?:del? )?${YEAR}(?!\\d))?|(?:${SHORT_MONTHS})\\.? (?:de )?${YEAR}(?!\\d))`;

/** `lundi 3 mars 2024`, `3. März 2024`, `3 de marzo de 2024`, `1er août`. */
export const DATES_ELSEWHERE: RegExp = new RegExp(
  `(?<![\\p{L}\\d.,:/-])(?:(?:${WEEKDAYS}),? (?:(?:le|den|dem|el|il|dia|de) )?)?(?:1er|${DAY}[.ºª°]?) (?:de )?${MONTH}(?![\\p{L}\\d%])`,
  'giu',
);
/** How such months begin behind a day, which is soon looked for. */
export const DATE_HINT =
  /\d(?:er|[.ºª°])? (?:de )?(?:jan|f[eé][bv]|j[aä]nn|m[aä][irgy]|maar|maer|mrz|mrt|mei|a[pvgobu]|ju|lu|gi|gen|ene|se[pt]|o[cktu]|no|d[eéi][czi])/i;

/** `14h30`, `14 h`; `14.30 Uhr`, `14 Uhr 30`. */
export const HOURS: RegExp =
  /(?<![\p{L}\d:.,])(?:[01]?\d|2[0-3])(?: ?h(?: ?[0-5]\d)?|(?:[.:][0-5]\d)? ?Uhr(?: [0-5]\d)?)(?![\p{L}\d])/giu;
export const HOUR_HINT = /\d ?(?:uhr|h(?![a-z]))/i;

const AT = /(?<!\p{L})(?:à|vers|dès|avant|après|las|às) $/iu;

/** The planet has a capital; `14h30` is a time, and `2h30` or `14h` how long something took, unless a word before it says `at`. */
export function isElsewhere(text: string, { start, end }: { start: number; end: number }): boolean {
  const hit = text.slice(start, end);
  if (/h(?: ?\d\d)?$/i.test(hit))
    return /^\d\d ?h ?\d\d$/i.test(hit) || AT.test(text.slice(Math.max(0, start - 12), start));
  return !/\d M(?:ars|ai|ei|ag)$/.test(hit);
}
