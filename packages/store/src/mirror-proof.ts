// Peers' logs out of our mirrors of them, and what is proven from there: by the exchange of what it passes on, by casework of what it
// hands over.

import {
  hashLeaf,
  inclusionProof,
  type Node,
  nodesForInclusion,
  parseBundle,
  parseCheckpoint,
  parseNote,
  type ReadNode,
  TlogError,
  tileReader,
  tilesForNodes,
} from '@detente/tlog';
import type { Asker } from './database.ts';

/** A checkpoint that was verified before it was kept. */
export type KeptCheckpoint = { size: number; note: string };

/** The largest checkpoint of a log that is mirrored whole, and the one that we cosigned last, with our cosignature. */
export async function readLogNotes(
  reader: Asker,
  log: string,
): Promise<{ mirrored: KeptCheckpoint | undefined; cosigned: KeptCheckpoint | undefined }> {
  const [row] = await reader.query<{ mirrored: string | null; cosigned: string | null }>(
    `SELECT (SELECT note FROM mirrors WHERE log = $1) AS mirrored,
       (SELECT note FROM witnessed WHERE log = $1 AND refused_at IS NULL) AS cosigned`,
    [log],
  );
  return { mirrored: checkpointOf(row!.mirrored), cosigned: checkpointOf(row!.cosigned) };
}

function checkpointOf(note: string | null): KeptCheckpoint | undefined {
  return note === null ? undefined : { size: parseCheckpoint(parseNote(note).text).size, note };
}

/** To which an entry is proven: the one that we cosigned if it shows it, else the largest that is mirrored.
 *  @returns undefined while the mirror does not show it */
export function checkpointFor(
  index: number,
  { mirrored, cosigned }: Awaited<ReturnType<typeof readLogNotes>>,
): KeptCheckpoint | undefined {
  if (mirrored === undefined || index >= mirrored.size) return undefined;
  return cosigned && index < cosigned.size && cosigned.size <= mirrored.size ? cosigned : mirrored;
}

/** The inclusion proof of an entry of a mirrored log; undefined when what is mirrored is damaged. */
export async function proveMirrored(
  reader: Asker,
  { log, index, size }: { log: string; index: number; size: number },
): Promise<Buffer[] | undefined> {
  try {
    return inclusionProof(
      index,
      size,
      await readMirrorNodes(reader, log, { nodes: nodesForInclusion(index, size), size }),
    );
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Nodes of a mirrored log: two tiles of each level at most, those of its leaves out of the entries.
 *  @param size leaves of the tree that the nodes are of
 *  @throws TlogError when what is mirrored is damaged or shorter */
export async function readMirrorNodes(
  reader: Asker,
  log: string,
  { nodes, size }: { nodes: readonly Node[]; size: number },
): Promise<ReadNode> {
  const needed = tilesForNodes(nodes, size);
  const tiles = await readMirrorTiles(
    reader,
    log,
    needed.filter(({ level }) => level > 0),
  );
  for (const { level, index, width } of needed) {
    if (level > 0) continue;
    const leaves = await readMirrored(reader, { log, index, length: width * ENTRY });
    tiles.push({ level, index, bytes: Buffer.concat(parseBundle(leaves ?? Buffer.alloc(0), width).map(hashLeaf)) });
  }
  return tileReader(tiles);
}

/** Bytes of an entry of a log like ours: a leaf of 32 behind its length. */
const ENTRY = 34;

/** The start of a mirrored bundle: possibly fewer bytes than were asked for; undefined when there are none.
 *  @param length bytes wanted */
export async function readMirrored(
  reader: Asker,
  { log, index, length }: { log: string; index: number; length: number },
): Promise<Buffer | undefined> {
  const [row] = await reader.query<{ leaves: Buffer }>(
    'SELECT substring(leaves FROM 1 FOR $3) AS leaves FROM mirror_entries WHERE log = $1 AND index = $2',
    [log, index, length],
  );
  return row?.leaves;
}

/** A tile of a mirrored log, from level 1 up. */
export type MirrorTile = { level: number; index: number; bytes: Buffer };

/** The tiles that are there of those that are asked for, from level 1 up. */
export async function readMirrorTiles(
  reader: Asker,
  log: string,
  tiles: readonly Pick<MirrorTile, 'level' | 'index'>[],
): Promise<MirrorTile[]> {
  return reader.query<MirrorTile>(
    `SELECT level, index, hashes AS bytes FROM mirror_tiles JOIN unnest($2::integer[], $3::bigint[]) AS t (level, index)
     USING (level, index) WHERE log = $1`,
    [log, tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
  );
}
