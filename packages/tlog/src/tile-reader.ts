// Nodes of a tree out of its tiles.
import { TlogError } from './errors.ts';
import { HASH_SIZE, hashNode } from './hash.ts';
import type { ReadNode } from './range.ts';
import { placeInTile, type TileId } from './tile.ts';

/** A reader of nodes over tiles in memory, for proofs, gaps and frontiers. Inner nodes are hashed once.
 *  @param tiles those that `tilesForNodes` names; a wider state of the same tile serves too.
 *  @returns throws TlogError `tile_missing` when a node lies outside of the tiles. */
export function tileReader(tiles: Iterable<TileId & { bytes: Uint8Array }>): ReadNode {
  const held = new Map<string, Buffer>();
  for (const { level, index, bytes } of tiles) {
    if (bytes.length === 0 || bytes.length % HASH_SIZE !== 0 || bytes.length > 256 * HASH_SIZE) {
      throw new TlogError('tile_malformed', `tile ${level}/${index} has ${bytes.length} bytes`);
    }
    held.set(`${level}/${index}`, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  const inner = new Map<string, Buffer>();

  return function read(level: number, index: number): Buffer {
    const place = placeInTile({ level, index });
    if (place.count === 1) return hashInTile(held, place, level, index);
    const key = `${level}/${index}`;
    let hash = inner.get(key);
    if (hash === undefined) {
      hash = hashNode(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
      inner.set(key, hash);
    }
    return hash;
  };
}

function hashInTile(held: Map<string, Buffer>, place: TileId & { first: number }, level: number, index: number) {
  const at = place.first * HASH_SIZE;
  const hash = held.get(`${place.level}/${place.index}`)?.subarray(at, at + HASH_SIZE);
  if (hash === undefined || hash.length !== HASH_SIZE) {
    throw new TlogError('tile_missing', `node ${level}/${index} lies in tile ${place.level}/${place.index}`);
  }
  return hash;
}
