// What came in from peers, and what was refused.

import { HAZARD_DOMAINS } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { closed, cursor, Digest, Instant, Level, limit, listOf, Tlp, Uuid } from '../shapes.ts';
import { PeerName } from './peers.ts';

export const InboxItem = closed(
  {
    peer: PeerName,
    digest: Digest,
    id: Uuid,
    type: Type.String(),
    tick: Type.Integer({ minimum: 0 }),
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'Absent: not yet in the log' })),
    level: Level,
    domain: Type.Enum([...HAZARD_DOMAINS]),
    band: Type.String(),
    tlp: Tlp,
    exercise: Type.Boolean(),
    retracted: Type.Boolean(),
    current: Type.Boolean({ description: 'It counts, and no later version is here' }),
    rule: Type.Optional(
      Type.String({
        description:
          'Why it came behind our cursor, as the peer says; `override` and `named_disclosure` may go beyond the terms',
      }),
    ),
    relay: Type.Optional({
      ...PeerName,
      description: 'The peer that passed on what is held; absent: its own node gave it',
    }),
    fields: Type.Record(Type.String(), Type.Unknown()),
    received_at: Instant,
    warned_at: Type.Optional(Instant),
    revoked_at: Type.Optional({
      ...Instant,
      description: 'Since when it counts no more: its key was revoked, and the log does not show it before that',
    }),
  },
  { $id: 'InboxItem' },
);
export type InboxItem = Static<typeof InboxItem>;

export const listInbox = endpoint({
  operationId: 'listInbox',
  method: 'GET',
  path: '/casework/v1/inbox',
  tags: ['inbox'],
  summary: 'Records of peers, current versions, newest first',
  description: 'Those of a peer in the sandbox are shown to whoever asks for that peer.',
  security: 'officer-token',
  query: Type.Object({
    peer: Type.Optional(PeerName),
    domain: Type.Optional(Type.Enum([...HAZARD_DOMAINS])),
    history: Type.Boolean({ default: false, description: 'Earlier versions as well' }),
    exercise: Type.Boolean({ default: false, description: 'Drills instead of real ones' }),
    warned: Type.Boolean({ default: false, description: 'Only what the peer warned of' }),
    limit,
    cursor,
  }),
  responses: { 200: { description: 'A page', schema: listOf(InboxItem) } },
  problems: [],
});

export const getInboxItem = endpoint({
  operationId: 'getInboxItem',
  method: 'GET',
  path: '/casework/v1/inbox/{peer}/{digest}',
  tags: ['inbox'],
  summary: 'One received record, with the bytes that prove it',
  security: 'officer-token',
  params: Type.Object({ peer: PeerName, digest: Digest }),
  responses: {
    200: { description: 'The record', schema: closed({ ...InboxItem.properties, presentation: Type.String() }) },
  },
  problems: ['not_found'],
});

export const Quarantined = closed(
  {
    number: Type.Integer(),
    peer: PeerName,
    kind: Type.String(),
    index: Type.Optional(Type.Integer()),
    digest: Type.Optional(Type.String()),
    code: Type.String(),
    detail: Type.String(),
    body: Type.String({ description: 'The bytes as they came' }),
    received_at: Instant,
  },
  { $id: 'Quarantined' },
);
export type Quarantined = Static<typeof Quarantined>;

export const listQuarantine = endpoint({
  operationId: 'listQuarantine',
  method: 'GET',
  path: '/casework/v1/quarantine',
  tags: ['inbox'],
  summary: 'What peers sent and we refused, with the bytes and the reason',
  security: 'officer-token',
  query: Type.Object({ peer: Type.Optional(PeerName), limit, cursor }),
  responses: { 200: { description: 'A page', schema: listOf(Quarantined) } },
  problems: [],
});

export const inboxEndpoints = [listInbox, getInboxItem, listQuarantine];
