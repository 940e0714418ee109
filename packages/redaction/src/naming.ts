// What stands in place of a name: a stable pseudonym for peers, a plain word for the public; in the language of the words around it.
import type { TermKind } from './names.ts';
import type { Term } from './term-index.ts';

/** Where a name stands: an `a` or `an` before it, which is replaced with it, else empty; whether another word before it makes it this
 *  one (`the`, `its`, `Tesla's`, `该`); whether a sentence begins here; whether the words around it are Chinese. */
export type Around = { article: string; determined: boolean; isStart: boolean; isHan: boolean };

/** What to write for a name. */
export type Naming = (term: Term, around: Around) => string;

/** Words for a kind: in English with a capital before a pseudonym, small for the public. */
const WORDS: Readonly<Record<TermKind, { en: string; zh: string }>> = {
  developer: { en: 'developer', zh: '开发方' },
  deployer: { en: 'deployer', zh: '部署方' },
  model: { en: 'model', zh: '模型' },
  lab: { en: 'lab', zh: '实验室' },
  customer: { en: 'customer', zh: '客户' },
  person: { en: 'named party', zh: '当事方' },
};

/** `Developer A7F3`, `开发方A7F3`: the same name gets the same code in all records of the node and in both languages.
 *  @param pseudonymFor keyed function of kind and folded name, to a code that cannot be reversed without the key */
export function pseudonyms(pseudonymFor: (kind: TermKind, name: string) => string): Naming {
  return ({ kind, name }, { article, isHan }) => {
    const code = pseudonymFor(kind, name);
    if (isHan) return `${WORDS[kind].zh}${code}`;
    const word = kind === 'person' ? 'Person' : capital(WORDS[kind].en);
    return `${article === '' ? '' : `${article[0]} `}${word} ${code}`;
  };
}

/** `a developer`, `某开发方`: for the public edition, where even the same name twice must not be told from two names. */
export const neutralNames: Naming = ({ kind }, { article, determined, isStart, isHan }) => {
  if (isHan) return determined ? WORDS[kind].zh : `某${WORDS[kind].zh}`;
  const words = determined ? WORDS[kind].en : `a ${WORDS[kind].en}`;
  return isStart || /^A/.test(article) ? capital(words) : words;
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
