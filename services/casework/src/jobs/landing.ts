// What peers sent: verified once more, here where the keys to home are, brought home and cleared.

import { KeysError, statementTyp, verifyStatement } from '@detente/keys';
import { isPeerStatement, isSingleGrant, peerStatements, ReciprocityError } from '@detente/reciprocity';
import { leastLevel, parseCell, RecordError, type VerifiedRecord, verifyRecord, verifyWarning } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  askRelays,
  clearLanding,
  type Landed,
  lockReceived,
  offersBehind,
  type PeerRow,
  quarantineLanded,
  type ReceivedRecord,
  type Refused,
  readLanding,
  readPeers,
  type StoredStatement,
  storeReceived,
} from '@detente/store/worker';
import { settleVersions } from '../landed-versions.ts';
import { acceptedFrom } from '../offers.ts';
import { isRevoked, keysFor } from '../peer-keys.ts';
import { utcToday, type Worker } from '../worker-context.ts';
import { takeDescriptor } from './descriptors.ts';
import { takeNotice } from './notices.ts';
import { yieldToPresent } from './revocations.ts';
import { keepStatement } from './statements.ts';
import { readTaken, recomputeTerms, type Taken } from './terms.ts';

/** Rows of one peer in its turn. */
const ROWS = 500;
/** Warnings of one peer in its turn. */
const WARNINGS = 32;
/** How long a record above the terms that we know waits for the statement that may explain it. */
const PATIENCE_MS = 60_000;
/** So many offers of a peer may have come before one with a lower number. */
const OFFERS_OVERTAKING = 50;
/** How long a relayed record waits for the key of its origin, whose descriptor may come by gossip alone. */
const KEY_PATIENCE_MS = 86_400_000;

type Refusal = Refused['why'];
type Outcome = { done: Landed[]; refused: Refused[] };

/** Takes in everything that has landed. Each step may be repeated: a row is cleared only when it is at home. Before every group
 *  the warnings that came meanwhile are taken in: they do not wait for a peer that sends much.
 *  @returns how many rows are done with. */
export async function takeIn(worker: Worker): Promise<number> {
  let count = 0;
  const after = new Map<string, number>();
  for (;;) {
    // A turn for each peer, so that none waits behind all that another one has sent.
    const rows = await readLanding(worker.border.now, 'others', after, ROWS);
    if (rows.length === 0) return count + (await takeWarnings(worker));
    for (const { peer, number } of rows) after.set(peer, number);
    for (const group of byPeerAndKind(rows)) {
      count += await takeWarnings(worker);
      count += await tryGroup(worker, group);
    }
  }
}

/** Takes in the warnings that wait, a few of each peer at a time. */
async function takeWarnings(worker: Worker): Promise<number> {
  let count = 0;
  const after = new Map<string, number>();
  for (;;) {
    const rows = await readLanding(worker.border.now, 'warnings', after, WARNINGS);
    if (rows.length === 0) return count;
    for (const { peer, number } of rows) after.set(peer, number);
    for (const group of byPeerAndKind(rows)) count += await tryGroup(worker, group);
  }
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

/** Runs of rows of one peer, kind and origin, so that a statement is known before the records behind it are judged. */
function byPeerAndKind(rows: readonly Landed[]): Landed[][] {
  const groups: Landed[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const isAlike = last?.[0]?.peer === row.peer && last[0].kind === row.kind && last[0].origin === row.origin;
    if (isAlike) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

async function takeGroup(worker: Worker, rows: readonly Landed[]): Promise<Outcome> {
  const { peer: origin, kind } = rows[0]!;
  const peers = await readPeers(worker.border.now);
  const peer = peers.find((one) => one.origin === origin)!;
  if (kind === 'record' || kind === 'warning')
    return takeRecords(worker, await senderOf(worker, peers, rows[0]!), rows);
  const outcome: Outcome = { done: [], refused: [] };
  for (const row of rows) {
    try {
      if (kind === 'descriptor') await takeDescriptor(worker, origin, row.body);
      else if (kind === 'statement') await takeStatement(worker, peer, row);
      else await takeNotice(worker, peer, { kind, jws: row.body });
      outcome.done.push(row);
    } catch (error) {
      if (!(error instanceof KeysError || error instanceof ReciprocityError)) throw error;
      outcome.refused.push({ row, why: { code: error.code, detail: error.message } });
    }
  }
  // Once for all of them: it costs more than they do. Their rows are cleared after it.
  if (kind === 'statement' && outcome.done.length > 0) await recomputeTerms(worker, origin);
  return outcome;
}

async function takeStatement(worker: Worker, peer: PeerRow, row: Landed): Promise<void> {
  const typ = statementTyp(row.body);
  if (!isPeerStatement(typ)) throw new KeysError('typ_unexpected', `a peer may not put ${typ} here`);
  const expected = { typ, iss: peer.origin, aud: worker.origin, keyFor: keysFor(peer, 'agency') };
  const { iss, seq, jti, digest, body, kid } = await verifyStatement(row.body, expected);
  if (isRevoked(peer, 'agency', { kid, place: null })) throw new KeysError('key_revoked', `key ${kid} was revoked`);
  const parsed = peerStatements[typ](body);
  const statement = { iss, typ, aud: worker.origin, seq, jti, digest, jws: row.body, body: { ...parsed } };
  await worker.home.write(async (tx) => {
    await yieldToPresent(tx, peer, statement);
    if ((await keepStatement(tx, statement)) && typ === 'detente-offer+jwt') await checkPlace(tx, statement);
  });
}

/** An offer that came behind a few with higher numbers moves what these turned; nobody has us do that for more of them.
 *  @throws KeysError `sequence_not_higher` */
async function checkPlace(tx: Transaction, { iss, aud, seq }: StoredStatement): Promise<void> {
  const behind = await offersBehind(tx, { iss, aud }, seq, OFFERS_OVERTAKING + 1);
  if (behind > OFFERS_OVERTAKING)
    throw new KeysError('sequence_not_higher', `offer ${seq} came behind more than ${OFFERS_OVERTAKING} later ones`);
}

/** Whose records they are, and the peer that passed them on if that is another one. */
type Sender = { peer: PeerRow; relay: PeerRow | null };

/** @returns undefined when they are passed on and we take no records of their origin from this peer */
async function senderOf(
  worker: Worker,
  peers: readonly PeerRow[],
  { peer: sender, origin }: Landed,
): Promise<Sender | undefined> {
  const known = peers.find((one) => one.origin === sender)!;
  if (origin === null) return { peer: known, relay: null };
  const peer = peers.find((one) => one.origin === origin);
  const isEnrolled = peer && !peer.sandbox && (peer.status === 'active' || peer.status === 'suspended');
  const accepted = await worker.home.read((reader) =>
    acceptedFrom(reader, { own: worker.origin, relay: sender, day: utcToday() }),
  );
  return isEnrolled && accepted.includes(origin) ? { peer, relay: known } : undefined;
}

async function takeRecords(worker: Worker, sender: Sender | undefined, rows: readonly Landed[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] };
  if (!sender) {
    for (const row of rows) refuse(outcome, row, notAccepted(row));
    return outcome;
  }
  const { peer, relay } = sender;
  const taken = await readTaken(worker.home.now, (relay ?? peer).origin);
  const fit: { row: Landed; record: ReceivedRecord }[] = [];
  for (const row of rows) {
    try {
      const record = verifyLanded(peer, row);
      if (isRevoked(peer, 'record', { ...record, place: row.place })) refuse(outcome, row, revoked(record));
      else if (row.kind === 'warning' && record.kid !== peer.keys.record!.kid) refuse(outcome, row, former(record));
      else if (isWithin(taken, record, row) || isFloor(record, row))
        fit.push({ row, record: toReceived(record, row, sender) });
      else if (Date.now() - row.received_at.getTime() > PATIENCE_MS) refuse(outcome, row, aboveTerms(record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      if (waitsForKey(row, error)) continue;
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
    const withdrawn = settled.kept.filter(({ retracted }) => retracted).map(({ id }) => id);
    // To whom earlier versions were passed on, they are asked back from.
    if (withdrawn.length > 0) await askRelays(tx, peer.origin, withdrawn);
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

/** A relay may be ahead of what its origin has told us of its keys. */
function waitsForKey({ origin, received_at }: Landed, { code }: RecordError): boolean {
  return origin !== null && code === 'key_unknown' && Date.now() - received_at.getTime() <= KEY_PATIENCE_MS;
}

function verifyLanded(peer: PeerRow, { kind, body }: Landed): VerifiedRecord {
  const expected = { iss: peer.origin, keyFor: keysFor(peer, 'record') };
  return kind === 'warning' ? verifyWarning(body, expected) : verifyRecord(body, expected);
}

/** A warning that no terms hold back. */
function isFloor({ cell }: VerifiedRecord, { kind }: Landed): boolean {
  return kind === 'warning' && parseCell(cell).band === '5-7';
}

/** Whether the terms give us this much of the record, or the peer says that it gives this one by a grant of its own. */
function isWithin(taken: Taken, record: VerifiedRecord, row: Landed): boolean {
  if (record.level === 0 || record.retracted) return true;
  // Of another node's record only that node may give more than the terms say.
  if (row.origin === null && row.rule !== null && isSingleGrant(row.rule)) return true;
  const level = taken.levelOf(record.cell, row.page_terms);
  if (level === null) return false;
  return record.level <= level && (level >= leastLevel(record.tlp) || parseCell(record.cell).band === '5-7');
}

function revoked({ kid }: VerifiedRecord): Refusal {
  return { code: 'key_revoked', detail: `key ${kid} was revoked, and the record is not in the log before that` };
}

/** Whoever found a key of long ago could raise an alarm with it; its records have an index, and come with the pages. */
function former({ kid }: VerifiedRecord): Refusal {
  return { code: 'key_former', detail: `key ${kid} was rotated away, and a warning is of the present one` };
}

function notAccepted({ peer, origin }: Landed): Refusal {
  return { code: 'relay_not_accepted', detail: `${peer} is no accepted relay for the enrolled node ${origin}` };
}

function aboveTerms(record: VerifiedRecord): Refusal {
  return { code: 'above_terms', detail: `level ${record.level} in cell ${record.cell} is more than the terms give` };
}

function toReceived(record: VerifiedRecord, row: Landed, { peer: origin, relay }: Sender): ReceivedRecord {
  const { domain, band } = parseCell(record.cell);
  const { digest, id, type, tick, level, tlp, exercise, retracted, fields } = record;
  const { place, body: presentation, page_terms, rule, evidence } = row;
  const facts = { digest, id, type, tick, level, tlp, exercise, retracted, fields };
  const warned_at = row.kind === 'warning' ? row.received_at : null;
  const from = { peer: origin.origin, relay: relay?.origin ?? null, direct: relay ? null : level };
  return { ...from, evidence, place, domain, band, presentation, page_terms, rule, warned_at, ...facts };
}
