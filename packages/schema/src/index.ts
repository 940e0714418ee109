// JSON Schemas with their types: TypeBox, made quick to start (docs/decisions/0017-typebox-without-its-modules.md).
export type { Static, TObject, TOptional, TProperties, TSchema } from 'typebox';
export { isJsonWithin, type JsonSize } from './json-size.ts';
export { Type } from './type.ts';
export { compile, type SchemaError, type Validator } from './validator.ts';
