// A part of a text and what to write for it. The part may be more than what was found: a preposition, blanks, days beside a month.
export type Rewrite = { start: number; end: number; written: string };
