// The exchange contract: what nodes say to each other (design section 6). Requests and responses under /exchange are signed.

import { FeedPage } from '@detente/feed/page';
import { MAX_RECORD_LENGTH } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed } from '../shapes.ts';

const Jws = Type.String({ maxLength: 65_536, pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' });

export const getDescriptor = endpoint({
  operationId: 'getDescriptor',
  method: 'GET',
  path: '/.well-known/detente',
  tags: ['node'],
  summary: 'The signed descriptor: keys, endpoints, types, contact',
  security: 'none',
  query: Type.Object({
    seq: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Number of an earlier one, for whoever missed it: each announces the keys of the next',
      }),
    ),
  }),
  responses: { 200: { description: 'A JWS of typ detente-descriptor+jwt', contentType: 'application/jose' } },
  problems: ['not_found'],
});

export const getFeed = endpoint({
  operationId: 'getFeed',
  method: 'GET',
  path: '/exchange/v1/feed',
  tags: ['feed'],
  summary: 'The next page of what the caller may see of this log',
  description:
    'The page covers the log from `after` to `next` without holes and is its own proof. It holds about 8 MB of records at ' +
    'most. `unavailable` while there is no checkpoint or no terms with the caller, and while the log here may be shorter than ' +
    'what the caller has seen of it. `conflict` when `after` lies beyond the log.',
  security: 'peer-signature',
  query: Type.Object({
    after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 }),
    late: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 1000, description: 'Records of both lists' }),
  }),
  responses: { 200: { description: 'A page', schema: FeedPage } },
  problems: ['conflict'],
});

export const postReceipt = endpoint({
  operationId: 'postReceipt',
  method: 'POST',
  path: '/exchange/v1/receipts',
  tags: ['statements'],
  summary: 'The caller’s signed receipt of what it stored',
  description: '`rate_limited`: 64 MiB of receipts came in 24 hours; the caller keeps it and tries again.',
  security: 'peer-signature',
  body: { schema: closed({ receipt: Type.String({ maxLength: 1_048_576 }) }), maxBytes: 1_100_000 },
  responses: { 204: { description: 'Kept' } },
  problems: ['validation_failed', 'conflict'],
});

export const getStatements = endpoint({
  operationId: 'getStatements',
  method: 'GET',
  path: '/exchange/v1/statements',
  tags: ['statements'],
  summary: 'Our offers, standings, contests and attestations for the caller, newest of each kind',
  security: 'peer-signature',
  responses: { 200: { description: 'Statements', schema: closed({ statements: Type.Array(Jws, { maxItems: 16 }) }) } },
  problems: [],
});

export const putStatement = endpoint({
  operationId: 'putStatement',
  method: 'PUT',
  path: '/exchange/v1/statements',
  tags: ['statements'],
  summary: 'An offer, standing, contest or attestation of the caller for this node',
  description: '`rate_limited`: the caller’s budget is used up; it keeps the statement and tries again.',
  security: 'peer-signature',
  body: { schema: closed({ statement: Jws }), maxBytes: 70_000 },
  responses: { 204: { description: 'Taken in; the same bytes again are kept once' } },
  problems: ['validation_failed'],
});

/** Either a record's own bytes as they will be in the feed, where more may be disclosed; or a statement. */
const NoticeBody = Type.Union([
  closed({ warning: Type.String({ maxLength: MAX_RECORD_LENGTH, description: 'A presentation, SD-JWT' }) }),
  closed({ recall: Jws }),
  closed({ answer: Jws }),
  closed({ canary: Jws }),
  closed({ approval: Jws }),
]);

export const postNotice = endpoint({
  operationId: 'postNotice',
  method: 'POST',
  path: '/exchange/v1/notices',
  tags: ['notices'],
  summary: 'What cannot wait: a warning, its second approval, a recall, the answer to one, or the daily canary',
  description:
    'A warning is a record of the caller’s own, of severity 4 or above, disclosed up to `green` at most; it is shown at once, ' +
    'marked as not yet in the log. A recall asks to give up records that were given, an answer says what was done; a canary shows that the way is open; an approval says that a second officer stands behind a warning. The same ' +
    'again is kept once, a warning with the longer presentation. `rate_limited`: the caller’s budget is used up; it keeps the ' +
    'notice and tries again.',
  security: 'peer-signature',
  lane: 'reserved',
  body: { schema: NoticeBody, maxBytes: 270_000 },
  responses: { 204: { description: 'Taken in, now or before' } },
  problems: ['validation_failed'],
});

const note = 'text/plain; charset=utf-8';

export const addCheckpoint = endpoint({
  operationId: 'addCheckpoint',
  method: 'POST',
  path: '/witness/v1/add-checkpoint',
  tags: ['witness'],
  summary: 'This node cosigns a checkpoint of an enrolled peer’s log (C2SP tlog-witness)',
  description:
    'The body is an `old` line, at most 63 lines of a consistency proof, an empty line and the signed checkpoint. 400: it is not ' +
    'that, or the old size is above the checkpoint’s. 403: no signature of the log, or one that fails. 404: a log that is not ' +
    'witnessed here. 422: the checkpoint does not continue what was cosigned. The state is stored before the answer.',
  security: 'none',
  body: { schema: Type.String(), contentType: '*/*', maxBytes: 300_000 },
  responses: {
    200: { description: 'The cosignature: a signature line of a note', contentType: note },
    409: { description: 'The size that was cosigned last, with a newline', contentType: 'text/x.tlog.size' },
  },
  problems: ['forbidden', 'not_found', 'validation_failed'],
});

export const getWitnessed = endpoint({
  operationId: 'getWitnessed',
  method: 'GET',
  path: '/witness/v1/{origin_hash}/checkpoint',
  tags: ['witness'],
  summary: 'The checkpoint of a log that was cosigned here last (C2SP tlog-witness)',
  description: '`origin_hash` is the SHA-256 of the log’s name in lower-case hex.',
  security: 'none',
  params: Type.Object({ origin_hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  responses: { 200: { description: 'A signed note', contentType: note } },
  problems: ['not_found'],
});

export const getSeen = endpoint({
  operationId: 'getSeen',
  method: 'GET',
  path: '/exchange/v1/mirror/checkpoint',
  tags: ['mirror'],
  summary: 'The largest checkpoint of the caller’s own log that this node has seen',
  description:
    'As its log signed it, whether it came with a page, to be cosigned, or behind the log that is mirrored: what a node that ' +
    'was restored must not contradict. Nobody else is told.',
  security: 'peer-signature',
  responses: {
    200: { description: 'A signed note', contentType: note },
    204: { description: 'This node has seen none' },
  },
  problems: [],
});

export const getMirrored = endpoint({
  operationId: 'getMirrored',
  method: 'GET',
  path: '/exchange/v1/mirror/tile/{path*}',
  tags: ['mirror'],
  summary: 'An entry bundle of the caller’s own log, as it is mirrored here',
  description:
    'Named as in C2SP tlog-tiles: `entries/<index>`, with `.p/<width>` when partial. A mirror keeps the entries, from which all ' +
    'hash tiles of a log follow. `not_found` too where the mirror does not reach. Nobody else is given it.',
  security: 'peer-signature',
  params: Type.Object({ path: Type.String({ maxLength: 100 }) }),
  responses: { 200: { description: 'Entries, concatenated', contentType: 'application/octet-stream' } },
  problems: ['not_found'],
});

const Hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const Note = Type.String({ maxLength: 4096, description: 'Signed note (C2SP tlog-checkpoint)' });

/** What one node tells another of third logs. */
export const GossipBody = closed(
  {
    logs: Type.Array(
      closed({
        log: Type.String({ maxLength: 300 }),
        descriptors: Type.Array(Type.String({ maxLength: 65_536 }), {
          maxItems: 64,
          description:
            'That show the log’s keys to the teller, each under the identity key of its node or one that an earlier of them announced',
        }),
        checkpoints: Type.Array(Note, {
          maxItems: 4,
          description: 'The newest that the teller mirrors whole, that came with a page, that it cosigned',
        }),
        fork: Type.Optional(
          closed({
            smaller: Note,
            larger: Note,
            root: { ...Hash, description: 'What the larger tree has for a root at the smaller size' },
            proof: Type.Array(Hash, { maxItems: 64, description: 'Consistency proof from `root` (RFC 6962 §2.1.2)' }),
          }),
        ),
      }),
      { maxItems: 256 },
    ),
  },
  { $id: 'Gossip' },
);
export type GossipBody = Static<typeof GossipBody>;

export const gossip = endpoint({
  operationId: 'gossip',
  method: 'POST',
  path: '/exchange/v1/checkpoints',
  tags: ['logs'],
  summary:
    'The caller tells which checkpoints it was shown of the logs that it lists, and is told what this node was shown of them',
  description:
    'Of logs that both nodes list publicly, and of no other; the caller’s own is left out. With them come the descriptors that show the log’s keys, and the proof of a fork if there is one. What ' +
    'does not verify, or is of a log that is not listed here, is left out.',
  security: 'peer-signature',
  body: { schema: GossipBody, maxBytes: 1_300_000 },
  responses: { 200: { description: 'The same of this node', schema: GossipBody } },
  problems: [],
});

export const exchangeEndpoints = [
  getDescriptor,
  getFeed,
  postReceipt,
  getStatements,
  putStatement,
  postNotice,
  addCheckpoint,
  getWitnessed,
  getSeen,
  getMirrored,
  gossip,
];
