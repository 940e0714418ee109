// What a record tells of a name: what it is to its own case, and nothing of what it is to others.
import { findTerms } from './find-terms.ts';
import type { TermKind } from './names.ts';
import type { Naming, ToldKind } from './naming.ts';
import { KIND_OF_ROLE, type Term, type TermIndex, type VaultNames } from './term-index.ts';

/** By role, the names of those who have it in a case. */
export type Roles = Readonly<Partial<Record<TermKind, ReadonlySet<string>>>>;

/** Of a case's own parties, as they are called in the index. */
export function rolesIn(vault: VaultNames, index: TermIndex): Roles {
  const roles = Object.entries(KIND_OF_ROLE).map(([role, kind]) => {
    const parties = vault[role as keyof VaultNames] ?? [];
    return [kind, new Set(parties.flatMap((party) => findTerms(party, index).map(({ term }) => term.name)))] as const;
  });
  return Object.fromEntries(roles);
}

/** Who reported, and who is somebody's customer, is told of nobody. */
const TOLD = ['developer', 'deployer', 'person'] as const;

/** The same words, but a role is told of the case's own parties alone: whoever knows the text that came in would read there who reported
 *  another case, or was harmed in it. A model is one to everybody, and what officers had taken out is what they said it is. */
export function ofCase(naming: Naming, roles: Roles): Naming {
  return (term, around) => naming({ ...term, kind: toldKind(term, roles) }, around);
}

function toldKind({ kind, name, taken, listed }: Parameters<Naming>[0] & Pick<Term, 'listed'>, roles: Roles): ToldKind {
  if (kind === 'model' || kind === 'party' || taken) return kind;
  return TOLD.find((role) => roles[role]?.has(name)) ?? (listed || kind === 'organisation' ? 'organisation' : 'party');
}
