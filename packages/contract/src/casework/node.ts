// The node itself: labs, tokens, acts, status, dossiers.

import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, cursor, Digest, Instant, limit, listOf, logProof, Reason, UtcDay, Uuid } from '../shapes.ts';

const tags = ['node'];

export const createLab = endpoint({
  operationId: 'createLab',
  method: 'POST',
  path: '/casework/v1/labs',
  tags,
  summary: 'Give a lab an API key, shown this once',
  security: 'officer-token',
  body: { schema: closed({ name: Type.String({ minLength: 1, maxLength: 300 }), reason: Reason }), maxBytes: 16_384 },
  responses: { 201: { description: 'The lab and its key', schema: closed({ id: Uuid, key: Type.String() }) } },
  problems: [],
});

export const listLabs = endpoint({
  operationId: 'listLabs',
  method: 'GET',
  path: '/casework/v1/labs',
  tags,
  summary: 'Labs by id, with how many reports each sent; their names are in the vault',
  security: 'officer-token',
  responses: {
    200: {
      description: 'All labs',
      schema: closed({
        items: Type.Array(closed({ id: Uuid, created_at: Instant, disabled: Type.Boolean(), cases: Type.Integer() })),
      }),
    },
  },
  problems: [],
});

/** A credential that was disabled; asked again, the same answer. */
const disabled = { disabled_at: Instant };

export const disableLab = endpoint({
  operationId: 'disableLab',
  method: 'POST',
  path: '/casework/v1/labs/{id}/disable',
  tags,
  summary: 'Take a lab’s API key out of force, for good',
  description:
    'Every process that takes reports refuses the key within 3 seconds. What the lab has reported stays. To let the lab report again, ' +
    'make it another: its cases stay under the old id.',
  security: 'officer-token',
  params: Type.Object({ id: Uuid }),
  body: { schema: closed({ reason: Reason }), maxBytes: 16_384 },
  responses: { 200: { description: 'The lab is disabled', schema: closed({ id: Uuid, ...disabled }) } },
  problems: ['not_found'],
});

const TokenName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' });
const Scope = Type.Enum(['officer', 'reader']);

export const createToken = endpoint({
  operationId: 'createToken',
  method: 'POST',
  path: '/casework/v1/tokens',
  tags,
  summary: 'Make a bearer token, shown this once; `reader` may look and change nothing',
  security: 'officer-token',
  body: {
    schema: closed({
      name: TokenName,
      scope: Scope,
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 201: { description: 'The token', schema: closed({ name: Type.String(), token: Type.String() }) } },
  problems: ['conflict'],
});

export const listTokens = endpoint({
  operationId: 'listTokens',
  method: 'GET',
  path: '/casework/v1/tokens',
  tags,
  summary: 'Tokens by name; none is shown again',
  security: 'officer-token',
  responses: {
    200: {
      description: 'All tokens, oldest first',
      schema: closed({
        items: Type.Array(closed({ name: Type.String(), scope: Scope, created_at: Instant, disabled: Type.Boolean() })),
      }),
    },
  },
  problems: [],
});

export const disableToken = endpoint({
  operationId: 'disableToken',
  method: 'POST',
  path: '/casework/v1/tokens/{name}/disable',
  tags,
  summary: 'Take a token out of force, for good and from the next request on',
  description:
    'Refused for the last officer’s token that is in force: nobody could make another. A name is not used again.',
  security: 'officer-token',
  params: Type.Object({ name: TokenName }),
  body: { schema: closed({ reason: Reason }), maxBytes: 16_384 },
  responses: { 200: { description: 'The token is disabled', schema: closed({ name: Type.String(), ...disabled }) } },
  problems: ['not_found', 'conflict'],
});

export const Act = closed(
  {
    number: Type.Integer(),
    at: Instant,
    actor: Type.String(),
    act: Type.String(),
    object: Type.String(),
    reason: Type.String(),
    approvals: Type.Array(Type.Unknown()),
    previous: Type.String(),
    hash: Type.String(),
  },
  { $id: 'Act' },
);
export type Act = Static<typeof Act>;

export const listActs = endpoint({
  operationId: 'listActs',
  method: 'GET',
  path: '/casework/v1/acts',
  tags,
  summary: 'Who did what, when and why: a chain of hashes, newest first',
  security: 'officer-token',
  query: Type.Object({ limit, cursor }),
  responses: { 200: { description: 'A page', schema: listOf(Act) } },
  problems: [],
});

export const Status = closed(
  {
    origin: Type.String(),
    log: Type.String(),
    fingerprint: Type.Optional(Digest),
    cases: Type.Record(Type.String(), Type.Integer(), { description: 'By status' }),
    received_revoked: Type.Integer({ minimum: 0, description: 'Records of peers whose key was revoked' }),
    unrated: Type.Integer({ minimum: 0, description: 'Released although nobody rated them' }),
    released: Type.Integer({ minimum: 0, description: 'Records with a version that was not retracted' }),
    logged: Type.Integer({ minimum: 0, description: 'Own versions with an index in the log' }),
    public_editions: Type.Integer({ minimum: 0 }),
    received: Type.Integer({ minimum: 0 }),
    quarantined: Type.Integer({ minimum: 0 }),
    pages_verified: Type.Integer({ minimum: 0 }),
    waiting: closed({
      decisions: Type.Integer(),
      outgoing: Type.Integer(),
      landing: Type.Integer(),
      leaves: Type.Integer(),
    }),
    warnings: closed({
      undelivered: Type.Integer({ minimum: 0, description: 'Notices that peers do not have yet' }),
      escalation: Type.Integer({ minimum: 0, maximum: 3, description: 'Of the one that waits longest, as in notices' }),
      unproven: Type.Integer({ minimum: 0, description: 'Own records, warned of over an hour ago and not logged' }),
      unproven_received: Type.Integer({ minimum: 0, description: 'The same of peers’ records' }),
      unapproved: Type.Integer({
        minimum: 0,
        description: 'Own records of severity 5 and above, warned of over an hour ago, without a second approval',
      }),
      unapproved_received: Type.Integer({ minimum: 0, description: 'The same of peers’ records' }),
    }),
    canaries_missing: Type.Integer({
      minimum: 0,
      description: 'Active peers of which no canary of these two days was verified here, or that took none of ours',
    }),
    canary_age: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'Days since the last canary of the active peer that was heard longest ago; absent while none was heard',
      }),
    ),
    receipts_disagree: Type.Integer({
      minimum: 0,
      description:
        'Receipts that name other bytes of a record than their peer was given, or more, or a record that is not ours',
    }),
    recalls_overdue: Type.Integer({ minimum: 0, description: 'Of both directions, not answered in time' }),
    tree: closed({
      size: Type.Integer(),
      tick: Type.Integer(),
      signed: Type.Integer(),
      batch_size: Type.Integer({ minimum: 0, description: 'Leaves in a batch; 0 before the first start' }),
      next_batch_size: Type.Optional(Type.Integer({ minimum: 1, description: 'The one to come, when it was changed' })),
      next_batch_day: Type.Optional(
        Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'UTC day from which on it holds' }),
      ),
    }),
    signing_stops: Type.Array(
      closed({
        kind: Type.Enum(['damaged', 'unasked', 'behind']),
        reason: Type.String({ description: 'A sentence for the officer' }),
        place: Type.Optional(
          Type.Integer({ minimum: 0, description: 'The first leaf that is damaged, or the size that a peer has seen' }),
        ),
        at: Instant,
      }),
      { description: 'Why nothing is appended to the log or signed; reading goes on' },
    ),
    witnessed: closed({
      required: Type.Integer({
        minimum: 0,
        description: 'Witnesses that must have cosigned a checkpoint; 0 asks for none',
      }),
      size: Type.Optional(
        Type.Integer({ minimum: 0, description: 'Of the newest checkpoint that so many have cosigned; absent: none' }),
      ),
      by: Type.Integer({ minimum: 0, description: 'Witnesses that have cosigned that one' }),
      at: Type.Optional({ ...Instant, description: 'When the last of them did' }),
      unwitnessed: Type.Integer({ minimum: 0, description: 'Leaves that are signed, and not in that checkpoint' }),
    }),
    logs_forked: Type.Integer({ minimum: 0, description: 'Peers whose log has signed two histories' }),
  },
  { $id: 'Status' },
);
export type Status = Static<typeof Status>;

export const getStatus = endpoint({
  operationId: 'getStatus',
  method: 'GET',
  path: '/casework/v1/status',
  tags,
  summary: 'How the node is: counts, what waits, the log',
  security: 'officer-token',
  responses: { 200: { description: 'The node', schema: Status } },
  problems: [],
});

export const OwnKeys = closed(
  {
    items: Type.Array(
      closed({
        purpose: Type.String(),
        kid: Digest,
        next: { ...Digest, description: 'The successor, which a rotation puts in its place' },
        since: { ...UtcDay, description: 'Day of the first descriptor with this key' },
      }),
    ),
    former: Type.Array(closed({ purpose: Type.String(), kid: Digest }), {
      description: 'Those that were rotated away, oldest first, revoked or not',
    }),
    revoked: Type.Array(
      closed({
        purpose: Type.String(),
        kid: Digest,
        before: Type.Integer({
          minimum: 0,
          description: 'What it signed counts where the log has it below this index',
        }),
      }),
    ),
  },
  { $id: 'OwnKeys' },
);
export type OwnKeys = Static<typeof OwnKeys>;

export const listKeys = endpoint({
  operationId: 'listKeys',
  method: 'GET',
  path: '/casework/v1/keys',
  tags,
  summary: 'The keys of this node as its newest descriptor shows them, and those that were revoked',
  security: 'officer-token',
  responses: { 200: { description: 'The keys', schema: OwnKeys } },
  problems: ['unavailable'],
});

/** One file that proves itself offline: `detente verify` reads it. */
export const Dossier = closed(
  {
    dossier: Type.Literal('detente/dossier/1'),
    record: Type.String({ description: 'The presentation, SD-JWT' }),
    ...logProof,
  },
  { $id: 'Dossier' },
);
export type Dossier = Static<typeof Dossier>;

export const getDossier = endpoint({
  operationId: 'getDossier',
  method: 'GET',
  path: '/casework/v1/dossiers/{digest}',
  tags,
  summary: 'The dossier of one of our record versions or public editions, or of a version that we received',
  description:
    'A version that was withdrawn since, or of whose case the last check has stopped something since, is given at level 0 alone.',
  security: 'officer-token',
  params: Type.Object({ digest: Digest }),
  query: Type.Object({
    level: Type.Integer({ minimum: 0, maximum: 5, default: 5, description: 'How much of it is disclosed at most' }),
  }),
  responses: { 200: { description: 'The dossier', schema: Dossier } },
  problems: ['not_found', 'conflict'],
});

export const nodeEndpoints = [
  createLab,
  listLabs,
  disableLab,
  createToken,
  listTokens,
  disableToken,
  listActs,
  getStatus,
  listKeys,
  getDossier,
];
