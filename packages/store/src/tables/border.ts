// The tables of border, as drizzle sees them. The migrations are the truth; test/tables.test.ts compares.

import { bigint, boolean, date, integer, jsonb, pgTable, smallint, text, timestamp, uuid } from '../drizzle.ts';
import { bytea, tsvector } from './column-types.ts';

export const peers = pgTable('peers', {
  origin: text('origin').primaryKey(),
  name: text('name').notNull(),
  fingerprint: text('fingerprint').notNull(),
  ca: text('ca'),
  status: text('status').notNull(),
  keys: jsonb('keys').notNull(),
  logName: text('log_name'),
  descriptor: text('descriptor'),
  addedAt: timestamp('added_at', { withTimezone: true }).notNull(),
  sandbox: boolean('sandbox').notNull(),
  listed: boolean('listed').notNull(),
  earlier: text('earlier').array().notNull(),
});

export const conformance = pgTable('conformance', {
  peer: text('peer').primaryKey(),
  askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
  checkedAt: timestamp('checked_at', { withTimezone: true }),
  checks: jsonb('checks').notNull(),
});

export const applied = pgTable('applied', {
  single: boolean('single').primaryKey(),
  number: bigint('number', { mode: 'number' }).notNull(),
});

export const descriptor = pgTable('descriptor', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  jws: text('jws').notNull(),
});

export const presentations = pgTable('presentations', {
  digest: text('digest').primaryKey(),
  recordId: uuid('record_id').notNull(),
  cell: text('cell').notNull(),
  least: smallint('least').notNull(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  body: text('body').notNull(),
  lengths: integer('lengths').array().notNull(),
  place: bigint('place', { mode: 'number' }),
  had: text('had').array(),
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

export const terms = pgTable('terms', {
  peer: text('peer').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  digest: text('digest').notNull(),
  number: bigint('number', { mode: 'number' }).notNull(),
  relays: text('relays').array().notNull(),
  inputs: text('inputs').array(),
});

export const pendingLeaves = pgTable('pending_leaves', {
  leaf: bytea('leaf').primaryKey(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  after: bytea('after'),
});

export const sequenced = pgTable('sequenced', {
  leaf: bytea('leaf').primaryKey(),
  place: bigint('place', { mode: 'number' }).notNull(),
});

export const tree = pgTable('tree', {
  single: boolean('single').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  frontier: bytea('frontier').notNull(),
  batchSize: integer('batch_size').notNull(),
  nextBatchSize: integer('next_batch_size'),
  nextBatchDay: date('next_batch_day', { mode: 'string' }),
  tickedAt: timestamp('ticked_at', { withTimezone: true }),
});

export const tiles = pgTable('tiles', {
  level: smallint('level').notNull(),
  index: bigint('index', { mode: 'number' }).notNull(),
  hashes: bytea('hashes').notNull(),
});

export const entries = pgTable('entries', {
  index: bigint('index', { mode: 'number' }).primaryKey(),
  leaves: bytea('leaves').notNull(),
});

export const checkpoints = pgTable('checkpoints', {
  size: bigint('size', { mode: 'number' }).primaryKey(),
  note: text('note').notNull(),
  madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
});

export const statementsOut = pgTable('statements_out', {
  peer: text('peer').notNull(),
  typ: text('typ').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  digest: text('digest').notNull(),
  jws: text('jws').notNull(),
  sentAt: timestamp('sent_at', { withTimezone: true }),
});

export const statementCounters = pgTable('statement_counters', {
  typ: text('typ').notNull(),
  aud: text('aud').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});

export const nonces = pgTable('nonces', {
  keyid: text('keyid').notNull(),
  nonce: text('nonce').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});

export const cursors = pgTable('cursors', {
  peer: text('peer').primaryKey(),
  after: bigint('after', { mode: 'number' }).notNull(),
  late: bigint('late', { mode: 'number' }).notNull(),
  frontier: bytea('frontier').notNull(),
  checkpoint: text('checkpoint'),
  pages: bigint('pages', { mode: 'number' }).notNull(),
  pulledAt: timestamp('pulled_at', { withTimezone: true }),
  fault: text('fault'),
  faultAt: timestamp('fault_at', { withTimezone: true }),
  witnessFault: text('witness_fault'),
  termsDay: date('terms_day', { mode: 'string' }),
  terms: text('terms'),
  termsInputs: text('terms_inputs').array(),
});

export const served = pgTable('served', {
  peer: text('peer').primaryKey(),
  mark: bigint('mark', { mode: 'number' }).notNull(),
  late: bigint('late', { mode: 'number' }).notNull(),
});

export const lateItems = pgTable('late_items', {
  peer: text('peer').notNull(),
  number: bigint('number', { mode: 'number' }).notNull(),
  digest: text('digest').notNull(),
  rule: text('rule').notNull(),
});

export const relayed = pgTable('relayed', {
  digest: text('digest').primaryKey(),
  origin: text('origin').notNull(),
  recordId: uuid('record_id').notNull(),
  cell: text('cell').notNull(),
  least: smallint('least').notNull(),
  body: text('body').notNull(),
  lengths: integer('lengths').array().notNull(),
  place: bigint('place', { mode: 'number' }).notNull(),
});

export const relays = pgTable('relays', {
  peer: text('peer').notNull(),
  digest: text('digest').notNull(),
  number: bigint('number', { mode: 'number' }).notNull(),
  level: smallint('level'),
  followed: boolean('followed').notNull(),
  outgoing: bigint('outgoing', { mode: 'number' }).notNull(),
});

export const landing = pgTable('landing', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  peer: text('peer').notNull(),
  kind: text('kind').notNull(),
  digest: text('digest').notNull(),
  place: bigint('place', { mode: 'number' }),
  late: bigint('late', { mode: 'number' }),
  rule: text('rule'),
  pageDay: date('page_day', { mode: 'string' }),
  pageTerms: text('page_terms'),
  body: text('body').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  origin: text('origin'),
  evidence: jsonb('evidence'),
});

export const quarantine = pgTable('quarantine', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  peer: text('peer').notNull(),
  kind: text('kind').notNull(),
  place: bigint('place', { mode: 'number' }),
  digest: text('digest'),
  code: text('code').notNull(),
  detail: text('detail').notNull(),
  body: text('body').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
});

export const receiptsOut = pgTable('receipts_out', {
  peer: text('peer').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  jws: text('jws').notNull(),
  sentAt: timestamp('sent_at', { withTimezone: true }),
});

export const receiptsIn = pgTable('receipts_in', {
  peer: text('peer').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  jws: text('jws').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  voidAt: timestamp('void_at', { withTimezone: true }),
  disagrees: text('disagrees'),
});

export const noticesOut = pgTable('notices_out', {
  number: bigint('number', { mode: 'number' }).primaryKey(),
  peer: text('peer').notNull(),
  kind: text('kind').notNull(),
  digest: text('digest').notNull(),
  body: text('body').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  attempts: integer('attempts').notNull(),
  nextAt: timestamp('next_at', { withTimezone: true }).notNull(),
  fault: text('fault'),
  deliveredAt: timestamp('delivered_at', { withTimezone: true }),
});

export const noticesIn = pgTable('notices_in', {
  peer: text('peer').notNull(),
  kind: text('kind').notNull(),
  digest: text('digest').notNull(),
  length: integer('length').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
});

export const witnessed = pgTable('witnessed', {
  log: text('log').primaryKey(),
  peer: text('peer').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  root: bytea('root').notNull(),
  note: text('note').notNull(),
  cosignedAt: timestamp('cosigned_at', { withTimezone: true }).notNull(),
  refusedAt: timestamp('refused_at', { withTimezone: true }),
});

export const witnessedDays = pgTable('witnessed_days', {
  log: text('log').notNull(),
  peer: text('peer').notNull(),
  day: date('day', { mode: 'string' }).notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  note: text('note').notNull(),
});

export const pullGaps = pgTable('pull_gaps', {
  peer: text('peer').notNull(),
  since: timestamp('since', { withTimezone: true }).notNull(),
  until: timestamp('until', { withTimezone: true }).notNull(),
});

export const forks = pgTable('forks', {
  log: text('log').notNull(),
  peer: text('peer').notNull(),
  smallerSize: bigint('smaller_size', { mode: 'number' }).notNull(),
  largerSize: bigint('larger_size', { mode: 'number' }).notNull(),
  smaller: text('smaller').notNull(),
  larger: text('larger').notNull(),
  root: bytea('root').notNull(),
  proof: bytea('proof').array().notNull(),
  foundAt: timestamp('found_at', { withTimezone: true }).notNull(),
  descriptors: text('descriptors').array().notNull(),
});

export const gossiped = pgTable('gossiped', {
  log: text('log').notNull(),
  peer: text('peer').notNull(),
  note: text('note').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  descriptors: text('descriptors').array().notNull(),
});

export const bundlesOut = pgTable('bundles_out', {
  peer: text('peer').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  receipts: bigint('receipts', { mode: 'number' }).array().notNull(),
  statements: text('statements').array().notNull(),
  notices: bigint('notices', { mode: 'number' }).array().notNull(),
  ends: bigint('ends', { mode: 'number' }).array().notNull(),
});

export const bundlesIn = pgTable('bundles_in', {
  peer: text('peer').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  digest: text('digest').notNull(),
  after: bigint('after', { mode: 'number' }).notNull(),
  late: bigint('late', { mode: 'number' }).notNull(),
});

export const cosignatures = pgTable('cosignatures', {
  size: bigint('size', { mode: 'number' }).notNull(),
  peer: text('peer').notNull(),
  line: text('line').notNull(),
  cosignedAt: timestamp('cosigned_at', { withTimezone: true }).notNull(),
});

export const mirrors = pgTable('mirrors', {
  log: text('log').primaryKey(),
  peer: text('peer').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  frontier: bytea('frontier').notNull(),
  note: text('note'),
  fault: text('fault'),
  faultAt: timestamp('fault_at', { withTimezone: true }),
});

export const mirrorEntries = pgTable('mirror_entries', {
  log: text('log').notNull(),
  index: bigint('index', { mode: 'number' }).notNull(),
  leaves: bytea('leaves').notNull(),
});

export const mirrorTiles = pgTable('mirror_tiles', {
  log: text('log').notNull(),
  level: integer('level').notNull(),
  index: bigint('index', { mode: 'number' }).notNull(),
  hashes: bytea('hashes').notNull(),
});

export const logRecovery = pgTable('log_recovery', {
  single: boolean('single').primaryKey(),
  since: timestamp('since', { withTimezone: true }).notNull(),
  everyone: boolean('everyone').notNull(),
  size: bigint('size', { mode: 'number' }),
  note: text('note'),
  refused: text('refused').array().notNull(),
});

export const ownLogSeen = pgTable('own_log_seen', {
  peer: text('peer').primaryKey(),
  askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
  size: bigint('size', { mode: 'number' }),
  note: text('note'),
  fault: text('fault'),
  tailFault: text('tail_fault'),
});

export const ownTail = pgTable('own_tail', {
  peer: text('peer').notNull(),
  index: bigint('index', { mode: 'number' }).notNull(),
  leaves: bytea('leaves').notNull(),
});

export const signingStops = pgTable('signing_stops', {
  kind: text('kind').primaryKey(),
  reason: text('reason').notNull(),
  place: bigint('place', { mode: 'number' }),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

export const editions = pgTable('editions', {
  id: uuid('id').primaryKey(),
  digest: text('digest').notNull(),
  tick: bigint('tick', { mode: 'number' }).notNull(),
  place: bigint('place', { mode: 'number' }),
  retracted: boolean('retracted').notNull(),
  exercise: boolean('exercise').notNull(),
  kind: text('kind'),
  domain: text('domain').notNull(),
  band: text('band').notNull(),
  severity: smallint('severity'),
  month: text('month'),
  fields: jsonb('fields').notNull(),
  token: text('token').notNull(),
  search: tsvector('search'),
});
