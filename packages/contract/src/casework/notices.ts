// What officers see of warnings: those of peers, and the way of their own.

import { RECALL_ANSWERS } from '@detente/reciprocity';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { Accepted, closed, cursor, Digest, Instant, Level, limit, listOf, Reason, Uuid } from '../shapes.ts';
import { PeerName } from './peers.ts';

const tags = ['notices'];
const Count = Type.Integer({ minimum: 0 });

export const WarningsOfPeer = closed(
  {
    peer: PeerName,
    count: Type.Integer({ minimum: 1, description: 'Records that it warned of' }),
    unlogged: Type.Integer({ minimum: 0, description: 'Of these, not yet shown by its log' }),
    unapproved: Type.Integer({
      minimum: 0,
      description: 'Of these, of severity 5 and above without a second approval',
    }),
    overdue: Type.Integer({
      minimum: 0,
      description: 'Of these, without the proof of its log or the second approval for more than an hour',
    }),
    newest: closed({
      digest: Digest,
      id: Uuid,
      title: Type.Optional(Type.String()),
      severity: Type.Integer({ minimum: 0, maximum: 7 }),
      domain: Type.String(),
      exercise: Type.Boolean(),
      logged: Type.Boolean({ description: 'false: not yet in the log' }),
      warned_at: Instant,
    }),
  },
  { $id: 'WarningsOfPeer' },
);
export type WarningsOfPeer = Static<typeof WarningsOfPeer>;

export const listWarnings = endpoint({
  operationId: 'listWarnings',
  method: 'GET',
  path: '/casework/v1/warnings',
  tags,
  summary: 'What peers warn of: one item a peer, however many it sends, the last one warned of first',
  description: 'The inbox shows the records themselves with `warned=true`. A peer in the sandbox is left out.',
  security: 'officer-token',
  query: Type.Object({
    days: Type.Integer({ minimum: 1, maximum: 366, default: 30, description: 'How far to look back' }),
    exercise: Type.Boolean({ default: false, description: 'Drills instead of real ones' }),
  }),
  responses: { 200: { description: 'Peers', schema: closed({ items: Type.Array(WarningsOfPeer) }) } },
  problems: [],
});

export const Notice = closed(
  {
    number: Type.Integer(),
    peer: PeerName,
    kind: Type.Enum(['warning', 'recall', 'answer', 'canary', 'approval']),
    digest: Digest,
    created_at: Instant,
    attempts: Count,
    delivered_at: Type.Optional(Instant),
    next_at: Type.Optional(Instant),
    fault: Type.Optional(Type.String({ description: 'Why the last attempt failed' })),
    escalation: Type.Integer({
      minimum: 0,
      maximum: 3,
      description: 'How long it has been undelivered: 1 from 2 minutes, 2 from 15 minutes, 3 from an hour',
    }),
    proof: Type.Optional(
      Type.Enum(['logged', 'waiting', 'overdue'], {
        description: 'Of a warning: whether our log shows the record; overdue after an hour',
      }),
    ),
    approval: Type.Optional(
      Type.Enum(['approved', 'waiting', 'overdue'], {
        description:
          'Of a warning of severity 5 and above: whether a second officer stands behind it; overdue after an hour',
      }),
    ),
  },
  { $id: 'Notice' },
);
export type Notice = Static<typeof Notice>;

export const listNotices = endpoint({
  operationId: 'listNotices',
  method: 'GET',
  path: '/casework/v1/notices',
  tags,
  summary: 'What we tell peers at once, and whether they have it; newest first',
  security: 'officer-token',
  query: Type.Object({
    peer: Type.Optional(PeerName),
    state: Type.Optional(Type.Enum(['waiting', 'delivered'])),
    limit,
    cursor,
  }),
  responses: { 200: { description: 'A page', schema: listOf(Notice) } },
  problems: [],
});

export const approveWarning = endpoint({
  operationId: 'approveWarning',
  method: 'POST',
  path: '/casework/v1/warnings/{digest}/approval',
  tags,
  summary: 'Approve a warning of ours as a second officer; every peer that was warned is told',
  description:
    'A warning waits for nobody. Whoever decided on the record cannot approve it as well; what the policy released, any officer can.',
  security: 'officer-token',
  params: Type.Object({ digest: Digest }),
  body: { schema: closed({ reason: Reason }), maxBytes: 16_384 },
  responses: { 202: { description: 'The worker signs it and tells the peers', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const Recall = closed(
  {
    digest: Digest,
    peer: PeerName,
    direction: Type.Enum(['received', 'sent']),
    cause: Type.Enum(['retracted', 'narrowed', 'ended']),
    level: Level,
    records: Type.Array(closed({ id: Uuid, digest: Digest })),
    made_at: Instant,
    due_at: Instant,
    overdue: Type.Boolean({ description: 'Not answered in time' }),
    answer: Type.Optional(
      closed({
        answer: Type.Enum([...RECALL_ANSWERS]),
        legal_basis: Type.Optional(Type.String()),
        passed_to: Type.Array(Type.String()),
        answered_at: Instant,
      }),
    ),
  },
  { $id: 'Recall' },
);
export type Recall = Static<typeof Recall>;

export const listRecalls = endpoint({
  operationId: 'listRecalls',
  method: 'GET',
  path: '/casework/v1/recalls',
  tags,
  summary: 'What peers ask us to give up, and what we ask of them; open ones first, then newest',
  security: 'officer-token',
  query: Type.Object({
    direction: Type.Optional(Type.Enum(['received', 'sent'])),
    open: Type.Boolean({ default: false, description: 'Only what is not answered' }),
    limit,
  }),
  responses: { 200: { description: 'Recalls', schema: closed({ items: Type.Array(Recall) }) } },
  problems: [],
});

export const answerRecall = endpoint({
  operationId: 'answerRecall',
  method: 'POST',
  path: '/casework/v1/recalls/{digest}/answer',
  tags,
  summary: 'Answer a peer’s recall; `purged` cuts away what it names',
  description: 'The answer is signed and sent to the peer. It is given once.',
  security: 'officer-token',
  params: Type.Object({ digest: Digest }),
  body: {
    schema: closed({
      answer: Type.Enum([...RECALL_ANSWERS]),
      legal_basis: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 2000,
          description: 'Why it is kept, in law; with `kept`, and then always',
        }),
      ),
      passed_to: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 100,
        default: [],
        description: 'To whom it was passed on',
      }),
      reason: Reason,
    }),
    maxBytes: 65_536,
  },
  responses: { 202: { description: 'The worker carries it out', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const noticeEndpoints = [listWarnings, approveWarning, listNotices, listRecalls, answerRecall];
