// The standing that counts on a day: the reader of the worker, and of casework.

import type { Asker } from './database.ts';

/** Of so many of the newest is the one sought that has begun: whoever signs those of days to come must not make each look longer
 *  than the one before. */
const BEGUN_AMONG = 1000;

/** The newest standing from one node to another that has begun by a day, `YYYY-MM-DD`. */
export async function standingOfDay(
  home: Asker,
  { iss, aud, day }: { iss: string; aud: string; day: string },
): Promise<{ seq: number; digest: string; body: Record<string, unknown> } | undefined> {
  const [standing] = await home.query<{ seq: number; digest: string; body: Record<string, unknown> }>(
    `SELECT seq, digest, body
     FROM (SELECT * FROM statements WHERE iss = $1 AND typ = 'detente-standing+jwt' AND aud = $2 AND void_at IS NULL
           ORDER BY seq DESC LIMIT $4) newest
     WHERE body ->> 'since' <= $3 ORDER BY seq DESC LIMIT 1`,
    [iss, aud, day, BEGUN_AMONG],
  );
  return standing;
}
