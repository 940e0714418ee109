// Notices on their way out and in.

import type { Asker, Transaction } from '../database.ts';

export type OutNotice = {
  number: number;
  peer: string;
  kind: 'warning' | 'recall' | 'answer' | 'canary' | 'approval';
  digest: string;
  body: string;
  attempts: number;
};

/** One that waits; its body is read when it is sent, for it may be cut until then (`bodyToSend`). */
export type DueNotice = Omit<OutNotice, 'body'>;

/** What enrolled peers that are not expelled wait for, a few notices of each: warnings first, and the oldest first. */
export async function dueNotices(border: Asker, limit: number): Promise<DueNotice[]> {
  return border.query<DueNotice>(
    `SELECT n.number, n.peer, n.kind, n.digest, n.attempts
     FROM peers p CROSS JOIN LATERAL (
       SELECT * FROM notices_out WHERE peer = p.origin AND delivered_at IS NULL AND next_at <= now()
       ORDER BY kind <> 'warning', next_at, number LIMIT $1) n
     WHERE p.status IN ('active', 'suspended') ORDER BY n.kind <> 'warning', n.number`,
    [limit],
  );
}

/** As much of a notice as its peer is given now; undefined when that is nothing any more. */
export async function bodyToSend(border: Asker, number: number): Promise<string | undefined> {
  const [row] = await border.query<{ body: string }>(
    `SELECT body FROM notices_out JOIN peers ON origin = peer
     WHERE number = $1 AND delivered_at IS NULL AND status IN ('active', 'suspended')`,
    [number],
  );
  return row?.body;
}

export async function markDelivered(tx: Transaction, number: number): Promise<void> {
  await tx.execute(
    'UPDATE notices_out SET delivered_at = now(), fault = NULL, attempts = attempts + 1 WHERE number = $1',
    [number],
  );
}

/** @param delay milliseconds until the next attempt */
export async function noteUndelivered(
  tx: Transaction,
  number: number,
  { fault, delay }: { fault: string; delay: number },
): Promise<void> {
  await tx.execute(
    `UPDATE notices_out SET attempts = attempts + 1, fault = $2, next_at = now() + $3 * interval '1 millisecond'
     WHERE number = $1`,
    [number, fault, Math.round(delay)],
  );
}

/** What counts against a budget. */
type Brought = InNotice['kind'] | 'statement' | 'receipt';

/** What has a budget of its own: recalls must not use up the room of a warning, nor that of an offer. */
const alone: readonly Brought[] = ['warning', 'statement', 'receipt'];

/** Bytes that a peer may bring in 24 hours of statements, of receipts, and of other signed notices: nothing of them is ever deleted.
 *  A day's honest statements are some thousand bytes; an off-boarding recalls 100,000 records in 13,500,000; a receipt for
 *  400,000 records has less than 64 MiB. */
const DAY_BYTES = { receipt: 67_108_864, other: 16_777_216 };

/** Whether a peer has used its budget up for warnings, statements, receipts or other notices. Warnings have none for the day, receipts
 *  none for the minute: there is one for each page. Until the transaction ends the peer's others wait, so that all are counted.
 *  @param length of what it brings now
 *  @returns for how long it is to wait */
export async function spentBudget(
  tx: Transaction,
  { peer, kind, length }: { peer: string; kind: Brought; length: number },
  perMinute: number,
): Promise<'minute' | 'day' | undefined> {
  await tx.execute('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`notices of ${peer}`]);
  const [row] = await tx.query<{ recent: number; bytes: number }>(
    `SELECT count(*) FILTER (WHERE received_at > now() - interval '1 minute') AS recent, coalesce(sum(length), 0) AS bytes
     FROM notices_in
     WHERE peer = $1 AND received_at > now() - CASE WHEN $2 = 'warning' THEN interval '1 minute' ELSE interval '1 day' END
       AND CASE WHEN $2 = ANY ($3) THEN kind = $2 ELSE kind <> ALL ($3) END`,
    [peer, kind, alone],
  );
  const { recent, bytes } = row!;
  if (kind !== 'warning' && bytes + length > (kind === 'receipt' ? DAY_BYTES.receipt : DAY_BYTES.other)) return 'day';
  return kind !== 'receipt' && recent >= perMinute ? 'minute' : undefined;
}

/** Notes for the budget that a peer brought a statement or receipt. One that it brought before is not kept again, and costs it
 *  nothing. */
export async function noteBrought(
  tx: Transaction,
  { peer, kind, digest, body }: { peer: string; kind: 'statement' | 'receipt'; digest: string; body: string },
): Promise<void> {
  await tx.execute(
    'INSERT INTO notices_in (peer, kind, digest, length) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [peer, kind, digest, body.length],
  );
}

export type InNotice = { peer: string; kind: OutNotice['kind']; digest: string; body: string };

/** Lands a notice for the worker, unless as much of it came before.
 *  @returns whether it is news */
export async function landNotice(tx: Transaction, { peer, kind, digest, body }: InNotice): Promise<boolean> {
  const isNews = await tx.execute(
    `INSERT INTO notices_in (peer, kind, digest, length) VALUES ($1, $2, $3, $4)
     ON CONFLICT (peer, kind, digest) DO UPDATE SET length = excluded.length WHERE excluded.length > notices_in.length`,
    [peer, kind, digest, body.length],
  );
  if (isNews === 0) return false;
  await tx.execute('INSERT INTO landing (peer, kind, digest, body) VALUES ($1, $2, $3, $4)', [
    peer,
    kind,
    digest,
    body,
  ]);
  return true;
}
