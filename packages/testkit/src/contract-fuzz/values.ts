// Values for a schema: such as fit it, and such as almost do.
import fc from 'fast-check';
import { type Document, dereference, type JsonSchema } from './document.ts';
import { Ref } from './memory.ts';

export type Source = {
  document: Document;
  /** What a schema cannot say, by the name of a member or parameter: values that keep to the rules beyond it. */
  values?: Readonly<Record<string, readonly unknown[]>> | undefined;
};

/** JSON text that no value has: numbers beyond, doubled members, surrogates alone, nesting without end. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Names of members that mostly name something that there is. */
const NAMES_THINGS = /^(id|digest|name|peer|record|draft|recall|cursor|after|late|if-match|if-none-match)$/;
const DEEPEST = 8;
const patterns = new Map<string, fc.Arbitrary<string>>();

/** Values that the schema takes; some of their texts are references to what was seen.
 *  @param name of the member or parameter that holds it */
export function fitting(given: JsonSchema, source: Source, name = '', depth = 0): fc.Arbitrary<unknown> {
  const known = source.values?.[name];
  const fit = ofSchema(dereference(given, source.document), source, name, depth);
  return known ? fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 9 }, { arbitrary: fit, weight: 1 }) : fit;
}

function ofSchema(schema: JsonSchema, source: Source, name: string, depth: number): fc.Arbitrary<unknown> {
  const inner = (part: JsonSchema, member = '') => fitting(part, source, member, depth + 1);
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as JsonSchema[]).map((part) => inner(part, name)));
  switch (schema.type) {
    case 'object':
      return objects(schema, inner, depth);
    case 'array':
      return arrays(schema, inner);
    case 'string':
      return strings(schema, name, depth);
    case 'integer':
    case 'number':
      return integers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects(schema: JsonSchema, inner: (part: JsonSchema, name?: string) => fc.Arbitrary<unknown>, depth: number) {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const required = (schema.required ?? []) as string[];
  if (properties.length === 0 && schema.additionalProperties !== false)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
  const taken = properties.filter(([name]) => depth < DEEPEST || required.includes(name));
  const members = Object.fromEntries(taken.map(([name, part]) => [name, inner(part, name)]));
  return fc.record(members, { requiredKeys: required, noNullPrototype: true });
}

function arrays(schema: JsonSchema, inner: (part: JsonSchema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  const item = inner((schema.items ?? {}) as JsonSchema);
  const minLength = (schema.minItems as number | undefined) ?? 0;
  const lengths = { minLength, maxLength: Math.min((schema.maxItems as number | undefined) ?? 4, minLength + 3) };
  return schema.uniqueItems
    ? fc.uniqueArray(item, { ...lengths, selector: (value) => JSON.stringify(value) })
    : fc.array(item, lengths);
}

function strings(schema: JsonSchema, name: string, depth: number): fc.Arbitrary<string | Ref> {
  const text = plainStrings(schema);
  if (!NAMES_THINGS.test(name)) return text;
  const ref = fc.tuple(fc.nat(63), text).map(([pick, otherwise]) => new Ref(name, pick, otherwise));
  // The name in a body is mostly that of something new.
  return fc.oneof({ arbitrary: ref, weight: name === 'name' && depth > 0 ? 1 : 9 }, { arbitrary: text, weight: 1 });
}

function plainStrings(schema: JsonSchema): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema as Record<string, never>;
  if (format === 'date')
    return fc.date({ noInvalidDate: true, ...days }).map((date) => date.toISOString().slice(0, 10));
  if (format === 'date-time') return fc.date({ noInvalidDate: true, ...days }).map((date) => date.toISOString());
  if (format === 'uri') return fc.webUrl();
  if (pattern !== undefined && !String(pattern).includes('uD800')) return matching(pattern);
  const longest = Math.max(minLength, Math.min(maxLength, 40));
  return fc.oneof(
    {
      arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: longest }).map((text) => fit(text, longest)),
      weight: 6,
    },
    {
      arbitrary: fc.constantFrom('An agent ran what nobody had approved', '未经批准的命令', 'a'.repeat(longest)),
      weight: 3,
    },
    // At the limit, of characters that are two units each.
    { arbitrary: fc.constant('🚨'.repeat(Math.min(maxLength, 5000))), weight: schema.maxLength === undefined ? 0 : 1 },
  );
}

const days = { min: new Date('2020-01-01T00:00:00Z'), max: new Date('2029-12-31T00:00:00Z') };

/** Cut to so many characters: graphemes may be several each. */
function fit(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}

function matching(pattern: string): fc.Arbitrary<string> {
  const known = patterns.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'));
  patterns.set(pattern, known);
  return known;
}

function integers({ minimum, maximum }: { minimum?: number; maximum?: number } & JsonSchema): fc.Arbitrary<number> {
  const [min, max] = [minimum ?? -5, maximum ?? Number.MAX_SAFE_INTEGER];
  return fc.oneof(fc.integer({ min, max: Math.min(max, min + 40) }), fc.constantFrom(min, max));
}

/** JSON texts that are put in the place of a value. */
const ODD = [
  ...['null', 'true', '0', '-1', '0.5', '1e400', '-1e400', '9007199254740993', '1e300', '-0', '""', '"*"', '[]', '{}'],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"a\\u0000b"',
    '"\\ufeff"',
    '"\\u2028"',
    '"é"',
    '"../../x"',
    '"%00"',
  ],
  ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{"$ref":"#/"}', '[[[[[[[[]]]]]]]]', '[null,null]'],
  ...['"2026-02-30"', '"2026-13-01T00:00:00Z"', '"0000-01-01"', '"https://a.example"', '"http://["', '"javascript:x"'],
  ...['"\\\\"', '"\'; DROP TABLE cases; --"', '"%"', '"_"', '"{}"', '"a:b & !c | (d"'],
  ...[41, 129, 201, 301, 2001, 4001, 20_001, 70_000].map((length) => JSON.stringify('a'.repeat(length))),
  JSON.stringify('あ'.repeat(301)),
  JSON.stringify(Array.from({ length: 1100 }, () => 0)),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`m${at}`, at]))),
] as const;

const CHANGES = ['replace', 'replace', 'replace', 'remove', 'rename', 'add', 'proto', 'double', 'repeat'] as const;
type Edit = { change: (typeof CHANGES)[number]; at: number; odd: string };

/** A value with one or two of its parts spoiled. */
export function spoiled(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const edit: fc.Arbitrary<Edit> = fc.record({
    change: fc.constantFrom(...CHANGES),
    at: fc.nat(200),
    odd: fc.constantFrom(...ODD),
  });
  return fc
    .tuple(values, fc.array(edit, { minLength: 1, maxLength: 2 }))
    .map(([value, edits]) => edits.reduce(applyEdit, value));
}

type Members = Record<string | number, unknown>;

function applyEdit(root: unknown, { change, at, odd }: Edit): unknown {
  const whole = copy(root);
  const places = placesIn(whole);
  const place = places[at % (places.length + 1)];
  if (place === undefined) return new Raw(odd);
  const [parent, key] = place;
  const held = parent[key];
  if (change === 'replace') parent[key] = new Raw(odd);
  else if (change === 'double') parent[key] = new Raw(`${write(held)},${JSON.stringify(String(key))}:${write(held)}`);
  else if (change === 'proto') parent[key] = new Raw(`${write(held)},"__proto__":${odd}`);
  else if (change === 'add') parent[Array.isArray(parent) ? parent.length : 'unknown'] = new Raw(odd);
  else if (change === 'repeat') parent[Array.isArray(parent) ? parent.length : `${key}2`] = held;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else {
    delete parent[key];
    if (change === 'rename') parent[`${key}_`] = held;
  }
  return whole;
}

function placesIn(value: unknown): [parent: Members, key: string | number][] {
  if (typeof value !== 'object' || value === null || value instanceof Ref || value instanceof Raw) return [];
  return Object.keys(value).flatMap(
    (key) => [[value as Members, key], ...placesIn((value as Members)[key])] as [Members, string][],
  );
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null || value instanceof Ref || value instanceof Raw) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, copy(held)]));
}

/** The JSON of a value; raw texts as they are. @param find what references stand for */
export function write(value: unknown, find: (ref: Ref) => string = ({ otherwise }) => otherwise): string {
  if (value instanceof Raw) return value.text;
  if (value instanceof Ref) return JSON.stringify(find(value));
  if (Array.isArray(value)) return `[${value.map((item) => write(item, find)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, held]) => `${JSON.stringify(name)}:${write(held, find)}`);
  return `{${members.join(',')}}`;
}
