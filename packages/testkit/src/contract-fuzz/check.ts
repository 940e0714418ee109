// Whether an answer is what the contract says, judged by the document alone.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Contract, escapePointer, type Operation } from './document.ts';
import type { FuzzRequest } from './requests.ts';

export type FuzzAnswer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer };

/** What is wrong with an answer. `kind` is the same for the same fault on another request. */
export type Fault = { kind: string; detail: string };

/** Stands for the operation of an address or a method that the contract does not have. */
export const NO_OPERATION = 'elsewhere';
/** What may be said of an address that no operation has. */
const NOWHERE: readonly string[] = [
  ...['not_found', 'method_not_allowed', 'malformed_request', 'uri_too_long', 'headers_too_large'],
  ...['payload_too_large', 'unsupported_media_type', 'overloaded'],
];
/** RFC 9110 §11.6.1 and §15.5.6, RFC 6585 §4; 503 as the design has it. */
const MUST_HAVE: Readonly<Record<number, string>> = {
  401: 'www-authenticate',
  405: 'allow',
  429: 'retry-after',
  503: 'retry-after',
};

type Exchanged = { request: FuzzRequest; answer: FuzzAnswer; validator: (pointer: string) => ValidateFunction };
type Found = readonly (readonly [kind: string, detail?: string])[];

/** @returns what gives the faults of an answer to a request: none, one or several */
export function checkerOf(contract: Contract): (request: FuzzRequest, answer: FuzzAnswer) => Fault[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...contract.document, $id: 'contract' }, undefined, undefined, false);
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const faultsOf = (request: FuzzRequest, answer: FuzzAnswer) => {
    const { operation, allowed } = addressed(contract, request);
    const exchanged = { request, answer, validator };
    const found = [...headFaults(answer, allowed), ...(operation ? known(operation, exchanged) : unknown(exchanged))];
    return found.map(([kind, detail = '']) => ({ kind: `${operation?.id ?? NO_OPERATION}: ${kind}`, detail }));
  };
  return (request, answer) => {
    const faults = faultsOf(request, answer);
    const path = withoutDots(request.path);
    if (faults.length === 0 || path === request.path) return faults;
    // A router may have resolved the dots of an address, as most clients do.
    return faultsOf({ ...request, path }, answer).length === 0 ? [] : faults;
  };
}

function withoutDots(path: string): string {
  const { pathname, search } = new URL(`http://node.example${path}`);
  return pathname + search;
}

/** The operation that an address and a method mean, and the methods that the contract has for the address. */
export function addressed({ operations }: Contract, { method, path, operation }: FuzzRequest) {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const fitting = operations.filter((one) => isAt(one, addressOf(path)));
  // `/cases/batch` is also a `/cases/{id}`: an address without parameters goes before.
  const exact = fitting.filter((one) => !one.path.includes('{'));
  const there = exact.length > 0 ? exact : fitting;
  const meant = there.filter((one) => one.method === wanted);
  return { operation: meant.find((one) => one === operation) ?? meant[0], allowed: there.map((one) => one.method) };
}

/** The address without its query. */
export function addressOf(path: string): string {
  return path.replace(/[?#].*$/s, '');
}

function isAt({ path, parameters }: Operation, address: string): boolean {
  const [want, have] = [path.split('/'), address.split('/')];
  // A parameter that is called `path` takes the rest, which OpenAPI cannot say.
  const takesRest = parameters.some(({ in: place, name }) => place === 'path' && name === 'path');
  if (takesRest ? have.length < want.length : have.length !== want.length) return false;
  return want.every((part, at) => part.startsWith('{') || part === decoded(have[at]!));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function headFaults({ status, headers, body }: FuzzAnswer, allowed: readonly string[]): Found {
  const field = MUST_HAVE[status];
  const code = codeOf(body);
  const named = (headers.allow ?? '').split(', ');
  return [
    ...when(status >= 500 && !(status === 503 && code === 'overloaded'), `answers ${status} ${code ?? ''}`),
    ...when(field !== undefined && !headers[field], `${status} without ${field}`),
    ...when(
      status === 405 && allowed.some((method) => !named.includes(method)),
      '405 with another Allow',
      headers.allow,
    ),
  ];
}

function when(isFault: boolean, kind: string, detail?: string): Found {
  return isFault ? [[kind, detail ?? '']] : [];
}

function unknown(exchanged: Exchanged): Found {
  const { status, body } = exchanged.answer;
  if (status < 400) return [[`answers ${status}`, body.toString().slice(0, 300)]];
  return problemFaults(exchanged, NOWHERE);
}

function known(operation: Operation, exchanged: Exchanged): Found {
  const { request, answer, validator } = exchanged;
  const { status } = answer;
  const { [status]: declared, default: general } = operation.responses;
  if (status >= 400) return problemFaults(exchanged, [...(declared?.codes ?? []), ...(general?.codes ?? [])]);
  if (!declared) return [[`${status} is not declared`]];
  const check = operation.body?.contentType === 'application/json' ? validator(operation.body.pointer) : undefined;
  const isFit = check?.(parse(request.body ?? Buffer.alloc(0))) ?? true;
  return [
    ...declared.headers.flatMap((name) => when(!answer.headers[name], `${status} without ${name}`)),
    ...when(!isFit, 'takes a body that the contract refuses', isFit ? '' : errorsOf(check!)),
    ...contentFaults(operation, Object.keys(declared.content), exchanged),
  ];
}

function problemFaults({ request, answer, validator }: Exchanged, codes: readonly string[]): Found {
  const { status, headers, body } = answer;
  const start = body.toString().slice(0, 300);
  if (mediaType(headers) !== 'application/problem+json') return [[`${status} as ${headers['content-type']}`, start]];
  if (request.method === 'HEAD') return when(body.length > 0, 'a body for HEAD');
  const problem = parse(body) as { type: string; status: number; code: string };
  const check = validator('/components/schemas/Problem');
  if (!check(problem)) return [[`${status} is no problem`, `${errorsOf(check)} ${start}`]];
  return [
    ...when(problem.status !== status, `${status} says ${problem.status}`),
    ...when(problem.type !== `urn:detente:problem:${problem.code}`, `${status} has the type ${problem.type}`),
    ...when(!codes.includes(problem.code), `${status} ${problem.code} is not declared`),
  ];
}

function contentFaults({ path, method }: Operation, types: readonly string[], exchanged: Exchanged): Found {
  const { request, answer, validator } = exchanged;
  const { status, headers, body } = answer;
  if (types.length === 0 || request.method === 'HEAD') return when(body.length > 0, `${status} has a body`);
  const type = types.find((one) => one === headers['content-type'] || one === mediaType(headers));
  if (type === undefined) return [[`${status} as ${headers['content-type']}`, body.toString().slice(0, 300)]];
  if (!type.endsWith('json')) return [];
  const content = `responses/${status}/content/${escapePointer(type)}/schema`;
  const check = validator(`/paths/${escapePointer(path)}/${method.toLowerCase()}/${content}`);
  const lines = type === 'application/x-ndjson' ? body.toString().split('\n').slice(0, -1) : [body];
  const wrong = lines.find((line) => !check(parse(Buffer.from(line))));
  return wrong === undefined ? [] : [[`${status} does not fit its schema`, errorsOf(check)]];
}

/** Without the parameter that says what JSON is in anyway. */
function mediaType(headers: FuzzAnswer['headers']): string | undefined {
  return headers['content-type']?.replace(/; charset=utf-8$/, '');
}

function errorsOf({ errors }: ValidateFunction): string {
  const told = (errors ?? []).map(({ instancePath, message, params }) => [
    instancePath,
    message,
    JSON.stringify(params),
  ]);
  return told.map((parts) => parts.join(' ')).join('; ');
}

/** The code of a problem. */
export function codeOf(body: Buffer): string | undefined {
  const value = parse(body);
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The value of a JSON text in UTF-8, undefined when it is none. */
export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
