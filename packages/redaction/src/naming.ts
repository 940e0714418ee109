// What stands in place of a name: a stable pseudonym for peers, a plain word for the public.
import type { TermKind } from './names.ts';
import type { Term } from './term-index.ts';

/** Where a name stands: an `a` or `an` before it, which is replaced with it, else empty; whether another word before it makes it this
 *  one (`the`, `its`, `Tesla's`, `该`); whether a sentence begins here; whether the words around it are Chinese. */
export type Around = { article: string; determined: boolean; isStart: boolean; isHan: boolean };

/** What to write for a name. */
export type Naming = (term: Term, around: Around) => string;

/** Words for a kind: with a capital before a pseudonym, small for the public. Whom a vault calls harmed may be no person. */
const WORDS: Readonly<Record<TermKind, string>> = {
  developer: 'developer',
  deployer: 'deployer',
  model: 'model',
  lab: 'lab',
  customer: 'customer',
  person: 'named party',
  organisation: 'organisation',
};

const HAN_WORDS: Readonly<Record<TermKind, string>> = {
  developer: '开发方',
  deployer: '部署方',
  model: '模型',
  lab: '实验室',
  customer: '客户',
  person: '人员',
  organisation: '机构',
};

/** `Developer A7F3`, `开发方A7F3`: the same name gets the same one in all records of the node. A code is asked for once.
 *  @param pseudonymFor keyed function of kind and folded name, to a code that cannot be reversed without the key */
export function pseudonyms(pseudonymFor: (kind: TermKind, name: string) => string): Naming {
  const known = new Map<string, string>();
  const codeOf = (kind: TermKind, name: string) => {
    const key = `${kind} ${name}`;
    const code = known.get(key) ?? pseudonymFor(kind, name);
    known.set(key, code);
    return code;
  };
  return ({ kind, name }, { article, isHan }) => {
    if (isHan) return HAN_WORDS[kind] + codeOf(kind, name);
    const word = kind === 'person' ? 'Person' : capital(WORDS[kind]);
    return `${article === '' ? '' : `${article[0]} `}${word} ${codeOf(kind, name)}`;
  };
}

/** `a developer`: for the public edition, where even the same name twice must not be told from two names. */
export const neutralNames: Naming = ({ kind, taken }, { article, determined, isStart, isHan }) => {
  if (isHan) return (determined ? '' : '某') + (kind === 'person' ? '人' : HAN_WORDS[kind]);
  const word = taken && kind === 'person' ? 'person' : WORDS[kind];
  const words = determined ? word : `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
  return isStart || /^A/.test(article) ? capital(words) : words;
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What `pseudonyms` writes: nothing that is to be found. */
export const PSEUDONYM = new RegExp(
  `(?<!\\p{L})(?:${Object.values(WORDS).map(capital).join('|')}|Person) [0-9A-F]{4,6}(?![\\p{L}\\p{N}])|(?:${Object.values(HAN_WORDS).join('|')})[0-9A-F]{4,6}`,
  'gu',
);
