// JSON Schema by Ajv (2020-12), told as a list of every wrong field.

import type { FieldProblem } from '@detente/contract';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = { [keyword: string]: unknown };
export type Part = FieldProblem['in'];
export type Check = (value: unknown) => FieldProblem[];

const maxErrors = 100;
const options = {
  allErrors: true,
  coerceTypes: false,
  removeAdditional: false,
  strict: true,
  strictTypes: false,
  strictTuple: false,
  strictRequired: false,
  discriminator: true,
  // A member called `constructor` is not there because every object has one.
  ownProperties: true,
  addUsedSchema: false,
  logger: false,
  // A test holds the schemas against the meta-schema; doing it here would double the time of a compilation.
  validateSchema: false,
  meta: false,
} as const;
const bodyAjv = makeAjv({ useDefaults: false });
const parameterAjv = makeAjv({ useDefaults: true });

/** A check that returns every wrong field of a value, in order, at most 100; it changes nothing in a body, and fills
 *  in the defaults of the other parts. The schema is compiled when the first value comes, which for a large one takes a
 *  tenth of a second. */
export function compileCheck(schema: Schema, part: Part): Check {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= (part === 'body' ? bodyAjv : parameterAjv).compile(withoutExtensions(schema) as Schema);
    return validate(value) ? [] : fieldProblems(validate.errors ?? [], part);
  };
}

function makeAjv(more: { useDefaults: boolean }): Ajv2020 {
  const ajv = new Ajv2020({ ...options, ...more });
  formats.default(ajv);
  return ajv;
}

/** Turns the strings of a query, header or path into what its schema says, in one spelling only: `10`, never `1e1`, `0xa`
 *  or ` 10`; `true` and `false`. What does not fit stays a string, for the check to refuse. A single value becomes
 *  an array where one is wanted. */
export function readStrings(value: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const entries = Object.entries(value).map(([name, text]) => {
    const wanted = Object.hasOwn(properties, name) ? properties[name]! : {};
    if (wanted.type !== 'array') return [name, readString(text, wanted.type)] as const;
    const items = Array.isArray(text) ? text : [text];
    return [name, items.map((item) => readString(item, (wanted.items as Schema | undefined)?.type))] as const;
  });
  return Object.fromEntries(entries);
}

/** Fields that hold a NUL, which no text column takes and no parameter needs. */
export function refuseNul(value: Record<string, unknown>, part: Part): FieldProblem[] {
  return Object.entries(value)
    .filter(([, text]) => (Array.isArray(text) ? text : [text]).some((item) => String(item).includes('\0')))
    .map(([name]) => ({
      in: part,
      pointer: `/${escapePointer(name)}`,
      code: 'character_refused',
      detail: 'contains NUL',
    }));
}

function readString(text: unknown, type: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (type === 'integer' && /^(0|-?[1-9][0-9]{0,15})$/.test(text)) return Number(text);
  if (type === 'number' && /^-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function fieldProblems(errors: ErrorObject[], part: Part): FieldProblem[] {
  const seen = new Set<string>();
  const told: FieldProblem[] = [];
  for (const error of withoutHopelessBranches(errors)) {
    const { pointer, code, detail } = fieldProblem(error);
    if (seen.has(`${pointer} ${code}`)) continue;
    seen.add(`${pointer} ${code}`);
    told.push({ in: part, pointer, code, detail });
    if (told.length === maxErrors) break;
  }
  return told;
}

function fieldProblem(error: ErrorObject): Omit<FieldProblem, 'in'> {
  const at = error.instancePath.slice(0, 512);
  const { missingProperty, additionalProperty, unevaluatedProperty, allowedValues } = error.params;
  if (error.keyword === 'required')
    return { pointer: `${at}/${escapePointer(missingProperty)}`, code: 'required', detail: 'is missing' };
  const unknown = additionalProperty ?? unevaluatedProperty;
  if (unknown !== undefined)
    return { pointer: `${at}/${escapePointer(unknown)}`, code: 'unknown_member', detail: 'is not known here' };
  const code = error.keyword.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const choices = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return { pointer: at, code, detail: `${error.message ?? 'is wrong'}${choices}`.slice(0, 512) };
}

// Of a union that failed, Ajv lists the errors of every branch. A branch whose own type or constant does not fit was
// not meant; if exactly one is left, its errors are told, else the union's.
function withoutHopelessBranches(errors: ErrorObject[]): ErrorObject[] {
  let rest = errors;
  for (const union of errors) {
    if (union.keyword !== 'anyOf' && union.keyword !== 'oneOf') continue;
    if (!rest.includes(union)) continue;
    const inside = rest.filter(
      (error) => error.schemaPath.startsWith(`${union.schemaPath}/`) && isWithin(error, union),
    );
    const meant = groupByBranch(inside, union).filter((branch) => !branch.some((error) => isHopeless(error, union)));
    const kept = meant.length === 1 ? meant[0]! : [union];
    rest = rest.filter((error) => !inside.includes(error) && error !== union).concat(kept);
  }
  return rest;
}

function groupByBranch(errors: ErrorObject[], union: ErrorObject): ErrorObject[][] {
  const branchOf = (error: ErrorObject) => error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0]!;
  return [...Map.groupBy(errors, branchOf).values()];
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
  return error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
}

function isHopeless(error: ErrorObject, union: ErrorObject): boolean {
  const depth = error.instancePath.slice(union.instancePath.length).split('/').length - 1;
  return depth === 0 ? ['type', 'const', 'enum'].includes(error.keyword) : depth === 1 && error.keyword === 'const';
}

function escapePointer(name: string): string {
  return String(name).slice(0, 256).replaceAll('~', '~0').replaceAll('/', '~1');
}

// Ajv's strict mode refuses the keywords of OpenAPI that begin with `x-`.
function withoutExtensions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !name.startsWith('x-'));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutExtensions(member)]));
}
