// Offers and standings that may count on a day: the reader of the worker, and of casework.

import type { Asker } from './database.ts';

export type BegunStatement = { seq: number; digest: string; body: Record<string, unknown> };

/** Of so many of the newest statements are those sought that have begun. */
const BEGUN_AMONG = 1000;

/** The newest offers or standings from one node to another that have begun by a day, `YYYY-MM-DD`, newest first. One before a
 *  thousand that have not begun is not sought: whoever signs those must not make each look longer than the one before.
 *  @param most how many */
export async function begunStatements(
  home: Asker,
  { typ, iss, aud, day, most }: { typ: string; iss: string; aud: string; day: string; most: number },
): Promise<BegunStatement[]> {
  return home.query<BegunStatement>(
    `SELECT seq, digest, body
     FROM (SELECT * FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3 AND void_at IS NULL
           ORDER BY seq DESC LIMIT $5) newest
     WHERE coalesce(body ->> 'valid_from', body ->> 'since') <= $4 ORDER BY seq DESC LIMIT $6`,
    [iss, typ, aud, day, BEGUN_AMONG, most],
  );
}
