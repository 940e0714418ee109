// Stored replies: the same request twice has one effect and one answer.

import type { Reader, Transaction } from '../database.ts';

export type RequestName = { lab: string; key: string };
export type StoredReply = RequestName & {
  /** Names the request that the reply belongs to. */
  digest: string;
  status: number;
  /** JSON, as it was sent. */
  reply: string;
};

/** The replies that are there under these names. */
export async function storedReplies(reader: Reader, names: readonly RequestName[]): Promise<StoredReply[]> {
  if (names.length === 0) return [];
  return reader.query<StoredReply>(
    `SELECT lab, key, body_digest AS digest, status, reply FROM idempotency
     JOIN unnest($1::uuid[], $2::text[]) AS asked (lab, key) USING (lab, key)`,
    [names.map(({ lab }) => lab), names.map(({ key }) => key)],
  );
}

/** Keeps replies under names of their own. Waits for another transaction that keeps one under the same name.
 *  @returns how many were kept: fewer when another transaction was first */
export async function insertReplies(tx: Transaction, replies: readonly StoredReply[]): Promise<number> {
  if (replies.length === 0) return 0;
  // In one order everywhere, so that two transactions do not wait for each other.
  return tx.execute(
    `INSERT INTO idempotency (lab, key, body_digest, status, reply)
     SELECT lab, key, digest, status, reply
     FROM json_to_recordset($1) AS r (lab uuid, key text, digest text, status integer, reply text)
     ORDER BY lab, key
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(replies)],
  );
}
