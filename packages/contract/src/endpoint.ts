// An endpoint, defined once: from it follow the route, the OpenAPI file and the client's types.

import type { Readable } from 'node:stream';
import type { Static, TObject, TSchema } from '@detente/schema';
import type { ProblemCode } from './problems.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: a lab by its API key, an officer by a bearer token, an enrolled peer by signature (RFC 9421), anyone. */
export type Security = 'lab-key' | 'officer-token' | 'peer-signature' | 'none';

export type BodyDefinition = {
  /** What a JSON body must be; for any other content type it is documentation, and the handler gets the bytes. */
  schema: TSchema;
  /** Largest body in bytes; a longer one is 413 before anything else is done with it. */
  maxBytes: number;
  /** `application/json` when absent. The request's type must be exactly this (a `charset=utf-8` is let pass); with an
   *  asterisk on both sides of the slash any is taken, and none, where another specification says nothing of it. */
  contentType?: string;
  /** Most JSON values in the body, 20,000 when absent: bounds the work that one body can cause. */
  maxValues?: number;
};

export type ResponseDefinition = {
  description: string;
  /** What the body is; without it the answer has no body, or bytes when `contentType` is given. */
  schema?: TSchema;
  /** `application/json` when absent and there is a schema. */
  contentType?: string;
  headers?: TObject;
};

export type EndpointDefinition = {
  /** camelCase, unique in the contract: `createCase`. */
  operationId: string;
  method: Method;
  /** `/reporting/v1/cases/{id}`; a last part `{path*}` takes the rest of the address, slashes included. */
  path: string;
  tags: readonly string[];
  summary: string;
  description?: string;
  security: Security;
  params?: TObject;
  /** Unknown names are refused. A property with a `default` may be left out by the caller and is there for the handler. */
  query?: TObject;
  /** Lower-case names; other headers are let pass. */
  headers?: TObject;
  body?: BodyDefinition;
  /** By status, what the handler may return: successes (and 304), and refusals to which another specification gives a body of
   *  its own. */
  responses: { readonly [status: number]: ResponseDefinition };
  /** The faults beyond those that every endpoint of this shape has (see `problemsOf`). */
  problems: readonly ProblemCode[];
  /** `reserved`, for warnings: when the service sheds load it still serves whoever brings a credential here, and the calls of
   *  one who is known are not counted. What he may cost is the handler's to bound. */
  lane?: 'reserved';
};

type JsonType = 'application/json' | `${string}+json`;
type StaticPart<E, Part extends string> = E extends { readonly [P in Part]: infer S extends TSchema }
  ? Static<S>
  : Record<string, never>;
type StaticBody<E> = E extends { readonly body: infer B }
  ? B extends { readonly contentType: infer C extends string }
    ? C extends JsonType
      ? StaticBodySchema<B>
      : Buffer
    : StaticBodySchema<B>
  : undefined;
type StaticBodySchema<B> = B extends { readonly schema: infer S extends TSchema } ? Static<S> : never;

/** What a handler of the endpoint gets: every part checked against its schema. */
export type RequestOf<E extends EndpointDefinition> = {
  params: StaticPart<E, 'params'>;
  query: StaticPart<E, 'query'>;
  headers: StaticPart<E, 'headers'>;
  body: StaticBody<E>;
};

/** Finished bytes of a body: sent as they are, neither serialised nor checked. */
export type RawBody = string | Uint8Array | Readable;

type ReplyBody<R> = R extends { readonly schema: infer S extends TSchema }
  ? { body: Static<S>; raw?: never } | { raw: RawBody; body?: never }
  : R extends { readonly contentType: string }
    ? { raw: RawBody; body?: never }
    : { body?: never; raw?: never };
type ReplyHeaders<R> = R extends { readonly headers: infer H extends TObject }
  ? { headers: Static<H> }
  : { headers?: never };

/** What a handler of the endpoint must return: one of the declared responses. */
export type ReplyOf<E extends EndpointDefinition> = {
  [Status in keyof E['responses'] & number]: { status: Status } & ReplyBody<E['responses'][Status]> &
    ReplyHeaders<E['responses'][Status]>;
}[keyof E['responses'] & number];

export type ContractErrorCode =
  | 'operation_id_malformed'
  | 'path_malformed'
  | 'params_mismatch'
  | 'body_refused'
  | 'object_open'
  | 'responses_missing'
  | 'component_ambiguous';

/** A contract that contradicts itself; thrown while it is being defined, never while a request is answered. */
export class ContractError extends Error {
  readonly code: ContractErrorCode;
  constructor(code: ContractErrorCode, message: string) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
  }
}

/** Defines an endpoint and returns it unchanged, with its exact type for `RequestOf` and `ReplyOf`.
 *  To make a schema a component of the OpenAPI file, give it an `$id` and embed the schema itself: no `Ref`.
 *  @throws ContractError when path, parameters, body and responses do not fit together, or when an object in a JSON
 *  body does not say whether it takes unknown members */
export function endpoint<const E extends EndpointDefinition>(definition: E): E {
  const { operationId, path } = definition;
  if (!/^[a-z][A-Za-z0-9]*$/.test(operationId)) fail('operation_id_malformed', definition, 'must be camelCase');
  if (!/^(\/[a-z0-9._-]+|\/\{[a-z_]+\})*(\/\{[a-z_]+\*\})?$/.test(path) || path === '')
    fail('path_malformed', definition, `cannot be served at ${path}`);
  const inPath = pathParams(path);
  const declared = Object.keys(definition.params?.properties ?? {});
  if ([...inPath].sort().join() !== declared.sort().join())
    fail('params_mismatch', definition, `has {${inPath}} in its path, and {${declared}} in its params`);
  if (definition.body && (definition.method === 'GET' || definition.method === 'DELETE'))
    fail('body_refused', definition, `cannot have a body with ${definition.method}`);
  if (definition.body && isJson(definition.body)) refuseOpenObjects(definition.body.schema, definition);
  const responses = Object.entries(definition.responses).map(([status, response]) => ({
    ...response,
    status: +status,
  }));
  const isAnswer = ({ status, contentType }: (typeof responses)[number]) =>
    status >= 200 && status < (contentType === undefined ? 400 : 500);
  if (responses.length === 0 || !responses.every(isAnswer))
    fail('responses_missing', definition, 'needs responses, from 200 to 399, or to 499 with a type of their own');
  return definition;
}

/** The names in a path, in order: `/cases/{id}` has `id`. */
export function pathParams(path: string): string[] {
  return [...path.matchAll(/\{([a-z_]+)\*?\}/g)].map((match) => match[1]!);
}

/** Whether the body is parsed as JSON and checked against its schema, rather than handed on as bytes. */
export function isJson(part: { readonly contentType?: string }): boolean {
  return part.contentType === undefined || /^application\/json$|\+json$/.test(part.contentType);
}

/** What any endpoint may answer, whatever its shape: the `default` response of the OpenAPI file. */
export const generalProblems: readonly ProblemCode[] = [
  'malformed_request',
  'request_timeout',
  'uri_too_long',
  'unsupported_media_type',
  'headers_too_large',
  'internal',
  'unavailable',
  'overloaded',
];
const bySecurity: Record<Security, ProblemCode[]> = {
  none: [],
  'lab-key': ['credential_missing', 'credential_invalid'],
  'officer-token': ['credential_missing', 'credential_invalid', 'forbidden'],
  'peer-signature': [
    'signature_missing',
    'signature_malformed',
    'signature_incomplete',
    'signature_expired',
    'signature_digest_mismatch',
    'signature_invalid',
    'nonce_replayed',
  ],
};

/** Every fault that the endpoint may answer with: what it declares, and what follows from its shape. */
export function problemsOf(definition: EndpointDefinition): ProblemCode[] {
  const { body, params, query, headers } = definition;
  const codes = new Set<ProblemCode>([...definition.problems, ...bySecurity[definition.security], 'rate_limited']);
  if (body) codes.add('payload_too_large');
  if (body && isJson(body)) codes.add('malformed_json');
  if (body || params || query || headers) codes.add('validation_failed');
  return [...codes, ...generalProblems];
}

function refuseOpenObjects(schema: unknown, definition: EndpointDefinition, insideAllOf = false): void {
  if (typeof schema !== 'object' || schema === null) return;
  const node = schema as Record<string, unknown>;
  const says = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'].some((name) => name in node);
  if (node.type === 'object' && !says && !insideAllOf)
    fail('object_open', definition, 'has an object in its body that does not refuse unknown members');
  for (const [name, value] of Object.entries(node)) {
    const children = name === 'properties' || Array.isArray(value) ? Object.values(value as object) : [value];
    for (const child of children) refuseOpenObjects(child, definition, name === 'allOf');
  }
}

function fail(code: ContractErrorCode, definition: EndpointDefinition, what: string): never {
  throw new ContractError(code, `endpoint ${definition.operationId} ${what}`);
}
