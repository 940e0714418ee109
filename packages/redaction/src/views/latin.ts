// A text of another script in Latin letters: characters as pinyin, others letter by letter.
import anyAscii from 'any-ascii';
import { pinyin } from 'pinyin-pro';
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

/** How a name in another script is written in Latin letters: by word for the scripts that have words, by syllable for Han. */
export function romanised(name: string): string[] {
  if (!OTHER.test(name)) return [];
  if (!/\p{sc=Han}/u.test(name)) return [anyAscii(name)];
  const readings = (['head', 'off'] as const).map((surname) =>
    pinyin(name, { toneType: 'none', surname, v: true, nonZh: 'consecutive' }).replaceAll('ü', 'v'),
  );
  return [...new Set(readings)];
}
