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
  /** Known only because officers had it taken out of a case. */
  readonly taken?: true;
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
  /** Whether a name may begin there, by the folded codes from `start` on: most words are done with by this. */
  mayBegin(codes: Uint16Array, start: number, end: number): boolean;
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
  /** Index of all that was added, and of what officers had taken out: that can become less again. */
  index(taken?: TakenNames): TermIndex;
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
    index(taken) {
      const spellings = new Map<string, Spelling>();
      for (const kind of TERM_KINDS) for (const names of parties.get(kind)!.values()) addNames(spellings, kind, names);
      for (const kind of ['person', 'organisation'] as const)
        for (const party of taken?.[kind] ?? []) addNames(spellings, kind, namesOf(kind, party, true), true);
      addAliases(spellings, organisations);
      return buildTrie([...spellings.values()]);
    },
  };
}

function addNames(spellings: Map<string, Spelling>, kind: TermKind, names: readonly Name[], taken = false): void {
  const whole = names[0]?.tokens.join('') ?? '';
  const isHan = (letters: string) => /\p{sc=Han}/u.test(letters);
  for (const { tokens, weak } of names) {
    const letters = tokens.join('');
    const known = spellings.get(letters);
    // What a Chinese name is in Latin letters has the pseudonym of the Chinese one.
    const name = isHan(whole) && !isHan(letters) ? whole : letters;
    spellings.set(letters, {
      term: known?.term ?? { name, kind, ...(taken && { taken }) },
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
  const beginnings = createBeginnings();
  for (const spelling of all) {
    beginnings.add(spelling.letters);
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
  return {
    size: named.length,
    step: ways.step,
    spellingsAt: (node) => ends[node],
    mayBegin: beginnings.mayBegin,
  };
}

/** The first letters of all names, five at most, as bits: few enough to stay at hand, where the trie does not. */
function createBeginnings() {
  const bits = new Uint8Array(2 ** 15);
  const mix = (hash: number, code: number) => Math.imul(hash ^ classOf(code), 0x9e3779b1) ^ (hash >>> 13);
  const isSet = (hash: number) => (bits[(hash >>> 3) & 0x7fff]! >> (hash & 7)) & 1;
  return {
    add(letters: string) {
      let hash = 0;
      for (let at = 0; at < Math.min(letters.length, MAX_BEGINNING); at++) hash = mix(hash, letters.charCodeAt(at));
      bits[(hash >>> 3) & 0x7fff]! |= 1 << (hash & 7);
    },
    mayBegin(codes: Uint16Array, start: number, end: number): boolean {
      const last = Math.min(end, start + MAX_BEGINNING);
      let hash = 0;
      for (let at = start; at < last; at++) {
        hash = mix(hash, codes[at]!);
        if (at > start && isSet(hash) === 1) return true;
      }
      return false;
    },
  };
}

const MAX_BEGINNING = 5;

/** The edges of a trie in an open hash table: 16 bytes or so an edge. What leaves the root, and what is not ASCII, has its own. */
function createWays(edges: number) {
  const mask = 2 ** Math.ceil(Math.log2(edges * 2)) - 1;
  /** Node and symbol in one, and beside it where they lead. */
  const table = new Int32Array((mask + 1) * 2);
  const first = new Int32Array(65_536);
  const others = new Map<number, number>();
  const placeOf = (key: number) => {
    const mixed = Math.imul(key, 0x9e3779b1);
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (table[place * 2 + 1] !== 0 && table[place * 2] !== key) place = (place + 1) & mask;
    return place * 2;
  };
  return {
    step(node: number, symbol: number): number {
      if (node === 0) return first[symbol]!;
      return symbol < 128 ? table[placeOf((node << 7) | symbol) + 1]! : (others.get(node * 65_536 + symbol) ?? 0);
    },
    add(node: number, symbol: number, next: number) {
      if (node === 0) first[symbol] = next;
      else if (symbol >= 128) others.set(node * 65_536 + symbol, next);
      else {
        const place = placeOf((node << 7) | symbol);
        table[place] = (node << 7) | symbol;
        table[place + 1] = next;
      }
    },
  };
}
