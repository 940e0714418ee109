// What a proof from the own log is made of: a checkpoint, who has cosigned it, and the descriptors that name the keys.

import type { Reader } from './database.ts';

export type ProofParts = {
  size: number;
  /** The checkpoint as the log signed it. */
  note: string;
  /** Our newest descriptor. */
  descriptor: string | null;
  /** Cosignature lines, each with the newest descriptor of the peer whose witness wrote it. */
  cosignatures: { line: string; descriptor: string }[];
};

/** The parts for an entry: of the newest checkpoint that shows it, or of the newest that a witness has cosigned.
 *  @param index place of the entry in the log
 *  @returns undefined while there is none */
export async function readProofParts(
  border: Reader,
  index: number,
  { cosigned }: { cosigned: boolean },
): Promise<ProofParts | undefined> {
  const [row] = await border.query<ProofParts>(
    `SELECT size, note, (SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1) AS descriptor,
       (SELECT coalesce(json_agg(json_build_object('line', line, 'descriptor', descriptor) ORDER BY peer), '[]')
        FROM cosignatures JOIN peers ON origin = peer
        WHERE cosignatures.size = checkpoints.size AND descriptor IS NOT NULL) AS cosignatures
     FROM checkpoints
     WHERE size = (SELECT max(size) FROM ${cosigned ? 'cosignatures' : 'checkpoints'}) AND size > $1`,
    [index],
  );
  return row;
}

/** Tiles of the own log, as wide as they are now. */
export async function readTiles(border: Reader, ids: readonly { level: number; index: number }[]) {
  return border.query<{ level: number; index: number; bytes: Buffer }>(
    `SELECT level, index, hashes AS bytes FROM tiles JOIN unnest($1::smallint[], $2::bigint[]) AS t (l, i)
     ON level = l AND index = i`,
    [ids.map((id) => id.level), ids.map((id) => id.index)],
  );
}
