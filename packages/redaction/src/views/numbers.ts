// Characters by their numbers, one behind the other, as a table of codes has them: `66, 114, 105`, `0102 0162`, `01000010 01110010`,
// `6708 4e4b`, `0x67080x4e4b`.
import { replaced, type View } from './view.ts';

/** Whether there may be three such numbers, or two long ones: a date is enough. */
const HINT =
  /\d[0-9a-f]{0,7}[\s,.:;/|+-]{1,3}(?:0[xbo])?[0-9a-f]{2,8}[\s,.:;/|+-]{1,3}(?:0[xbo])?[0-9a-f]{2,8}(?![0-9a-z])|\d{5}[\s,;]{1,3}\d{5}|[01]{24}/i;

const RUN =
  /(?<![0-9a-z])(?:0[xbo])?[0-9a-f]{2,8}(?:[\s,.:;/|+-]{1,3}(?:0[xbo])?[0-9a-f]{2,8}){1,400}(?![0-9a-z])|(?<![0-9a-z])[01]{24,3200}(?![0-9a-z])/gi;

/** Every run of numbers as the characters that they are in any base, those that are none as blanks. */
export function numbered(view: View): View | undefined {
  return HINT.test(view.text) ? replaced(view, RUN, ([run]) => charactersOf(run)) : undefined;
}

/** `chr(66)+chr(114)`, `String.fromCharCode(66) + …`, `'66', '114'`: what stands between the numbers is the same each time. */
const CALLS =
  /(?=\d)(?<=['"`([)\]] ?)(?:0x[0-9a-f]{2,6}|\d{2,7})(?=([^0-9]{1,40}?)(?:0x[0-9a-f]{2,6}|\d{2,7})(?![0-9a-f]))(?:\1(?:0x[0-9a-f]{2,6}|\d{2,7})){2,400}/gi;

/** Such numbers with nothing else between. */
export function uncalled(view: View): View | undefined {
  return replaced(view, CALLS, ([run]) => run.match(/0x[0-9a-f]{2,6}|\d{2,7}/gi)!.join(' '));
}

const BASES: readonly (readonly [base: number, number: RegExp])[] = [
  [2, /^(?:0b)?[01]{7,8}$/i],
  [8, /^(?:0o?)?[0-7]{3}$/i],
  [10, /^\d{2,7}$/],
  [16, /^(?:0x[0-9a-f]{2,6}|[0-9a-f]{4})$/i],
];

function charactersOf(run: string): string | undefined {
  const tokens = /^[01]{24,}$/.test(run) ? run.match(/[01]{8}/g)! : run.split(/[\s,.:;/|+-]+/);
  const readings = BASES.flatMap(([base, number]) => {
    const values = tokens.map((token) =>
      number.test(token) ? Number.parseInt(token.replace(/^0[xbo]/i, ''), base) : Number.NaN,
    );
    const texts = [bytesOf(values), pointsOf(values)];
    return texts.filter((text) => SAYS.test(text.replace(/[\p{M}\p{Cf}]/gu, '')));
  });
  return readings.length === 0 ? undefined : ` ${readings.join(' ; ')} `;
}

/** Three characters beside each other, or two that say more. */
const SAYS = /\p{sc=Han}{2}|(?:[\p{L}\p{N}\p{S}\p{P}][ \n]{0,2}){3}/u;

/** Bytes of UTF-8; what is none, and what does not belong to any, as blanks. */
function bytesOf(values: readonly number[]): string {
  const bytes = values.map((value) => (value < 256 && isLegible(value) ? value : 0x20));
  return Buffer.from(bytes).toString('utf8').replaceAll('\ufffd', ' ');
}

function pointsOf(values: readonly number[]): string {
  return values.map((value) => (isLegible(value) ? String.fromCodePoint(value) : ' ')).join('');
}

/** Years are no letters. */
function isLegible(value: number): boolean {
  if (value === 10 || value === 13) return true;
  return value >= 0x20 && value <= 0x10ffff && value !== 0x7f && !(value > 0x700 && value < 0x900);
}
