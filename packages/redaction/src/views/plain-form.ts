// A text in plain characters with its case kept, so that what is encoded in it can be decoded.
import { CONFUSABLES, PROTOTYPES } from '../confusables.ts';
import { replaced, type View } from './view.ts';

/** The text itself where it has nothing unusual. */
export function plainOf(view: View): View {
  view.plain ??= plainForm(view) ?? view;
  return view.plain;
}

/** What has no width is left out, whatever looks like a character of ASCII is that character. */
function plainForm(view: View): View | undefined {
  if (!UNUSUAL.test(view.text)) return undefined;
  // What is decoded is looked for in all of it.
  return replaced(view, /[^\p{ASCII}\p{sc=Han}]/gu, ([char]) => charOf(char), Number.POSITIVE_INFINITY);
}

/** Not accents, quotation marks, dashes and Han characters, which many texts have. */
const UNUSUAL =
  /[\u00aa-\u00be\u0250-\u1fff\u200b-\u200f\u202a-\u202e\u2060-\u218f\u2200-\u2dff\ua000-\uabff\ud800-\udfff\ufb00-\uffff]/;

const known = new Map<string, string>();

function charOf(char: string): string {
  let plain = known.get(char);
  if (plain === undefined) {
    plain = readPlain(char);
    known.set(char, plain);
  }
  return plain;
}

function readPlain(char: string): string {
  if (/^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u.test(char)) return tagOf(char) === undefined ? '' : char;
  const compatible = char.normalize('NFKD').replace(/\p{M}/gu, '');
  if (/^\p{ASCII}+$/u.test(compatible)) return compatible;
  const look = (CONFUSABLES.get(char) ?? PROTOTYPES.get(char) ?? '').normalize('NFKD').replace(/\p{M}/gu, '');
  // UTS #39 takes every I for an l: here the case counts.
  if (look === 'l' && char.toLowerCase() !== char) return 'I';
  return /^\p{ASCII}+$/u.test(look) ? look : char;
}

/** Invisible copies of ASCII, in which a text may be written that nobody sees. */
export function tagOf(char: string): string | undefined {
  const point = char.codePointAt(0)! - 0xe0000;
  return point >= 0x20 && point < 0x7f ? String.fromCharCode(point) : undefined;
}

/** A text that stands character by character: `R 2 9 v`, `%.4.7`. */
export function unspread(view: View): View | undefined {
  if (!SPREAD.test(view.text)) return undefined;
  return replaced(
    view,
    /(?<![^\s])[^\s](?:([^\p{L}\p{N}%&\\=])[^\s])(?:\1[^\s]){2,400}(?![\p{L}\p{N}])/gu,
    ([run, separator]) =>
      Array.from(run)
        .filter((char, at) => at % 2 === 0 || char !== separator)
        .join(''),
  );
}

/** The beginning of one: quick to look for. */
const SPREAD = /(?:^|\s)\S{1,2}(?:\s\S{1,2}\s\S{1,2}(?:\s|$)|[^\w\s]{1,2}\S{1,2}[^\w\s])/;

/** Pairs of hexadecimal digits without what stands between them. */
export function unpaired(view: View): View | undefined {
  if (!PAIRS.test(view.text)) return undefined;
  const pairs =
    /(?<!\b(?:0x)?[0-9a-f]{2}[\s,.:;/|+-]{1,2})\b(?:0x)?[0-9a-f]{2}(?:[\s,.:;/|+-]{1,2}(?:0x)?[0-9a-f]{2}){2,}\b(?!-\w)/gi;
  return replaced(view, pairs, ([run]) => ` ${run.replace(/0x|[^0-9a-f]/gi, '')} `);
}

/** In what is written so one digit in two is none beyond 9. */
const PAIRS = /\d[0-9a-f][\s,.:;/|+-]{1,2}(?:0x)?[0-9a-f]{2}[\s,.:;/|+-]/i;

const SYMBOLS: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
  '©': 'c',
  '®': 'r',
  '¥': 'y',
  '+': 't',
  '(': 'c',
  '<': 'c',
  '§': 's',
  '^': 'a',
};

/** `Met@`, `Micro$oft`, `OpenA!`: signs for letters, beside a letter. */
export function unsigned(view: View): View | undefined {
  return withLetters(view, SIGNS);
}

/** The same of a text in which `+` stands for a blank, as in links. */
export function unsignedBesidePlus(view: View): View | undefined {
  return view.text.includes('+') ? withLetters(view, SIGNS_BESIDE_PLUS) : undefined;
}

function withLetters(view: View, signs: RegExp): View | undefined {
  if (!/[@$!|€£¢©®¥+(<§^]/.test(view.text)) return undefined;
  return replaced(view, signs, ([found]) =>
    found.length === 1 ? SYMBOLS[found] : Array.from(found, (sign) => SYMBOLS[sign] ?? sign).join(''),
  );
}

const SIGNS =
  /(?<=[\p{L}\p{N}])(?:[@$!|€£¢©®¥+(<§^]{1,3}(?=[\p{L}\p{N}])|[@$!|€]{1,3}(?![\p{L}\p{N}]))|(?<![\p{L}\p{N}])(?:[@!|](?=[\p{L}\p{N}])|[@!|$€£¢©®¥]{1,3}(?=\p{L}))/gu;
const SIGNS_BESIDE_PLUS =
  /(?<=[\p{L}\p{N}])(?:[@$!|€£¢©®¥(<§^]{1,3}(?=[\p{L}\p{N}+])|[@$!|€]{1,3}(?![\p{L}\p{N}]))|(?<![\p{L}\p{N}])(?:[@!|](?=[\p{L}\p{N}])|[@!|$€£¢©®¥]{1,3}(?=\p{L}))/gu;
