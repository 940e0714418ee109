// Where words begin and end in scripts that write no blanks between them, or small words together with what follows.

import { isBeforeTrade } from './company-names.ts';

/** What ends before a hiragana word or begins behind it: particles. */
const BEFORE = /[のはがとをにもやでへ]/;
const BEHIND = /[がはのをにとでもやへかよまだなさ]/;
const KATAKANA = /[\u30a1-\u30fa\u30fc\uff66-\uff9f]/;
const HIRAGANA = /[\u3041-\u309f]/;

/** Whether a few kana are part of a longer word: `ライン` in オンライン, not in ラインの; `みずほ` not in みずほが. */
export function isInKana(text: string, start: number, end: number): boolean {
  const [first, last] = [text.charAt(start), text.charAt(end - 1)];
  const [before, behind] = [text.charAt(start - 1), text.charAt(end)];
  if ((KATAKANA.test(first) && KATAKANA.test(before)) || (KATAKANA.test(last) && KATAKANA.test(behind)))
    return KATAKANA.test(before) || !isBeforeTrade(text, end);
  return (
    (HIRAGANA.test(first) && HIRAGANA.test(before) && !BEFORE.test(before)) ||
    (HIRAGANA.test(last) && HIRAGANA.test(behind) && !BEHIND.test(behind))
  );
}

/** Whether what stands behind says that it is something else: `日立市`, `本田さん`, `楽天的な`. */
export function isOtherBehind(text: string, end: number): boolean {
  return /^(?:[市県县区區町村郡駅站]|さん|氏|様|的[なに])/.test(text.slice(end, end + 2));
}

/** `in`, `to`, `the`, `and` of Hebrew and Arabic, which stand in one with the next word. */
const PREFIX =
  /(?:^|[^\p{L}\p{M}])(?:[\u05d1\u05d4\u05d5\u05db\u05dc\u05de\u05e9]{1,2}|[وف]?(?:ال|[بكل]|لل|[بك]ال)|[وف])$/u;

/** Whether a text has letters of these. */
export const PREFIXED = /[\u05d0-\u064a]/;

/** Whether a word begins here behind such words. */
export function isBehindPrefix(text: string, start: number): boolean {
  return PREFIXED.test(text.charAt(start - 1)) && PREFIX.test(text.slice(Math.max(0, start - 6), start));
}
