// The publication contract: public editions, counts of them, and the log. Nobody needs a credential.

import { BANDS, HAZARD_DOMAINS } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, cursor, Digest, limit, listOf, Uuid } from '../shapes.ts';

/** Public answers may be kept by anybody: for how long, says `cache-control`. */
const cached = Type.Object({ 'cache-control': Type.String() });
const cachedWithTag = Type.Object({ 'cache-control': Type.String(), etag: Type.String() });
const ifNoneMatch = Type.Object({ 'if-none-match': Type.Optional(Type.String({ maxLength: 500 })) });
const unchanged = { description: 'As the caller has it', headers: cachedWithTag };

const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' });
const domain = Type.Enum([...HAZARD_DOMAINS]);
const band = Type.Enum([...BANDS]);

/** A public edition: a record of its own, with its own id and salts. `token` proves it. */
export const Edition = closed(
  {
    id: Uuid,
    digest: Digest,
    tick: Type.Integer({ minimum: 0 }),
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'In the log; absent until it is logged' })),
    retracted: Type.Boolean(),
    exercise: Type.Boolean(),
    fields: Type.Record(Type.String(), Type.Unknown()),
    token: Type.String({ description: 'SD-JWT, RFC 9901' }),
  },
  { $id: 'Edition' },
);
export type Edition = Static<typeof Edition>;

export const filters = Type.Object({
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Words of title and summary' })),
  domain: Type.Optional(domain),
  band: Type.Optional(band),
  kind: Type.Optional(Type.Enum(['incident', 'near-miss', 'hazard'])),
  month: Type.Optional(Month),
  exercise: Type.Boolean({ default: false }),
  limit,
  cursor,
});

export const listEditions = endpoint({
  operationId: 'listEditions',
  method: 'GET',
  path: '/publication/v1/editions',
  tags: ['editions'],
  summary: 'Public editions, newest first',
  security: 'none',
  headers: ifNoneMatch,
  query: filters,
  responses: { 200: { description: 'A page', schema: listOf(Edition), headers: cachedWithTag }, 304: unchanged },
  problems: [],
});

export const getEdition = endpoint({
  operationId: 'getEdition',
  method: 'GET',
  path: '/publication/v1/editions/{id}',
  tags: ['editions'],
  summary: 'One public edition, its current version',
  security: 'none',
  headers: ifNoneMatch,
  params: Type.Object({ id: Uuid }),
  responses: { 200: { description: 'The edition', schema: Edition, headers: cachedWithTag }, 304: unchanged },
  problems: ['not_found'],
});

export const Count = closed(
  { month: Type.Optional(Month), domain, band, editions: Type.Integer({ minimum: 1 }) },
  { $id: 'Count' },
);
export type Count = Static<typeof Count>;

export const getStatistics = endpoint({
  operationId: 'getStatistics',
  method: 'GET',
  path: '/publication/v1/statistics',
  tags: ['editions'],
  summary: 'Public editions by month, domain and severity band',
  description:
    'Counts of public editions alone, without exercises and retracted ones. They say nothing of what is not public.',
  security: 'none',
  headers: ifNoneMatch,
  responses: {
    200: {
      description: 'One row a month, domain and band',
      schema: closed({ counts: Type.Array(Count) }),
      headers: cachedWithTag,
    },
    304: unchanged,
  },
  problems: [],
});

export const getCheckpoint = endpoint({
  operationId: 'getCheckpoint',
  method: 'GET',
  path: '/log/v1/checkpoint',
  tags: ['log'],
  summary: 'The latest signed checkpoint (C2SP tlog-checkpoint), with the cosignatures that it has by now',
  security: 'none',
  responses: { 200: { description: 'A signed note', contentType: 'text/plain; charset=utf-8', headers: cached } },
  problems: ['not_found'],
});

export const getCosigned = endpoint({
  operationId: 'getCosigned',
  method: 'GET',
  path: '/log/v1/cosigned',
  tags: ['log'],
  summary: 'The latest checkpoint that the required number of witnesses has cosigned (C2SP tlog-cosignature)',
  description: '`not_found`: no checkpoint has so many cosignatures yet.',
  security: 'none',
  responses: { 200: { description: 'A signed note', contentType: 'text/plain; charset=utf-8', headers: cached } },
  problems: ['not_found'],
});

export const getTile = endpoint({
  operationId: 'getTile',
  method: 'GET',
  path: '/log/v1/tile/{path*}',
  tags: ['log'],
  summary: 'A tile or entry bundle (C2SP tlog-tiles)',
  description:
    '`<level>/<index>`, `entries/<index>`, each with `.p/<width>` when partial; the index in groups of three digits.',
  security: 'none',
  params: Type.Object({ path: Type.String({ maxLength: 100 }) }),
  responses: {
    200: { description: 'Hashes or entries, concatenated', contentType: 'application/octet-stream', headers: cached },
  },
  problems: ['not_found'],
});

export const publicationEndpoints = [listEditions, getEdition, getStatistics, getCheckpoint, getCosigned, getTile];
