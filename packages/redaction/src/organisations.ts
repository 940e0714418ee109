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
 *  @throws SyntaxError with the number of the line that has no name, more than four lists, or other marks between */
export function parseOrganisations(text: string): Organisation[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, at) => [line, at + 1] as const);
  return lines.filter(([line]) => line.trim() !== '' && !line.startsWith('#')).map(([line, at]) => parseLine(line, at));
}

function parseLine(line: string, at: number): Organisation {
  const [mark] = /[｜，、；;\t]/.exec(line) ?? [];
  if (mark !== undefined) throw new SyntaxError(`line ${at} has ${JSON.stringify(mark)} where lists have | and commas`);
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
export const ORGANISATIONS: Organisations = parseOrganisations(textOf('organisations.txt'));

function textOf(name: string): string {
  return readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
}

/** What stands in such a list and is no name that texts could be searched for: `Q`, `AI`, `Assistant`. */
export function namesOfNobody(organisations: Organisations): string[] {
  return organisations.flatMap(({ names, domains, products }) => [
    ...[...names, ...domains].filter((name) => namesOf('developer', name).length === 0),
    ...products.filter((name) => namesOf('model', name).length === 0),
  ]);
}

type Alias = Name & { isProduct: boolean };
type Indexed = ReadonlyMap<string, readonly Organisation[]>;
const indexes = new WeakMap<Organisations, Indexed>();
const aliases = new WeakMap<Organisation, readonly Alias[]>();

/** The other names of whoever is called so; none where nobody in the list is.
 *  @param letters folded, without separators */
export function aliasesOf(letters: string, organisations: Organisations): readonly Alias[] {
  return calledSo(letters, organisations).flatMap(allNamesOf);
}

/** What whoever is called so is called first; the letters themselves where nobody in the list is. */
export function firstNameOf(letters: string, organisations: Organisations): string {
  const [organisation] = calledSo(letters, organisations);
  return organisation === undefined ? letters : (allNamesOf(organisation)[0]?.tokens.join('') ?? letters);
}

/** Whether somebody in the list is called so.
 *  @param letters folded, without separators */
export function isListedName(letters: string, organisations: Organisations): boolean {
  return calledSo(letters, organisations).length > 0;
}

function calledSo(letters: string, organisations: Organisations): readonly Organisation[] {
  let index = indexes.get(organisations);
  if (index === undefined) {
    index = indexOf(organisations);
    indexes.set(organisations, index);
  }
  return index.get(letters) ?? [];
}

function allNamesOf(organisation: Organisation): readonly Alias[] {
  let all = aliases.get(organisation);
  if (all === undefined) {
    const theirs = organisation.products.flatMap((name) => namesOf('model', name)).filter(isNoInitials);
    all = [
      ...ownNamesOf(organisation).map((name) => ({ ...name, isProduct: false })),
      ...theirs.map((name) => ({ ...name, isProduct: true })),
    ];
    aliases.set(organisation, all);
  }
  return all;
}

function indexOf(organisations: Organisations): Indexed {
  const shipped = shippedLetters();
  const index = new Map<string, Organisation[]>();
  for (const organisation of organisations) {
    for (const letters of shipped.get(organisation) ?? lettersOf(organisation)) {
      index.set(letters, [...(index.get(letters) ?? []), organisation]);
    }
  }
  return index;
}

/** Of the project's list they stand in a file: to work them out takes a third of a second. */
function shippedLetters(): ReadonlyMap<Organisation, readonly string[]> {
  const lines = textOf(LETTERS_FILE).split('\n');
  return new Map(ORGANISATIONS.map((organisation, at) => [organisation, lines[at]!.split(' ')]));
}

/** In the data folder; written by `node scripts/organisations.ts`. */
export const LETTERS_FILE = 'organisation-letters.txt';

/** A line for each organisation of the list: the letters of its names and domains. */
export function lettersFile(organisations: Organisations): string {
  return organisations.map((organisation) => `${lettersOf(organisation).join(' ')}\n`).join('');
}

function lettersOf(organisation: Organisation): string[] {
  return [...new Set(ownNamesOf(organisation).map(({ tokens }) => tokens.join('')))];
}

function ownNamesOf({ names, domains }: Organisation): Name[] {
  return [...names, ...domains].flatMap((name) => namesOf('developer', name)).filter(isNoInitials);
}

function isNoInitials({ initials }: Name): boolean {
  return initials !== true;
}
