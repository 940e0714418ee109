// What stands in place of a name: a stable pseudonym for peers, a plain word for the public.
import type { TermKind } from './names.ts';
import type { Term } from './term-index.ts';

/** Where a name stands: an `a` or `an` before it, which is replaced with it, else empty; whether another word before it makes it this
 *  one (`the`, `its`, `Tesla's`); whether a sentence begins here. */
export type Around = { article: string; determined: boolean; isStart: boolean };

/** What to write for a name. */
export type Naming = (term: Term, around: Around) => string;

/** Words for a kind: with a capital before a pseudonym, small for the public. */
const WORDS: Readonly<Record<TermKind, string>> = {
  developer: 'developer',
  deployer: 'deployer',
  model: 'model',
  lab: 'lab',
  customer: 'customer',
  person: 'named party',
};

/** `Developer A7F3`: the same name gets the same one in all records of the node.
 *  @param pseudonymFor keyed function of kind and folded name, to a code that cannot be reversed without the key */
export function pseudonyms(pseudonymFor: (kind: TermKind, name: string) => string): Naming {
  return ({ kind, name }, { article }) => {
    const word = kind === 'person' ? 'Person' : capital(WORDS[kind]);
    return `${article === '' ? '' : `${article[0]} `}${word} ${pseudonymFor(kind, name)}`;
  };
}

/** `a developer`: for the public edition, where even the same name twice must not be told from two names. */
export const neutralNames: Naming = ({ kind }, { article, determined, isStart }) => {
  const words = determined ? WORDS[kind] : `a ${WORDS[kind]}`;
  return isStart || /^A/.test(article) ? capital(words) : words;
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
