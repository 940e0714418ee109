// What was read is remembered for as long as the names are the same.
import type { TermIndex } from './term-index.ts';

/** Texts come several times: to be scrubbed for peers and for the public, read again, checked in the draft and in the bytes. */
const MOST = 2_000;

/** A question about a text whose answer is kept with the index. */
export function remembering<T>(read: (text: string, index: TermIndex) => T): (text: string, index: TermIndex) => T {
  const answers = new WeakMap<TermIndex, Map<string, T>>();
  return (text, index) => {
    let known = answers.get(index);
    if (known === undefined || known.size === MOST) {
      known = new Map();
      answers.set(index, known);
    }
    let answer = known.get(text);
    if (answer === undefined) {
      answer = read(text, index);
      known.set(text, answer);
    }
    return answer;
  };
}
