// The builders of TypeBox that Detente uses, with TypeBox's own types. What they return is equal to what TypeBox returns; its
// own come as 370 modules, which cost every process a quarter of a second of CPU.
import type { Type as TypeBox } from 'typebox';

type Schema = Readonly<Record<string, unknown>>;
type Builder = (...args: never[]) => Schema;
type Name =
  | 'Array'
  | 'Boolean'
  | 'Enum'
  | 'Integer'
  | 'Number'
  | 'Literal'
  | 'Null'
  | 'Object'
  | 'Optional'
  | 'Record'
  | 'String'
  | 'Union'
  | 'Unknown';

/** As TypeBox has it: not enumerable, so that it is no keyword of the schema. */
const OPTIONAL = '~optional';

const builders = {
  Array: (items: Schema, options?: Schema) => ({ type: 'array', items, ...options }),
  Boolean: (options?: Schema) => ({ type: 'boolean', ...options }),
  Enum: (values: readonly unknown[], options?: Schema) => ({ enum: [...values], ...options }),
  Integer: (options?: Schema) => ({ type: 'integer', ...options }),
  Number: (options?: Schema) => ({ type: 'number', ...options }),
  Literal: (value: unknown, options?: Schema) => ({ type: typeof value, const: value, ...options }),
  Null: (options?: Schema) => ({ type: 'null', ...options }),
  Object: objectOf,
  Optional: (schema: Schema) => Object.defineProperty({ ...schema }, OPTIONAL, { value: true }),
  Record: recordOf,
  String: (options?: Schema) => ({ type: 'string', ...options }),
  Union: (anyOf: readonly Schema[], options?: Schema) => ({ anyOf, ...options }),
  Unknown: (options?: Schema) => ({ ...options }),
} satisfies Record<Name, Builder>;

/** `Type.Object({ id: Type.String() })`: plain JSON Schema 2020-12, whose TypeScript type is `Static<typeof schema>`. */
export const Type = builders as unknown as Pick<typeof TypeBox, Name>;

function objectOf(properties: Readonly<Record<string, Schema>>, options?: Schema): Schema {
  const required = Object.keys(properties).filter((name) => !(OPTIONAL in properties[name]!));
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
}

/** @param key a string schema; its `pattern` is what names must match */
function recordOf(key: Schema, value: Schema, options?: Schema): Schema {
  return { type: 'object', patternProperties: { [String(key.pattern ?? '^.*$')]: value }, ...options };
}
