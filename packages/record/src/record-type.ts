// A record type: its fields in their order, compiled validators, and what can be asked of values in general.
import { compile, type TOptional, type TProperties, type TSchema, Type, type Validator } from '@detente/schema';
import type { Field, ValueOf } from './field.ts';
import { LEVELS, type Level, levelOf, TIERS } from './tiers.ts';

export type FieldSet = Readonly<Record<string, Field>>;

/** Values of a type's fields; absent and null mean the same. */
export type FieldValues<Fields extends FieldSet> = { [Name in keyof Fields]?: ValueOf<Fields[Name]> | null };

/** What is wrong with which value. `pointer` is a JSON pointer into the fields; `code` a JSON Schema keyword, `unknown_field`,
 *  `missing`, or a code of the type's own check. */
export type FieldProblem = { pointer: string; code: string };

export type NamedField = Field & { readonly name: string } & Validator<TSchema>;

export type RecordType = {
  /** Without version, as in cells: `incident`. */
  readonly name: string;
  readonly version: number;
  /** As in records: `incident/1`. */
  readonly id: string;
  /** In disclosure order: tiers never fall. */
  readonly fields: readonly NamedField[];
  /** `counts[level]` fields are disclosed at a level. */
  readonly counts: readonly number[];
  /** Of an object with all fields: mandatory ones required, the others optional, unknown ones refused. For contracts. */
  readonly schema: TSchema;
  /** What a valid set of single values still gets wrong together. */
  readonly check: (fields: Record<string, unknown>) => FieldProblem[];
};

type Definition<Fields extends FieldSet> = {
  name: string;
  version: number;
  fields: Fields;
  check: (fields: FieldValues<Fields>) => FieldProblem[];
};

/** Compiles a type. A definition whose tiers fall in order is refused: presentations would be no prefixes. */
export function defineType<const Fields extends FieldSet>(definition: Definition<Fields>) {
  const { name, version } = definition;
  const fields = Object.entries<Field>(definition.fields).map(([name, field]) => nameField(name, field));
  for (const [at, field] of fields.entries()) {
    const next = fields[at + 1];
    if (next && TIERS.indexOf(next.tier) < TIERS.indexOf(field.tier)) throw new TypeError(`tier of ${next.name} falls`);
  }
  const counts = LEVELS.map((level: Level) => fields.filter((field) => levelOf(field.tier) <= level).length);
  const check = definition.check as RecordType['check'];
  return {
    name,
    version,
    id: `${name}/${version}`,
    fields,
    counts,
    schema: schemaOf(definition.fields),
    check,
  } as const;
}

function nameField(name: string, field: Field): NamedField {
  return { ...field, name, ...compile(field.schema) };
}

type SchemaProperties<Fields extends FieldSet> = {
  [Name in keyof Fields]: Fields[Name]['mandatory'] extends true
    ? Fields[Name]['schema']
    : TOptional<Fields[Name]['schema']>;
};

function schemaOf<Fields extends FieldSet>(fields: Fields) {
  const properties: TProperties = {};
  for (const [name, field] of Object.entries(fields)) {
    properties[name] = field.mandatory ? field.schema : Type.Optional(field.schema);
  }
  return Type.Object(properties as SchemaProperties<Fields>, { additionalProperties: false });
}
