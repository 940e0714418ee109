// A Chinese text cut into its words and names, at the least cost: what is likelier to be a name than words is one.

import { unitAt } from '../units.ts';
import { hanLexicon, type TokenKind } from './han-lexicon.ts';
import { offerNames } from './han-persons.ts';
import { offer, type Run, UNKNOWN } from './han-run.ts';

export type HanToken = TokenKind & { start: number; end: number };

const UNKNOWN_KIND: TokenKind = {
  class: 'z',
  isCommon: false,
  isRare: true,
  isKnown: false,
  hasCue: false,
  isBrand: false,
};

export function cutHan(text: string, start: number, end: number): HanToken[] {
  const size = end - start;
  // Runs are short: plain arrays are sooner there than typed ones.
  const costs = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  const lexicon = hanLexicon();
  const run = { text, start, end, lexicon, costs, lengths: new Array<number>(size + 1), kinds: new Array(size + 1) };
  for (let at = start; at < end; at++) {
    offerWords(run, at);
    offerNames(run, at);
  }
  return tokensOf(run);
}

function offerWords(run: Run, at: number): void {
  let node = run.lexicon.wordsFrom(unitAt(run.text, at));
  if (node?.value === undefined) offer(run, at, 1, UNKNOWN, UNKNOWN_KIND);
  for (let length = 1; node !== undefined; length++) {
    if (node.value !== undefined) offer(run, at, length, node.value.cost, node.value);
    if (at + length === run.end) return;
    node = node.next?.get(unitAt(run.text, at + length));
  }
}

function tokensOf({ start, end, lengths, kinds }: Run): HanToken[] {
  const tokens: HanToken[] = [];
  for (let at = end - start; at > 0; at -= lengths[at]!) {
    const { class: kind, isCommon, isRare, isKnown, hasCue, isBrand } = kinds[at]!;
    // Sooner than by spreading.
    const to = start + at;
    tokens.push({ start: to - lengths[at]!, end: to, class: kind, isCommon, isRare, isKnown, hasCue, isBrand });
  }
  return tokens.reverse();
}
