// What was read is remembered for as long as the names are the same.
import type { TermIndex } from './term-index.ts';

/** Texts come several times: to be scrubbed for peers and for the public, read again, checked in the draft and in the bytes. So many
 *  characters of them are kept, and as many again of those that came before; an answer counts as some, too. */
const MOST = 2_000_000;
const ANSWER = 50;

type Kept<T> = { young: Map<string, T>; old: Map<string, T>; size: number };

/** A question about a text whose answer is kept with the index. */
export function remembering<T>(read: (text: string, index: TermIndex) => T): (text: string, index: TermIndex) => T {
  const answers = new WeakMap<TermIndex, Kept<T>>();
  return (text, index) => {
    let kept = answers.get(index);
    if (kept === undefined) {
      kept = { young: new Map(), old: new Map(), size: 0 };
      answers.set(index, kept);
    }
    let answer = kept.young.get(text);
    if (answer !== undefined) return answer;
    answer = kept.old.get(text) ?? read(text, index);
    if (kept.size > MOST) Object.assign(kept, { young: new Map(), old: kept.young, size: 0 });
    kept.young.set(text, answer);
    kept.size += text.length + ANSWER;
    return answer;
  };
}
