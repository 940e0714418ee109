// Appending a batch to the tiles of a log: which tiles to write, with their new bytes.
import { formatBundle } from './entry-bundle.ts';
import { TlogError } from './errors.ts';
import { assertHash, HASH_SIZE, hashComplete } from './hash.ts';
import { assertSize } from './range.ts';
import { TILE_WIDTH, type Tile } from './tile.ts';

/** Reads the bytes of a partial tile (`partialTiles` names them); undefined when there is none. */
export type ReadPartial = (level: number, index: number) => Uint8Array | undefined;

/** The tiles that change when leaves are appended to a tree of `size` leaves, each once, in its last state.
 *  @param readPartial exactly the bytes of the tile in the tree of `size` leaves.
 *  @throws TlogError `size_invalid`, `hash_length`, `tile_malformed` */
export function extendTiles(size: number, leafHashes: readonly Uint8Array[], readPartial: ReadPartial): Tile[] {
  assertSize(size);
  const tiles: Tile[] = [];
  let before = size;
  let added = leafHashes;
  for (let level = 0; added.length > 0; level++) {
    const extended = extendLevel(level, before, added, readPartial);
    tiles.push(...extended);
    added = extended.filter((tile) => tile.width === TILE_WIDTH).map((tile) => hashComplete(splitHashes(tile.bytes)));
    before = Math.floor(before / TILE_WIDTH);
  }
  return tiles;
}

/** The entry bundles that change when entries are appended to a log of `size` entries, each in its last state.
 *  @param partial exactly the bytes of the partial bundle in the log of `size` entries, if there is one.
 *  @throws TlogError `size_invalid`, `entry_too_long`, `bundle_malformed` */
export function extendBundles(
  size: number,
  entries: readonly Uint8Array[],
  partial: Uint8Array | undefined,
): { index: number; width: number; bytes: Buffer }[] {
  assertSize(size);
  const bundles = [];
  let filled = size % TILE_WIDTH;
  if (filled > 0 !== (partial !== undefined && partial.length > 0)) {
    throw new TlogError('bundle_malformed', `the partial bundle of a log of ${size} entries is missing or too much`);
  }
  let index = Math.floor(size / TILE_WIDTH);
  let head: Uint8Array = partial ?? Buffer.alloc(0);
  for (let at = 0; at < entries.length; ) {
    const part = entries.slice(at, at + TILE_WIDTH - filled);
    bundles.push({ index, width: filled + part.length, bytes: Buffer.concat([head, formatBundle(part)]) });
    at += part.length;
    index += 1;
    filled = 0;
    head = Buffer.alloc(0);
  }
  return bundles;
}

function extendLevel(level: number, before: number, added: readonly Uint8Array[], readPartial: ReadPartial): Tile[] {
  for (const hash of added) assertHash(hash);
  const tiles: Tile[] = [];
  let index = Math.floor(before / TILE_WIDTH);
  let head = readHead(level, index, before % TILE_WIDTH, readPartial);
  for (let at = 0; at < added.length; ) {
    const room = TILE_WIDTH - head.length / HASH_SIZE;
    const part = added.slice(at, at + room);
    const bytes = Buffer.concat([head, ...part]);
    tiles.push({ level, index, width: bytes.length / HASH_SIZE, bytes });
    at += part.length;
    index += 1;
    head = Buffer.alloc(0);
  }
  return tiles;
}

function readHead(level: number, index: number, width: number, readPartial: ReadPartial): Uint8Array {
  if (width === 0) return Buffer.alloc(0);
  const bytes = readPartial(level, index);
  if (bytes?.length !== width * HASH_SIZE) {
    throw new TlogError('tile_malformed', `tile ${level}/${index} has ${bytes?.length} bytes, not ${width} hashes`);
  }
  return bytes;
}

function splitHashes(bytes: Buffer): Buffer[] {
  const hashes: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += HASH_SIZE) hashes.push(bytes.subarray(at, at + HASH_SIZE));
  return hashes;
}
