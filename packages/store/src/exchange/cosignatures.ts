// What peers' witnesses have signed of our own log.

import type { Asker, Transaction } from '../database.ts';

/** A checkpoint of our own log, and what a peer's witness is known to hold of it: 0 for nothing. */
export type ToCosign = { size: number; note: string; held: number };

/** The checkpoint that all witnesses are asked to sign now: the newest from before the last full multiple of the rhythm, so
 *  that it is the same for all of them. Undefined before there is one, and once this peer's has signed it.
 *  @param everyMs the rhythm, counted from the epoch by the clock that dated the checkpoints */
export async function checkpointToCosign(reader: Asker, peer: string, everyMs: number): Promise<ToCosign | undefined> {
  const [row] = await reader.query<ToCosign>(
    `SELECT c.size, c.note, coalesce((SELECT max(size) FROM cosignatures WHERE peer = $1), 0) AS held
     FROM checkpoints c
     WHERE made_at < to_timestamp(floor(extract(epoch FROM now()) * 1000 / $2::bigint) * $2::bigint / 1000)
     ORDER BY c.size DESC LIMIT 1`,
    [peer, everyMs],
  );
  return row && row.held < row.size ? row : undefined;
}

/** Keeps a verified signature line, and that nothing is wrong with the peer's witness. */
export async function storeCosignature(
  tx: Transaction,
  { size, peer, line }: { size: number; peer: string; line: string },
): Promise<void> {
  await tx.execute('INSERT INTO cosignatures (size, peer, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    size,
    peer,
    line,
  ]);
  await noteWitnessFault(tx, peer, null);
}

/** Why a peer's witness did not sign; null when it did. */
export async function noteWitnessFault(tx: Transaction, peer: string, fault: string | null): Promise<void> {
  await tx.execute(
    `INSERT INTO cursors (peer, witness_fault) VALUES ($1, $2)
     ON CONFLICT (peer) DO UPDATE SET witness_fault = $2 WHERE cursors.witness_fault IS DISTINCT FROM $2`,
    [peer, fault],
  );
}
