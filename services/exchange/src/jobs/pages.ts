// The pages of a peer's feed: asked for behind our cursor, verified, landed in one transaction with the cursor.

import { FeedError, type FeedErrorCode, type FeedPage, type Held, type VerifiedPage } from '@detente/feed';
import { disclosedDigest, type ReceiptRecord, signReceipt } from '@detente/keys';
import type { Transaction } from '@detente/store/database';
import {
  type Cursor,
  type LandedRecord,
  landPage,
  nextSequence,
  type RefusedRecord,
  readCursor,
  storeOutReceipt,
} from '@detente/store/exchange';
import { emptyFrontier, formatFrontier, parseCheckpoint, parseFrontier, parseNote } from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import { storable } from '../refused.ts';
import { acceptedFrom, hearRelayed, relayedLog } from '../relays.ts';
import { proveFork } from './forks.ts';
import type { Puller } from './pull.ts';

/** Pages of one pull; a peer that has more is asked again at once, after our receipts. */
const maxPages = 50;
const dayMs = 86_400_000;
const receiptTyp = 'detente-receipt+jwt';

/** Refusals of a page whose checkpoint is signed and may be of another history than the one that we hold. */
const ofAnotherHistory: ReadonlySet<FeedErrorCode> = new Set(['log_forked', 'root_mismatch', 'checkpoint_shrunk']);
const noTerms = 'the peer has no terms with this node yet';
const noLeaves = 'the peer answers 409: it says that its log is shorter than what we hold of it';
const noPage = 'the peer has no page just now: it may be finding out whether its log is whole';

/** Looks whether the peer shows a descriptor that has not been taken in. */
export type HasNewKeys = () => Promise<boolean>;

/** Those whose records the peer may pass on to us, by the names of their logs. */
type Origins = ReadonlyMap<string, Enrolled>;

/** Takes pages until one brings nothing new, or ends where its checkpoint does.
 *  @returns whether there is more.
 *  @throws WireError, FeedError, PullFault */
export async function pullPages(puller: Puller, peer: Enrolled, line: Line, hasNewKeys: HasNewKeys): Promise<boolean> {
  for (let count = 0; count < maxPages; count++) {
    if (!(await pullPage(puller, peer, line, hasNewKeys))) return false;
  }
  return true;
}

/** @returns whether the page brought something, and there may be more behind it.
 *  @throws WireError, FeedError, PullFault */
export async function pullPage(puller: Puller, peer: Enrolled, line: Line, hasNewKeys: HasNewKeys): Promise<boolean> {
  const { border, limit, verifier } = puller;
  const cursor = await readCursor(border.now, peer.origin);
  const origins = await acceptedFrom(border.now, peer.origin);
  const path = `/exchange/v1/feed?after=${cursor.after}&late=${cursor.late}&limit=${limit}`;
  const { status, body } = await line.call(peer, { method: 'GET', path });
  if (status === 503) throw new PullFault('answer_refused', cursor.checkpoint === null ? noTerms : noPage);
  if (status === 409) throw new PullFault('answer_refused', noLeaves);
  if (status !== 200) throw new PullFault('answer_refused', `the peer answers ${status} to the question for a page`);
  const verified = await verifier
    .verify(body.toString(), heldOf(peer, origins, { cursor, limit }))
    .catch(async (error: unknown) => {
      if (error instanceof FeedError && ofAnotherHistory.has(error.code) && cursor.checkpoint !== null)
        await proveFork(border, peer, line, [cursor.checkpoint, checkpointIn(body.toString())]);
      throw error;
    });
  const page = judgeKeys(peer, origins, verified);
  // What is refused here is refused for good, so not for a key that is on its way to us.
  const isUnknown = [...page.items, ...page.late].some((item) => !item.ok && item.code === 'key_unknown');
  if (isUnknown && (await hasNewKeys()))
    throw new PullFault('keys_changed', 'the peer shows new keys, which are being taken in');
  checkDay(page.day, (puller.clock ?? Date.now)());
  if (await border.write((tx) => land(puller, tx, { peer, origins, cursor, page }))) puller.landed?.(page);
  await hearRelayed(border, { relay: peer.origin, origins, late: page.late });
  return page.late.length > 0 || (page.next > cursor.after && page.next < page.checkpoint.size);
}

/** The checkpoint of a page that was read as one. */
function checkpointIn(page: string): string {
  return (JSON.parse(page) as FeedPage).checkpoint;
}

/** Records whose key its node has revoked, and which its log does not show below that, are no records any more. */
function judgeKeys(peer: Enrolled, origins: Origins, page: VerifiedPage): VerifiedPage {
  const judge = <T extends VerifiedPage['items'][number] | VerifiedPage['late'][number]>(item: T): T => {
    const issuer = ('log' in item && origins.get(item.log)) || peer;
    if (!item.ok || !issuer.isRevoked('record', { kid: item.record.kid, place: item.index })) return item;
    const { record, ...refused } = item;
    return { ...refused, ok: false, code: 'key_revoked', detail: { kid: record.kid } } as unknown as T;
  };
  return { ...page, items: page.items.map(judge), late: page.late.map(judge) };
}

/** What we hold of the peer's log. That the terms are those in force is the worker's check, record by record. */
function heldOf(peer: Enrolled, origins: Origins, { cursor, limit }: { cursor: Cursor; limit: number }): Held {
  const { frontier, late, checkpoint } = cursor;
  const { origin: iss, log } = peer;
  return {
    peer: { iss, log, logKeys: [...peer.keys('log').values()], recordKeys: peer.keys('record') },
    frontier: frontier.length === 0 ? emptyFrontier() : parseFrontier(frontier),
    ...(checkpoint !== null && { checkpoint: parseCheckpoint(parseNote(checkpoint).text) }),
    lateCursor: late,
    maxRecords: limit,
    relays: new Map([...origins].map(([log, one]) => [log, relayedLog(one)])),
  };
}

/** The day of a page's terms is within one of ours, or of the day on which its bundle was made.
 *  @throws PullFault `day_refused` */
function checkDay(day: string, now: number): void {
  const days = [-1, 0, 1].map((shift) => new Date(now + shift * dayMs).toISOString().slice(0, 10));
  if (!days.includes(day)) throw new PullFault('day_refused', `a page was refused: its terms are of ${day}`);
}

type Taken = { peer: Enrolled; origins: Origins; cursor: Cursor; page: VerifiedPage };

/** Records, refusals, cursor and receipt, in one transaction: whatever breaks, a page is landed once or not at all.
 *  @returns false when the cursor has moved meanwhile; then nothing was changed */
async function land(puller: Puller, tx: Transaction, { peer, origins, cursor, page }: Taken): Promise<boolean> {
  const { after, late } = cursor;
  const { note } = page.checkpoint;
  const moved = await landPage(tx, {
    peer: peer.origin,
    day: page.day,
    terms: page.terms,
    inputs: page.inputs,
    bundled: puller.bundled ?? false,
    from: { after, late },
    to: { after: page.next, late: page.lateNext, frontier: formatFrontier(page.frontier), checkpoint: note },
    records: landedRecords(page, origins),
    refused: refusedRecords(page),
  });
  const records = receiptRecords(page);
  if (!moved || records.length === 0) return moved;
  const seq = await nextSequence(tx, receiptTyp, peer.origin, (puller.clock ?? Date.now)());
  const body = { log: peer.log, page: { after, next: page.next }, records };
  const { jws } = await signReceipt({ iss: puller.origin, aud: peer.origin, seq, body }, puller.keys.receipt);
  await storeOutReceipt(tx, { peer: peer.origin, seq, jws });
  return true;
}

function landedRecords(page: VerifiedPage, origins: Origins): LandedRecord[] {
  const items = page.items.flatMap(({ ok, digest, index, presentation }) =>
    ok ? [{ digest, place: index, late: null, rule: null, body: presentation, origin: null, evidence: null }] : [],
  );
  const late = page.late.flatMap((item) => {
    const { log, digest, index, number, rule, presentation, evidence = null } = item;
    const origin = origins.get(log)?.origin ?? null;
    const isTaken = item.ok || waitsForKey(item);
    return isTaken ? [{ digest, place: index, late: number, rule, body: presentation, origin, evidence }] : [];
  });
  return [...items, ...late];
}

/** A relayed record that its log shows, under a key that is on its way to us from its origin: the worker verifies it once that is here. */
function waitsForKey(item: VerifiedPage['items'][number] | VerifiedPage['late'][number]): boolean {
  return !item.ok && item.code === 'key_unknown' && 'evidence' in item;
}

function refusedRecords(page: VerifiedPage): RefusedRecord[] {
  return [...page.items, ...page.late].flatMap((item) =>
    item.ok || waitsForKey(item)
      ? []
      : {
          digest: item.digest,
          place: item.index,
          code: item.code,
          detail: JSON.stringify(item.detail),
          body: storable(item.presentation),
        },
  );
}

/** What the receipt says of each record, once; of one that came in both lists, the longer presentation. */
function receiptRecords(page: VerifiedPage): ReceiptRecord[] {
  const stored = new Map<string, ReceiptRecord>();
  const items = page.items.map((item) => ({ item, late: undefined }));
  const lateItems = page.late.map((item) => ({ item, late: item.number }));
  for (const { item, late } of [...items, ...lateItems]) {
    if (!item.ok || (stored.get(item.digest)?.level ?? -1) >= item.record.level) continue;
    const { digest, presentation, record } = item;
    const facts = { digest, level: record.level, disclosed: disclosedDigest(presentation) };
    stored.set(digest, late === undefined ? facts : { ...facts, late });
  }
  return [...stored.values()];
}
