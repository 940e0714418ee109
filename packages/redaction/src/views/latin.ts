// A text of another script in Latin letters: characters as pinyin, others letter by letter.
import anyAscii from 'any-ascii';
import { pinyin } from 'pinyin-pro';
import { COMPOUND_SURNAMES } from '../entities/han-lexicon.ts';
import { simplified } from '../entities/han-traditional.ts';
import { wadeGiles } from '../wade-giles.ts';
import { isWord } from '../words.ts';
import { replaced, type View } from './view.ts';

/** Every letter that is not Latin, in Latin letters; Han characters as syllables with blanks between. */
export function inLatin(view: View): View | undefined {
  if (!/[\u0370-\u1fff\u2c00-\udfff\uf900-\uffef]/.test(view.text) || !OTHER.test(view.text)) return undefined;
  return replaced(view, /[\p{L}\p{M}]/gu, ([char]) => latinOf(char));
}

const OTHER = /[^\P{L}\p{sc=Latn}\p{sc=Zyyy}]/u;
const known = new Map<string, string>();

function latinOf(char: string): string {
  if (char < '\u0250') return char;
  let latin = known.get(char);
  if (latin === undefined) {
    latin = /\p{sc=Han}/u.test(char) ? ` ${syllableOf(char)} ` : anyAscii(char);
    known.set(char, latin);
  }
  return latin;
}

/** A character that is a surname is read as one: 曾 as zeng. */
function syllableOf(char: string): string {
  return pinyin(char, { toneType: 'none', surname: 'head', v: true }).replace('ü', 'v');
}

/** Syllables with their tones as numbers, without them: `teng2xun4`, `yue4 zhi1`. */
export function untoned(view: View): View | undefined {
  if (!/[1-5][ -]?[a-z]{1,6}[1-5]/i.test(view.text)) return undefined;
  return replaced(view, /(?<![a-z0-9])(?:[a-zü]{1,6}[1-5][ -]?){2,8}(?![a-z0-9])/gi, ([run]) =>
    run.replace(/[1-5][ -]?/g, ' ').trimEnd(),
  );
}

/** How a name in another script is written in Latin letters: by word for the scripts that have words, by syllable for Han. */
export function romanised(name: string): string[] {
  if (!OTHER.test(name)) return [];
  if (!/\p{sc=Han}/u.test(name)) return [anyAscii(name)];
  const readings = (['head', 'off'] as const).map((surname) =>
    pinyin(name, { toneType: 'none', surname, v: true, nonZh: 'consecutive' }).replaceAll('ü', 'v'),
  );
  return [...new Set(readings)];
}

/** A person's name in characters as it is written in the West: `王小明` as `xiao ming wang`, and in Taiwan: `wang hsiao ming`. Of three characters the first is taken for
 *  the surname, of four two, or those that are one. */
export function givenFirst(name: string): string[] {
  const length = surnameLength(name);
  if (length === 0) return [];
  const readings = readingsOf(name);
  const others = readings.map((reading) => reading.map(wadeGiles));
  const turned = (one: string[]) => [...one.slice(length), ...one.slice(0, length)];
  return [...readings.map(turned), ...others, ...others.map(turned)].map((one) => one.join(' '));
}

const MIN_HANDLE = 5;

/** `wangxm` and `xmwang` of `王小明`. */
export function handlesOf(name: string): string[] {
  const length = surnameLength(name);
  // With one initial it is anybody of that family.
  if (length === 0 || name.length - length < 2) return [];
  const handles = readingsOf(name).flatMap((reading) => {
    const family = reading.slice(0, length).join('');
    const initials = reading.slice(length).map((syllable) => syllable.charAt(0));
    return [family + initials.join(''), initials.join('') + family];
  });
  return [...new Set(handles)].filter((handle) => handle.length >= MIN_HANDLE && !isWord(handle));
}

function readingsOf(name: string): string[][] {
  return romanised(name).map((reading) => reading.split(' '));
}

/** Of a person's name in two to four characters, how many are the surname; 0 of anything else. */
function surnameLength(name: string): number {
  if (!/^\p{sc=Han}{2,4}$/u.test(name)) return 0;
  const isCompound = name.length === 4 || COMPOUND_SURNAMES.has(simplified(name.slice(0, 2)));
  return isCompound && name.length > 2 ? 2 : 1;
}
