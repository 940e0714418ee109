// Nodes of a peer's log out of our mirror of it: two tiles of each level at most, those of its leaves out of the entries.

import type { Asker } from '@detente/store/database';
import { readMirrored, readMirrorTiles } from '@detente/store/exchange';
import { hashLeaf, type Node, type ReadNode, tileReader, tilesForNodes } from '@detente/tlog';
import { bundleLength, parseEntries } from './entries.ts';

/** @param size leaves of the tree that the nodes are of
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
    const leaves = await readMirrored(reader, { log, index, length: bundleLength(width) });
    tiles.push({ level, index, bytes: Buffer.concat(parseEntries(leaves ?? Buffer.alloc(0), width).map(hashLeaf)) });
  }
  return tileReader(tiles);
}
