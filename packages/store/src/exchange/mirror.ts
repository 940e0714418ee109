// Peers' logs as this node mirrors them, and what it has seen of each.

import type { Asker, Transaction } from '../database.ts';
import type { MirrorTile } from '../mirror-proof.ts';

/** How far a log is mirrored, and the largest checkpoint that is mirrored whole; nothing when the frontier is empty. */
export type Mirror = { size: number; frontier: Buffer; note: string | null };

export async function readMirror(reader: Asker, log: string): Promise<Mirror> {
  const [row] = await reader.query<Mirror>('SELECT size, frontier, note FROM mirrors WHERE log = $1', [log]);
  return row ?? { size: 0, frontier: Buffer.alloc(0), note: null };
}

/** `paged`: it came with a page, and was held against all that came before it. */
export type SeenCheckpoint = { note: string; paged: boolean };

/** Every newest checkpoint of a peer's log that was verified here: with a page, to be cosigned, and to mirror it. */
export async function seenCheckpoints(
  reader: Asker,
  { peer, log }: { peer: string; log: string },
): Promise<SeenCheckpoint[]> {
  return reader.query<SeenCheckpoint>(
    `SELECT checkpoint AS note, true AS paged FROM cursors WHERE peer = $1 AND checkpoint IS NOT NULL
     UNION ALL SELECT note, false FROM witnessed WHERE log = $2
     UNION ALL SELECT note, false FROM mirrors WHERE log = $2 AND note IS NOT NULL`,
    [peer, log],
  );
}

export type Mirrored = Mirror & {
  log: string;
  peer: string;
  /** Where the mirror ended before; `note` is null while it ends below the checkpoint that it goes for. */
  oldSize: number;
  /** What is new of each bundle. */
  bundles: readonly { index: number; leaves: Buffer }[];
  /** The tiles above them that changed, whole. */
  tiles: readonly MirrorTile[];
};

/** Adds verified entries.
 *  @returns false when another call has added some meanwhile; then nothing was changed */
export async function storeMirrored(tx: Transaction, added: Mirrored): Promise<boolean> {
  const { log, peer, oldSize, size, frontier, note, bundles, tiles } = added;
  const moved = await tx.execute(
    `INSERT INTO mirrors (log, peer, size, frontier, note) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, frontier = excluded.frontier,
       note = coalesce(excluded.note, mirrors.note), fault = NULL, fault_at = NULL
     WHERE mirrors.size = $6`,
    [log, peer, size, frontier, note, oldSize],
  );
  if (moved !== 1) return false;
  await tx.execute(
    `INSERT INTO mirror_entries (log, index, leaves) SELECT $1, * FROM unnest($2::bigint[], $3::bytea[])
     ON CONFLICT (log, index) DO UPDATE SET leaves = mirror_entries.leaves || excluded.leaves`,
    [log, bundles.map(({ index }) => index), bundles.map(({ leaves }) => leaves)],
  );
  await tx.execute(
    `INSERT INTO mirror_tiles (log, level, index, hashes)
     SELECT $1, * FROM unnest($2::integer[], $3::bigint[], $4::bytea[])
     ON CONFLICT (log, level, index) DO UPDATE SET hashes = excluded.hashes`,
    [log, tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ bytes }) => bytes)],
  );
  return true;
}

/** Notes that what is mirrored of a log does not lead to its checkpoint. */
export async function noteMirrorDamage(tx: Transaction, log: string): Promise<void> {
  const fault = 'what is mirrored is damaged, and proves none of its records';
  await tx.execute('UPDATE mirrors SET fault = $2, fault_at = now() WHERE log = $1', [log, fault]);
}

/** Notes why a log could not be mirrored further; what is mirrored stays. */
export async function noteMirrorFault(
  tx: Transaction,
  { log, peer, fault }: { log: string; peer: string; fault: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO mirrors (log, peer, fault, fault_at) VALUES ($1, $2, $3, now())
     ON CONFLICT (log) DO UPDATE SET fault = excluded.fault, fault_at = now()`,
    [log, peer, fault],
  );
}
