// The tables of home, as drizzle sees them. The migrations are the truth; test/tables.test.ts compares.

import { bigint, boolean, date, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from '../drizzle.ts';
import { bytea, tsvector } from './column-types.ts';

export const labs = pgTable('labs', {
  id: uuid('id').primaryKey(),
  keyHash: text('key_hash').notNull(),
  nameSealed: bytea('name_sealed').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  disabledAt: timestamp('disabled_at', { withTimezone: true }),
});

export const tokens = pgTable('tokens', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  scope: text('scope').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  disabledAt: timestamp('disabled_at', { withTimezone: true }),
});

export const cases = pgTable('cases', {
  id: uuid('id').primaryKey(),
  lab: uuid('lab').notNull(),
  source: jsonb('source'),
  status: text('status').notNull(),
  fields: jsonb('fields').notNull(),
  reported: jsonb('reported'),
  proposals: jsonb('proposals').notNull(),
  severity: jsonb('severity').notNull(),
  hazardDomain: text('hazard_domain'),
  tlp: text('tlp').notNull(),
  exercise: boolean('exercise').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  change: bigint('change', { mode: 'number' }).notNull(),
  draftDue: boolean('draft_due').notNull(),
  search: tsvector('search'),
});

export const caseUpdates = pgTable('case_updates', {
  caseId: uuid('case_id').notNull(),
  number: integer('number').notNull(),
  text: text('text').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
});

export const vault = pgTable('vault', {
  caseId: uuid('case_id').notNull(),
  number: integer('number').notNull(),
  partiesSealed: bytea('parties_sealed').notNull(),
  bodySealed: bytea('body_sealed').notNull(),
  mediaType: text('media_type').notNull(),
  position: bigint('position', { mode: 'number' }).notNull(),
  sealedAt: timestamp('sealed_at', { withTimezone: true }).notNull(),
});

export const intakeDays = pgTable('intake_days', {
  day: date('day', { mode: 'string' }).primaryKey(),
  closedAt: timestamp('closed_at', { withTimezone: true }),
  root: text('root'),
  size: integer('size'),
  leaves: bytea('leaves'),
  nodes: bytea('nodes'),
  place: bigint('place', { mode: 'number' }),
  logProof: jsonb('log_proof'),
  cosigned: smallint('cosigned').notNull(),
  seed: bytea('seed'),
});

export const intakeLeaves = pgTable('intake_leaves', {
  day: date('day', { mode: 'string' }).notNull(),
  leaf: bytea('leaf').primaryKey(),
  caseId: uuid('case_id').notNull(),
  number: integer('number').notNull(),
  place: integer('place'),
});

export const receipts = pgTable('receipts', {
  caseId: uuid('case_id').notNull(),
  number: integer('number').notNull(),
  receipt: jsonb('receipt').notNull(),
});

export const idempotency = pgTable('idempotency', {
  lab: uuid('lab').notNull(),
  key: text('key').notNull(),
  bodyDigest: text('body_digest').notNull(),
  status: integer('status').notNull(),
  reply: text('reply').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
});

export const drafts = pgTable('drafts', {
  caseId: uuid('case_id').notNull(),
  version: integer('version').notNull(),
  digest: text('digest').notNull(),
  fields: jsonb('fields').notNull(),
  publicFields: jsonb('public_fields').notNull(),
  holds: jsonb('holds').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  findings: jsonb('findings').notNull(),
  changes: jsonb('changes').notNull(),
});

export const findingVerdicts = pgTable('finding_verdicts', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  caseId: uuid('case_id').notNull(),
  finding: text('finding').notNull(),
  kind: text('kind').notNull(),
  text: text('text').notNull(),
  verdict: text('verdict').notNull(),
  actor: text('actor').notNull(),
  reason: text('reason').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

export const records = pgTable('records', {
  digest: text('digest').primaryKey(),
  id: uuid('id').notNull(),
  caseId: uuid('case_id').notNull(),
  draft: integer('draft'),
  edition: boolean('edition').notNull(),
  type: text('type').notNull(),
  domain: text('domain').notNull(),
  band: text('band').notNull(),
  severity: smallint('severity'),
  tlp: text('tlp').notNull(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  exercise: boolean('exercise').notNull(),
  retracted: boolean('retracted').notNull(),
  token: text('token').notNull(),
  lengths: integer('lengths').array().notNull(),
  borderLevel: smallint('border_level'),
  place: bigint('place', { mode: 'number' }),
  issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
});

export const logRoom = pgTable('log_room', {
  tick: bigint('tick', { mode: 'number' }).primaryKey(),
  taken: integer('taken').notNull(),
});

export const decisions = pgTable('decisions', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  caseId: uuid('case_id').notNull(),
  kind: text('kind').notNull(),
  draft: text('draft'),
  public: boolean('public').notNull(),
  actor: text('actor').notNull(),
  reason: text('reason').notNull(),
  doneAt: timestamp('done_at', { withTimezone: true }),
  outcome: text('outcome'),
});

export const acts = pgTable('acts', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  actor: text('actor').notNull(),
  act: text('act').notNull(),
  object: text('object').notNull(),
  reason: text('reason').notNull(),
  approvals: jsonb('approvals').notNull(),
  previous: text('previous').notNull(),
  hash: text('hash').notNull(),
});

export const outgoing = pgTable('outgoing', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  kind: text('kind').notNull(),
  body: jsonb('body').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});

export const received = pgTable('received', {
  peer: text('peer').notNull(),
  digest: text('digest').notNull(),
  id: uuid('id').notNull(),
  type: text('type').notNull(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  place: bigint('place', { mode: 'number' }),
  level: smallint('level').notNull(),
  domain: text('domain').notNull(),
  band: text('band').notNull(),
  tlp: text('tlp').notNull(),
  exercise: boolean('exercise').notNull(),
  retracted: boolean('retracted').notNull(),
  presentation: text('presentation').notNull(),
  fields: jsonb('fields').notNull(),
  pageTerms: text('page_terms'),
  rule: text('rule'),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  change: bigint('change', { mode: 'number' }).notNull(),
  warnedAt: timestamp('warned_at', { withTimezone: true }),
  purgedAt: timestamp('purged_at', { withTimezone: true }),
  revokedAt: timestamp('revoked_at', { withTimezone: true }),
  relay: text('relay'),
  direct: smallint('direct'),
  evidence: jsonb('evidence'),
  relayDue: boolean('relay_due').notNull(),
});

export const relays = pgTable('relays', {
  peer: text('peer').notNull(),
  origin: text('origin').notNull(),
  digest: text('digest').notNull(),
  id: uuid('id').notNull(),
  level: smallint('level'),
  most: smallint('most').notNull(),
  reason: jsonb('reason').notNull(),
  kept: smallint('kept'),
});

export const approvals = pgTable('approvals', {
  peer: text('peer').notNull(),
  record: text('record').notNull(),
  approvedAt: timestamp('approved_at', { withTimezone: true }).notNull(),
});

export const recalls = pgTable('recalls', {
  digest: text('digest').primaryKey(),
  peer: text('peer').notNull(),
  own: boolean('own').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
  dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
  answer: text('answer'),
  answeredAt: timestamp('answered_at', { withTimezone: true }),
});

export const statements = pgTable('statements', {
  iss: text('iss').notNull(),
  typ: text('typ').notNull(),
  aud: text('aud').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  jti: text('jti').notNull(),
  digest: text('digest').notNull(),
  jws: text('jws').notNull(),
  body: jsonb('body').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  kid: text('kid'),
  voidAt: timestamp('void_at', { withTimezone: true }),
  turns: jsonb('turns'),
});

export const terms = pgTable('terms', {
  peer: text('peer').notNull(),
  direction: text('direction').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  digest: text('digest').notNull(),
  cells: jsonb('cells').notNull(),
  access: jsonb('access').notNull(),
  computedAt: timestamp('computed_at', { withTimezone: true }).notNull(),
});

export const grants = pgTable('grants', {
  number: bigint('number', { mode: 'number' }).notNull(),
  line: integer('line').notNull(),
  peer: text('peer').notNull(),
  cell: text('cell'),
  recordId: uuid('record_id'),
  fromIndex: bigint('from_index', { mode: 'number' }).notNull(),
  level: smallint('level'),
  rule: text('rule').notNull(),
  terms: text('terms'),
});

export const carried = pgTable('carried', {
  single: boolean('single').primaryKey(),
  number: bigint('number', { mode: 'number' }).notNull(),
});
