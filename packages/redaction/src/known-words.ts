// What was found out about words, which texts repeat. A word is looked up where it stands, as to make a string of it takes longer.
import { unitAt } from './units.ts';

/** So many words are kept, of so many letters; then it begins anew. */
const MOST = 50_000;
const LETTERS = 2 ** 19;
const PLACES = 2 ** 17;
/** At so many places a word is looked for: words may be made up to share them all. */
const TRIES = 8;

/** @returns the answer for text[from, to), which is read if it is not known */
export function rememberingWords<T>(read: (word: string) => T): (text: string, from: number, to: number) => T {
  /** By the word's hash, where it stands in `letters`: its length, its place among the answers, and the word itself. */
  const places = new Int32Array(PLACES);
  const letters = new Uint16Array(LETTERS);
  const answers: T[] = [];
  let used = 1;
  const isAt = (start: number, text: string, from: number, to: number) => {
    if (letters[start] !== to - from) return false;
    for (let at = from, kept = start + 2; at < to; at++, kept++) if (letters[kept] !== unitAt(text, at)) return false;
    return true;
  };
  const keep = (place: number, text: string, from: number, to: number) => {
    const answer = read(text.slice(from, to));
    if (answers.length === MOST || used + 2 + to - from > LETTERS) {
      places.fill(0);
      answers.length = 0;
      used = 1;
    }
    places[place] = used;
    letters[used++] = to - from;
    letters[used++] = answers.push(answer) - 1;
    for (let at = from; at < to; at++) letters[used++] = unitAt(text, at);
    return answer;
  };
  return (text, from, to) => {
    let hash = 0;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ unitAt(text, at), 0x9e3779b1) ^ (hash >>> 15);
    let place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    for (let tries = 1; places[place] !== 0; tries++, place = (place + 1) & (PLACES - 1)) {
      const start = places[place]!;
      if (isAt(start, text, from, to)) return answers[letters[start + 1]!]!;
      if (tries === TRIES) break;
    }
    return keep(place, text, from, to);
  };
}
