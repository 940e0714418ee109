// Words by their characters, to find all that begin at a place in one walk.
import { unitAt } from '../units.ts';

export type Trie<T> = { value: T | undefined; next: Map<number, Trie<T>> | undefined };

/** @param isBackward for words that end at a place */
export function trieOf<T>(entries: Iterable<readonly [word: string, value: T]>, isBackward = false): Trie<T> {
  const root: Trie<T> = { value: undefined, next: undefined };
  for (const [word, value] of entries) {
    let node = root;
    for (let at = 0; at < word.length; at++) {
      const code = unitAt(word, isBackward ? word.length - 1 - at : at);
      node.next ??= new Map();
      let next = node.next.get(code);
      if (next === undefined) {
        next = { value: undefined, next: undefined };
        node.next.set(code, next);
      }
      node = next;
    }
    node.value = value;
  }
  return root;
}

/** The words that begin with a character, as the node behind it. */
export type WordsFrom<T> = (code: number) => Trie<T> | undefined;

/** The value of text[from, to), if it is a word. */
export function wordAt<T>(wordsFrom: WordsFrom<T>, text: string, from: number, to: number): T | undefined {
  let node = wordsFrom(unitAt(text, from));
  for (let at = from + 1; at < to && node !== undefined; at++) node = node.next?.get(unitAt(text, at));
  return node?.value;
}
