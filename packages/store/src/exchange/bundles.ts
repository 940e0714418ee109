// Bundles out and in: what they carried, and what the peer had when it made its last one.

import type { Asker, Reader, Transaction } from '../database.ts';
import type { OutNotice } from './notices.ts';
import type { OutReceipt, OutStatement } from './statements.ts';

export type BundleIn = {
  peer: string;
  seq: number;
  digest: string;
  /** How far the peer was in our log. */
  after: number;
  late: number;
};

/** The last bundle of a peer that was taken in. */
export async function readBundleIn(reader: Asker, peer: string): Promise<BundleIn | undefined> {
  const [row] = await reader.query<BundleIn>('SELECT peer, seq, digest, after, late FROM bundles_in WHERE peer = $1', [
    peer,
  ]);
  return row;
}

export async function keepBundleIn(tx: Transaction, { peer, seq, digest, after, late }: BundleIn): Promise<void> {
  await tx.execute(
    `INSERT INTO bundles_in (peer, seq, digest, after, late) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (peer) DO UPDATE SET seq = $2, digest = $3, after = $4, late = $5 WHERE bundles_in.seq < $2`,
    [peer, seq, digest, after, late],
  );
}

export type Carried = {
  receipts: readonly OutReceipt[];
  statements: readonly OutStatement[];
  notices: readonly OutNotice[];
};

/** Remembers what a bundle carries.
 *  @param bundle.ends where its pages end, as far as no bundle before it had a page that ends there */
export async function keepBundleOut(
  tx: Transaction,
  { peer, seq, ends }: { peer: string; seq: number; ends: readonly number[] },
  { receipts, statements, notices }: Carried,
): Promise<void> {
  await tx.execute(
    'INSERT INTO bundles_out (peer, seq, receipts, statements, notices, ends) VALUES ($1, $2, $3, $4, $5, $6)',
    [
      peer,
      seq,
      receipts.map((one) => one.seq),
      statements.map((one) => `${one.typ} ${one.seq}`),
      notices.map(({ number }) => number),
      ends,
    ],
  );
}

/** Where the peer may be in our log behind a place: at the end of a page of a bundle that it has not told of, or of the last page
 *  that it was ever given. */
export async function endsBehind(reader: Reader, peer: string, after: number): Promise<number[]> {
  const rows = await reader.query<{ place: number }>(
    `SELECT DISTINCT place FROM (
       SELECT unnest(ends) AS place FROM bundles_out WHERE peer = $1 UNION SELECT mark FROM served WHERE peer = $1) AS ends
     WHERE place > $2 AND place <= (SELECT max(size) FROM checkpoints) ORDER BY place`,
    [peer, after],
  );
  return rows.map(({ place }) => place);
}

/** The peer has taken in our bundle of this number: what it carried is sent, and what lay before it is forgotten. */
export async function markCarried(tx: Transaction, peer: string, seq: number): Promise<void> {
  const carried = `FROM bundles_out b WHERE b.peer = $1 AND b.seq = $2 AND o.peer = $1`;
  const mark = (text: string) => tx.execute(text, [peer, seq]);
  await mark(`UPDATE receipts_out o SET sent_at = now() ${carried} AND sent_at IS NULL AND o.seq = ANY (b.receipts)`);
  await mark(
    `UPDATE statements_out o SET sent_at = now() ${carried}
     AND sent_at IS NULL AND o.typ || ' ' || o.seq = ANY (b.statements)`,
  );
  await mark(
    `UPDATE notices_out o SET delivered_at = now(), fault = NULL, attempts = attempts + 1 ${carried}
     AND delivered_at IS NULL AND o.number = ANY (b.notices)`,
  );
  await mark('DELETE FROM bundles_out WHERE peer = $1 AND seq <= $2');
}

/** Notices that a peer was not brought yet, whenever their next attempt is: what no bundle carries yet comes first, then what was
 *  carried longest ago, so that each has its turn again and again where no answer comes; of these the warnings, and the oldest. */
export async function waitingNotices(reader: Reader, peer: string, limit: number): Promise<OutNotice[]> {
  return reader.query<OutNotice>(
    `SELECT number, peer, kind, digest, body, attempts FROM notices_out n
     WHERE peer = $1 AND delivered_at IS NULL
     ORDER BY (SELECT max(b.seq) FROM bundles_out b WHERE b.peer = $1 AND n.number = ANY (b.notices)) NULLS FIRST,
       kind <> 'warning', number LIMIT $2`,
    [peer, limit],
  );
}

/** Receipts that a peer was not brought yet, in the same order of turns. */
export async function waitingReceipts(reader: Reader, peer: string, limit: number): Promise<OutReceipt[]> {
  return reader.query<OutReceipt>(
    `SELECT peer, seq, jws FROM receipts_out r
     WHERE peer = $1 AND sent_at IS NULL
     ORDER BY (SELECT max(b.seq) FROM bundles_out b WHERE b.peer = $1 AND r.seq = ANY (b.receipts)) NULLS FIRST, seq
     LIMIT $2`,
    [peer, limit],
  );
}

/** Our last descriptors, the newest first. */
export async function lastDescriptors(reader: Asker, limit: number): Promise<string[]> {
  const rows = await reader.query<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC LIMIT $1', [limit]);
  return rows.map(({ jws }) => jws);
}
