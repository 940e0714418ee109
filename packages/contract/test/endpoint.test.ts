import { Type } from '@detente/schema';
import { test } from 'tap';
import {
  ContractError,
  type EndpointDefinition,
  endpoint,
  parameterSchema,
  plainSchema,
  problemsOf,
  type ReplyOf,
  type RequestOf,
  routePath,
  routeSchema,
} from '../src/index.ts';

const closed = { additionalProperties: false };
const Thing = Type.Object({ kind: Type.Union([Type.Literal('a'), Type.Literal('b')]) }, { ...closed, $id: 'Thing' });

const definition = {
  operationId: 'putThing',
  method: 'PUT',
  path: '/sample/v1/things/{id}',
  tags: ['things'],
  summary: 'Put a thing',
  security: 'lab-key',
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ limit: Type.Integer({ default: 10 }), cursor: Type.Optional(Type.String()) }),
  body: { schema: Thing, maxBytes: 1024 },
  responses: { 200: { description: 'The thing', schema: Thing }, 204: { description: 'Nothing changed' } },
  problems: ['conflict'],
} as const satisfies EndpointDefinition;

test('an endpoint is typed: the handler gets static types and must return a declared response', async (t) => {
  const put = endpoint(definition);
  const request: RequestOf<typeof put> = { params: { id: '1' }, query: { limit: 3 }, headers: {}, body: { kind: 'a' } };
  const replies: ReplyOf<typeof put>[] = [
    { status: 200, body: request.body },
    { status: 204 },
    { status: 200, raw: '{}' },
  ];
  // @ts-expect-error: not a declared status
  replies.push({ status: 201 });
  // @ts-expect-error: not what the schema says
  replies.push({ status: 200, body: { kind: 'c' } });
  // @ts-expect-error: a limit is a number
  const wrong: RequestOf<typeof put>['query'] = { limit: '3' };
  t.equal(put, definition, 'it is returned as it was');
  t.ok(wrong);
});

test('an endpoint that contradicts itself is refused with the reason', async (t) => {
  const faults: [string, object][] = [
    ['operation_id_malformed', { operationId: 'put-thing' }],
    ['path_malformed', { path: '/sample/v1/things/:id' }],
    ['path_malformed', { path: '/sample/v1/{id*}/things' }],
    ['params_mismatch', { path: '/sample/v1/things/{thing}' }],
    ['params_mismatch', { path: '/sample/v1/things' }],
    ['body_refused', { method: 'GET' }],
    ['object_open', { body: { schema: Type.Object({ a: Type.String() }), maxBytes: 1 } }],
    ['object_open', { body: { schema: Type.Array(Type.Object({})), maxBytes: 1 } }],
    ['responses_missing', { responses: {} }],
    ['responses_missing', { responses: { 404: { description: 'a problem' } } }],
    ['responses_missing', { responses: { 500: { description: 'a fault', contentType: 'text/plain' } } }],
  ];
  for (const [code, change] of faults) {
    const made = { ...definition, ...change } as EndpointDefinition;
    t.throws(() => endpoint(made), { code, name: 'ContractError' }, `${code}: ${JSON.stringify(change)}`);
  }
});

test('the faults of an endpoint follow from its shape', async (t) => {
  const codes = problemsOf(endpoint(definition));
  for (const code of [
    'conflict',
    'credential_invalid',
    'malformed_json',
    'validation_failed',
    'payload_too_large',
    'internal',
  ] as const)
    t.ok(codes.includes(code), code);
  t.notOk(codes.includes('signature_invalid'));
  const { body: _, query: __, params: ___, ...bare } = definition;
  const open = problemsOf(endpoint({ ...bare, path: '/a', method: 'GET', security: 'peer-signature' }));
  t.notOk(open.includes('validation_failed'), 'nothing to validate');
  t.ok(open.includes('nonce_replayed'));
});

test('schemas become plain JSON Schema, with components in the place of what has an $id', async (t) => {
  t.same(plainSchema(Thing), {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string', enum: ['a', 'b'] } },
    additionalProperties: false,
  });
  t.same(plainSchema(Type.Enum(['a', 'b'])), { type: 'string', enum: ['a', 'b'] });
  t.same(plainSchema(Type.Union([Type.Literal(1), Type.Literal('b')])), { enum: [1, 'b'] });
  const components = new Map();
  t.same(plainSchema(Type.Array(Thing), components), { type: 'array', items: { $ref: 'Thing#' } });
  t.same(components.get('Thing'), plainSchema(Thing));
  const other = Type.Object({}, { $id: 'Thing' });
  t.throws(
    () => plainSchema(other, components),
    new ContractError('component_ambiguous', 'two different schemas are called Thing'),
  );
});

test('query parameters are closed, and one with a default may be left out', async (t) => {
  const schema = parameterSchema(definition.query);
  t.equal(schema.additionalProperties, false);
  t.same(schema.required, []);
});

test('paths are written in the router’s way', async (t) => {
  t.equal(routePath('/log/v1/tile/{path*}'), '/log/v1/tile/*');
  t.equal(routePath('/a/{id}/b/{other_id}'), '/a/:id/b/:other_id');
});

test('a route’s schema tells every status with its codes, and the general faults as default', async (t) => {
  const { response } = routeSchema(definition, new Map()) as { response: Record<string, { description: string }> };
  t.same(Object.keys(response), ['200', '204', '401', '409', '413', '422', '429', '400', 'default'].sort());
  t.match(response['409']?.description, /`conflict`/);
  t.match(response.default?.description, /`internal`/);
});
