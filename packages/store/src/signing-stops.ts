// Why this node's log stands still: the reader of all roles that may look, and what the worker writes.

import type { Asker, Transaction } from './database.ts';

/** Held by whoever appends to the log, signs it, stops both or wants leaves of it; shared by those who land such leaves. */
export const SEQUENCER_LOCK = 7101;

export type StopKind = 'damaged' | 'unasked' | 'behind';

export type SigningStop = {
  kind: StopKind;
  /** A sentence for the officer. */
  reason: string;
  /** The first leaf that is damaged, or the size that a peer has seen. */
  place: number | null;
  at: Date;
};

/** Everything that keeps the log from being continued and signed. */
export async function readStops(border: Asker): Promise<SigningStop[]> {
  return border.query<SigningStop>('SELECT kind, reason, place, at FROM signing_stops ORDER BY kind');
}

/** Stops signing, or says anew why it is stopped. Once it is committed nothing is on its way any more.
 *  @returns whether that is news */
export async function stopSigning(tx: Transaction, stop: Omit<SigningStop, 'at'>): Promise<boolean> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
  const changed = await tx.execute(
    `INSERT INTO signing_stops (kind, reason, place) VALUES ($1, $2, $3)
     ON CONFLICT (kind) DO UPDATE SET reason = excluded.reason, place = excluded.place, at = now()
       WHERE (signing_stops.reason, signing_stops.place) IS DISTINCT FROM (excluded.reason, excluded.place)`,
    [stop.kind, stop.reason, stop.place],
  );
  return changed === 1;
}

export async function resumeSigning(tx: Transaction, kind: StopKind): Promise<void> {
  await tx.execute('DELETE FROM signing_stops WHERE kind = $1', [kind]);
}
