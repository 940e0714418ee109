// Officers work on cases: list, read, triage, look at the draft and at what each peer would see, decide.

import { HAZARD_DOMAINS, Severity } from '@detente/record/schemas';
import { type Static, Type } from '@detente/schema';
import { endpoint } from '../endpoint.ts';
import { IncidentFields, Proposal, Source } from '../reporting/report.ts';
import {
  Accepted,
  closed,
  cursor,
  Digest,
  ETagHeader,
  IfMatch,
  Instant,
  Level,
  limit,
  listOf,
  Reason,
  Tlp,
  Uuid,
} from '../shapes.ts';
import { EventDifference, SmallGroup } from './draft-warnings.ts';

const tags = ['cases'];
const id = Type.Object({ id: Uuid });

export const caseStatuses = [
  'received',
  'drafted',
  'held',
  'releasing',
  'released',
  'retracting',
  'retracted',
] as const;
const status = Type.Enum([...caseStatuses]);
const hazardDomain = Type.Enum([...HAZARD_DOMAINS]);

/** A case in a list. */
export const CaseSummary = closed(
  {
    id: Uuid,
    status,
    title: Type.String(),
    severity: Severity,
    hazard_domain: Type.Optional(hazardDomain),
    tlp: Tlp,
    exercise: Type.Boolean(),
    source: Type.Optional(Source),
    received_at: Instant,
    change: Type.Integer({ description: 'Grows with every change of any case' }),
  },
  { $id: 'CaseSummary' },
);
export type CaseSummary = Static<typeof CaseSummary>;

export const Version = closed(
  {
    digest: Digest,
    id: Uuid,
    edition: Type.Boolean({ description: 'A public edition: a record of its own' }),
    tick: Type.Integer({ minimum: 0 }),
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'In the log; absent until it is logged' })),
    retracted: Type.Boolean(),
    draft: Type.Optional(Type.Integer({ minimum: 1, description: 'The draft that it says; a withdrawal says none' })),
    issued_at: Instant,
  },
  { $id: 'Version' },
);
export type Version = Static<typeof Version>;

/** The whole case without what is in the vault. */
export const Case = closed(
  {
    ...CaseSummary.properties,
    fields: Type.Record(Type.String(), Type.Unknown()),
    reported_fields: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'The fields as they came in, once an officer has corrected them',
      }),
    ),
    proposals: Type.Array(Proposal),
    updates: Type.Array(closed({ number: Type.Integer(), text: Type.String(), received_at: Instant })),
    versions: Type.Array(Version),
  },
  { $id: 'Case' },
);
export type Case = Static<typeof Case>;

/** Why a draft waits for an officer: kind and place, never the term. */
export const Hold = closed(
  {
    code: Type.String(),
    place: Type.String({ description: 'Field, or `public:` and the field; empty where no field is the cause' }),
    kind: Type.Optional(Type.String()),
    start: Type.Optional(Type.Integer({ minimum: 0 })),
    end: Type.Optional(Type.Integer({ minimum: 0 })),
    finding: Type.Optional(Digest),
    other: Type.Optional(
      Type.String({
        description:
          'Of `shown_here` and `shown_there`: the account of the event that hides it, or in which it is shown',
      }),
    ),
    words: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'SHA-256 of what is shown there: other words are another difference',
      }),
    ),
  },
  { $id: 'Hold' },
);
export type Hold = Static<typeof Hold>;

const offsets = {
  start: Type.Integer({ minimum: 0, description: 'UTF-16' }),
  end: Type.Integer({ minimum: 0 }),
};

/** What reading found in a text that no vault knows, in its place, and what was done with it. */
export const DraftFinding = closed(
  {
    id: Type.String({
      pattern: '^[A-Za-z0-9_-]{43}$',
      description:
        'Stays the same in the next draft while the sentence around the words does, and is the same in the public edition',
    }),
    place: Type.String({
      description:
        'JSON pointer into the draft’s fields, or `public:` and one; the field alone where the item was left out',
    }),
    ...offsets,
    kind: Type.String(),
    confidence: Type.Number({ minimum: 0, maximum: 1, description: '1 is certain; from 0.5 on an open one holds' }),
    reason: Type.String({ description: 'The rule that found it' }),
    text: Type.String({ description: 'The words of the case that were found' }),
    done: Type.Enum(['removed', 'kept', 'open']),
    by: Type.Optional(
      Type.Enum(['certain', 'officer', 'policy', 'term', 'tier'], {
        description:
          '`tier`: told more coarsely, since its field’s tier does not show the exact value; `term`: by a verdict in another case, or on other words of which these are a part',
      }),
    ),
  },
  { $id: 'DraftFinding' },
);
export type DraftFinding = Static<typeof DraftFinding>;

/** What the draft says instead of what came in. */
export const DraftChange = closed(
  {
    place: Type.String({ description: 'JSON pointer into the fields as they came in, or `public:` and one' }),
    ...offsets,
    was: Type.String(),
    written: Type.Union([Type.String(), Type.Null()], { description: 'Null: the item was left out' }),
    kind: Type.String({ description: 'Of the term or finding; `length` or `duplicate` by `fit`' }),
    by: Type.Enum(['term', 'certain', 'officer', 'policy', 'tier', 'fit'], {
      description: '`term`: a known name; `fit`: what grew was cut, or had become the same as another item',
    }),
    finding: Type.Optional(Digest),
  },
  { $id: 'DraftChange' },
);
export type DraftChange = Static<typeof DraftChange>;

export const Draft = closed(
  {
    digest: Digest,
    version: Type.Integer({ minimum: 1 }),
    fields: Type.Record(Type.String(), Type.Unknown()),
    public_fields: Type.Record(Type.String(), Type.Unknown()),
    holds: Type.Array(Hold),
    findings: Type.Array(DraftFinding),
    changes: Type.Array(DraftChange, { description: 'From what came in to the draft' }),
    small_groups: Type.Array(SmallGroup),
    across: Type.Array(EventDifference, { description: 'With other accounts of the same event' }),
    created_at: Instant,
  },
  { $id: 'Draft' },
);
export type Draft = Static<typeof Draft>;

export const PeerView = closed(
  {
    peer: Type.String(),
    level: Type.Union([Level, Type.Null()], { description: 'Null: nothing' }),
    fields: Type.Array(Type.String()),
    reason: closed({ code: Type.String(), params: Type.Record(Type.String(), Type.Unknown()) }),
  },
  { $id: 'PeerView' },
);
export type PeerView = Static<typeof PeerView>;

export const listCases = endpoint({
  operationId: 'listCases',
  method: 'GET',
  path: '/casework/v1/cases',
  tags,
  summary: 'Cases, last changed first',
  security: 'officer-token',
  query: Type.Object({
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Words of title and summary' })),
    status: Type.Optional(status),
    domain: Type.Optional(hazardDomain),
    registry: Type.Optional(Type.String({ maxLength: 32 })),
    limit,
    cursor,
  }),
  responses: { 200: { description: 'A page', schema: listOf(CaseSummary) } },
  problems: [],
});

export const getCase = endpoint({
  operationId: 'getCase',
  method: 'GET',
  path: '/casework/v1/cases/{id}',
  tags,
  summary: 'One case',
  security: 'officer-token',
  params: id,
  responses: { 200: { description: 'The case', schema: Case, headers: ETagHeader } },
  problems: ['not_found'],
});

export const triageCase = endpoint({
  operationId: 'triageCase',
  method: 'PUT',
  path: '/casework/v1/cases/{id}/triage',
  tags,
  summary: 'Set severity, hazard domain and TLP; a new draft is made',
  security: 'officer-token',
  params: id,
  headers: IfMatch,
  body: {
    schema: closed({
      severity: Severity,
      hazard_domain: Type.Optional(hazardDomain),
      tlp: Tlp,
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 200: { description: 'The case as it is now', schema: Case, headers: ETagHeader } },
  problems: ['not_found', 'precondition_failed', 'precondition_required', 'conflict'],
});

export const correctCase = endpoint({
  operationId: 'correctCase',
  method: 'PUT',
  path: '/casework/v1/cases/{id}/fields',
  tags,
  summary: 'Correct the fields; a new draft is made, and its release is a new version of the same record',
  security: 'officer-token',
  params: id,
  headers: IfMatch,
  body: { schema: closed({ fields: IncidentFields, reason: Reason }), maxBytes: 262_144 },
  responses: { 200: { description: 'The case as it is now', schema: Case, headers: ETagHeader } },
  problems: ['not_found', 'precondition_failed', 'precondition_required', 'conflict'],
});

export const getDraft = endpoint({
  operationId: 'getDraft',
  method: 'GET',
  path: '/casework/v1/cases/{id}/draft',
  tags,
  summary:
    'What would leave: the newest draft, with what was found, what was changed, and what holds it; or what an earlier one said',
  security: 'officer-token',
  params: id,
  query: Type.Object({
    version: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Of a draft; else the newest' }),
    ),
  }),
  responses: { 200: { description: 'The draft', schema: Draft } },
  problems: ['not_found'],
});

export const judgeFindings = endpoint({
  operationId: 'judgeFindings',
  method: 'PUT',
  path: '/casework/v1/cases/{id}/findings',
  tags,
  summary: 'Say of findings whether they are taken out or kept; a new draft is made',
  description:
    'What is taken out is written over wherever its words stand in the case. A person or organisation is from then on a protected term of the whole node, until the verdict is taken back.',
  security: 'officer-token',
  params: id,
  headers: IfMatch,
  body: {
    schema: closed({
      verdicts: Type.Array(closed({ id: Digest, verdict: Type.Enum(['remove', 'keep']) }), {
        minItems: 1,
        maxItems: 2000,
      }),
      reason: Reason,
    }),
    maxBytes: 262_144,
  },
  responses: { 200: { description: 'The case as it is now', schema: Case, headers: ETagHeader } },
  problems: ['not_found', 'precondition_failed', 'precondition_required', 'conflict'],
});

export const previewCase = endpoint({
  operationId: 'previewCase',
  method: 'GET',
  path: '/casework/v1/cases/{id}/preview',
  tags,
  summary: 'What each peer would see of the newest draft, and why',
  security: 'officer-token',
  params: id,
  responses: {
    200: { description: 'A view a peer', schema: closed({ draft: Digest, peers: Type.Array(PeerView) }) },
  },
  problems: ['not_found'],
});

export const releaseCase = endpoint({
  operationId: 'releaseCase',
  method: 'POST',
  path: '/casework/v1/cases/{id}/release',
  tags,
  summary: 'Release the draft that was seen, with or without a public edition',
  description:
    'The last check is on the bytes that would leave; what it stops is `held` again, and the act `case.held` says where and of which ' +
    'kind. `overrule` releases what is held by other accounts of its event alone (`shown_here`, `shown_there`); and a warning, of severity 5 ' +
    'and above, to peers although known names stand in it. The reason is kept as the act `case.overrule`.',
  security: 'officer-token',
  params: id,
  body: {
    schema: closed({
      draft: Digest,
      public_edition: Type.Boolean(),
      overrule: Type.Optional(Type.Boolean()),
      reason: Reason,
    }),
    maxBytes: 16_384,
  },
  responses: { 202: { description: 'Decided; the worker signs it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const retractCase = endpoint({
  operationId: 'retractCase',
  method: 'POST',
  path: '/casework/v1/cases/{id}/retraction',
  tags,
  summary: 'Withdraw what was released: a last version without fields',
  security: 'officer-token',
  params: id,
  body: { schema: closed({ reason: Reason }), maxBytes: 16_384 },
  responses: { 202: { description: 'Decided; the worker signs it', schema: Accepted } },
  problems: ['not_found', 'conflict'],
});

export const Change = closed(
  {
    change: Type.Integer(),
    kind: Type.Enum(['case', 'received']),
    case: Type.Optional(Uuid),
    digest: Type.Optional(Digest),
    peer: Type.Optional(Type.String()),
  },
  { $id: 'Change' },
);
export type Change = Static<typeof Change>;

export const listChanges = endpoint({
  operationId: 'listChanges',
  method: 'GET',
  path: '/casework/v1/changes',
  tags: ['changes'],
  summary: 'What changed after a change number: a feed for dashboards',
  security: 'officer-token',
  query: Type.Object({
    after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 }),
    limit,
  }),
  responses: {
    200: { description: 'Changes in order', schema: closed({ changes: Type.Array(Change), after: Type.Integer() }) },
  },
  problems: [],
});

export const caseEndpoints = [
  listCases,
  getCase,
  triageCase,
  correctCase,
  getDraft,
  judgeFindings,
  previewCase,
  releaseCase,
  retractCase,
  listChanges,
];
