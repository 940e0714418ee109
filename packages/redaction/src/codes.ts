// Which members of a record hold codes, dates and numbers alone: their types give names and values, so nobody writes a name into them.
import { type NamedField, recordTypes } from '@detente/record';

const fields = [...recordTypes.values()].flatMap((type) => type.fields);

/** The field of a record that a member is, if its value is one that the field may have, or none. */
export function fieldOf(name: string, value: unknown): NamedField | undefined {
  return fields.find((field) => field.name === name && (value === null || field.check(value)));
}

/** @param member where in the value: the last member's name */
export function isCode({ scrub, textMembers }: NamedField, member: string): boolean {
  return scrub === 'none' || (textMembers !== undefined && !textMembers.includes(member));
}

/** Of letters that anybody chooses: `mis-Tral` is a well-formed language tag, and a list of countries can be written to be read. */
export function isChosen({ name }: NamedField): boolean {
  return name === 'language' || name === 'countries_affected';
}
