// Base64 in a text, standard and for URLs, whole, in pieces or within something longer, and hexadecimal: of UTF-8 and of UTF-16.
import { isInHanWord } from '../entities/han-lexicon.ts';
import { simplified } from '../entities/han-traditional.ts';
import { hitsIn } from '../hits.ts';
import { rememberingWords } from '../known-words.ts';
import { unitAt } from '../units.ts';
import { isWord } from '../words.ts';
import { createBuilder, type Run, type View } from './view.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (const [value, char] of Array.from(ALPHABET).entries()) VALUES[char.charCodeAt(0)] = value;
VALUES['-'.charCodeAt(0)] = 62;
VALUES['_'.charCodeAt(0)] = 63;

/** The runs of letters and digits that are no ordinary words, `=` behind them included. */
export function oddRuns(view: View): readonly Run[] {
  view.odd ??= readRuns(view.text);
  return view.odd;
}

function readRuns(text: string): Run[] {
  const odd: Run[] = [];
  for (let from = 0; from < text.length; from++) {
    if (valueAt(text, from) < 0) continue;
    let to = from + 1;
    while (to < text.length && valueAt(text, to) >= 0) to++;
    const isPadded = unitAt(text, to) === PADDING;
    if (isPadded || !(to - from < MIN_RUN && isSmall(text, from + 1, to))) {
      if (isPadded || !isOrdinary(text, from, to)) {
        const end = text.startsWith('==', to) ? to + 2 : isPadded ? to + 1 : to;
        odd.push({ from, to: end });
        to = end;
      }
    }
    from = to - 1;
  }
  return odd;
}

/** The views of such runs: those that decode to text as a whole, in their place; what is readable in the others; and what is in
 *  several that stand one behind the other. */
export function debased(view: View): View[] {
  const odd = oddRuns(view);
  let whole: ReturnType<typeof createBuilder> | undefined;
  let parts: ReturnType<typeof createBuilder> | undefined;
  const { text } = view;
  for (const { from, to: end } of odd) {
    let to = end;
    while (unitAt(text, to - 1) === PADDING) to--;
    const { plain, stretches } = decodedOf(text, from, end > to ? to + 1 : to);
    if (plain !== undefined) {
      whole ??= createBuilder(view);
      whole.replace(from, end, plain);
    }
    for (const stretch of stretches) {
      parts ??= createBuilder(view);
      parts.put(`${stretch} ; `, from, to);
    }
  }
  return [whole, parts, rejoined(view, odd)].flatMap((builder) => builder?.view() ?? []);
}

/** What a run is as a whole, and what is readable in it. */
type Decoded = { plain: string | undefined; stretches: readonly string[] };

/** A text comes as it is, without names and for the public, each time with nearly the same runs. */
function decodedOf(text: string, from: number, to: number): Decoded {
  return to - from > MAX_ORDINARY ? readRun(text.slice(from, to)) : remembered(text, from, to);
}

const remembered = rememberingWords(readRun);

/** @param padded with one `=` behind it if it has any */
function readRun(padded: string): Decoded {
  const run = padded.replace('=', '');
  const plain = run.length < 2 ? undefined : readWhole(run, run !== padded);
  return { plain, stretches: run.length < MIN_RUN ? [] : [...hexIn(run), ...stretchesIn(run)] };
}

/** A part of a path: `/tmp/62726978`. Parts of UUIDs say nothing. */
const HEX_PART = /(?<=[/_]|^)(?:[0-9a-f]{2}){4,}(?=[/_]|$)/gi;

/** What the parts of a path say in hexadecimal. */
function hexIn(run: string): string[] {
  if (!/[/_]/.test(run)) return [];
  return hitsIn(run, HEX_PART).flatMap(([part]) => readWhole(part, false) ?? []);
}

/** What stands between two lines or strings, pieces of up to five letters included, which are words as often as not; several where each
 *  has a line. */
const GAP = /^["'`\s,;.+&\\]{1,8}(?:[\w/]{1,5}["'`\s,;.+&\\]{1,8})?$|^(?:\r?\n[\w+/]{4,5}){1,4}\r?\n$/;
const BEFORE = /(?<![\w+/])(?:[\w/]{1,5}["'`\s,;.+&\\]{1,8})$/;
const BEHIND = /^(?:["'`\s,;.+&\\]{1,8}[\w+/]{1,5}={0,2})(?![\w+/=])/;
const MAX_GAP = 30;

/** What is readable in runs that nothing but quotes and blanks part: with what is small beside them and without, and without the first
 *  or the last, which may be words. */
function rejoined(view: View, runs: readonly Run[]) {
  let builder: ReturnType<typeof createBuilder> | undefined;
  for (let nth = 0, last = 0; nth + 1 < runs.length; nth = Math.max(last, nth + 1)) {
    last = nth;
    while (last + 1 < runs.length && isNear(view.text, runs, last, nth)) last++;
    const chain = runs.slice(nth, last + 1);
    if (!isBroken(view.text, chain)) continue;
    const core = { from: chain[0]!.from, to: chain.at(-1)!.to };
    const others = [
      withSmall(view.text, core),
      { ...core, from: chain[1]!.from },
      withSmall(view.text, { ...core, to: chain.at(-2)!.to }),
    ];
    for (const { from, to } of [core, ...others]) {
      const joined = view.text.slice(from, to).replace(/["'`\s]{1,4}\+["'`\s]{1,4}|[^\w+/-]+/g, '');
      for (const stretch of [readWhole(joined, true) ?? '', ...stretchesIn(joined)]) {
        if (stretch === '') continue;
        builder ??= createBuilder(view);
        // What is small beside them may be a word: it stays where it stands.
        builder.put(`${stretch} ; `, Math.max(from, core.from), Math.min(to, core.to));
      }
    }
  }
  return builder;
}

/** Case and digits as no word has them. */
const MIXED = /[a-z][A-Z0-9]|[A-Z]\d+[A-Z]|\d[A-Z]\d|[A-Z0-9][a-z]\w*[A-Z0-9]|=$/;

/** Whether half of the pieces are no words, or all but the last are of one length, as a machine breaks lines. */
function isBroken(text: string, chain: readonly Run[]): boolean {
  if (chain.length < 2) return false;
  const mixed = chain.filter(({ from, to }) => MIXED.test(text.slice(from, to))).length;
  const length = chain[0]!.to - chain[0]!.from;
  const isEven = chain.length > 2 && chain.slice(0, -1).every(({ from, to }) => to - from === length);
  const isQuoted = /["'`]/.test(text.slice(chain[0]!.to, chain[1]!.from));
  return mixed > 0 && (isEven || isQuoted || (mixed > 1 && mixed * 2 >= chain.length));
}

function withSmall(text: string, { from, to }: Run): Run {
  const before = BEFORE.exec(text.slice(Math.max(0, from - 14), from))?.[0].length ?? 0;
  const behind = BEHIND.exec(text.slice(to, to + 16))?.[0].length ?? 0;
  return { from: from - before, to: to + behind };
}

/** Whether the next run stands behind the `last` in the same way as all since the `first` do. */
function isNear(text: string, runs: readonly Run[], last: number, first: number): boolean {
  const [from, to] = [runs[last]!.to, runs[last + 1]!.from];
  if (to === from || to - from > MAX_GAP || (isCapitalised(text, runs[last]!) && isCapitalised(text, runs[last + 1]!)))
    return false;
  const gap = text.slice(from, to);
  if (!GAP.test(gap)) return false;
  const signOf = (one: string) => one.replace(/[\w/].*/s, '');
  return last === first || signOf(gap) === signOf(text.slice(runs[first]!.to, runs[first + 1]!.from));
}

/** As most names are written. */
function isCapitalised(text: string, { from, to }: Run): boolean {
  return isSmall(text, from + 1, to);
}

const MIN_RUN = 6;

const PADDING = 61;

function isSmall(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (unitAt(text, at) < 97) return false;
  return true;
}

/** Words and numbers as in every text, alone or with hyphens between. */
export function isOrdinary(text: string, from = 0, to = text.length): boolean {
  return to - from <= MAX_ORDINARY && ordinary(text, from, to);
}

const ordinary = rememberingWords(
  (run) =>
    /^(?:[a-z]{1,3}|[0-9]{1,11}(?:[-_/][0-9]{1,11}){0,8})$/.test(run) ||
    (/^[A-Z]?[a-z]*(?:[-_/][A-Z]?[a-z]*){0,6}$/.test(run) && run.split(/[-_/]/).every(isOrdinaryWord)),
);

const MAX_ORDINARY = 40;

function isOrdinaryWord(word: string): boolean {
  return word.length < 4 || isWord(word.toLowerCase());
}

function valueAt(text: string, at: number): number {
  const code = unitAt(text, at);
  return code < 128 ? VALUES[code]! : -1;
}

/** @param isPadded an ordinary word has no `=` after it */
function readWhole(run: string, isPadded: boolean): string | undefined {
  const hex = /^(?:0x)?((?:[0-9a-f]{2}){3,})$/i.exec(run)?.[1];
  if (hex !== undefined)
    return [legible(Buffer.from(hex, 'hex')), wide(Buffer.from(hex, 'hex'))].filter(Boolean).join(' ; ') || undefined;
  if (run.length % 4 === 1 || (!isPadded && /^[A-Z]?[a-z]*$/.test(run))) return undefined;
  if (!isPadded && run.length < 4) return undefined;
  const bytes = Buffer.from(run, 'base64');
  return (
    (isReadable(run) ? readable(bytes) : undefined) ?? (isPadded || run.length % 4 === 0 ? wide(bytes) : undefined)
  );
}

/** What a name in UTF-16 is made of, with what may hide it. By chance one unit in ten is, one of 40 if it is no character of a word. */
const WIDE =
  /^(?:[\t\n\r -~\xa0-\u058f\u1d00-\u218f\u2460-\u24ff\u2800-\u28ff\u4e00-\u9fa5\uff00-\uff5e\ufeff\u{1d400}-\u{1d7ff}\u{1f000}-\u{1faff}]|\ufe0f)+$/u;

/** UTF-16, in either order of bytes, where all of it is text. */
function wide(bytes: Buffer): string | undefined {
  if (bytes.length < 4) return undefined;
  const even = bytes.subarray(0, bytes.length & ~1);
  const texts = [even, Buffer.from(even).swap16()].map((units) => units.toString('utf16le'));
  return texts.find((text) => WIDE.test(text) && Array.from(simplified(text)).every(mayBeRead));
}

function mayBeRead(char: string): boolean {
  return char < '\u4e00' || char > '\u9fa5' || isInHanWord(char.charCodeAt(0));
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
  const text = bytes.toString('utf8').replace(/(?![\r\n])[\ufffd\p{Cc}]/gu, ' ');
  return text.trim().length > 2 || /\p{sc=Han}{2}/u.test(text) ? text : undefined;
}

function isControl(byte: number): boolean {
  return byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 13 : byte === 0x7f;
}

/** From this weight on a stretch is read: four letters, or two characters of three bytes. */
const MIN_WEIGHT = 4;

/** What is readable, by each of the four places in a group where the run may begin. */
function stretchesIn(run: string): string[] {
  const stretches: string[] = [];
  const bytes = Buffer.allocUnsafe(Math.ceil((run.length * 3) / 4) + 1);
  for (let shift = 0; shift < 4; shift++) {
    let [held, bits, length, weight, rest, next, last] = [0, (shift * 6) % 8, 0, 0, 0, 0, 0];
    for (let at = 0; at <= run.length; at++) {
      let byte = -1;
      if (at < run.length) {
        held = ((held << 6) | valueAt(run, at)) & 0xffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        byte = (held >> bits) & 0xff;
        // UTF-16 has a zero beside every letter of ASCII.
        const isBetween = byte === 0 && last !== 0 && rest === 0;
        last = byte;
        if (isBetween) continue;
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
