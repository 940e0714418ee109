// Texts without the names that the node's vaults hold.
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
    let at = 0;
    const next = found.map(({ start, end, term }): Edit => {
      const place = roomFor(scrubbed, { start, end, after: at });
      at = end;
      return { start: place.start, end, written: naming(term, place.around), kind: term.kind, by: 'term' };
    });
    if (round === 0)
      for (const { start, end, term } of found)
        if (term.taken) taken.push({ start, end, kind: term.kind as TakenName['kind'] });
    edits = composeEdits(text, edits, next);
    const written = applyEdits(text, edits);
    if (written === scrubbed) break;
    scrubbed = written;
  }
  return { edits, taken };
}

const MAX_ROUNDS = 4;
const CONTEXT = 24;

/** Where something else is to be written for a place, an article before it included, and what stands around.
 *  @param after where what was written before ends */
export function roomFor(
  text: string,
  { start, end, after }: { start: number; end: number; after: number },
): { start: number; around: Around } {
  const words = wordsBefore(text.slice(Math.max(after, start - CONTEXT), start), start);
  const isHan = /\p{sc=Han}/u.test(text.slice(Math.max(0, start - 1), end + 1));
  return {
    start: start - (words.article === '' ? 0 : words.article.length + 1),
    around: { ...words, isHan },
  };
}

function wordsBefore(before: string, start: number): Omit<Around, 'isHan'> {
  const article = /(?:^|[\s("“])(an?|An?) $/.exec(before)?.[1] ?? '';
  const determined =
    /(?:^|[\s("“])(?:(?:the|this|that|these|its|his|her|their|our|my|each|every|another)|\S{0,24}['’]s) $/i.test(
      before,
    );
  const lead = before.slice(0, before.length - article.length - (article === '' ? 0 : 1));
  const isStart = start === before.length ? lead === '' : /[.!?]["”’)]?\s+$/.test(lead);
  return { article, determined, isStart };
}
