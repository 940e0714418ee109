// All names that a node's vaults hold, as one index that a text is read against once, from left to right.

import { type Name, namesOf, TERM_KINDS, type TermKind } from './names.ts';
import { aliasesOf, ORGANISATIONS, type Organisations } from './organisations.ts';
import { classOf, hiddenSpellings, type Spelling } from './spellings.ts';

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
  /** Folded, without separators: what a pseudonym is made of. The same for all spellings of a name. */
  readonly name: string;
  readonly kind: TermKind;
};

/** A trie of folded names by the class of each letter. `step` and `spellingsAt` are all that reading needs. */
export type TermIndex = {
  /** How many names, spellings not counted. */
  readonly size: number;
  /** The node after a class, or 0, which is also the root and has no way in. */
  step(node: number, symbol: number): number;
  spellingsAt(node: number): readonly Spelling[] | undefined;
};

const KIND_OF_ROLE = {
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
  add(vault: VaultNames): void;
  /** Index of all that was added. */
  index(): TermIndex;
};

/** Names that grow case by case. Somebody who is several things has the first kind of TERM_KINDS everywhere, so that one name has
 *  one pseudonym.
 *  @param organisations whose products and other names are names as soon as a vault holds one of them */
export function createKnownNames(organisations: Organisations = ORGANISATIONS): KnownNames {
  const parties = new Map<TermKind, Map<string, readonly Name[]>>(TERM_KINDS.map((kind) => [kind, new Map()]));
  return {
    add(vault) {
      for (const [role, kind] of Object.entries(KIND_OF_ROLE)) {
        const known = parties.get(kind)!;
        for (const party of vault[role as keyof VaultNames] ?? [])
          if (!known.has(party)) known.set(party, namesOf(kind, party));
      }
    },
    index() {
      const spellings = new Map<string, Spelling>();
      for (const kind of TERM_KINDS) for (const names of parties.get(kind)!.values()) addNames(spellings, kind, names);
      addAliases(spellings, organisations);
      return buildTrie([...spellings.values()]);
    },
  };
}

function addNames(spellings: Map<string, Spelling>, kind: TermKind, names: readonly Name[]): void {
  for (const { tokens, weak } of names) {
    const letters = tokens.join('');
    const known = spellings.get(letters);
    spellings.set(letters, {
      term: known?.term ?? { name: letters, kind },
      letters,
      tokens: new Set([...(known?.tokens ?? []), ...startsOf(tokens)]),
      weak: weak && (known?.weak ?? true),
      hidden: false,
    });
  }
}

/** Whoever is in the list of organisations is also known by what the list says of them; a vault's own word goes first. */
function addAliases(spellings: Map<string, Spelling>, organisations: Organisations): void {
  const named = [...spellings.values()].filter(({ term }) => term.kind !== 'person');
  for (const { term, letters } of named) {
    for (const { tokens, weak, isProduct } of aliasesOf(letters, organisations)) {
      const alias = tokens.join('');
      if (spellings.has(alias)) continue;
      const owner: Term = isProduct ? { name: alias, kind: 'model' } : term;
      spellings.set(alias, { term: owner, letters: alias, tokens: startsOf(tokens), weak, hidden: false });
    }
  }
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

function buildTrie(named: readonly Spelling[]): TermIndex {
  const all = [...named, ...named.flatMap(hiddenSpellings)];
  const ways = createWays(all.reduce((sum, { letters }) => sum + letters.length, 1));
  const ends: (Spelling[] | undefined)[] = [undefined];
  for (const spelling of all) {
    let node = 0;
    for (let at = 0; at < spelling.letters.length; at++) {
      const symbol = classOf(spelling.letters.charCodeAt(at));
      let next = ways.step(node, symbol);
      if (next === 0) {
        next = ends.push(undefined) - 1;
        ways.add(node, symbol, next);
      }
      node = next;
    }
    ends[node] = [...(ends[node] ?? []), spelling];
  }
  return { size: named.length, step: ways.step, spellingsAt: (node) => ends[node] };
}

/** The edges of a trie in an open hash table: 20 bytes or so an edge. What leaves the root has a table of its own. */
function createWays(edges: number) {
  const mask = 2 ** Math.ceil(Math.log2(edges * 2)) - 1;
  const [nodes, symbols, nexts] = [new Int32Array(mask + 1), new Uint16Array(mask + 1), new Int32Array(mask + 1)];
  const first = new Int32Array(65_536);
  const placeOf = (node: number, symbol: number) => {
    let place = (Math.imul(node, 0x9e3779b1) + Math.imul(symbol, 0x85ebca6b)) >>> 0;
    place = (place ^ (place >>> 15)) & mask;
    while (nexts[place] !== 0 && (nodes[place] !== node || symbols[place] !== symbol)) place = (place + 1) & mask;
    return place;
  };
  return {
    step: (node: number, symbol: number) => (node === 0 ? first[symbol]! : nexts[placeOf(node, symbol)]!),
    add(node: number, symbol: number, next: number) {
      if (node === 0) first[symbol] = next;
      const place = placeOf(node, symbol);
      nodes[place] = node;
      symbols[place] = symbol;
      nexts[place] = next;
    },
  };
}
