// Offers and which of them counts from which day on: the reader of the worker, and of casework.

import type { OfferTurn } from '@detente/reciprocity';
import type { Asker } from './database.ts';

/** From which node to which. */
export type OfferWay = { iss: string; aud: string };
export type OfferStatement = { seq: number; digest: string; body: Record<string, unknown>; received_at: Date };

/** The turns after the newest offer, or after the one before a sequence number, and the offers that they name: so many rows however
 *  many offers there are. */
export async function offerTurns(
  home: Asker,
  { iss, aud }: OfferWay,
  before: number | null = null,
): Promise<{ turns: OfferTurn[]; offers: OfferStatement[] }> {
  const [newest] = await home.query<{ turns: OfferTurn[] }>(
    `SELECT turns FROM statements
     WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND turns IS NOT NULL
       AND ($3::bigint IS NULL OR seq < $3)
     ORDER BY seq DESC LIMIT 1`,
    [iss, aud, before],
  );
  const turns = newest?.turns ?? [];
  const offers = await offersNumbered(home, { iss, aud }, [...new Set(turns.map(({ seq }) => seq))]);
  return { turns, offers };
}

/** Offers by their sequence numbers. */
export async function offersNumbered(
  home: Asker,
  { iss, aud }: OfferWay,
  numbers: readonly number[],
): Promise<OfferStatement[]> {
  if (numbers.length === 0) return [];
  return home.query<OfferStatement>(
    `SELECT seq, digest, body, received_at FROM statements
     WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND seq = ANY ($3::bigint[])
     ORDER BY seq`,
    [iss, aud, numbers],
  );
}

/** The offer that counts on a day, `YYYY-MM-DD`. */
export async function offerOfDay(
  home: Asker,
  { iss, aud, day }: OfferWay & { day: string },
): Promise<OfferStatement | undefined> {
  const [offer] = await home.query<OfferStatement>(
    `SELECT seq, digest, body, received_at FROM statements
     WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND seq = (
       SELECT (turn ->> 'seq')::bigint
       FROM (SELECT turns FROM statements
             WHERE iss = $1 AND typ = 'detente-offer+jwt' AND aud = $2 AND void_at IS NULL AND turns IS NOT NULL
             ORDER BY seq DESC LIMIT 1) newest
         CROSS JOIN LATERAL jsonb_array_elements(newest.turns) turn
       WHERE turn ->> 'from' <= $3 ORDER BY turn ->> 'from' DESC LIMIT 1)`,
    [iss, aud, day],
  );
  return offer;
}
