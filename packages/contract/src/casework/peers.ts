// Officers add peers, look at them, and decide what becomes of them. What is offered to them stands in offers.ts.

import { ACCESS_KINDS, STANDINGS } from '@detente/reciprocity';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { Accepted, closed, Digest, Instant, Level, Params, Reason, UtcDay } from '../shapes.ts';

const tags = ['peers'];
export const PeerName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' });
const name = Type.Object({ name: PeerName });

const Cell = closed({
  cell: Type.String(),
  level: Type.Union([Level, Type.Null()]),
  rule: closed({ code: Type.String({ description: 'Of the rule that decided' }), params: Params }),
});

/** What a node thinks of another's conduct, as it was last signed: `standing` is ours of the peer, `our_standing` the peer's of us. */
const Standing = closed(
  {
    standing: Type.Enum([...STANDINGS]),
    since: UtcDay,
    reason: Type.String({ description: 'Code of the reason; `offboarding` when the peering ends' }),
    params: { ...Params, description: 'Of the reason: which obligation, which evidence, what mends it' },
    overridden: Type.Boolean({ description: 'An officer set it, against what conduct makes of it' }),
  },
  { $id: 'Standing' },
);

/** What we cosigned of a peer's log. */
const WitnessedLog = closed(
  {
    size: Type.Integer({ minimum: 0, description: 'Of the checkpoint that we cosigned last' }),
    at: Instant,
    refused_at: Type.Optional({
      ...Instant,
      description: 'When it was offered with a checkpoint that does not continue that one, and none since that does',
    }),
  },
  { $id: 'WitnessedLog' },
);

/** What a peer's witness cosigned of our log. */
const Cosigned = closed(
  {
    size: Type.Optional(Type.Integer({ minimum: 0, description: 'Of the checkpoint that it cosigned last' })),
    at: Type.Optional(Instant),
    fault: Type.Optional(Type.String({ description: 'Why it did not when it was last asked' })),
  },
  { $id: 'Cosigned' },
);

/** What we keep of a peer's log. */
const MirroredLog = closed(
  {
    size: Type.Integer({ minimum: 0, description: 'Leaves of it that we hold' }),
    fault: Type.Optional(Type.String({ description: 'Why the last attempt to take more kept nothing' })),
    at: Type.Optional({ ...Instant, description: 'Of that attempt' }),
  },
  { $id: 'MirroredLog' },
);

/** The proof that a log has signed two histories, as a file that `detente verify` reads. */
export const ForkProof = closed(
  {
    fork: Type.Literal('detente/fork/1'),
    smaller: Type.String({ description: 'Signed note' }),
    larger: Type.String({ description: 'Signed note' }),
    root: { ...Digest, description: 'What the larger tree has for a root at the smaller size' },
    proof: Type.Array(Digest, { description: 'Consistency proof from `root` (RFC 6962 §2.1.2)' }),
    descriptors: Type.Array(Type.String(), {
      description: 'That show the log’s keys, each under an identity key that one before it announced',
    }),
  },
  { $id: 'ForkProof' },
);
export type ForkProof = Static<typeof ForkProof>;

const Fork = closed(
  {
    code: Type.Literal('log_forked'),
    smaller_size: Type.Integer({ minimum: 1 }),
    larger_size: Type.Integer({ minimum: 1 }),
    at: Instant,
    proof: ForkProof,
  },
  { $id: 'Fork' },
);
export type Fork = Static<typeof Fork>;

/** What a peer's node was found to do, when an officer last asked. */
const Conformance = closed(
  {
    asked_at: Instant,
    checked_at: Type.Optional({ ...Instant, description: 'Absent: it is still to be looked at' }),
    checks: Type.Array(closed({ check: Type.String(), passed: Type.Boolean(), detail: Type.String() })),
  },
  { $id: 'Conformance' },
);

export const Peer = closed(
  {
    name: PeerName,
    origin: Type.String(),
    fingerprint: Digest,
    status: Type.Enum(['pending', 'active', 'suspended', 'expelled']),
    log: Type.Optional(Type.String()),
    pulled_at: Type.Optional(Instant),
    after: Type.Integer({ minimum: 0, description: 'How far we hold its log' }),
    pages: Type.Integer({ minimum: 0, description: 'Pages of its log that verified' }),
    fault: Type.Optional(Type.String({ description: 'Why the last pull failed' })),
    served: Type.Integer({ minimum: 0, description: 'How far it was given our log' }),
    received: Type.Integer({ minimum: 0, description: 'Records of it that we hold, current versions' }),
    granted: Type.Integer({ minimum: 0, description: 'Logged records of ours that it may have' }),
    quarantined: Type.Integer({ minimum: 0 }),
    receipts: Type.Integer({ minimum: 0, description: 'Receipts that it sent us' }),
    receipts_disagree: Type.Integer({
      minimum: 0,
      description:
        'Of them, those that name other bytes of a record than it was given, or more, or a record that is not ours',
    }),
    receipt_disagrees_on: Type.Optional({
      ...Digest,
      description: 'Digest of a record on which the newest of these does; `explain` has its way',
    }),
    canary: Type.Optional({ ...UtcDay, description: 'UTC day of the last canary of it that was verified here' }),
    canary_age: Type.Optional(Type.Integer({ minimum: 0, description: 'Days from that one to today' })),
    canary_taken: Type.Optional({ ...Instant, description: 'When it last took a canary of ours' }),
    sandbox: Type.Boolean({ description: 'The wire works, and nothing is given to it until it is enrolled' }),
    listed: Type.Boolean({ description: 'Others may know that it is a peer' }),
    standing: Type.Optional(Standing),
    witnessed: Type.Optional(WitnessedLog),
    cosigned: Type.Optional(Cosigned),
    mirrored: Type.Optional(MirroredLog),
    log_forked: Type.Boolean({
      description: 'Its log has signed two histories: `forks` of the one peer has the proof',
    }),
  },
  { $id: 'Peer' },
);
export type Peer = Static<typeof Peer>;

/** What may be used or taken part in, beside records. */
const Access = closed(
  {
    kind: Type.Enum([...ACCESS_KINDS]),
    name: Type.String(),
    open: Type.Boolean({ description: 'Whether the giver lets the taker in under these terms' }),
    rule: closed({
      code: Type.String({ description: 'Of the rule that opens it or keeps it closed' }),
      params: Params,
    }),
  },
  { $id: 'PeerAccess' },
);

export const PeerTerms = closed(
  {
    day: UtcDay,
    digest: Digest,
    cells: Type.Array(Cell),
    access: Type.Array(Access, { description: 'Each thing that the giver’s offer names, in its order' }),
  },
  { $id: 'PeerTerms' },
);
export type PeerTerms = Static<typeof PeerTerms>;

/** The peer's last page names other terms of its giving than we compute. */
const TermsDifference = closed(
  {
    day: UtcDay,
    at: { ...Instant, description: 'When the page came' },
    named: { ...Digest, description: 'Of the terms that the page names' },
    computed: { ...Digest, description: 'Of ours of that day' },
    inputs: Type.Array(closed({ code: Type.String(), params: Params }), {
      description:
        'The statements that differ, with the digests of the one that we compute with (`ours`) and the one that the peer does ' +
        '(`theirs`), absent for none; `differs_unknown` alone where the page does not say',
    }),
  },
  { $id: 'TermsDifference' },
);
export type TermsDifference = Static<typeof TermsDifference>;

export const addPeer = endpoint({
  operationId: 'addPeer',
  method: 'POST',
  path: '/casework/v1/peers',
  tags,
  summary: 'Add a peer by its origin and the fingerprint of its identity key, checked out of band',
  security: 'officer-token',
  body: {
    schema: closed({
      name: PeerName,
      origin: Type.String({ maxLength: 300, pattern: '^https?://[^/?#\\s]+$' }),
      fingerprint: Digest,
      ca: Type.Optional(Type.String({ maxLength: 65_536, description: 'PEM of its CA; absent: WebPKI' })),
      sandbox: Type.Optional(
        Type.Boolean({ description: 'Give it nothing, and check its node, until it is enrolled' }),
      ),
      listed: Type.Optional(
        Type.Boolean({
          default: true,
          description:
            'Others may know that it is a peer: its log is talked about with other peers, and it witnesses ours',
        }),
      ),
      reason: Reason,
    }),
    maxBytes: 131_072,
  },
  responses: { 202: { description: 'The worker enrols it once its descriptor has been fetched', schema: Accepted } },
  problems: ['conflict'],
});

export const listPeers = endpoint({
  operationId: 'listPeers',
  method: 'GET',
  path: '/casework/v1/peers',
  tags,
  summary: 'Peers, with how far each side is',
  security: 'officer-token',
  responses: { 200: { description: 'All peers', schema: closed({ items: Type.Array(Peer) }) } },
  problems: [],
});

export const getPeer = endpoint({
  operationId: 'getPeer',
  method: 'GET',
  path: '/casework/v1/peers/{name}',
  tags,
  summary: 'One peer, with the terms of both directions',
  security: 'officer-token',
  params: name,
  responses: {
    200: {
      description: 'The peer',
      schema: closed({
        ...Peer.properties,
        our_standing: Type.Optional(Standing),
        contact: Type.Optional(closed({ name: Type.String(), email: Type.Optional(Type.String()) })),
        conformance: Type.Optional(Conformance),
        forks: Type.Optional(Type.Array(Fork)),
        given: Type.Optional(PeerTerms),
        taken: Type.Optional(PeerTerms),
        differs: Type.Optional({
          ...TermsDifference,
          description:
            'In what the peer computes other terms than we do. While it lasts, of what is wider than before the lower of both is given. ' +
            'The peer is shown the same by our pages.',
        }),
      }),
    },
  },
  problems: ['not_found'],
});

export const setStanding = endpoint({
  operationId: 'setStanding',
  method: 'PUT',
  path: '/casework/v1/peers/{name}/standing',
  tags,
  summary: 'Set what we think of a peer’s conduct: it caps what the peer is given, and the peer is told',
  description:
    '`probation` caps at amber, `restricted` at green, `suspended` leaves warnings of severity 5 and above, `expelled` nothing at ' +
    'all. What the peer was given beyond that is recalled. It wins over what conduct makes of the peer until `computed` takes it back. An expelled peer is a stranger and hears of nothing any more, not even ' +
    'of a recall: to end a peering use its `offboarding`.',
  security: 'officer-token',
  params: name,
  body: {
    schema: closed({
      standing: Type.Enum([...STANDINGS, 'computed']),
      told: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Why, as the peer is told' })),
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'The worker signs and sends it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const checkPeer = endpoint({
  operationId: 'checkPeer',
  method: 'POST',
  path: '/casework/v1/peers/{name}/check',
  tags,
  summary: 'Check what a peer’s node answers and refuses',
  description:
    'With the next pull the exchange asks it a dozen questions, most of them wrong on purpose. `conformance` of the peer has the findings.',
  security: 'officer-token',
  params: name,
  body: { schema: closed({ reason: Reason }), maxBytes: 16_384 },
  responses: { 202: { description: 'It is checked with the next pull', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const enrolPeer = endpoint({
  operationId: 'enrolPeer',
  method: 'PUT',
  path: '/casework/v1/peers/{name}/enrolment',
  tags,
  summary: 'Take a peer out of the sandbox: from now on it is given what the terms say',
  description:
    'Refused while a check of the last day has not passed whole, or no canary came through in either direction; `unchecked` enrols it all the same.',
  security: 'officer-token',
  params: name,
  body: {
    schema: closed({ unchecked: Type.Optional(Type.Boolean()), reason: Reason }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'The worker signs its standing and computes the terms', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const offboardPeer = endpoint({
  operationId: 'offboardPeer',
  method: 'POST',
  path: '/casework/v1/peers/{name}/offboarding',
  tags,
  summary: 'End a peering: recall all that the peer was given, then expel it',
  description:
    'It is suspended and asked to give up every record that it was given. When it has answered, or after 7 days, it is expelled. ' +
    'What it gave us stays here, under its terms and recalls; logs, receipts and statements stay on both sides.',
  security: 'officer-token',
  params: name,
  body: {
    schema: closed({
      told: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Why, as the peer is told' })),
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'The worker signs and sends it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const pinPeer = endpoint({
  operationId: 'pinPeer',
  method: 'PUT',
  path: '/casework/v1/peers/{name}/fingerprint',
  tags,
  summary: 'Pin a peer’s new identity key, whose fingerprint was compared out of band: the old one may be a thief’s',
  description:
    'From then on nothing of the peer is taken, and nothing given to it, until its descriptor has been fetched that the new key ' +
    'signed. Its records, terms and standing stay.',
  security: 'officer-token',
  params: name,
  body: { schema: closed({ fingerprint: Digest, reason: Reason }), maxBytes: 16_384 },
  responses: { 202: { description: 'The worker pins it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const peerEndpoints = [addPeer, listPeers, getPeer, setStanding, checkPeer, enrolPeer, offboardPeer, pinPeer];
