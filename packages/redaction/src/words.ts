// What is an ordinary English word: a name made of nothing else is told from the words by its capitals only.
import { readFileSync } from 'node:fs';

const words = new Set(readFileSync(new URL('../data/english-words.txt', import.meta.url), 'utf8').split('\n'));
words.delete('');

/** Regular endings, and what stands there in the stem. */
const ENDINGS: readonly (readonly [ending: string, stem: string])[] = [
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['ed', ''],
  ['d', ''],
  ['ied', 'y'],
  ['ing', ''],
  ['ing', 'e'],
  ['ly', ''],
  ['er', ''],
  ['r', ''],
  ['ers', ''],
  ['rs', ''],
];

/** @param token folded: lower case, without accents */
export function isWord(token: string): boolean {
  return words.has(token) || stemsOf(token).some((stem) => words.has(stem));
}

/** Whether it stands in the list as it is, endings left out. */
export function isListed(token: string): boolean {
  return words.has(token);
}

/** Whether it is the plural of an ordinary word, or an agent of one (`scammers`). */
export function isPlural(token: string): boolean {
  if (!token.endsWith('s') || token.endsWith('ss')) return false;
  const singulars = [token.slice(0, -1), token.replace(/es$/, ''), token.replace(/ies$/, 'y')];
  return isWord(token) && singulars.some((singular) => singular !== token && isWord(singular));
}

function stemsOf(token: string): string[] {
  const fitting = ENDINGS.filter(
    ([ending, stem]) => token.endsWith(ending) && token.length - ending.length + stem.length >= 3,
  );
  return fitting.map(([ending, stem]) => token.slice(0, -ending.length) + stem);
}
