// Which bytes of the log a tile's address stands for (C2SP tlog-tiles).

import { HASH_SIZE, parseTilePath, TlogError, tileWidth } from '@detente/tlog';

export type TileRequest = ReturnType<typeof parseTilePath>;

/** An entry of this log is always 32 bytes, in a bundle behind its length in two. */
const bundledEntry = 2 + HASH_SIZE;

/** What an address below `tile/` asks for; undefined when it is no tile's, or not in its one spelling. */
export function readTileAddress(path: string): TileRequest | undefined {
  try {
    return parseTilePath(`tile/${path}`);
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Bytes that the tile or bundle has. A partial one is the start of a fuller one. */
export function tileLength({ level, width }: TileRequest): number {
  return width * (level === 'entries' ? bundledEntry : HASH_SIZE);
}

/** Whether a tree of `size` leaves holds the whole of what is asked for. */
export function isReached({ level, index, width }: TileRequest, size: number): boolean {
  return width <= tileWidth({ level: level === 'entries' ? 0 : level, index }, size);
}
