// Several ordinary words one behind the other: a person's full name, a phrase of ordinary text, or another name.
import { readFileSync } from 'node:fs';
import { classOf, IS } from './entities/lexicons.ts';
import { closed, common, groups, ideas, small, unnamed } from './generic.ts';

/** Two words that stand side by side in texts about incidents, without capitals. */
const SIDE_BY_SIDE = new Set(readFileSync(new URL('../data/side-by-side.txt', import.meta.url), 'utf8').split('\n'));

/** Whether they are said in ordinary text: with a word of which sentences are made (`according to`, `was killed`), or in pairs that
 *  others write as well (`facial recognition`, `large language model`).
 *  @param tokens two or more, folded */
export function isPhrase(tokens: readonly string[]): boolean {
  if (
    tokens.some((token) => closed.has(token)) ||
    /^(?:a|and|at|by|for|from|in|of|on|or|the|to|with)$/.test(tokens.at(-1)!)
  )
    return true;
  return tokens.slice(1).every((token, nth) => SIDE_BY_SIDE.has(`${tokens[nth]} ${token}`));
}

const MAX_TOKENS = 4;

const NEVER = [closed, common, groups, ideas, unnamed];

/** A given name and a family name, in one order or the other, which are words as well: `Bill Gates`, `hunt, mark`. */
export function isFullName(tokens: readonly string[]): boolean {
  const [first, last] = [tokens[0]!, tokens.at(-1)!];
  const isEither = (one: string, other: string) =>
    (classOf(one) & IS.given) !== 0 && (classOf(other) & (IS.surname | IS.given)) !== 0;
  const isOne = (token: string) => /^\p{L}+$/u.test(token) && !NEVER.some((words) => words.has(token));
  if (tokens.length < 2 || tokens.length > MAX_TOKENS || !tokens.every(isOne)) return false;
  return (isEither(first, last) || isEither(last, first)) && !small.has(first) && !small.has(last);
}
