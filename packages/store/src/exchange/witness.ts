// What this node has cosigned of its peers' logs.

import type { Asker, Transaction } from '../database.ts';
import { COLUMNS, type Peer } from './peers.ts';

/** The enrolled peer whose log has this name. An expelled one is as unknown as a stranger, and so is one of which nobody else may
 *  know: whoever asks has no name. */
export async function peerByLog(reader: Asker, log: string): Promise<Peer | undefined> {
  const [row] = await reader.query<Peer>(
    `SELECT ${COLUMNS} FROM peers WHERE log_name = $1 AND listed AND status IN ('active', 'suspended')`,
    [log],
  );
  return row;
}

/** `note`: the checkpoint as its log signed it, with our cosignature. */
export type Witnessed = { size: number; root: Buffer; note: string };

/** What was cosigned last of a log. */
export async function readWitnessed(reader: Asker, log: string): Promise<Witnessed | undefined> {
  const [row] = await reader.query<Witnessed>('SELECT size, root, note FROM witnessed WHERE log = $1', [log]);
  return row;
}

/** The note of the log whose name has this SHA-256, lower-case hex, if others may know that it is a peer's. */
export async function findWitnessed(reader: Asker, hash: string): Promise<string | undefined> {
  const [row] = await reader.query<{ note: string }>(
    `SELECT note FROM witnessed JOIN peers ON origin = peer
     WHERE listed AND encode(sha256(convert_to(log, 'UTF8')), 'hex') = $1`,
    [hash],
  );
  return row?.note;
}

/** Moves what is held of a log from one size to another, or to the same again, and keeps it as the last of its UTC day.
 *  @param next.oldSize what was held when the checkpoint was found to continue it; 0 for nothing
 *  @param next.replaces the note of what is held, where it does not count: it is replaced whatever its size
 *  @returns false when another call has moved it; then nothing was changed */
export async function storeWitnessed(
  tx: Transaction,
  next: Witnessed & { log: string; peer: string; oldSize: number; replaces?: string | undefined },
): Promise<boolean> {
  const count = await tx.execute(
    `INSERT INTO witnessed (log, peer, size, root, note) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (log) DO UPDATE
     SET size = excluded.size, root = excluded.root, note = excluded.note, cosigned_at = now(), refused_at = NULL
     WHERE coalesce(witnessed.note = $7, witnessed.size = $6)`,
    [next.log, next.peer, next.size, next.root, next.note, next.oldSize, next.replaces ?? null],
  );
  if (count !== 1) return false;
  await tx.execute(
    `INSERT INTO witnessed_days (log, peer, day, at, note) VALUES ($1, $2, (now() AT TIME ZONE 'utc')::date, now(), $3)
     ON CONFLICT (log, day) DO UPDATE SET at = excluded.at, note = excluded.note`,
    [next.log, next.peer, next.note],
  );
  return true;
}

/** Notes that a log has offered a checkpoint that does not continue what was cosigned. */
export async function noteRefused(tx: Transaction, log: string): Promise<void> {
  await tx.execute('UPDATE witnessed SET refused_at = now() WHERE log = $1', [log]);
}
