// Carrying the turns of offers forward.

import type { OfferTurn } from '@detente/reciprocity';
import type { Asker, Transaction } from '../database.ts';
import type { OfferStatement, OfferWay } from '../offers.ts';

/** `turns`: those that were found before; null where they are to be found. */
export type OfferToTurn = OfferStatement & { turns: OfferTurn[] | null };

/** The oldest offers from one node to another whose turns are still to be found, and those behind them; in order. */
export async function offersToTurn(home: Asker, { iss, aud }: OfferWay, limit: number): Promise<OfferToTurn[]> {
  return home.query<OfferToTurn>(
    `SELECT seq, digest, body, received_at, turns FROM statements
     WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND seq >= (
       SELECT min(seq) FROM statements
       WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND turns IS NULL)
     ORDER BY seq LIMIT $3`,
    [iss, aud, limit],
  );
}

/** Keeps the turns after each of some offers. */
export async function storeOfferTurns(
  tx: Transaction,
  { iss, aud }: OfferWay,
  found: readonly { seq: number; turns: readonly OfferTurn[] }[],
): Promise<void> {
  await tx.execute(
    `UPDATE statements s SET turns = f.turns FROM json_to_recordset($3::json) AS f (seq bigint, turns jsonb)
     WHERE s.iss = $1 AND s.typ = 'detente-offer+jwt' AND s.aud = $2 AND s.void_at IS NULL AND s.seq = f.seq`,
    [iss, aud, JSON.stringify(found)],
  );
}

/** Has the turns of the first offer behind a sequence number, and so of all behind it, found anew. */
export async function askTurns(tx: Transaction, { iss, aud }: OfferWay, behind: number): Promise<void> {
  await tx.execute(
    `UPDATE statements SET turns = NULL
     WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND turns IS NOT NULL AND seq = (
       SELECT min(seq) FROM statements
       WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND seq > $3)`,
    [iss, aud, behind],
  );
}

/** How many offers with a higher sequence number are kept, so many at most. */
export async function offersBehind(home: Asker, { iss, aud }: OfferWay, seq: number, most: number): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT FROM statements
       WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND seq > $3 LIMIT $4) behind`,
    [iss, aud, seq, most],
  );
  return row!.count;
}
