// What a country's file says of its numbers.

export type NationalId = {
  /** ISO 3166-1. */
  country: string;
  /** Where one may stand; flags `g` and `i` are added. */
  pattern: string;
  /** What is checked besides: a check digit, a date of birth. */
  isValid(text: string): boolean;
  /** Whether form and check are enough; otherwise a cue must stand before it. */
  certain: boolean;
  /** What such a number is called where it stands. */
  cue: RegExp;
};
