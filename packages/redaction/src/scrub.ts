// A record's fields without the names that the node's vaults hold.
import { mapTexts, type NamedField, recordType, textsOf } from '@detente/record';
import { sitesOf } from './around.ts';
import { findTerms, type Place } from './find-terms.ts';
import type { Naming } from './naming.ts';
import type { TermIndex } from './term-index.ts';

/** A place in a text of a field as it was before: `text` counts the texts of that field from 0. */
export type Replacement = Place & { field: string; text: number };

export type Scrubbed = {
  fields: Record<string, unknown>;
  replacements: Replacement[];
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
  const scrubbed: Record<string, unknown> = { ...fields };
  const replacements: Replacement[] = [];
  for (const field of recordType(type).fields) {
    const value = fields[field.name];
    if (value === null || value === undefined || field.scrub === 'none') continue;
    for (const [text, original] of textsOf(field, value).entries()) {
      for (const { start, end, term } of findTerms(original, index)) {
        replacements.push({ field: field.name, text, start, end, kind: term.kind });
      }
    }
    scrubbed[field.name] = scrubValue(field, value, index, naming);
  }
  return { fields: scrubbed, replacements };
}

function scrubValue(field: NamedField, value: unknown, index: TermIndex, naming: Naming): unknown {
  if (field.scrub === 'drop') {
    return mapTexts(field, value, (text) => (findTerms(text, index).length > 0 ? null : text));
  }
  const limit = (field.schema as { maxLength?: number }).maxLength;
  const changed = mapTexts(field, value, (text) => shorten(scrubText(text, index, naming), limit));
  if (!Array.isArray(changed)) return changed;
  // Two items that told two names apart may be the same now.
  return [...new Map(changed.map((item) => [JSON.stringify(item), item])).values()];
}

/** One text. What a replacement makes with the words around it may read as another name, so it is read again until nothing is found;
 *  after a few rounds the leak check has the last word. */
export function scrubText(text: string, index: TermIndex, naming: Naming): string {
  let scrubbed = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = replaceOnce(scrubbed, index, naming);
    if (next === scrubbed) break;
    scrubbed = next;
  }
  return scrubbed;
}

const MAX_ROUNDS = 4;

function replaceOnce(text: string, index: TermIndex, naming: Naming): string {
  const names = findTerms(text, index);
  let out = '';
  let at = 0;
  for (const [n, { start, end, around }] of sitesOf(text, names).entries()) {
    const name = naming(names[n]!.term, around);
    // Chinese is written without blanks, but a code must not run into what follows.
    const gap = around.isHan && /^[A-Za-z0-9]/.test(text.slice(end, end + 1)) ? ' ' : '';
    out += text.slice(at, start) + name + gap;
    at = end;
  }
  return at === 0 ? text : out + text.slice(at);
}

function shorten(text: string, limit: number | undefined): string {
  if (limit === undefined || text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}
