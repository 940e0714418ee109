// From endpoints to what Fastify, Ajv and @fastify/swagger take: plain JSON Schema, with components by `$id`.

import type { TObject, TSchema } from '@detente/schema';
import { ContractError, type EndpointDefinition, generalProblems, isJson, problemsOf } from './endpoint.ts';
import { type ProblemCode, ProblemDetails, problems } from './problems.ts';

export type JsonSchema = { [keyword: string]: unknown };

/** Of all four contracts; the paths carry the major version (`/v1`). */
export const VERSION = '1.0.0';

/** What a service is called in its OpenAPI file, and what it answers. */
export type Contract = {
  title: string;
  version: string;
  description?: string;
  endpoints: readonly EndpointDefinition[];
};

/** Components by name, collected while schemas are made plain. */
export type Components = Map<string, JsonSchema>;

/** A schema as plain JSON Schema 2020-12: a union of literals becomes an `enum`, and an `enum` of strings says so.
 *  @param components when given, every schema with an `$id` goes there, and `{ $ref: '<$id>#' }` stands in its place;
 *  when not, it stays where it is, without its `$id`.
 *  @throws ContractError `component_ambiguous` when two different schemas have one `$id` */
export function plainSchema(schema: TSchema, components?: Components): JsonSchema {
  return plain(schema, components) as JsonSchema;
}

/** The schema of a query or of path parameters: closed, and what has a default is not required. */
export function parameterSchema(schema: TObject, components?: Components): JsonSchema {
  const made = plainSchema(schema, components);
  const properties = (made.properties ?? {}) as Record<string, JsonSchema>;
  const required = ((made.required ?? []) as string[]).filter((name) => properties[name]?.default === undefined);
  return { ...made, required, additionalProperties: false };
}

/** The address as Fastify's router takes it: `/cases/{id}` → `/cases/:id`, `/tile/{path*}` → `/tile/*`. */
export function routePath(path: string): string {
  return path.replace(/\{[a-z_]+\*\}$/, '*').replace(/\{([a-z_]+)\}/g, ':$1');
}

/** The schema of a route as Fastify and @fastify/swagger take it; what has an `$id` is added to `components`. */
export function routeSchema(endpoint: EndpointDefinition, components: Components): JsonSchema {
  const { body, params, query, headers, security } = endpoint;
  return {
    operationId: endpoint.operationId,
    tags: [...endpoint.tags],
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    security: security === 'none' ? [] : [{ [security]: [] }],
    ...(params && { params: parameterSchema(params, components) }),
    ...(query && { querystring: parameterSchema(query, components) }),
    ...(headers && { headers: plainSchema(headers, components) }),
    ...(body && {
      body: plainSchema(body.schema, components),
      consumes: [body.contentType ?? 'application/json'],
    }),
    response: { ...successes(endpoint, components), ...faults(endpoint, components) },
  };
}

/** The OpenAPI security schemes, by the names that endpoints use. */
export const securitySchemes = {
  'lab-key': { type: 'http', scheme: 'bearer', description: 'The API key of a lab' },
  'officer-token': { type: 'http', scheme: 'bearer', description: 'The token of an officer or a dashboard' },
  'peer-signature': {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description:
      'HTTP Message Signature (RFC 9421, Ed25519, tag "detente") with the transport key of an enrolled peer, over ' +
      '@method, @target-uri and, with a body, content-type and content-digest (RFC 9530)',
  },
} as const;

function successes(endpoint: EndpointDefinition, components: Components): JsonSchema {
  const entries = Object.entries(endpoint.responses).map(([status, response]) => {
    const schema = response.schema && plainSchema(response.schema, components);
    const type = response.contentType ?? (schema ? 'application/json' : undefined);
    const headers = response.headers && (plainSchema(response.headers, components).properties as JsonSchema);
    const content = type && { [type]: { schema: schema ?? bytes(response) } };
    return [status, { description: response.description, ...(headers && { headers }), ...body(content) }] as const;
  });
  return Object.fromEntries(entries);
}

// @fastify/swagger writes no content for the type null.
function body(content: JsonSchema | undefined | ''): JsonSchema {
  return content ? { content } : { type: 'null' };
}

function bytes(response: { readonly contentType?: string }): JsonSchema {
  return isJson(response) ? {} : { type: 'string' };
}

function faults(endpoint: EndpointDefinition, components: Components): JsonSchema {
  const byStatus = new Map<number | 'default', ProblemCode[]>();
  for (const code of problemsOf(endpoint)) {
    const status = generalProblems.includes(code) ? 'default' : problems[code].status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = plainSchema(ProblemDetails, components);
  const entries = [...byStatus].map(([status, codes]) => {
    const description = codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; ');
    return [status, { description, content: { 'application/problem+json': { schema } } }] as const;
  });
  return Object.fromEntries(entries);
}

function plain(value: unknown, components: Components | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, components));
  if (typeof value !== 'object' || value === null) return value;
  const { $id, ...rest } = value as JsonSchema;
  const members = Object.entries(rest).map(([name, member]) => [name, plain(member, components)] as const);
  const made = literalsAsEnum(Object.fromEntries(members));
  if ($id === undefined) return made;
  // A property may be called `$id`: then it is a schema, not a name.
  if (typeof $id !== 'string') return { $id: plain($id, components), ...made };
  if (components === undefined) return made;
  addComponent($id, made, components);
  return { $ref: `${$id}#` };
}

function literalsAsEnum(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const isUnion = Array.isArray(anyOf) && anyOf.every(isBareLiteral);
  const choices: unknown = isUnion ? anyOf.map((literal) => literal.const) : schema.enum;
  if (!Array.isArray(choices) || schema.type !== undefined) return schema;
  const typed = choices.every((choice) => typeof choice === 'string') ? { type: 'string' } : {};
  return { ...(isUnion ? rest : schema), ...typed, enum: choices };
}

function isBareLiteral(schema: JsonSchema): boolean {
  return 'const' in schema && Object.keys(schema).every((name) => name === 'const' || name === 'type');
}

function addComponent(name: string, schema: JsonSchema, components: Components): void {
  const known = components.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(schema))
    throw new ContractError('component_ambiguous', `two different schemas are called ${name}`);
  components.set(name, schema);
}
