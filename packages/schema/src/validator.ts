// Checks against a schema, by TypeBox's engine. It is loaded, and a schema compiled, when the first value comes.
import { createRequire } from 'node:module';
import type { Static, TSchema } from 'typebox';

// As a CommonJS `require`, which Node does at once, where `import()` would make every check wait.
const require = createRequire(import.meta.url);
const engine = () => require('typebox/schema') as typeof import('typebox/schema');

/** What is wrong, and where: `instancePath` is a JSON pointer into the value, `keyword` and `schemaPath` name the rule. */
export type SchemaError = ReturnType<ReturnType<typeof engine>['Errors']>[1][number];

export type Validator<Schema extends TSchema> = {
  check(value: unknown): value is Static<Schema>;
  /** Every fault in the order of the schema, a handful at most; none when the check passes. */
  errors(value: unknown): SchemaError[];
};

export function compile<const Schema extends TSchema>(schema: Schema): Validator<Schema> {
  let compiled: { Check(value: unknown): boolean } | undefined;
  const check = (value: unknown): boolean => {
    compiled ??= engine().Compile(schema);
    return compiled.Check(value);
  };
  return {
    check: (value): value is Static<Schema> => check(value),
    errors: (value) => (check(value) ? [] : engine().Errors(schema, value)[1]),
  };
}
