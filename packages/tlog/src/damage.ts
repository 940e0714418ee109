// Whether the stored rows of a log fit one another and what was signed. What does not fit is named by its first leaf.
import { formatFrontier, nodesForFrontier, readFrontier, rootOf } from './frontier.ts';
import { HASH_SIZE, hashComplete, hashLeaf } from './hash.ts';
import { cover } from './range.ts';
import { partialTiles, TILE_WIDTH, type TileId, tilesForNodes, tileWidth } from './tile.ts';
import { tileReader } from './tile-reader.ts';

const ENTRY_SIZE = 2 + HASH_SIZE;

/** `entry`: a leaf and its hash; `tile`: a hash and the tile below it; `root`: the tiles and the signed root; `frontier`: it and
 *  the tiles. `place` is the first leaf that they stand for. */
export type LogDamage = { code: 'entry' | 'tile' | 'root' | 'frontier'; place: number };

/** Rows as they are stored, of a log whose entries have 32 bytes each. */
export type LogRows = {
  tile(level: number, index: number): Uint8Array | undefined;
  bundle(index: number): Uint8Array | undefined;
};

/** The log as it claims to be, and the newest root that was signed. */
export type ClaimedLog = {
  size: number;
  frontier: Uint8Array;
  signed: { size: number; root: Uint8Array } | undefined;
};

/** The tile of leaf hashes and all above it: what `damageOfTile` reads beside the entry bundle. */
export function tilesAbove(index: number, size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0, at = index; tileWidth({ level, index: at }, size) > 0; level++) {
    tiles.push({ level, index: at });
    at = Math.floor(at / TILE_WIDTH);
  }
  return tiles;
}

/** Whether the entries of a bundle have the hashes of their tile, and the tile the hash that stands for it above.
 *  @param above whether the full tiles above are compared with theirs too; otherwise that is done with the last tile below them,
 *    so that who asks for one after the other looks at each once */
export function damageOfTile(rows: LogRows, index: number, size: number, above: boolean): LogDamage | undefined {
  const wrong = firstWrongEntry(rows, index, tileWidth({ level: 0, index }, size));
  if (wrong !== undefined) return { code: 'entry', place: index * TILE_WIDTH + wrong };
  for (let level = 0, at = index; tileWidth({ level, index: at }, size) === TILE_WIDTH; level++) {
    const isWhole = isHashOf(rows, { level, index: at });
    if (!isWhole) return { code: 'tile', place: at * TILE_WIDTH ** (level + 1) };
    if (!above && at % TILE_WIDTH !== TILE_WIDTH - 1) break;
    at = Math.floor(at / TILE_WIDTH);
  }
  return undefined;
}

function firstWrongEntry(rows: LogRows, index: number, width: number): number | undefined {
  const hashes = Buffer.from(rows.tile(0, index) ?? []);
  const bundle = Buffer.from(rows.bundle(index) ?? []);
  for (let i = 0; i < width; i++) {
    const entry = bundle.subarray(i * ENTRY_SIZE, (i + 1) * ENTRY_SIZE);
    const isEntry = entry.length === ENTRY_SIZE && entry.readUInt16BE() === HASH_SIZE;
    if (!isEntry || !hashLeaf(entry.subarray(2)).equals(hashAt(hashes, i))) return i;
  }
  return bundle.length === width * ENTRY_SIZE && hashes.length === width * HASH_SIZE ? undefined : width - 1;
}

/** Whether the hash above a full tile is the tile's. */
function isHashOf(rows: LogRows, { level, index }: TileId): boolean {
  const tile = Buffer.from(rows.tile(level, index) ?? []);
  if (tile.length !== TILE_WIDTH * HASH_SIZE) return false;
  const hashes = Array.from({ length: TILE_WIDTH }, (_, i) => hashAt(tile, i));
  const above = Buffer.from(rows.tile(level + 1, Math.floor(index / TILE_WIDTH)) ?? []);
  return hashComplete(hashes).equals(hashAt(above, index % TILE_WIDTH));
}

function hashAt(tile: Buffer, i: number): Buffer {
  return tile.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE);
}

/** What `damageOfTail` reads: the tiles and entry bundles since the newest signature, and those that make up both roots. */
export function rowsOfTail({ size, signed }: Pick<ClaimedLog, 'size' | 'signed'>): {
  tiles: TileId[];
  bundles: number[];
} {
  const bundles = tailTiles(size, signed?.size ?? 0);
  const roots = [size, signed?.size ?? 0].flatMap((of) => tilesForNodes(nodesForFrontier(of), of));
  return { tiles: [...bundles.flatMap((index) => tilesAbove(index, size)), ...roots], bundles };
}

/** The last tile of leaf hashes that the signature reaches, and those behind it. */
function tailTiles(size: number, signed: number): number[] {
  const first = Math.max(0, Math.ceil(signed / TILE_WIDTH) - 1);
  return Array.from({ length: Math.ceil(size / TILE_WIDTH) - first }, (_, i) => first + i);
}

/** Whether the edge of the log leads to the newest root that was signed, and the frontier continues it.
 *  @param log whose `size` is not below the signed one */
export function damageOfTail(rows: LogRows, { size, frontier, signed }: ClaimedLog): LogDamage | undefined {
  for (const index of tailTiles(size, signed?.size ?? 0)) {
    const damage = damageOfTile(rows, index, size, true);
    if (damage) return damage;
  }
  for (const { level, index, width } of partialTiles(size)) {
    const held = Math.floor((rows.tile(level, index)?.length ?? 0) / HASH_SIZE);
    if (held !== width)
      return { code: 'tile', place: (index * TILE_WIDTH + Math.min(held, width)) * TILE_WIDTH ** level };
  }
  const isSigned = !signed || rootOf(frontierOf(rows, signed.size)).equals(signed.root);
  if (!isSigned) return { code: 'root', place: 0 };
  return damageOfFrontier(formatFrontier(frontierOf(rows, size)), frontier, size);
}

function frontierOf(rows: LogRows, size: number) {
  const tiles = tilesForNodes(nodesForFrontier(size), size).map(({ level, index }) => ({
    ...{ level, index },
    bytes: rows.tile(level, index) ?? Buffer.alloc(HASH_SIZE),
  }));
  return readFrontier(size, tileReader(tiles));
}

function damageOfFrontier(right: Buffer, held: Uint8Array, size: number): LogDamage | undefined {
  // An empty log has none yet.
  if (right.equals(held) || (size === 0 && held.length === 0)) return undefined;
  const node = cover(0, size).find((_, i) => {
    const [from, to] = [8 + i * HASH_SIZE, 8 + (i + 1) * HASH_SIZE];
    return !right.subarray(from, to).equals(held.subarray(from, to));
  });
  return { code: 'frontier', place: node?.start ?? size };
}

/** Where a partial tile above the leaves' differs from the tiles below it: what a wrong root comes from. */
export function damageBelow(rows: LogRows, { level, index, width }: TileId & { width: number }): LogDamage | undefined {
  for (let at = index * TILE_WIDTH; at < index * TILE_WIDTH + width; at++) {
    if (!isHashOf(rows, { level: level - 1, index: at })) return { code: 'tile', place: at * TILE_WIDTH ** level };
  }
  return undefined;
}
