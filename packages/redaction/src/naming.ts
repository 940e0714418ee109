// What stands in place of a name: a stable pseudonym for peers, a plain word for the public.
import { TERM_KINDS, type TermKind } from './names.ts';
import { NO_PHRASE, type Phrase } from './noun-phrases.ts';
import type { Term } from './term-index.ts';

/** How a name stands in its text: an `a` or `an` before it, which is replaced with it, else empty; whether another word before it makes it this
 *  one (`the`, `its`, `Tesla's`, `该`); whether a sentence begins here; whether the words around it are Chinese. */
export type Around = Phrase & {
  article: string;
  determined: boolean;
  isStart: boolean;
  isHan: boolean;
  /** Of the names directly before and behind it, with only a blank between. */
  previous?: TermKind;
  next?: TermKind;
};

/** What a name is called: what it is to the case; or a party, of whom no more is told. */
export type ToldKind = TermKind | 'party';
type Told = Pick<Term, 'name' | 'taken'> & { readonly kind: ToldKind };

/** What to write for a name; nothing where it goes with the name before. */
export type Naming = (term: Told, around: Around) => string;

/** Words for a kind: with a capital before a pseudonym, small for the public. Whom a vault calls harmed may be no person. */
const WORDS: Readonly<Record<ToldKind, string>> = {
  developer: 'developer',
  deployer: 'deployer',
  model: 'model',
  lab: 'lab',
  customer: 'customer',
  person: 'named party',
  organisation: 'organisation',
  party: 'named party',
};

const HAN_WORDS: Readonly<Record<ToldKind, string>> = {
  developer: '开发方',
  deployer: '部署方',
  model: '模型',
  lab: '实验室',
  customer: '客户',
  person: '人员',
  organisation: '机构',
  party: '当事方',
};

/** `Developer A7F3`, `开发方A7F3`: the same name gets the same code in all records of the node, whatever it is to a case. A code is asked
 *  for once.
 *  @param pseudonymFor keyed function of a folded name, to a code that cannot be reversed without the key */
export function pseudonyms(pseudonymFor: (name: string) => string): Naming {
  const known = new Map<string, string>();
  const codeOf = (name: string) => {
    const code = known.get(name) ?? pseudonymFor(name);
    known.set(name, code);
    return code;
  };
  return ({ kind, name }, { article, isHan }) => {
    if (isHan) return HAN_WORDS[kind] + codeOf(name);
    const word = kind === 'person' ? 'Person' : capital(WORDS[kind]);
    return `${article === '' ? '' : `${article[0]} `}${word} ${codeOf(name)}`;
  };
}

/** `a developer`: for the public edition, where even the same name twice must not be told from two names. */
export const neutralNames: Naming = ({ kind, taken }, around) => {
  const { article, determined, isStart, isHan, isInside, isPlural, previous, next } = around;
  if (isHan) return (determined ? '' : '某') + (kind === 'person' ? '人' : HAN_WORDS[kind]);
  const word = taken && kind === 'person' ? 'person' : WORDS[kind];
  // `Acme Copilot`: a developer's model; of others the first tells enough.
  if (previous !== undefined) return kind === 'model' && previous !== 'model' ? word : '';
  const isOwner = kind !== 'model' && next === 'model';
  const isBare = determined || (isInside && article === '');
  const words = isBare ? word : `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
  if (!isBare && article === '' && isBesideNoun(kind, around)) return `(${words})`;
  const owned = isOwner || (isPlural && !isBare) ? `${words}'s` : words;
  return isStart || /^A/.test(article) ? capital(owned) : owned;
};

/** `the chatbot Acme`: what a word before it has named already is added in brackets. What somebody makes a thing with may stand there too:
 *  `the app Acme built`. */
function isBesideNoun(kind: ToldKind, { noun }: Around): boolean {
  return noun === 'who' || (noun === 'what' && kind === 'model');
}

/** `a product of a developer`: what is sold under a name and told with it. Before a noun (`a taxi of …`) the name alone does. */
export function productOf(naming: Naming): Naming {
  return (term, around) => {
    const { article, determined, isStart, isHan, isAttribute, isInside } = around;
    if (isHan) return `${naming(term, around)}产品`;
    if (isAttribute || term.kind === 'model') return naming(term, around);
    const name = naming(term, { article: '', determined: false, isStart: false, isHan, ...NO_PHRASE });
    const isBare = determined || (isInside && article === '');
    const words = `${isBare ? '' : 'a '}product of ${name}`;
    return isStart || /^A/.test(article) ? capital(words) : words;
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What `pseudonyms` writes: nothing that is to be found. */
export const PSEUDONYM = new RegExp(
  `(?<!\\p{L})(?:${Object.values(WORDS).map(capital).join('|')}|Person) [0-9A-F]{4,6}(?![\\p{L}\\p{N}])|(?:${Object.values(HAN_WORDS).join('|')})[0-9A-F]{4,6}`,
  'gu',
);

/** The kind that one of those is of; undefined where it may as well be a year: `Model 2024`. */
export function kindOfPseudonym(words: string): TermKind | undefined {
  const word = words.replace(/ ?[0-9A-F]{4,6}$/, '');
  if (/ (?:19|20)\d\d$/.test(words)) return undefined;
  return TERM_KINDS.find((kind) => capital(WORDS[kind]) === word || HAN_WORDS[kind] === word) ?? 'person';
}
