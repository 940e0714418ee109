// What a person is called by besides the whole name, and which parties are persons.
import { classOf, IS, restOfKnown } from './entities/lexicons.ts';
import { groups } from './generic.ts';
import { isSyllable } from './orders.ts';
import { isWord } from './words.ts';

const MAX_TOKENS = 3;
const MIN_LETTERS = 4;

/** What is more than the name of persons; nearly every family name is that of a town. */
const others = () => IS.word | IS.country | IS.company | IS.noName | IS.head | IS.form;

/** Whether a party that may as well be a company is a person: a given name, with others or initials behind it, and a family name that is
 *  nothing else. `Morgan Stanley` and `Louis Vuitton` are none.
 *  @param tokens folded */
export function isPerson(tokens: readonly string[]): boolean {
  const [first = '', ...middle] = tokens;
  const last = middle.pop();
  if (last === undefined || tokens.length > MAX_TOKENS || last.length < MIN_LETTERS || isSyllable(last)) return false;
  if ((classOf(last) & (IS.surname | IS.given | others())) !== IS.surname) return false;
  const isGiven = (token: string) => (classOf(token) & (IS.given | IS.company | IS.country | IS.noName)) === IS.given;
  if (!isGiven(first) || !middle.every((token) => token.length === 1 || isGiven(token))) return false;
  return !restOfKnown(first).some((rest) => rest.join(' ') === tokens.slice(1).join(' '));
}

/** Of two or three tokens, given names before a family name that is no word, the family name. */
export function lastName(tokens: readonly string[], isSure: boolean): string[][] {
  const isName = (token: string) => /^\p{L}+$/u.test(token) && !isWord(token) && !groups.has(token);
  const [first, ...middle] = tokens;
  const last = middle.pop();
  if (first === undefined || last === undefined || tokens.length > MAX_TOKENS || last.length < MIN_LETTERS) return [];
  // Alone it is many people and many things, which reading the text tells apart.
  if (!isSure && isSyllable(last)) return [];
  // `Mark`, `Grace`: a word that is a given name is one before what is nothing but a family name.
  const isOwn = (classOf(last) & others()) === 0;
  const isFirst = (token: string) =>
    token.length === 1 || isName(token) || (isOwn && (classOf(token) & IS.given) !== 0 && !groups.has(token));
  return isName(last) && (isSure || [first, ...middle].every(isFirst)) ? [[last]] : [];
}
