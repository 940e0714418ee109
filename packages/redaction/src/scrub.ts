// Texts without the names that the node's vaults hold.
import { sitesOf } from './around.ts';
import { applyEdits, composeEdits, type Edit } from './edits.ts';
import { type Change, editFields } from './field-texts.ts';
import { findTerms } from './find-terms.ts';
import type { Around, Naming } from './naming.ts';
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

/** What to write in one text. What a replacement makes with the words around it may read as another name, so it is read again until
 *  nothing is found; after a few rounds the leak check has the last word. */
export function scrubEdits(text: string, index: TermIndex, naming: Naming): { edits: Edit[]; taken: TakenName[] } {
  let edits: Edit[] = [];
  const taken: TakenName[] = [];
  let scrubbed = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = findTerms(scrubbed, index);
    if (found.length === 0) break;
    const sites = sitesOf(scrubbed, found);
    const next = found.map(({ term }, nth): Edit => {
      const { around, ...place } = sites[nth]!;
      return { ...place, written: written(scrubbed, place, naming(term, around), around), kind: term.kind, by: 'term' };
    });
    if (round === 0)
      for (const { start, end, term } of found)
        if (term.taken) taken.push({ start, end, kind: term.kind as TakenName['kind'] });
    edits = composeEdits(text, edits, next);
    const now = applyEdits(text, edits);
    if (now === scrubbed) break;
    scrubbed = now;
  }
  return { edits, taken };
}

const MAX_ROUNDS = 4;
/** What is written at a place, with a blank where a code would run into what follows: Chinese needs none otherwise. */
export function written(text: string, { end }: { end: number }, words: string, { isHan }: Around): string {
  return isHan && /[A-Z0-9]$/.test(words) && /[A-Za-z0-9]/.test(text.charAt(end)) ? `${words} ` : words;
}
