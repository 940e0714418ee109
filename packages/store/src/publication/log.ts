// The log as C2SP tlog-tiles shows it: only as far as a checkpoint is signed.

import type { Asker, Reader } from '../database.ts';

/** Whether others may have seen more of the log than is here. What was signed last here is then not to be shown as the newest. */
export async function isDoubted(reader: Asker): Promise<boolean> {
  return (await reader.query(`SELECT FROM signing_stops WHERE kind IN ('unasked', 'behind')`)).length > 0;
}

/** The signed note of the largest checkpoint, with the cosignatures that it has. */
export async function latestCheckpoint(reader: Reader): Promise<string | undefined> {
  const rows = await reader.query<{ note: string }>(`SELECT ${COSIGNED} FROM checkpoints c ORDER BY size DESC LIMIT 1`);
  return rows[0]?.note;
}

/** The signed note of the largest checkpoint that at least so many witnesses have cosigned, with their lines. */
export async function latestCosigned(reader: Reader, required: number): Promise<string | undefined> {
  if (required === 0) return latestCheckpoint(reader);
  const rows = await reader.query<{ note: string }>(
    `SELECT ${COSIGNED} FROM checkpoints c
     WHERE size = (SELECT size FROM cosignatures GROUP BY size HAVING count(*) >= $1 ORDER BY size DESC LIMIT 1)`,
    [required],
  );
  return rows[0]?.note;
}

const COSIGNED = `note || coalesce(
  (SELECT string_agg(line, '' ORDER BY peer) FROM cosignatures k WHERE k.size = c.size), '') AS note`;

export type TileName = { level: number | 'entries'; index: number };

/** The start of a tile or of an entry bundle, as they are stored: finished bytes.
 *  @param length bytes wanted
 *  @returns the size of the tree of the largest checkpoint, 0 without one, and the bytes: possibly fewer, or null */
export async function readTile(
  reader: Asker,
  { level, index }: TileName,
  length: number,
): Promise<{ size: number; bytes: Buffer | null }> {
  const [bytes, values] =
    level === 'entries'
      ? ['SELECT substring(leaves FROM 1 FOR $1) FROM entries WHERE index = $2', [length, index]]
      : ['SELECT substring(hashes FROM 1 FOR $1) FROM tiles WHERE index = $2 AND level = $3', [length, index, level]];
  const rows = await reader.query<{ size: number; bytes: Buffer | null }>(
    `SELECT (SELECT coalesce(max(size), 0) FROM checkpoints) AS size, (${bytes}) AS bytes`,
    values,
  );
  return rows[0]!;
}
