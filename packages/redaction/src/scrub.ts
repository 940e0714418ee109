// Texts without the names that the node's vaults hold.
import { sitesOf } from './around.ts';
import { isWhere } from './coarser/countries.ts';
import { applyEdits, composeEdits, type Edit } from './edits.ts';
import { type Change, editFields } from './field-texts.ts';
import { type Found, findTerms } from './find-terms.ts';
import { generalise } from './generalise.ts';
import { hangsOn } from './hangs-on.ts';
import { hitsIn } from './hits.ts';
import { type Around, kindOfPseudonym, type Naming, neutralNames, PSEUDONYM, productOf } from './naming.ts';
import { soldEnd } from './products.ts';
import type { TermIndex } from './term-index.ts';

export type Scrubbed = {
  fields: Record<string, unknown>;
  changes: Change[];
};

/** Replaces every name of the index in the free texts of a record's fields, as the type says: `text` and `texts` are rewritten, of
 *  `drop` an item that names somebody is left out. Other fields are returned as they are; the input is not changed. A text that
 *  grew beyond its field is cut with an ellipsis.
 *  @param naming `pseudonyms(…)` for peers, `neutralNames` for the public
 *  @param type of the record, `incident/1`
 *  @throws RecordError `type_unknown` */
export function scrub(
  fields: Readonly<Record<string, unknown>>,
  index: TermIndex,
  naming: Naming,
  type = 'incident/1',
): Scrubbed {
  const { fields: scrubbed, changes } = editFields(fields, ({ text }) => scrubEdits(text, index, naming).edits, type);
  return { fields: scrubbed, changes };
}

/** One text. */
export function scrubText(text: string, index: TermIndex, naming: Naming): string {
  return applyEdits(text, scrubEdits(text, index, naming).edits);
}

/** A name that is protected because an officer had it taken out of a case. */
export type TakenName = { start: number; end: number; kind: 'person' | 'organisation' };

type Span = { start: number; end: number };

/** What to write in one text. What a replacement makes with the words around it may read as another name, so it is read again until
 *  nothing is found; after a few rounds the leak check has the last word.
 *  @param rests of names: each goes with the name of the index that it hangs on */
export function scrubEdits(
  text: string,
  index: TermIndex,
  naming: Naming,
  rests: readonly Span[] = [],
): { edits: Edit[]; taken: TakenName[] } {
  let edits: Edit[] = [];
  const taken: TakenName[] = [];
  let scrubbed = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = findTerms(scrubbed, index);
    if (found.length === 0) break;
    if (round === 0)
      for (const { start, end, term } of found)
        if (term.taken) taken.push({ start, end, kind: term.kind as TakenName['kind'] });
    edits = composeEdits(text, edits, namedEdits(scrubbed, found, naming, round === 0 ? rests : []));
    const now = applyEdits(text, edits);
    if (now === scrubbed) break;
    scrubbed = now;
  }
  return { edits, taken };
}

/** With the node's own pseudonyms written as names are: an officer may have copied them from a draft, and they tell of two records that
 *  they are about one. */
export function withoutPseudonyms(text: string, edits: Edit[]): Edit[] {
  const scrubbed = applyEdits(text, edits);
  const own = hitsIn(scrubbed, PSEUDONYM).flatMap(({ index: start, 0: words }) => {
    const kind = kindOfPseudonym(words);
    return kind === undefined ? [] : [{ start, end: start + words.length, kind }];
  });
  if (own.length === 0) return edits;
  const written = sitesOf(scrubbed, own).map(({ around, ...place }, nth): Edit => {
    const { kind } = own[nth]!;
    return { ...place, written: neutralNames({ name: '', kind }, around), kind, by: 'term' };
  });
  return composeEdits(text, edits, written);
}

/** What to write for each name, with what hangs on it. */
function namedEdits(text: string, found: readonly Found[], naming: Naming, rests: readonly Span[]): Edit[] {
  // What stands between two names hangs on both: the first has it.
  let told = 0;
  const names = found.map((one, nth) => {
    const limit = found[nth + 1]?.start ?? text.length;
    const sold = soldEnd(text, one.end, limit);
    const free = rests.filter(({ start, end }) => told <= start && end <= limit);
    const place = withRests(text, { start: withParticle(text, one, told), end: sold }, free);
    told = place.end;
    return { ...place, term: one.term, isProduct: sold > one.end };
  });
  const edits: Edit[] = [];
  const sites = sitesOf(text, names);
  for (const [nth, { term, isProduct }] of names.entries()) {
    const { around, ...place } = sites[nth]!;
    // `in San Francisco`, where a vault has the city as a party.
    const country = term.kind !== 'model' && isWhere(text, place) ? countryOf(text, place) : undefined;
    if (country !== undefined) {
      edits.push({ ...country, kind: term.kind, by: 'term' });
      continue;
    }
    const isBeside = (one: number) =>
      !around.isHan &&
      sites[one]?.around.isHan === false &&
      text.slice(sites[Math.min(nth, one)]!.end, sites[Math.max(nth, one)]!.start) === ' ';
    const beside = {
      ...around,
      ...(isBeside(nth - 1) && { previous: names[nth - 1]!.term.kind }),
      ...(isBeside(nth + 1) && { next: names[nth + 1]!.term.kind }),
    };
    const words = (isProduct ? productOf(naming) : naming)(term, beside);
    if (words === '') edits.at(-1)!.end = place.end;
    else edits.push({ ...place, written: written(text, place, words, around), kind: term.kind, by: 'term' });
  }
  return edits;
}

function countryOf(text: string, place: Span): Pick<Edit, 'start' | 'end' | 'written'> | undefined {
  const [change] = generalise(text, [{ ...place, kind: 'place', confidence: 1, reason: '' }], 'clear').changes;
  return change && { start: change.start, end: change.end, written: change.written };
}

/** `making von Ohain known`: what a family name begins with goes with it. */
function withParticle(text: string, { start, term }: Found, after: number): number {
  if (term.kind !== 'person') return start;
  const [particle = ''] = PARTICLE.exec(text.slice(Math.max(after, start - 24), start)) ?? [];
  return start - particle.length;
}

/** Not `in a van`, `the bin`. */
const PARTICLE =
  /(?<![\p{L}\p{N}])(?<!(?:^|[^\p{L}])(?:an?|the|his|her|their|its|our|my|this|that|each|every|one|white|delivery|police) )(?:von|van|bin|ibn|della)(?: (?:der|den|de))? $/u;

/** With the rests that hang on it. */
function withRests(text: string, name: Span, rests: readonly Span[]): Span {
  return rests.reduce(
    (all, rest) =>
      hangsOn(text, rest, [all]) === undefined
        ? all
        : { start: Math.min(all.start, rest.start), end: Math.max(all.end, rest.end) },
    name,
  );
}

const MAX_ROUNDS = 4;
/** What is written at a place, with a blank where a code would run into what follows: Chinese needs none otherwise. */
export function written(text: string, { end }: { end: number }, words: string, { isHan }: Around): string {
  if (isHan) return /[A-Z0-9]$/.test(words) && /[A-Za-z0-9]/.test(text.charAt(end)) ? `${words} ` : words;
  return words.replace(/^([Aa]) (?=[Oo]rganisation)/, '$1n ');
}
