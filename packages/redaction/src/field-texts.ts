// The free texts of a record's fields, each with its place; and the fields with those texts edited, as their type says.
import { type NamedField, recordType } from '@detente/record';
import { applyEdits, composeEdits, type Edit } from './edits.ts';

type Fields = Readonly<Record<string, unknown>>;

export type FieldText = {
  field: NamedField;
  /** JSON pointer into the fields as they came. */
  at: string;
  text: string;
};

export type EditedText = FieldText & {
  edits: readonly Edit[];
  /** JSON pointer into the fields as they are now; undefined when the item was left out. */
  to: string | undefined;
};

/** What was written in place of what: offsets in `at` of the fields as they came. `written` is null where the item was left out. */
export type Change = Omit<Edit, 'written'> & { at: string; was: string; written: string | null };

export type Edited = { fields: Record<string, unknown>; texts: EditedText[]; changes: Change[] };

/** In the type's order. A field whose `scrub` is `none` has none. */
export function fieldTexts(fields: Fields, type = 'incident/1'): FieldText[] {
  return recordType(type).fields.flatMap((field) => textsIn(field, fields[field.name]).flat());
}

/** The fields with each text edited; of `drop` an item that has an edit is left out, and of two items that have become the same one
 *  stays. Other fields are as they were; the input is not changed. A text that grew beyond its field is cut with an ellipsis. */
export function editFields(fields: Fields, editsOf: (text: FieldText) => Edit[], type = 'incident/1'): Edited {
  const edited: Edited = { fields: { ...fields }, texts: [], changes: [] };
  for (const field of recordType(type).fields) {
    const value = fields[field.name];
    if (value === null || value === undefined || field.scrub === 'none') continue;
    edited.fields[field.name] = editField(field, value, editsOf, edited);
  }
  return edited;
}

function editField(
  field: NamedField,
  value: unknown,
  editsOf: (text: FieldText) => Edit[],
  { texts, changes }: Edited,
): unknown {
  const kept: unknown[] = [];
  /** Items so far, and whether one was changed. */
  const known = new Map<string, boolean>();
  for (const [nth, all] of textsIn(field, value).entries()) {
    const edits = all.map((one) => fitting(field, one.text, editsOf(one)));
    const isChanged = edits.some((list) => list.length > 0);
    const item = writeItem(itemsOf(value)[nth], all, edits);
    const spelled = Array.isArray(value) ? JSON.stringify(item) : '';
    const isDouble = Array.isArray(value) && known.has(spelled) && (isChanged || known.get(spelled)!);
    const isOut = (field.scrub === 'drop' && isChanged) || isDouble;
    known.set(spelled, isChanged || (known.get(spelled) ?? false));
    for (const [at, one] of all.entries()) {
      const to = isOut ? undefined : one.at.replace(/^(\/[^/]+)\/\d+/, `$1/${kept.length}`);
      texts.push({ ...one, edits: edits[at]!, to });
      changes.push(...(isOut ? leftOut(one, isDouble ? DOUBLE : edits.flat()[0]!) : changesOf(one, edits[at]!)));
    }
    if (!isOut) kept.push(item);
  }
  if (!Array.isArray(value)) return kept[0] ?? null;
  return kept.length === 0 ? null : kept;
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The texts of each item of a value. */
function textsIn(field: NamedField, value: unknown): FieldText[][] {
  if (value === null || value === undefined || field.scrub === 'none') return [];
  const root = `/${field.name}`;
  return itemsOf(value).map((item, nth) => {
    const at = Array.isArray(value) ? `${root}/${nth}` : root;
    if (typeof item === 'string') return [{ field, at, text: item }];
    const members = (item ?? {}) as Record<string, unknown>;
    return (field.textMembers ?? []).flatMap((member) => {
      const text = members[member];
      return typeof text === 'string' ? [{ field, at: `${at}/${member}`, text }] : [];
    });
  });
}

function writeItem(item: unknown, texts: readonly FieldText[], edits: readonly Edit[][]): unknown {
  if (typeof item === 'string') return applyEdits(item, edits[0]!);
  if (edits.every((list) => list.length === 0)) return item;
  const written = texts.map(({ at, text }, nth) => [at.slice(at.lastIndexOf('/') + 1), applyEdits(text, edits[nth]!)]);
  return { ...(item as Record<string, unknown>), ...Object.fromEntries(written) };
}

function fitting(field: NamedField, text: string, edits: Edit[]): Edit[] {
  const limit = (field.schema as { maxLength?: number }).maxLength;
  if (edits.length === 0 || limit === undefined) return edits;
  const long = applyEdits(text, edits);
  const points = long.length <= limit ? [] : Array.from(long);
  if (points.length <= limit) return edits;
  const start = points.slice(0, limit - 1).join('').length;
  return composeEdits(text, edits, [{ start, end: long.length, written: '…', kind: 'length', by: 'fit' }]);
}

function changesOf({ at, text }: FieldText, edits: readonly Edit[]): Change[] {
  return edits.map((edit) => ({ ...edit, at, was: text.slice(edit.start, edit.end) }));
}

const DOUBLE = { kind: 'duplicate', by: 'fit' } as const;

function leftOut({ at, text }: FieldText, { kind, by, finding }: Pick<Edit, 'kind' | 'by' | 'finding'>): Change[] {
  return [{ at, start: 0, end: text.length, was: text, written: null, kind, by, ...(finding && { finding }) }];
}
