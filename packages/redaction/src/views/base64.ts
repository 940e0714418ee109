// Base64 in a text, standard and for URLs, whole or within something longer, and hexadecimal.
import { isWord } from '../words.ts';
import { createBuilder, type View } from './view.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (const [value, char] of Array.from(ALPHABET).entries()) VALUES[char.charCodeAt(0)] = value;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

/** The views of a text's runs: those that decode to text as a whole, in their place; and what is readable in the others. */
export function debased(view: View): View[] {
  let whole: ReturnType<typeof createBuilder> | undefined;
  let parts: ReturnType<typeof createBuilder> | undefined;
  const { text } = view;
  for (let from = 0; from < text.length; from++) {
    if (valueAt(text, from) < 0) continue;
    let to = from + 1;
    while (to < text.length && valueAt(text, to) >= 0) to++;
    if (to - from < MIN_RUN && text.charCodeAt(to) !== PADDING && isSmall(text, from + 1, to)) {
      from = to - 1;
      continue;
    }
    const end = text.startsWith('==', to) ? to + 2 : text.startsWith('=', to) ? to + 1 : to;
    const run = text.slice(from, to);
    if (end === to && isOrdinary(run)) {
      from = to - 1;
      continue;
    }
    const plain = run.length < 2 ? undefined : readWhole(run, end > to);
    if (plain !== undefined) {
      whole ??= createBuilder(view);
      whole.replace(from, end, plain);
    }
    if (to - from >= MIN_RUN) {
      for (const stretch of stretchesIn(text, from, to)) {
        parts ??= createBuilder(view);
        parts.put(`${stretch} ; `, from, to);
      }
    }
    from = end - 1;
  }
  return [whole, parts].flatMap((builder) => builder?.view() ?? []);
}

const MIN_RUN = 6;

const PADDING = 61;

function isSmall(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) < 97) return false;
  return true;
}

/** Words and numbers as in every text, alone or with hyphens between. Most words come again and again. */
export function isOrdinary(run: string): boolean {
  if (run.length > MAX_ORDINARY) return false;
  let answer = ordinary.get(run);
  if (answer === undefined) {
    answer =
      /^(?:[a-z]{1,3}|[0-9]{1,11}(?:[-_/][0-9]{1,11}){0,8})$/.test(run) ||
      (/^[A-Z]?[a-z]*(?:[-_/][A-Z]?[a-z]*){0,6}$/.test(run) && run.split(/[-_/]/).every(isOrdinaryWord));
    if (ordinary.size > MAX_KNOWN) ordinary.clear();
    ordinary.set(run, answer);
  }
  return answer;
}

const MAX_ORDINARY = 40;
const MAX_KNOWN = 50_000;
const ordinary = new Map<string, boolean>();

function isOrdinaryWord(word: string): boolean {
  return word.length < 4 || isWord(word.toLowerCase());
}

function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? VALUES[code]! : -1;
}

/** @param isPadded an ordinary word has no `=` after it */
function readWhole(run: string, isPadded: boolean): string | undefined {
  const hex = /^(?:0x)?((?:[0-9a-f]{2}){3,})$/i.exec(run)?.[1];
  if (hex !== undefined) return legible(Buffer.from(hex, 'hex'));
  if (run.length % 4 === 1 || (!isPadded && /^[A-Z]?[a-z]*$/.test(run))) return undefined;
  if (!isPadded && run.length < 4) return undefined;
  return isReadable(run) ? readable(Buffer.from(run, 'base64')) : undefined;
}

/** Whether the first bytes of all groups can begin or go on in a text: what tells nearly every ordinary word from base64. */
function isReadable(run: string): boolean {
  for (let at = 0; at + 1 < run.length; at += 4) {
    const byte = (valueAt(run, at) << 2) | (valueAt(run, at + 1) >> 4);
    if (isControl(byte)) return false;
  }
  return true;
}

function readable(bytes: Buffer): string | undefined {
  if (bytes.some(isControl)) return undefined;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? undefined : text;
}

/** What can be read, with blanks for the rest: hexadecimal says nothing about where it begins. */
function legible(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8').replace(/[\ufffd\p{Cc}]/gu, ' ');
  return text.trim().length > 2 || /\p{sc=Han}{2}/u.test(text) ? text : undefined;
}

function isControl(byte: number): boolean {
  return byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 13 : byte === 0x7f;
}

/** From this weight on a stretch is read: four letters, or two characters of three bytes. */
const MIN_WEIGHT = 4;

/** What is readable, by each of the four places in a group where the run may begin. */
function stretchesIn(text: string, from: number, to: number): string[] {
  const stretches: string[] = [];
  const bytes = Buffer.allocUnsafe(Math.ceil(((to - from) * 3) / 4) + 1);
  for (let shift = 0; shift < 4; shift++) {
    let [held, bits, length, weight, rest, next] = [0, (shift * 6) % 8, 0, 0, 0, 0];
    for (let at = from; at <= to; at++) {
      let byte = -1;
      if (at < to) {
        held = ((held << 6) | valueAt(text, at)) & 0xffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        byte = (held >> bits) & 0xff;
      }
      const goesOn = byte >= 0x80 && byte < 0xc0;
      // UTF-8: as many bytes go on as the first one says.
      if (goesOn !== rest > 0 || isControl(byte)) {
        if (weight >= MIN_WEIGHT) stretches.push(bytes.toString('utf8', 0, length));
        [length, weight, rest] = [0, 0, 0];
      }
      if (goesOn ? rest === 0 : isControl(byte)) continue;
      rest = goesOn ? rest - 1 : followers(byte);
      if (!goesOn) next = weightOf(byte);
      if (rest === 0) weight += next;
      bytes[length++] = byte;
    }
  }
  return stretches;
}

function followers(first: number): number {
  if (first < 0xc0) return 0;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

/** How much a character that begins so says: letters and digits, those of the scripts that names are written in. */
function weightOf(first: number): number {
  if (first < 0x80) return (first | 0x20) >= 97 && (first | 0x20) <= 122 ? 1 : first >= 48 && first <= 57 ? 1 : 0;
  if (first < 0xe0) return first >= 0xc3 && first <= 0xd6 ? 1 : 0;
  return first < 0xf0 ? 2 : 1;
}
