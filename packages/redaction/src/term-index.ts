// All names that a node's vaults hold, as one index that a text is read against once, from left to right.
import { type Name, namesOf, TERM_KINDS, type TermKind } from './names.ts';

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
  /** Whether it is a name only where it has capitals. */
  readonly weak: boolean;
  /** Offsets in `name` where a token begins, but the first. */
  readonly tokens: ReadonlySet<number>;
};

/** A trie of folded names. `step` and `termAt` are all that reading needs. */
export type TermIndex = {
  readonly size: number;
  /** The node after `code`, or 0, which is also the root and has no way in. */
  step(node: number, code: number): number;
  termAt(node: number): Term | undefined;
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
export function protectedTerms(vaults: Iterable<VaultNames>): TermIndex {
  const known = createKnownNames();
  for (const vault of vaults) known.add(vault);
  return known.index();
}

export type KnownNames = {
  add(vault: VaultNames): void;
  /** Index of all that was added. */
  index(): TermIndex;
};

/** Names that grow case by case. Somebody who is several things has the first kind of TERM_KINDS everywhere, so that one name has
 *  one pseudonym. */
export function createKnownNames(): KnownNames {
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
      const terms = new Map<string, Term>();
      for (const kind of TERM_KINDS) for (const names of parties.get(kind)!.values()) addNames(terms, kind, names);
      return buildTrie([...terms.values()]);
    },
  };
}

function addNames(terms: Map<string, Term>, kind: TermKind, names: readonly Name[]): void {
  for (const { tokens, weak } of names) {
    const name = tokens.join('');
    const known = terms.get(name);
    const starts = new Set(known?.tokens);
    let at = 0;
    for (const token of tokens.slice(0, -1)) {
      at += token.length;
      starts.add(at);
    }
    terms.set(name, { name, kind: known?.kind ?? kind, weak: weak && (known?.weak ?? true), tokens: starts });
  }
}

/** Letters a to z and digits have a column in a table; whatever else there is goes by a map. */
const COLUMNS = 36;

function columnOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : -1;
}

function buildTrie(terms: readonly Term[]): TermIndex {
  const most = terms.reduce((sum, { name }) => sum + name.length, 1);
  const table = new Int32Array(most * COLUMNS);
  const others = new Map<number, number>();
  const ends: (Term | undefined)[] = [undefined];
  const step = (node: number, code: number) => {
    const column = columnOf(code);
    return column >= 0 ? table[node * COLUMNS + column]! : (others.get(node * 65_536 + code) ?? 0);
  };
  for (const term of terms) {
    let node = 0;
    for (let at = 0; at < term.name.length; at++) {
      const code = term.name.charCodeAt(at);
      let next = step(node, code);
      if (next === 0) {
        next = ends.push(undefined) - 1;
        const column = columnOf(code);
        if (column >= 0) table[node * COLUMNS + column] = next;
        else others.set(node * 65_536 + code, next);
      }
      node = next;
    }
    ends[node] = term;
  }
  return { size: terms.length, step, termAt: (node) => ends[node] };
}
