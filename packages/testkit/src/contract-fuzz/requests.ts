// Requests for an operation: right as the contract says, or with one part of them spoiled.
import fc from 'fast-check';
import type { Contract, Operation, Parameter } from './document.ts';
import { type Memory, Ref } from './memory.ts';
import { METHODS, ODD_HEADERS, ODD_PARTS, ODD_QUERIES, oddBodies } from './oddities.ts';
import { fitting, spoiled, write } from './values.ts';

/** How a caller shows who he is. */
export type Credential = 'right' | 'absent' | 'wrong' | 'garbled';

/** A request of which the parts that name what there is are still open. */
export type Plan = {
  operation: Operation;
  method: string;
  credential: Credential;
  /** In the order of the path. */
  path: readonly (string | Ref)[];
  query: readonly (readonly [name: string, value: unknown])[];
  /** Put behind the query as it is. */
  tail: string;
  headers: readonly (readonly [name: string, value: unknown])[];
  body: { json: unknown } | { bytes: Buffer } | undefined;
};

export type FuzzRequest = {
  operation: Operation;
  method: string;
  /** With the query. */
  path: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer | undefined;
  credential: Credential;
};

/** What a document cannot say: bodies that are signed, names that follow a rule of their own. */
export type Examples = {
  /** By operation. */
  bodies?: Readonly<Record<string, readonly unknown[]>>;
  /** By member or parameter. */
  values?: Readonly<Record<string, readonly unknown[]>>;
};

const PARTS = ['body', 'path', 'query', 'header', 'method', 'credential', 'nonsense'] as const;
type Part = (typeof PARTS)[number];

/** Of ten requests, six are right, one or two have a spoiled body, and the rest something else. */
export function plans(contract: Contract, examples: Examples): fc.Arbitrary<Plan> {
  return fc.oneof(
    ...contract.operations.map((operation) => {
      const has = PARTS.filter((part) => {
        if (part === 'body' || part === 'nonsense') return operation.body !== undefined;
        return part === 'path' ? /\{/.test(operation.path) : part !== 'credential' || operation.secured;
      });
      const one = (part?: Part) => planOf(operation, { contract, examples, part });
      return fc.oneof(
        { arbitrary: one(), weight: 12 },
        ...has.map((part) => ({ arbitrary: one(part), weight: part === 'body' ? 4 : 1 })),
      );
    }),
  );
}

type Wanted = { contract: Contract; examples: Examples; part: Part | undefined };

function planOf(operation: Operation, wanted: Wanted): fc.Arbitrary<Plan> {
  const { part } = wanted;
  return fc.record<Plan>({
    operation: fc.constant(operation),
    method: part === 'method' ? fc.constantFrom(...METHODS) : fc.constant(operation.method),
    credential: credentials(operation, part),
    path: fc.tuple(...parametersOf(operation, 'path').map((one) => pathValues(one, wanted))),
    query: members(parametersOf(operation, 'query'), wanted),
    tail: part === 'query' ? fc.constantFrom('', ...ODD_QUERIES) : fc.constant(''),
    headers:
      part === 'header'
        ? fc
            .tuple(
              members(parametersOf(operation, 'header'), wanted),
              fc.array(fc.constantFrom(...ODD_HEADERS), { maxLength: 3 }),
            )
            .map(([declared, odd]) => [...declared, ...odd])
        : members(parametersOf(operation, 'header'), wanted),
    body: bodies(operation, wanted),
  });
}

function credentials({ secured }: Operation, part: Part | undefined): fc.Arbitrary<Credential> {
  if (!secured) return fc.constant('absent');
  return part === 'credential' ? fc.constantFrom('absent', 'wrong', 'garbled') : fc.constant('right');
}

function parametersOf({ path, parameters }: Operation, place: Parameter['in']): Parameter[] {
  const found = parameters.filter((one) => one.in === place);
  return place === 'path' ? found.sort((a, b) => path.indexOf(`{${a.name}}`) - path.indexOf(`{${b.name}}`)) : found;
}

function pathValues(parameter: Parameter, wanted: Wanted): fc.Arbitrary<string | Ref> {
  const odd = fc.constantFrom(...ODD_PARTS);
  const right = values(parameter, wanted).map((value) =>
    value instanceof Ref ? value : encodeURIComponent(String(value)),
  );
  return wanted.part === 'path' ? fc.oneof(odd, right) : right;
}

function values({ name, schema }: Parameter, { contract, examples }: Wanted): fc.Arbitrary<unknown> {
  return fitting(schema, { document: contract.document, values: examples.values }, name);
}

/** Query and header parameters: the required ones, and half of the others; a key for a repetition is mostly there. */
function members(parameters: readonly Parameter[], wanted: Wanted): fc.Arbitrary<[string, unknown][]> {
  const odd = fc.constantFrom(...ODD_PARTS.slice(0, -2));
  const place = parameters[0]?.in;
  const isSpoiled = place === wanted.part;
  const each = parameters.map((parameter) => {
    const { name, required } = parameter;
    const right = values(parameter, wanted);
    const value = isSpoiled ? fc.oneof({ arbitrary: right, weight: 2 }, { arbitrary: odd, weight: 1 }) : right;
    const rare = name === 'if-match' || name === 'idempotency-key' ? 9 : 1;
    const member = value.map((held) => [name, held] as [string, unknown]);
    if (required) return member;
    return fc.oneof(
      { arbitrary: member, weight: rare },
      { arbitrary: fc.constant(undefined), weight: place === 'query' ? 2 : 1 },
    );
  });
  return fc.tuple(...each).map((all) => all.filter((one) => one !== undefined));
}

function bodies(operation: Operation, { contract, examples, part }: Wanted): fc.Arbitrary<Plan['body']> {
  if (part === 'nonsense') return oddBodies.map((bytes) => ({ bytes }));
  const { body } = operation;
  // A body where none is asked for is an oddity of the header, which has to announce it.
  if (!body)
    return part === 'header'
      ? fc.option(
          oddBodies.map((bytes) => ({ bytes })),
          { nil: undefined },
        )
      : fc.constant(undefined);
  const fit = fitting(body.schema, { document: contract.document, values: examples.values });
  const known = examples.bodies?.[operation.id] ?? [];
  const right =
    known.length > 0
      ? fc.oneof({ arbitrary: fc.constantFrom(...known), weight: 3 }, { arbitrary: fit, weight: 1 })
      : fit;
  return (part === 'body' ? spoiled(right) : right).map((json) => ({ json }));
}

/** The request of a plan, with what is known by now. */
export function requestOf(plan: Plan, memory: Memory): FuzzRequest {
  const { operation, method, credential } = plan;
  let address = '';
  const values = plan.path[Symbol.iterator]();
  for (const part of operation.path.split(/(\{[a-z_]+\})/)) {
    const value = part.startsWith('{') ? values.next().value : part;
    address += value instanceof Ref ? encodeURIComponent(memory.find(value, address)) : value;
  }
  const find = (ref: Ref) => memory.find(ref, address);
  const text = (value: unknown) => (value instanceof Ref ? find(value) : String(value));
  const pairs = plan.query.map(
    ([name, value]) => `${name}=${value instanceof Ref || !isSent(value) ? encodeURIComponent(text(value)) : value}`,
  );
  const query = [...pairs, ...(plan.tail === '' ? [] : [plan.tail])].join('&');
  const path = addressable(query === '' ? address : `${address}?${query}`);
  const headers = plan.headers.map(([name, value]) => [name, fieldValue(text(value))] as const);
  return { operation, method, path, headers, body: bytesOf(plan, find), credential };
}

/** Whether a text of a query is sent as it is: it is one of the odd ones, with escapes of its own. */
function isSent(value: unknown): boolean {
  return typeof value === 'string' && value.includes('%');
}

function bytesOf({ body, operation }: Plan, find: (ref: Ref) => string): Buffer | undefined {
  if (body === undefined) return undefined;
  if ('bytes' in body) return body.bytes;
  const end = operation.body?.contentType === 'application/x-ndjson' ? '\n' : '';
  return Buffer.from(write(body.json, find) + end);
}

/** Without what no client can send in a request line. */
function addressable(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char.isWellFormed() ? char : '\ufffd'));
}

/** Without what no client can send in a header. */
function fieldValue(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}
