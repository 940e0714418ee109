// What peers sent: verified once more, here where the keys to home are, brought home and cleared.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { KeysError, statementTyp, thumbprint, verifyDescriptor, verifyStatement } from '@detente/keys';
import {
  parseCanary,
  parseOffer,
  parseRecall,
  parseRecallAnswer,
  parseStanding,
  RECALL_DAYS,
  ReciprocityError,
} from '@detente/reciprocity';
import { leastLevel, parseCell, RecordError, type VerifiedRecord, verifyRecord, verifyWarning } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  clearLanding,
  insertRecall,
  type Landed,
  lockReceived,
  newestStatement,
  type PeerRow,
  quarantineLanded,
  type ReceivedRecord,
  type Refused,
  readLanding,
  readPeers,
  readWarnings,
  type StoredStatement,
  statementsBetween,
  storeReceived,
  storeStatement,
  writeOutgoing,
} from '@detente/store/worker';
import { settleVersions } from '../landed-versions.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { sendCanary } from './canaries.ts';
import { carryOut } from './carry.ts';
import { takeAnswer } from './recalls.ts';
import { signForPeer } from './statements.ts';
import { readTaken, recomputeTerms, type Taken } from './terms.ts';

const ROWS = 500;
/** Warnings of one peer that are taken in before another's turn. */
const WARNINGS = 32;
/** How long a record above the terms that we know waits for the statement that may explain it. */
const PATIENCE_MS = 60_000;

type Refusal = Refused['why'];
type Outcome = { done: Landed[]; refused: Refused[] };

/** Takes in everything that has landed. Each step may be repeated: a row is cleared only when it is at home. Before every group
 *  the warnings that came meanwhile are taken in, and own ones carried out: neither waits for a peer that sends much.
 *  @returns how many rows are done with. */
export async function takeIn(worker: Worker): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const rows = await readLanding(worker.border.now, after, ROWS);
    if (rows.length === 0) return count + (await takeWarnings(worker));
    after = rows.at(-1)!.number;
    for (const group of byPeerAndKind(rows)) {
      count += await takeWarnings(worker);
      await carryOut(worker);
      count += await tryGroup(worker, group);
    }
  }
}

/** Takes in the warnings that wait, those of each peer apart: of many of one peer a few at a time, so that another's one is
 *  shown between them. */
async function takeWarnings(worker: Worker): Promise<number> {
  const rows = await readWarnings(worker.border.now, 0, ROWS);
  const byPeer = [...Map.groupBy(rows, ({ peer }) => peer).values()];
  let count = 0;
  for (let at = 0; byPeer.some((own) => at < own.length); at += WARNINGS)
    for (const own of byPeer) count += at < own.length ? await tryGroup(worker, own.slice(at, at + WARNINGS)) : 0;
  return count;
}

async function tryGroup(worker: Worker, group: readonly Landed[]): Promise<number> {
  try {
    return await clearGroup(worker, await takeGroup(worker, group));
  } catch (err) {
    // It is tried again with the next round; what came from others does not wait for it.
    worker.log.error({ err, peer: group[0]!.peer }, 'what landed could not be taken in and is tried again');
    return 0;
  }
}

async function clearGroup({ border }: Worker, { done, refused }: Outcome): Promise<number> {
  const numbers = done.map((row) => row.number);
  await border.write(async (tx) => {
    if (numbers.length > 0) await clearLanding(tx, numbers);
    await quarantineLanded(tx, refused);
  });
  return done.length + refused.length;
}

/** Runs of rows of one peer and kind, so that a statement is known before the records behind it are judged. */
function byPeerAndKind(rows: readonly Landed[]): Landed[][] {
  const groups: Landed[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.peer === row.peer && last[0].kind === row.kind) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

async function takeGroup(worker: Worker, rows: readonly Landed[]): Promise<Outcome> {
  const { peer: origin, kind } = rows[0]!;
  const peer = (await readPeers(worker.border.now)).find((one) => one.origin === origin)!;
  if (kind === 'record' || kind === 'warning') return takeRecords(worker, peer, rows);
  const outcome: Outcome = { done: [], refused: [] };
  for (const row of rows) {
    try {
      if (kind === 'descriptor') await takeDescriptor(worker, peer, row);
      else if (kind === 'statement') await takeStatement(worker, peer, row);
      else if (kind === 'canary') await takeCanary(worker, peer, row);
      else await takeNotice(worker, peer, row);
      outcome.done.push(row);
    } catch (error) {
      if (!(error instanceof KeysError || error instanceof ReciprocityError)) throw error;
      outcome.refused.push({ row, why: { code: error.code, detail: error.message } });
    }
  }
  return outcome;
}

/** A descriptor that fits the fingerprint enrols the peer: its keys are known from now on, and it is told that it is in good
 *  standing. */
async function takeDescriptor(worker: Worker, peer: PeerRow, row: Landed): Promise<void> {
  const pinned = { origin: peer.origin, fingerprint: peer.fingerprint };
  const { iss, seq, jti, digest, body } = await verifyDescriptor(row.body, pinned);
  const keys = Object.fromEntries(
    Object.entries(body.keys).map(([purpose, { jwk, next }]) => [purpose, { jwk, next, kid: thumbprint(jwk) }]),
  );
  const typ = 'detente-descriptor+jwt' as const;
  await worker.home.write(async (tx) => {
    const newest = await newestStatement(tx, typ, iss, '');
    const statement = { iss, typ, aud: '', seq, jti, digest, jws: row.body, body: { ...body } };
    if (!(await keepStatement(tx, statement))) return;
    // An older one is kept as history: its keys may have been rotated since.
    if (newest && newest.seq > seq) return;
    const { origin, name, fingerprint, ca } = peer;
    const status = peer.status === 'pending' ? 'active' : peer.status;
    const known = { origin, name, fingerprint, ca, status, keys, log_name: body.log, descriptor: row.body };
    await writeOutgoing(tx, 'peer', known);
    await signForPeer(worker, tx, { typ: 'detente-standing+jwt', peer: origin, body: goodStanding() });
  });
  await recomputeTerms(worker, peer.origin);
  await sendCanary(worker, peer.origin);
  // What landed behind it is verified with these keys.
  await carryOut(worker);
}

async function takeStatement(worker: Worker, peer: PeerRow, row: Landed): Promise<void> {
  const typ = statementTyp(row.body);
  if (typ !== 'detente-offer+jwt' && typ !== 'detente-standing+jwt') {
    throw new KeysError('typ_unexpected', `a peer may put offers and standings, not ${typ}`);
  }
  const expected = { typ, iss: peer.origin, aud: worker.origin, keyFor: keysFor(peer, 'agency') };
  const { iss, seq, jti, digest, body } = await verifyStatement(row.body, expected);
  const parsed = typ === 'detente-offer+jwt' ? parseOffer(body) : parseStanding(body);
  const statement = { iss, typ, aud: worker.origin, seq, jti, digest, jws: row.body, body: { ...parsed } };
  await worker.home.write((tx) => keepStatement(tx, statement));
  await recomputeTerms(worker, peer.origin);
}

/** A recall waits for an officer; an answer to one of ours closes it. */
async function takeNotice(worker: Worker, peer: PeerRow, { kind, body: jws }: Landed): Promise<void> {
  const typ = kind === 'recall' ? 'detente-recall+jwt' : 'detente-recall-answer+jwt';
  const expected = { typ, iss: peer.origin, aud: worker.origin, keyFor: keysFor(peer, 'agency') } as const;
  const { iss, seq, jti, digest, body } = await verifyStatement(jws, expected);
  const parsed = kind === 'recall' ? parseRecall(body) : parseRecallAnswer(body);
  await worker.home.write(async (tx) => {
    await keepStatement(tx, { iss, typ, aud: worker.origin, seq, jti, digest, jws, body: { ...parsed } });
    if (!('recall' in parsed)) await insertRecall(tx, { digest, peer: iss, own: false, days: RECALL_DAYS });
    else if (!(await takeAnswer(tx, iss, { recall: parsed.recall, digest })))
      throw new KeysError('claims_malformed', 'it answers no recall of ours');
  });
}

async function takeCanary(worker: Worker, peer: PeerRow, { body: jws }: Landed): Promise<void> {
  const typ = 'detente-canary+jwt' as const;
  const expected = { typ, iss: peer.origin, aud: worker.origin, keyFor: keysFor(peer, 'agency') };
  const { iss, seq, jti, digest, body } = await verifyStatement(jws, expected);
  const statement = { iss, typ, aud: worker.origin, seq, jti, digest, jws, body: { ...parseCanary(body) } };
  await worker.home.write((tx) => keepStatement(tx, statement));
}

/** Stores a statement, once.
 *  @returns whether it is new
 *  @throws KeysError `claims_malformed` when another statement has its sequence number: the issuer contradicts itself */
async function keepStatement(tx: Transaction, statement: StoredStatement): Promise<boolean> {
  if (await storeStatement(tx, statement)) return true;
  const { iss, typ, aud, seq, digest } = statement;
  const held = (await statementsBetween(tx, typ, iss, aud)).find((one) => one.seq === seq);
  if (held?.digest === digest) return false;
  throw new KeysError('claims_malformed', `another ${typ} has the sequence number ${seq}`);
}

async function takeRecords(worker: Worker, peer: PeerRow, rows: readonly Landed[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  const taken = await worker.home.read((reader) => readTaken(reader, peer.origin));
  const fit: { row: Landed; record: ReceivedRecord }[] = [];
  for (const row of rows) {
    try {
      const record = verifyLanded(peer, row);
      if (isWithin(taken, record, row) || isFloor(record, row)) fit.push({ row, record: toReceived(record, row) });
      else if (Date.now() - row.received_at.getTime() > PATIENCE_MS) refuse(outcome, row, aboveTerms(record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      refuse(outcome, row, { code: error.code, detail: JSON.stringify(error.params) });
    }
  }
  const records = fit.map(({ record }) => record);
  const conflicts = await worker.home.write(async (tx) => {
    const held = await lockReceived(
      tx,
      peer.origin,
      records.map(({ id }) => id),
    );
    const settled = settleVersions(records, held);
    await storeReceived(tx, settled.kept);
    return settled.conflicts;
  });
  for (const { row, record } of fit) {
    const conflict = conflicts.get(record);
    if (conflict) refuse(outcome, row, conflict);
    else outcome.done.push(row);
  }
  return outcome;
}

function refuse(outcome: Outcome, row: Landed, why: Refusal): void {
  outcome.refused.push({ row, why });
}

function verifyLanded(peer: PeerRow, { kind, body }: Landed): VerifiedRecord {
  const expected = { iss: peer.origin, keyFor: keysFor(peer, 'record') };
  return kind === 'warning' ? verifyWarning(body, expected) : verifyRecord(body, expected);
}

/** A warning that no terms hold back. */
function isFloor({ cell }: VerifiedRecord, { kind }: Landed): boolean {
  return kind === 'warning' && parseCell(cell).band === '5-7';
}

/** Whether the terms give us this much of the record. Why it comes late is the sender's word, and no reason to take more. */
function isWithin(taken: Taken, record: VerifiedRecord, row: Landed): boolean {
  if (record.level === 0 || record.retracted) return true;
  const level = taken.levelOf(record.cell, row.page_terms);
  if (level === null) return false;
  return record.level <= level && (level >= leastLevel(record.tlp) || parseCell(record.cell).band === '5-7');
}

function aboveTerms(record: VerifiedRecord): Refusal {
  return { code: 'above_terms', detail: `level ${record.level} in cell ${record.cell} is more than the terms give` };
}

function toReceived(record: VerifiedRecord, row: Landed): ReceivedRecord {
  const { domain, band } = parseCell(record.cell);
  const { digest, id, type, tick, level, tlp, exercise, retracted, fields } = record;
  const { peer, place, body: presentation, page_terms, rule } = row;
  const facts = { digest, id, type, tick, level, tlp, exercise, retracted, fields };
  const warned_at = row.kind === 'warning' ? row.received_at : null;
  return { peer, place, domain, band, presentation, page_terms, rule, warned_at, ...facts };
}

/** The peer's key of one purpose, found by its thumbprint and by nothing that a message says. */
function keysFor(peer: PeerRow, purpose: string): (kid: string) => KeyObject | undefined {
  const known = peer.keys[purpose];
  if (!known) return () => undefined;
  const key = createPublicKey({ key: known.jwk, format: 'jwk' });
  return (kid) => (kid === known.kid ? key : undefined);
}

/** What a peer starts with. */
function goodStanding() {
  return { standing: 'good', since: utcToday(), reason: { code: 'enrolled', params: {} }, overridden: false };
}
