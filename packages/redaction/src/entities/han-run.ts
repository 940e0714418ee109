// The cheapest way through a run of Chinese characters, as far as it is known.
import type { HanLexicon, TokenKind } from './han-lexicon.ts';

/** A run of Han characters and middle dots, and the cheapest way to each of its places. */
export type Run = {
  text: string;
  start: number;
  end: number;
  lexicon: HanLexicon;
  /** At n: the cost of the first n characters; and the length and kind of the last token of them. */
  costs: number[];
  lengths: number[];
  kinds: TokenKind[];
};

/** What a character that no list has costs. */
export const UNKNOWN = 16;

/** Takes a token from a place on, if there is no cheaper way to where it ends. */
export function offer(run: Run, at: number, length: number, cost: number, kind: TokenKind): void {
  const to = at - run.start + length;
  const sum = run.costs[to - length]! + cost;
  if (sum >= run.costs[to]!) return;
  run.costs[to] = sum;
  run.lengths[to] = length;
  run.kinds[to] = kind;
}
