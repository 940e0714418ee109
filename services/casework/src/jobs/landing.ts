// What peers sent: verified once more, here where the keys to home are, brought home and cleared.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { KeysError, statementTyp, verifyStatement } from '@detente/keys';
import { parseOffer, parseStanding, ReciprocityError } from '@detente/reciprocity';
import { leastLevel, parseCell, RecordError, type VerifiedRecord, verifyRecord } from '@detente/record';
import {
  clearLanding,
  type Landed,
  lockReceived,
  type PeerRow,
  quarantineLanded,
  type ReceivedRecord,
  type Refused,
  readLanding,
  readPeers,
  storeReceived,
} from '@detente/store/worker';
import { settleVersions } from '../landed-versions.ts';
import type { Worker } from '../worker-context.ts';
import { takeDescriptor } from './descriptors.ts';
import { keepStatement } from './statements.ts';
import { readTaken, recomputeTerms, type Taken } from './terms.ts';

const ROWS = 500;
/** How long a record above the terms that we know waits for the statement that may explain it. */
const PATIENCE_MS = 60_000;

type Refusal = Refused['why'];
type Outcome = { done: Landed[]; refused: Refused[] };

/** Takes in everything that has landed. Each step may be repeated: a row is cleared only when it is at home.
 *  @returns how many rows are done with. */
export async function takeIn(worker: Worker): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const rows = await readLanding(worker.border.now, after, ROWS);
    if (rows.length === 0) return count;
    after = rows.at(-1)!.number;
    for (const group of byPeerAndKind(rows)) {
      try {
        count += await clearGroup(worker, await takeGroup(worker, group));
      } catch (err) {
        // It is tried again with the next round; what came from others does not wait for it.
        worker.log.error({ err, peer: group[0]!.peer }, 'what landed could not be taken in and is tried again');
      }
    }
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
  if (kind === 'record') return takeRecords(worker, peer, rows);
  const outcome: Outcome = { done: [], refused: [] };
  for (const row of rows) {
    try {
      if (kind === 'descriptor') await takeDescriptor(worker, origin, row.body);
      else await takeStatement(worker, peer, row);
      outcome.done.push(row);
    } catch (error) {
      if (!(error instanceof KeysError || error instanceof ReciprocityError)) throw error;
      outcome.refused.push({ row, why: { code: error.code, detail: error.message } });
    }
  }
  return outcome;
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
  return { peer, place, domain, band, presentation, page_terms, rule, ...facts };
}

/** The peer's keys of one purpose, found by their thumbprints and by nothing that a message says. */
function keysFor(peer: PeerRow, purpose: string): (kid: string) => KeyObject | undefined {
  const known = peer.keys[purpose];
  if (!known) return () => undefined;
  const all = [known, ...(known.former ?? [])];
  const keys = new Map(all.map(({ kid, jwk }) => [kid, createPublicKey({ key: jwk, format: 'jwk' })]));
  return (kid) => keys.get(kid);
}
