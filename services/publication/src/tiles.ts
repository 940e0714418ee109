// Which bytes of the log a tile's address stands for (C2SP tlog-tiles).

import { formatBundle, HASH_SIZE, parseTilePath, TlogError, tileWidth } from '@detente/tlog';

export type TileRequest = ReturnType<typeof parseTilePath>;

/** What an address below `tile/` asks for; undefined when it is no tile's, or not in its one spelling. */
export function readTileAddress(path: string): TileRequest | undefined {
  try {
    return parseTilePath(`tile/${path}`);
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** The bytes to serve; undefined when the signed tree does not reach that far. A partial tile is the start of a fuller one,
 *  of any width up to what the tree holds.
 *  @param size of the tree of the latest checkpoint
 *  @param stored the first `width` hashes or entries of 32 bytes, as they are stored */
export function tileBytes(request: TileRequest, size: number, stored: Buffer | null): Buffer | undefined {
  const { level, index, width } = request;
  const reached = tileWidth({ level: level === 'entries' ? 0 : level, index }, size);
  if (width > reached) return undefined;
  if (stored?.length !== width * HASH_SIZE)
    throw new Error(`a checkpoint of ${size} leaves is signed, but tile ${level}/${index} is not there in full`);
  return level === 'entries' ? formatBundle(splitEntries(stored)) : stored;
}

function splitEntries(leaves: Buffer): Buffer[] {
  const count = leaves.length / HASH_SIZE;
  return Array.from({ length: count }, (_, at) => leaves.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE));
}
