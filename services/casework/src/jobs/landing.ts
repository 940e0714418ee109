// What peers sent: verified once more, here where the keys to home are, brought home and cleared.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { KeysError, statementTyp, thumbprint, verifyDescriptor, verifyStatement } from '@detente/keys';
import { parseOffer, parseStanding, ReciprocityError } from '@detente/reciprocity';
import { leastLevel, parseCell, RecordError, type VerifiedRecord, verifyRecord } from '@detente/record';
import {
  clearLanding,
  type Landed,
  type PeerRow,
  quarantineLanded,
  type ReceivedRecord,
  readLanding,
  readPeers,
  storeReceived,
  storeStatement,
  writeOutgoing,
} from '@detente/store/worker';
import { utcToday, type Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';
import { signForPeer } from './statements.ts';
import { readTaken, recomputeTerms, type Taken } from './terms.ts';

const ROWS = 500;
/** How long a record above the terms that we know waits for the statement that may explain it. */
const PATIENCE_MS = 60_000;

type Refusal = { code: string; detail: string };
type Outcome = { done: Landed[]; refused: { row: Landed; why: Refusal }[] };

/** Takes in everything that has landed. Each step may be repeated: a row is cleared only when it is at home.
 *  @returns how many rows are done with. */
export async function takeIn(worker: Worker): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const rows = await worker.border.read((reader) => readLanding(reader, after, ROWS));
    if (rows.length === 0) return count;
    after = rows.at(-1)!.number;
    for (const group of byPeerAndKind(rows)) {
      const { done, refused } = await takeGroup(worker, group);
      count += done.length + refused.length;
      await worker.border.write(async (tx) => {
        if (done.length > 0)
          await clearLanding(
            tx,
            done.map((row) => row.number),
          );
        for (const { row, why } of refused) await quarantineLanded(tx, row, why);
      });
    }
  }
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
  const peer = (await worker.border.read(readPeers)).find((one) => one.origin === origin)!;
  if (kind === 'record') return takeRecords(worker, peer, rows);
  const outcome: Outcome = { done: [], refused: [] };
  for (const row of rows) {
    try {
      if (kind === 'descriptor') await takeDescriptor(worker, peer, row);
      else await takeStatement(worker, peer, row);
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
    if (!(await storeStatement(tx, { iss, typ, aud: '', seq, jti, digest, jws: row.body, body: { ...body } }))) return;
    const { origin, name, fingerprint, ca } = peer;
    const status = peer.status === 'pending' ? 'active' : peer.status;
    const known = { origin, name, fingerprint, ca, status, keys, log_name: body.log, descriptor: row.body };
    await writeOutgoing(tx, 'peer', known);
    await signForPeer(worker, tx, { typ: 'detente-standing+jwt', peer: origin, body: goodStanding() });
  });
  await recomputeTerms(worker, peer.origin);
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
  await worker.home.write((tx) =>
    storeStatement(tx, { iss, typ, aud: worker.origin, seq, jti, digest, jws: row.body, body: { ...parsed } }),
  );
  await recomputeTerms(worker, peer.origin);
}

async function takeRecords(worker: Worker, peer: PeerRow, rows: readonly Landed[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  const taken = await worker.home.read((reader) => readTaken(reader, peer.origin));
  const fit: { row: Landed; record: ReceivedRecord }[] = [];
  for (const row of rows) {
    try {
      const record = verifyRecord(row.body, { iss: peer.origin, keyFor: keysFor(peer, 'record') });
      if (isWithin(taken, record, row)) fit.push({ row, record: toReceived(record, row) });
      else if (Date.now() - row.received_at.getTime() > PATIENCE_MS) refuse(outcome, row, aboveTerms(record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      refuse(outcome, row, { code: error.code, detail: JSON.stringify(error.params) });
    }
  }
  const conflicts = new Set(
    await worker.home.write((tx) =>
      storeReceived(
        tx,
        fit.map(({ record }) => record),
      ),
    ),
  );
  for (const { row, record } of fit) {
    if (conflicts.has(record.digest))
      refuse(outcome, row, { code: 'tick_conflict', detail: 'another version has this tick' });
    else outcome.done.push(row);
  }
  return outcome;
}

function refuse(outcome: Outcome, row: Landed, why: Refusal): void {
  outcome.refused.push({ row, why });
}

/** Whether the terms give us this much of the record, or its rule says that a single grant does. That a late item was
 *  `widened` is no such rule: the terms must say so. */
function isWithin(taken: Taken, record: VerifiedRecord, row: Landed): boolean {
  if (record.level === 0 || record.retracted || (row.rule !== null && row.rule !== 'widened')) return true;
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
  return { peer, place, domain, band, presentation, page_terms, rule, ...facts };
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
