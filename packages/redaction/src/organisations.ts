// What else says who an organisation is: its other names, domains, products and code names. A vault that holds one knows them all.
import { readFileSync } from 'node:fs';
import { type Name, namesOf } from './names.ts';

export type Organisation = {
  /** Its names in every script. */
  readonly names: readonly string[];
  readonly domains: readonly string[];
  readonly products: readonly string[];
};

export type Organisations = readonly Organisation[];

/** Lines of `names | names in other scripts | domains | products`, each a list with commas; `#` begins a remark.
 *  @throws SyntaxError with the number of the line that has no name, or more than four lists */
export function parseOrganisations(text: string): Organisation[] {
  const lines = text.split(/\r?\n/).map((line, at) => [line, at + 1] as const);
  return lines.filter(([line]) => line.trim() !== '' && !line.startsWith('#')).map(([line, at]) => parseLine(line, at));
}

function parseLine(line: string, at: number): Organisation {
  const [names = [], others = [], domains = [], products = [], ...more] = line.split('|').map(itemsOf);
  if (more.length > 0) throw new SyntaxError(`line ${at} has more than four lists`);
  if (names.length + others.length === 0) throw new SyntaxError(`line ${at} has no name of an organisation`);
  return { names: [...names, ...others], domains, products };
}

function itemsOf(list: string): string[] {
  const items = list.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}

/** The list that ships with the project. */
export const ORGANISATIONS: Organisations = parseOrganisations(
  readFileSync(new URL('../data/organisations.txt', import.meta.url), 'utf8'),
);

type Alias = Name & { isProduct: boolean };
type Known = { aliases: readonly Alias[] };
const indexes = new WeakMap<Organisations, Map<string, Known[]>>();

/** The other names of whoever is called so; none where nobody in the list is.
 *  @param letters folded, without separators */
export function aliasesOf(letters: string, organisations: Organisations): Alias[] {
  let index = indexes.get(organisations);
  if (index === undefined) {
    index = indexOf(organisations);
    indexes.set(organisations, index);
  }
  return (index.get(letters) ?? []).flatMap(({ aliases }) => aliases);
}

function indexOf(organisations: Organisations): Map<string, Known[]> {
  const index = new Map<string, Known[]>();
  for (const { names, domains, products } of organisations) {
    const own = [...names, ...domains].flatMap((name) => namesOf('developer', name)).filter(isNoInitials);
    const theirs = products.flatMap((name) => namesOf('model', name)).filter(isNoInitials);
    const known: Known = {
      aliases: [
        ...own.map((name) => ({ ...name, isProduct: false })),
        ...theirs.map((name) => ({ ...name, isProduct: true })),
      ],
    };
    for (const letters of new Set(own.map(({ tokens }) => tokens.join('')))) {
      index.set(letters, [...(index.get(letters) ?? []), known]);
    }
  }
  return index;
}

function isNoInitials({ initials }: Name): boolean {
  return initials !== true;
}
