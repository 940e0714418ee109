// The orders in which a person's name is written: family name first or last, with one or two of them, with initials.
import { isNoSecret } from './places.ts';
import { isWord } from './words.ts';

/** One syllable of Mandarin: alone in English text it is a dynasty, a company, or any of many people. */
const SYLLABLE =
  /^(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo|v)$/;

export function isSyllable(token: string): boolean {
  return SYLLABLE.test(token);
}

const MAX_TOKENS = 4;

/** `Musk, Elon`, `An Nguyen` for `Nguyen Van An`, `Maria Garcia` and `Garcia Lopez` for `Maria Elena Garcia Lopez`.
 *  @param tokens of a person's name, folded; of more than four there is no telling which is what */
export function ordersOf(tokens: readonly string[]): string[][] {
  const count = tokens.length;
  if (count < 2 || count > MAX_TOKENS || !tokens.every((token) => /^\p{L}+$/u.test(token))) return [];
  const turned = tokens.slice(1).map((_, at) => [...tokens.slice(at + 1), ...tokens.slice(0, at + 1)]);
  const [first = '', second = '', third = '', fourth = ''] = tokens;
  const last = tokens.at(-1)!;
  const shorter: string[][] = [];
  // `Xiao Wang` is anybody, and nobody calls Wang Xiaoming so.
  const areSyllables = tokens.every(isSyllable);
  if (count > 2 && !areSyllables) shorter.push([first, last], [last, first]);
  if (count > 2) shorter.push(tokens.toReversed());
  if (count === 4) {
    shorter.push(
      [first, third],
      [third, fourth],
      [first, third, fourth],
      [first, second, third],
      [third, fourth, first],
    );
  }
  return [...turned, ...shorter].filter(
    (order) => order.every((token) => token.length > 1) && order.join('').length > 4,
  );
}

/** `E. Musk`, `Musk, E.`, `M. H. Zhang`, `M. E. Garcia Lopez`: names only where they have capitals. */
export function initialled(tokens: readonly string[]): string[][] {
  const count = tokens.length;
  if (count < 2 || count > MAX_TOKENS || tokens.some((token) => token.length < 2)) return [];
  const initials = tokens.map((token) => token.charAt(0));
  const last = tokens.at(-1)!;
  const all = count === 4 ? [[...initials.slice(0, 2), ...tokens.slice(2)]] : [];
  if (count === 2 && isSyllable(tokens[0]!)) all.push([initials[1]!, tokens[0]!], [tokens[0]!, initials[1]!]);
  if (last.length < 3) return all;
  const few = [initials.slice(0, 1), ...(count > 2 ? [initials.slice(0, -1)] : [])];
  // `Washington, D.C.`, `Bank L`
  const isOwn = !isWord(last) && !isNoSecret(last);
  return [...all, ...few.flatMap((given) => [[...given, last], ...(isOwn ? [[last, ...given]] : [])])];
}
