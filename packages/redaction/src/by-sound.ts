// What only sounds or looks like a name in Chinese: nearly every pair of syllables is an ordinary word as well, or the end of one and the beginning
// of the next.

import { simplified } from './entities/han-traditional.ts';
import { cutHan, type HanToken } from './entities/han-words.ts';
import type { Term } from './term-index.ts';

/** Whether characters that sound like a name are words of their text (`未来` for 蔚来, `公司` for 龚思), or one character alone (`名` for
 *  Ming). Not where they are the name's own, in traditional ones. */
export function isOnlySound(text: string, start: number, end: number, { name }: Term): boolean {
  const here = text.slice(start, end);
  if (!/^[\p{sc=Han}\p{P}\p{Z}\s]+$/u.test(here)) return false;
  const letters = simplified(here.replace(/\P{sc=Han}/gu, ''));
  if (letters === simplified(name)) return false;
  if (letters.length < 2) return true;
  if (letters.length < end - start) return false;
  const { tokens, at } = wordsAround(text, start, end);
  return tokens.some(({ start, end }) => end - start > 1) && tokens.every((token) => isOrdinary(token, at));
}

/** Whether characters belong to a word that begins before them or ends behind them: `雨滴滴落` has no `滴滴` in it. */
export function isAcross(text: string, start: number, end: number): boolean {
  const { tokens, at } = wordsAround(text, start, end);
  return tokens.some((token) => token.isKnown && (token.start < at.start || token.end > at.end));
}

/** The words that have a part in a place, and where that is among them. */
function wordsAround(
  text: string,
  start: number,
  end: number,
): { tokens: HanToken[]; at: { start: number; end: number } } {
  let [from, to] = [start, end];
  while (start - from < NEAR && HAN.test(text.charAt(from - 1))) from--;
  while (to - end < NEAR && HAN.test(text.charAt(to))) to++;
  const run = simplified(text.slice(from, to));
  const at = { start: start - from, end: end - from };
  return { tokens: cutHan(run, 0, run.length).filter((token) => token.end > at.start && token.start < at.end), at };
}

/** As many characters as tell which words they are. */
const NEAR = 12;
const HAN = /^\p{sc=Han}$/u;

/** A word in this very place, one that goes on beyond it, or a small one. */
function isOrdinary(token: HanToken, at: { start: number; end: number }): boolean {
  if (!token.isKnown || !/^[nvafmt]$/.test(token.class)) return false;
  if (token.end - token.start === 1) return token.isCommon;
  return (token.start === at.start && token.end === at.end) || token.start < at.start || token.end > at.end;
}
