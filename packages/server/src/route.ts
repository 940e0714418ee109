// From an endpoint of the contract to a route of Fastify.

import {
  type EndpointDefinition,
  isJson,
  type JsonSchema,
  parameterSchema,
  pathParams,
  plainSchema,
  type RawBody,
  type ReplyOf,
  type RequestOf,
  routePath,
} from '@detente/contract';
import type { TObject } from '@detente/schema';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkMediaType } from './body.ts';
import { problem } from './problem.ts';
import { ServerError } from './server-error.ts';
import { type Check, compileCheck, type Part, readStrings, refuseNul } from './validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointDefinition;
    health?: boolean;
  }
  interface FastifyInstance {
    /** What `createService` prepared for `route`. */
    prepared: Prepared;
  }
}

export type Prepared = {
  /** The service's contract. */
  endpoints: ReadonlySet<EndpointDefinition>;
  /** Whether every answer is checked against its schema, as tests want it. */
  checkReplies: boolean;
};

/** Answers a checked request with one of the endpoint's responses; throws `problem(code)` for everything else. */
export type Handler<E extends EndpointDefinition> = (
  input: RequestOf<E>,
  request: FastifyRequest,
) => ReplyOf<E> | Promise<ReplyOf<E>>;

type Verdict = { value: unknown } | { error: Error };
type Validator = (value: unknown) => Verdict;
type AnyReply = { status: number; headers?: Record<string, unknown>; body?: unknown; raw?: RawBody };
type Parts = RequestOf<EndpointDefinition>;

/** Serves an endpoint: the request is checked part by part, the handler called, its reply sent with nothing dropped.
 *  `route(app, createCase).to(async ({ body }) => …)`: in two steps, so that the handler's literals are checked against the
 *  endpoint's own types.
 *  @throws ServerError `endpoint_unknown` when the service was not created with this endpoint */
export function route<E extends EndpointDefinition>(
  app: FastifyInstance,
  endpoint: E,
): { to: (handler: Handler<E>) => void } {
  if (!app.prepared.endpoints.has(endpoint))
    throw new ServerError('endpoint_unknown', `endpoint ${endpoint.operationId} is not in the service's contract`);
  const send = app.prepared.checkReplies ? checkedReply(endpoint) : sendReply;
  const to = (handler: Handler<E>) => {
    app.route({
      method: endpoint.method,
      url: routePath(endpoint.path),
      schema: checkedParts(endpoint),
      config: { endpoint },
      ...(endpoint.body && { bodyLimit: endpoint.body.maxBytes }),
      validatorCompiler: ({ httpPart }) => validatorOf(endpoint, httpPart),
      onRequest: async (request) => checkMediaType(endpoint, request),
      preValidation: async (request) => nameWildcard(endpoint, request),
      handler: async (request, reply) => {
        const { params, query, headers, body } = request as unknown as Parts;
        const result = await handler({ params, query, headers, body } as RequestOf<E>, request);
        return send(endpoint, reply, result as AnyReply);
      },
    });
  };
  return { to };
}

/** Which parts Fastify has checked by the route's validators; what they must be is in the endpoint. */
function checkedParts({ params, query, headers, body }: EndpointDefinition): Record<string, object> {
  const part = { type: 'object' };
  return {
    ...(params && { params: part }),
    ...(query && { querystring: part }),
    ...(headers && { headers: part }),
    ...(body && { body: part }),
  };
}

function validatorOf(endpoint: EndpointDefinition, httpPart: string | undefined): Validator {
  const { body, params, query, headers } = endpoint;
  if (httpPart === 'body' && body) {
    if (!isJson(body)) return (value) => ({ value });
    return verdict(compileCheck(plainSchema(body.schema), 'body'));
  }
  if (httpPart === 'params' && params) return stringsValidator(parameterSchema(params), 'path');
  if (httpPart === 'querystring' && query) return stringsValidator(parameterSchema(query), 'query');
  if (httpPart === 'headers' && headers) return stringsValidator(headerSchema(headers), 'header');
  throw new ServerError('endpoint_unknown', `endpoint ${endpoint.operationId} has no ${httpPart}`);
}

function headerSchema(headers: TObject): JsonSchema {
  return { ...parameterSchema(headers), additionalProperties: true };
}

function stringsValidator(schema: JsonSchema, part: Part): Validator {
  const check = compileCheck(schema, part);
  return (value) => {
    const read = readStrings(value as Record<string, unknown>, schema);
    return verdict(() => [...refuseNul(read, part), ...check(read)])(read);
  };
}

function verdict(check: Check): Validator {
  return (value) => {
    const errors = check(value);
    return errors.length > 0 ? { error: problem('validation_failed', { errors }) } : { value };
  };
}

// Fastify calls the rest of an address `*`; the contract has a name for it.
function nameWildcard(endpoint: EndpointDefinition, request: FastifyRequest): void {
  const params = request.params as Record<string, unknown>;
  if (!Object.hasOwn(params, '*')) return;
  const { '*': rest, ...named } = params;
  request.params = { ...named, [pathParams(endpoint.path).at(-1)!]: rest };
}

function sendReply(endpoint: EndpointDefinition, reply: FastifyReply, result: AnyReply): FastifyReply {
  const headers = result.headers ?? {};
  reply.code(result.status);
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.header(name, value);
  // Answers belong to their caller; an endpoint that means otherwise declares the header.
  if (!reply.hasHeader('cache-control'))
    reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
  const { raw, body } = result;
  if (raw === undefined && body === undefined) return reply.send();
  reply.type(endpoint.responses[result.status]?.contentType ?? 'application/json');
  // As a string or a Buffer, which the hooks behind can sign.
  if (raw instanceof Uint8Array) return reply.send(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  return reply.send(raw ?? JSON.stringify(body));
}

function checkedReply(endpoint: EndpointDefinition): typeof sendReply {
  const checks = new Map<number, Check>();
  for (const [status, { schema }] of Object.entries(endpoint.responses))
    if (schema) checks.set(Number(status), compileCheck(plainSchema(schema), 'body'));
  return (_, reply, result) => {
    const where = `${endpoint.operationId} answered ${result.status}`;
    if (endpoint.responses[result.status] === undefined) throw new Error(`${where}, which is not declared`);
    if (result.body !== undefined) {
      const errors = checks.get(result.status)?.(JSON.parse(JSON.stringify(result.body))) ?? [];
      if (errors.length > 0)
        throw new Error(`${where} with ${errors.map((e) => `${e.pointer} ${e.detail}`).join('; ')}`);
    }
    return sendReply(endpoint, reply, result);
  };
}
