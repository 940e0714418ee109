// Values of a record's fields against their type: for drafts, for issuing and for what others issued.
import type { SchemaError } from '@detente/schema';
import { RecordError } from './errors.ts';
import type { FieldProblem, NamedField, RecordType } from './record-type.ts';

/** Everything that is wrong with a set of values, in the type's order; empty when a record can be issued from it. Absent and
 *  null mean the same. */
export function fieldProblems(type: RecordType, values: Readonly<Record<string, unknown>>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const name of Object.keys(values)) {
    if (!type.fields.some((field) => field.name === name))
      problems.push({ pointer: pointerTo(name), code: 'unknown_field' });
  }
  for (const field of type.fields) problems.push(...valueProblems(field, values[field.name] ?? null));
  // The type's own check reads values whose shapes are right.
  return problems.length > 0 ? problems : type.check(values);
}

/** Refuses fields that were disclosed, or are about to be signed: `count` of them, in the type's order.
 *  @throws RecordError `field_missing`, `field_invalid`, `field_inconsistent` with a `pointer` and the `problem` */
export function checkFields(type: RecordType, values: Readonly<Record<string, unknown>>, count: number): void {
  for (const field of type.fields.slice(0, count)) {
    const value = values[field.name];
    if (value === null) {
      if (field.mandatory) throw new RecordError('field_missing', { pointer: pointerTo(field.name) });
    } else if (!field.check(value)) {
      const { pointer, code } = valueProblems(field, value)[0] ?? { pointer: pointerTo(field.name), code: 'invalid' };
      throw new RecordError('field_invalid', { pointer, problem: code });
    }
  }
  const problem = type.check(values)[0];
  if (problem) throw new RecordError('field_inconsistent', { pointer: problem.pointer, problem: problem.code });
}

/** The value with `change` applied to each of its free texts, as its field's `scrub` names them; other values as they are.
 *  Returns `null` for null. Items of a list for which `change` returns null are left out, and an emptied list becomes null. */
export function mapTexts(field: NamedField, value: unknown, change: (text: string) => string | null): unknown {
  if (value === null || value === undefined || field.scrub === 'none') return value ?? null;
  if (!Array.isArray(value)) return mapItem(field, value, change);
  const items = value.map((item) => mapItem(field, item, change)).filter((item) => item !== null);
  return items.length === 0 ? null : items;
}

/** The free texts of a value, in order. */
export function textsOf(field: NamedField, value: unknown): string[] {
  const texts: string[] = [];
  mapTexts(field, value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

function mapItem(field: NamedField, item: unknown, change: (text: string) => string | null): unknown {
  if (typeof item === 'string') return change(item);
  const changed: Record<string, unknown> = { ...(item as Record<string, unknown>) };
  for (const member of field.textMembers ?? []) {
    const text = changed[member];
    if (typeof text !== 'string') continue;
    changed[member] = change(text);
    if (changed[member] === null) return null;
  }
  return changed;
}

function valueProblems(field: NamedField, value: unknown): FieldProblem[] {
  const at = pointerTo(field.name);
  if (value === null) return field.mandatory ? [{ pointer: at, code: 'missing' }] : [];
  if (field.check(value)) return [];
  return leafErrors(field.errors(value)).map((error) => ({ pointer: at + error.instancePath, code: error.keyword }));
}

const otherKind: ReadonlySet<string> = new Set(['type', 'const', 'enum']);

/** What can be mended, a place once. Of a union every branch complains: where one of them has more to say than that the value
 *  is of another kind, that branch was meant. A refused member is told of by its object. */
function leafErrors(errors: readonly SchemaError[]): SchemaError[] {
  const own = errors.filter(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf');
  const meant = own.filter((error) => {
    const { instancePath: place, keyword, schemaPath } = error;
    if (!otherKind.has(keyword) || !/\/anyOf\/\d+$/.test(schemaPath)) return true;
    return !own.some((other) => other.instancePath.startsWith(`${place}/`) || isFurther(other, place));
  });
  return meant.filter(({ instancePath }, at) => meant.findIndex((one) => one.instancePath === instancePath) === at);
}

function isFurther({ instancePath, keyword }: SchemaError, place: string): boolean {
  return instancePath === place && !otherKind.has(keyword);
}

function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
