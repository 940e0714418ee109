// Statements and receipts on their way out and in.

import type { Asker, Transaction } from '../database.ts';

export type OutStatement = { peer: string; typ: string; seq: number; jws: string };

/** What has not been put to the peer yet, oldest first. */
export async function unsentStatements(reader: Asker, peer: string): Promise<OutStatement[]> {
  return reader.query<OutStatement>(
    'SELECT peer, typ, seq, jws FROM statements_out WHERE peer = $1 AND sent_at IS NULL ORDER BY typ, seq',
    [peer],
  );
}

export async function markStatementSent(tx: Transaction, { peer, typ, seq }: OutStatement): Promise<void> {
  await tx.execute('UPDATE statements_out SET sent_at = now() WHERE peer = $1 AND typ = $2 AND seq = $3', [
    peer,
    typ,
    seq,
  ]);
}

/** The newest statement of each kind for a peer. */
export async function newestStatements(reader: Asker, peer: string): Promise<string[]> {
  const rows = await reader.query<{ jws: string }>(
    'SELECT DISTINCT ON (typ) jws FROM statements_out WHERE peer = $1 ORDER BY typ, seq DESC',
    [peer],
  );
  return rows.map((row) => row.jws);
}

/** Lands a peer's statement or descriptor for the worker; the same bytes wait once. */
export async function landStatement(
  tx: Transaction,
  landed: { peer: string; kind: 'statement' | 'descriptor'; digest: string; body: string },
): Promise<void> {
  const { peer, kind, digest, body } = landed;
  await tx.execute('INSERT INTO landing (peer, kind, digest, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    peer,
    kind,
    digest,
    body,
  ]);
}

/** The next sequence number of a statement that the exchange itself signs: one more than the last, and at least the milliseconds of the
 *  clock, so that a node that went back to an older database repeats none. */
export async function nextSequence(tx: Transaction, typ: string, aud: string, now: number): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(
    `INSERT INTO statement_counters (typ, aud, seq) VALUES ($1, $2, $3)
     ON CONFLICT (typ, aud) DO UPDATE SET seq = greatest(statement_counters.seq + 1, excluded.seq) RETURNING seq`,
    [typ, aud, now],
  );
  return row!.seq;
}

export type OutReceipt = { peer: string; seq: number; jws: string };

export async function storeOutReceipt(tx: Transaction, { peer, seq, jws }: OutReceipt): Promise<void> {
  await tx.execute('INSERT INTO receipts_out (peer, seq, jws) VALUES ($1, $2, $3)', [peer, seq, jws]);
}

/** The oldest behind the one that was tried last. */
export async function unsentReceipts(
  reader: Asker,
  peer: string,
  { behind, limit }: { behind: number; limit: number },
): Promise<OutReceipt[]> {
  return reader.query<OutReceipt>(
    'SELECT peer, seq, jws FROM receipts_out WHERE peer = $1 AND seq > $2 AND sent_at IS NULL ORDER BY seq LIMIT $3',
    [peer, behind, limit],
  );
}

export async function markReceiptSent(tx: Transaction, { peer, seq }: OutReceipt): Promise<void> {
  await tx.execute('UPDATE receipts_out SET sent_at = now() WHERE peer = $1 AND seq = $2', [peer, seq]);
}

/** Keeps a peer's receipt.
 *  @returns false when another receipt has its sequence number; the same bytes again are kept once, and true. */
export async function keepReceipt(tx: Transaction, { peer, seq, jws }: OutReceipt): Promise<boolean> {
  await tx.execute('INSERT INTO receipts_in (peer, seq, jws) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    peer,
    seq,
    jws,
  ]);
  const [row] = await tx.query<{ jws: string }>(
    'SELECT jws FROM receipts_in WHERE peer = $1 AND seq = $2 AND void_at IS NULL',
    [peer, seq],
  );
  return row?.jws === jws;
}
