// All names that a node's vaults hold, as one index that a text is read against once, from left to right.

import type { Folded } from './fold.ts';
import { closed } from './generic.ts';
import { type Name, namesOf, TERM_KINDS, type TermKind } from './names.ts';
import { aliasesOf, firstNameOf, isListedName, ORGANISATIONS, type Organisations } from './organisations.ts';
import { hiddenSpellings, type Spelling } from './spellings.ts';
import { createSums, type Sums } from './swapped.ts';
import { createTrie } from './term-trie.ts';

/** The names of one case, by role, as its vault holds them; other members are not read. */
export type VaultNames = {
  readonly reporter?: readonly string[];
  readonly developer?: readonly string[];
  readonly deployer?: readonly string[];
  readonly model?: readonly string[];
  readonly customers?: readonly string[];
  readonly harmed?: readonly string[];
};

export type Term = {
  /** Folded, without separators: what a pseudonym is made of. The same for all spellings of a name, whatever it is to a case. */
  readonly name: string;
  readonly kind: TermKind;
  /** Known only because officers had it taken out of a case. */
  readonly taken?: true;
  /** In the list of organisations, which everybody has. */
  readonly listed?: true;
};

/** What officers had taken out of cases, as it stood there. */
export type TakenNames = { readonly person: readonly string[]; readonly organisation: readonly string[] };

/** A trie of folded names by the class of each letter. `step` and `spellingsAt` are all that reading needs. */
export type TermIndex = {
  /** How many names, spellings not counted. */
  readonly size: number;
  /** The node after a class, or 0, which is also the root and has no way in. */
  step(node: number, symbol: number): number;
  spellingsAt(node: number): readonly Spelling[] | undefined;
  /** Whether a name may begin there: most words are done with by this. */
  mayBegin(folded: Folded, start: number): boolean;
  /** Names by their letters in any order. */
  readonly sums: Sums;
};

/** What somebody is who stands there. */
export const KIND_OF_ROLE = {
  reporter: 'lab',
  developer: 'developer',
  deployer: 'deployer',
  model: 'model',
  customers: 'customer',
  harmed: 'person',
} as const satisfies Record<keyof VaultNames, TermKind>;

/** Index of the names of all cases of a node. */
export function protectedTerms(vaults: Iterable<VaultNames>, organisations = ORGANISATIONS): TermIndex {
  const known = createKnownNames(organisations);
  for (const vault of vaults) known.add(vault);
  return known.index();
}

export type KnownNames = {
  /** Costs what is added, however many names there are. */
  add(vault: VaultNames): void;
  /** Index of all that was added, and of what officers had taken out; the same as before where no name is new. */
  index(taken?: TakenNames): TermIndex;
};

/** Of the calendar: these have a capital wherever they stand. */
const CALENDAR: ReadonlySet<string> = new Set(
  (
    'january february march april may june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter'
  ).split(' '),
);

const TAKEN_KINDS = ['person', 'organisation'] as const;

/** Names that grow case by case. Somebody who is several things has the first kind of TERM_KINDS everywhere, so that one name has
 *  one pseudonym, in whatever order the cases came. What is added is found by an index that was taken before as well.
 *  @param organisations whose products and other names are names as soon as a vault holds one of them */
export function createKnownNames(organisations: Organisations = ORGANISATIONS): KnownNames {
  const parties = new Map<TermKind, Set<string>>(TERM_KINDS.map((kind) => [kind, new Set()]));
  const taken = { person: new Set<string>(), organisation: new Set<string>() };
  let growing = createGrowing(organisations);

  /** What officers put back is forgotten by beginning anew: that is rare. */
  const forget = (next: TakenNames) => {
    const still = TAKEN_KINDS.map((kind) => new Set(next[kind]));
    if (TAKEN_KINDS.every((kind, at) => [...taken[kind]].every((party) => still[at]!.has(party)))) return;
    growing = createGrowing(organisations);
    for (const [kind, names] of parties) for (const party of names) growing.add(kind, party);
    for (const kind of TAKEN_KINDS) taken[kind].clear();
  };
  return {
    add(vault) {
      for (const [role, kind] of Object.entries(KIND_OF_ROLE)) {
        const seen = parties.get(kind)!;
        for (const party of vault[role as keyof VaultNames] ?? []) {
          if (seen.has(party)) continue;
          seen.add(party);
          growing.add(kind, party);
        }
      }
    },
    index(next = { person: [], organisation: [] }) {
      forget(next);
      for (const kind of TAKEN_KINDS) {
        for (const party of next[kind]) {
          if (taken[kind].has(party)) continue;
          taken[kind].add(party);
          growing.add(kind, party, true);
        }
      }
      return growing.index();
    },
  };
}

/** What is known of some letters: a vault's own word, or another name of who is called otherwise there. */
type Known = { readonly spelling: Spelling; readonly rank: number; readonly isAlias: boolean };

/** An index that grows by one party after another. */
function createGrowing(organisations: Organisations) {
  const known = new Map<string, Known>();
  const trie = createTrie();
  const sums = createSums();
  const owners = createOwners();
  let current: TermIndex | undefined;

  const put = (next: Known) => {
    const { letters } = next.spelling;
    const before = known.get(letters)?.spelling;
    if (before !== undefined) {
      sums.remove(before);
      for (const spelling of [before, ...hiddenSpellings(before)]) trie.remove(spelling);
    }
    sums.add(next.spelling);
    for (const spelling of [next.spelling, ...hiddenSpellings(next.spelling)]) trie.add(spelling);
    known.set(letters, next);
    current = undefined;
  };
  const addName = (term: Term, name: Name) => {
    const before = known.get(name.tokens.join(''));
    const own = before?.isAlias ? undefined : before;
    const next = withName(own, term, name);
    if (next === own) return;
    put(next);
    if (next.rank !== own?.rank) addAliases(next);
  };
  /** Whoever is in the list of organisations is also known by what the list says of them; a vault's own word goes first. */
  const addAliases = ({ spelling: { letters, term }, rank }: Known) => {
    for (const { isProduct, ...name } of aliasesOf(letters, organisations)) {
      const alias = name.tokens.join('');
      const before = known.get(alias);
      if (before !== undefined && !before.isAlias) {
        // The list knows more of a name that a vault has as well: where its words begin, and that it is more than a word.
        const { spelling, rank: own } = withName(before, before.spelling.term, name);
        if (spelling !== before.spelling) put({ spelling, rank: own, isAlias: false });
        continue;
      }
      if (before !== undefined && before.rank <= rank) continue;
      const owner: Term = isProduct ? { name: name.whose, kind: 'model' } : term;
      put({ spelling: { ...spellingOf(owner, name), isLoose: true }, rank, isAlias: true });
    }
  };
  const termOf = (name: string, kind: TermKind, isTaken: boolean): Term => ({
    name,
    kind,
    ...(isTaken && { taken: true }),
    ...(isListedName(name, organisations) && { listed: true }),
  });
  return {
    add(kind: TermKind, party: string, isTaken = false) {
      const names = namesOf(kind, party, isTaken).map((name) => ({
        ...name,
        whose: firstNameOf(name.whose, organisations),
      }));
      // What an officer says of `May` or `Will` in one case is said of no other.
      if (isTaken && names.every(({ tokens }) => tokens.every((token) => CALENDAR.has(token) || closed.has(token))))
        return;
      for (const name of names) owners.add(name, name.tokens.join('') === names[0]!.tokens.join(''));
      for (const name of names) addName(termOf(owners.of(name.tokens.join('')), kind, isTaken), name);
    },
    index(): TermIndex {
      const { step, spellingsAt, mayBegin } = trie;
      current ??= { size: known.size, step, spellingsAt, mayBegin, sums };
      return current;
    },
  };
}

/** Who is called so, of all parties: what a pseudonym is made of. */
function createOwners() {
  /** By letters, who may be called so, and whether that is all they are called by. */
  const owners = new Map<string, Map<string, boolean>>();
  return {
    add({ tokens, whose }: Name, isWhole: boolean) {
      const letters = tokens.join('');
      const known = owners.get(letters) ?? new Map<string, boolean>();
      owners.set(letters, known.set(whose, isWhole || known.get(whose) === true));
    },
    /** Who is called by more than this (`Zelenskyy` of Volodymyr Zelenskyy), if it is one; of several, nobody of them. */
    of(letters: string): string {
      const all = [...(owners.get(letters) ?? [])];
      const longer = all.filter(([, isWhole]) => !isWhole);
      const [whose = letters] = (longer.length > 0 ? longer : all)[0] ?? [];
      if ((longer.length > 0 ? longer : all).length > 1) return letters;
      // `Wang Xiaoming` and `Xiaoming Wang`, each the other way round.
      const isMutual = all.length > 1 && owners.get(whose)?.get(letters) === false;
      return isMutual && letters < whose ? letters : whose;
    },
  };
}

function spellingOf(term: Term, { tokens, weak, exact, isInitial, isLoose }: Name): Spelling {
  const letters = tokens.join('');
  const told = { ...(isInitial && { isInitial }), ...(isLoose && { isLoose }) };
  const spelling = { term, letters, tokens: startsOf(tokens), weak, hidden: false, ...told };
  return exact === undefined ? spelling : { ...spelling, exact: new Set([exact]) };
}

/** A vault's own word after one more party is called so; itself where that changes nothing. */
function withName(own: Known | undefined, called: Term, name: Name): Known {
  const rank = rankOf(called);
  const next = spellingOf(called, name);
  if (own === undefined) return { spelling: next, rank, isAlias: false };
  const { isInitial, isLoose, ...spelling } = own.spelling;
  const tokens = new Set([...spelling.tokens, ...next.tokens]);
  const exact = new Set([...(spelling.exact ?? []), ...(next.exact ?? [])]);
  const isSame =
    rank >= own.rank &&
    called.name === spelling.term.name &&
    tokens.size === spelling.tokens.size &&
    (next.weak || !spelling.weak) &&
    (next.isInitial || !isInitial) &&
    (next.isLoose || !isLoose) &&
    exact.size === (spelling.exact?.size ?? 0);
  if (isSame) return own;
  return {
    spelling: {
      ...spelling,
      term: rank < own.rank ? called : termCalled(spelling.term, called),
      tokens,
      weak: next.weak && spelling.weak,
      ...(isInitial && next.isInitial && { isInitial }),
      ...(isLoose && next.isLoose && { isLoose }),
      ...(exact.size > 0 && { exact }),
    },
    rank: Math.min(rank, own.rank),
    isAlias: false,
  };
}

/** The same object where that is its name. */
function termCalled(term: Term, { name, listed }: Term): Term {
  const { listed: _, ...rest } = term;
  return term.name === name ? term : { ...rest, name, ...(listed && { listed }) };
}

/** The vaults' words go before the officers'. */
function rankOf({ kind, taken }: Term): number {
  return TERM_KINDS.indexOf(kind) + (taken ? TERM_KINDS.length : 0);
}

function startsOf(tokens: readonly string[]): Set<number> {
  const starts = new Set<number>();
  let at = 0;
  for (const token of tokens.slice(0, -1)) {
    at += token.length;
    starts.add(at);
  }
  return starts;
}
