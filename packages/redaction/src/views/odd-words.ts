// Runs of letters that are no words, where letters are written twice.

import { unitAt } from '../units.ts';
import { oddRuns } from './base64.ts';
import { replaced, type View } from './view.ts';

/** `BBrriixx`, `Brrrix`: each letter as often as it is meant, or once; or twice, where it stands three times and more. */
export function unrepeated(view: View): View[] {
  const shares: number[] = [];
  for (const { from, to } of oddRuns(view)) if (to - from >= MIN_WORD) addShares(view.text, from, to, shares);
  if (shares.length === 0) return [];
  const most = Math.max(...shares);
  const lessOf = (length: (all: string) => number) =>
    replaced(view, REPEATED, ([all]) => all.slice(0, length(all))) ?? [];
  if (most > 1) return [lessOf((all) => (all.length % most === 0 ? all.length / most : all.length))].flat();
  return [lessOf((all) => (all.length > 2 ? 1 : all.length)), lessOf(() => 2)].flat();
}

const REPEATED = /([\p{L}\p{N}])\1{1,400}/giu;
/** From this length on a word is looked at. */
const MIN_WORD = 6;

/** How often each letter of a word stands, for the words of a run where all are repeated; 0 where one stands three times and more. */
function addShares(text: string, from: number, to: number, shares: number[]): void {
  for (let start = from; start < to; ) {
    let [share, most, at] = [0, 1, start];
    while (at < to && isAlphanumeric(unitAt(text, at))) {
      let end = at + 1;
      while (end < to && (unitAt(text, end) | 32) === (unitAt(text, at) | 32)) end++;
      share = commonDivisor(share, end - at);
      most = Math.max(most, end - at);
      at = end;
    }
    if (at - start >= MIN_WORD && share > 1 && share < at - start) shares.push(share);
    else if (most > 2 && at - start >= MIN_WORD) shares.push(0);
    start = at + 1;
  }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
