// A small contract that has one of everything, for the tests of this package.

import { type EndpointDefinition, endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import type { FastifyInstance } from 'fastify';
import {
  createLogger,
  createService,
  etagOf,
  problem,
  requireMatch,
  route,
  type ServiceOptions,
} from '../src/index.ts';

const closed = { additionalProperties: false };
const Harm = Type.Object(
  { type: Type.Union([Type.Literal('injury'), Type.Literal('loss')]), count: Type.Integer({ minimum: 0 }) },
  { ...closed, $id: 'Harm' },
);
const Case = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 100 }),
    month: Type.Optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$' })),
    harms: Type.Array(Harm, { maxItems: 10 }),
    severity: Type.Union([
      Type.Literal('unrated'),
      Type.Object({ level: Type.Integer({ minimum: 0, maximum: 7 }) }, closed),
    ]),
  },
  { ...closed, $id: 'Case' },
);

export const createCase = endpoint({
  operationId: 'createCase',
  method: 'POST',
  path: '/sample/v1/cases',
  tags: ['cases'],
  summary: 'Report a case',
  security: 'none',
  query: Type.Object({ dry_run: Type.Boolean({ default: false }) }),
  body: { schema: Case, maxBytes: 4096 },
  responses: {
    201: {
      description: 'The case is kept',
      schema: Type.Object({ id: Type.String(), title: Type.String(), dry_run: Type.Boolean() }),
      headers: Type.Object({ location: Type.String() }),
    },
  },
  problems: ['conflict'],
});

export const readCase = endpoint({
  operationId: 'readCase',
  method: 'GET',
  path: '/sample/v1/cases/{id}',
  tags: ['cases'],
  summary: 'Read a case',
  security: 'none',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  responses: {
    200: { description: 'The case', schema: Case, headers: Type.Object({ etag: Type.String() }) },
  },
  problems: ['not_found'],
});

export const changeCase = endpoint({
  operationId: 'changeCase',
  method: 'PATCH',
  path: '/sample/v1/cases/{id}',
  tags: ['cases'],
  summary: 'Change a case',
  security: 'none',
  params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  headers: Type.Object({ 'if-match': Type.Optional(Type.String()) }),
  body: { schema: Type.Object({ title: Type.String() }, closed), maxBytes: 1024 },
  responses: { 204: { description: 'Changed' } },
  problems: ['precondition_required', 'precondition_failed'],
});

export const uploadLines = endpoint({
  operationId: 'uploadLines',
  method: 'POST',
  path: '/sample/v1/cases/batch',
  tags: ['cases'],
  summary: 'Report many cases, one a line',
  security: 'none',
  body: { schema: Type.String(), contentType: 'application/x-ndjson', maxBytes: 1024 },
  responses: { 200: { description: 'A result for each line', contentType: 'application/x-ndjson' } },
  problems: [],
});

export const readTile = endpoint({
  operationId: 'readTile',
  method: 'GET',
  path: '/sample/v1/tile/{path*}',
  tags: ['log'],
  summary: 'Read a tile',
  security: 'none',
  params: Type.Object({ path: Type.String({ pattern: '^[0-9x/]+$' }) }),
  query: Type.Object({
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
    level: Type.Optional(Type.Array(Type.Integer())),
  }),
  responses: { 200: { description: 'What was asked', schema: Type.Object({}, { additionalProperties: true }) } },
  problems: [],
});

export const breakDown = endpoint({
  operationId: 'breakDown',
  method: 'POST',
  path: '/sample/v1/breakdowns',
  tags: ['log'],
  summary: 'Fail in a way of choice',
  security: 'officer-token',
  body: { schema: Type.Object({ how: Type.String() }, closed), maxBytes: 1024 },
  responses: { 200: { description: 'Never', schema: Type.Object({ id: Type.Integer() }, closed) } },
  problems: ['conflict'],
  lane: 'reserved',
});

export const sample = {
  title: 'Sample',
  version: '1.0.0',
  endpoints: [createCase, readCase, changeCase, uploadLines, readTile, breakDown] as EndpointDefinition[],
};

/** The lines that the service of a test has logged. */
export type Lines = string[];

export async function sampleService(
  options: Partial<ServiceOptions> = {},
  lines: Lines = [],
): Promise<FastifyInstance> {
  const logger = createLogger({ name: 'sample', level: 'debug' }, { write: (line) => void lines.push(line) });
  const app = await createService({ ...sample, logger, checkReplies: true, ...options });
  await app.register(async (scope) => serve(scope));
  return app;
}

function serve(app: FastifyInstance): void {
  const kept = { title: 'kept', harms: [], severity: 'unrated' as const };
  route(app, createCase).to(({ body, query }) => ({
    status: 201,
    body: { id: '1', title: body.title, dry_run: query.dry_run },
    headers: { location: '/sample/v1/cases/1' },
  }));
  route(app, readCase).to(({ params }) => {
    if (params.id > 1) throw problem('not_found');
    return { status: 200, body: kept, headers: { etag: etagOf(1) } };
  });
  route(app, changeCase).to(({ headers }) => {
    requireMatch(headers['if-match'], etagOf(1));
    return { status: 204 };
  });
  route(app, uploadLines).to(({ body }) => ({ status: 200, raw: body }));
  route(app, readTile).to(({ params, query }) => ({ status: 200, body: { ...params, ...query } }));
  route(app, breakDown).to(({ body }) => fail(body.how));
}

function fail(how: string): never {
  if (how === 'undeclared') throw problem('not_found');
  if (how === 'wrong reply') return { status: 200, body: { id: 'one' } } as never;
  if (how === 'extra member') return { status: 200, body: { id: 1, more: true } } as never;
  throw new Error(`secret of the database: ${how}`);
}
