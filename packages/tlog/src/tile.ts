// Tiles of C2SP tlog-tiles: names, widths, and which tiles hold which nodes.
import { TlogError } from './errors.ts';
import { assertSize, type Node } from './range.ts';

/** Levels of the tree in one tile; a full tile is 2^8 hashes wide. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** A tile of hashes. `level` 0 holds leaf hashes; each hash above is the root of a full tile below. */
export interface TileId {
  level: number;
  index: number;
}

/** `width` hashes of 32 bytes in a row. */
export interface Tile extends TileId {
  width: number;
  bytes: Buffer;
}

/** The path below a log's prefix, C2SP tlog-tiles "Merkle Tree": `tile/0/x001/234`, `tile/entries/067.p/8`.
 *  @param level 0 to 63, or `entries` for a bundle.
 *  @param width 1 to 255 for a partial tile, 256 for a full one.
 *  @throws TlogError `tile_path_malformed` */
export function tilePath(level: number | 'entries', index: number, width: number = TILE_WIDTH): string {
  const levelFits = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= 63);
  const widthFits = Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH;
  if (!levelFits || !widthFits || !Number.isSafeInteger(index) || index < 0) {
    throw new TlogError('tile_path_malformed', `no tile: level ${level}, index ${index}, width ${width}`);
  }
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g)!;
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** The tile that a path names. Only the one spelling that `tilePath` makes is accepted.
 *  @throws TlogError `tile_path_malformed` */
export function parseTilePath(path: string): { level: number | 'entries'; index: number; width: number } {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) throw new TlogError('tile_path_malformed', 'no tile path');
  const level = match[1] === 'entries' ? match[1] : Number(match[1]);
  const index = Number(match[2]!.replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (tilePath(level, index, width) !== path) throw new TlogError('tile_path_malformed', 'not the shortest spelling');
  return { level, index, width };
}

/** The width of a tile in a tree of `size` leaves: 256 when full, 0 when the tree does not reach it. */
export function tileWidth({ level, index }: TileId, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** The partial tiles at the right edge of a tree of `size` leaves, from level 0 up: what an append must read. */
export function partialTiles(size: number): (TileId & { width: number })[] {
  assertSize(size);
  const tiles = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/** The tiles, each once, that hold these nodes, with their widths in a tree of `size` leaves: what to fetch first.
 *  @throws TlogError `index_out_of_range` when the tree does not hold a node */
export function tilesForNodes(nodes: Iterable<Node>, size: number): (TileId & { width: number })[] {
  assertSize(size);
  const tiles = new Map<string, TileId & { width: number }>();
  for (const node of nodes) {
    const { level, index, first, count } = placeInTile(node);
    const width = tileWidth({ level, index }, size);
    if (first + count > width) {
      throw new TlogError('index_out_of_range', `a tree of ${size} leaves has no node ${node.level}/${node.index}`);
    }
    tiles.set(`${level}/${index}`, { level, index, width });
  }
  return [...tiles.values()];
}

/** Where a node stands: the tile, and the `count` hashes in it from `first` on, whose root the node is. */
export function placeInTile(node: Node): TileId & { first: number; count: number } {
  const below = node.level % TILE_HEIGHT;
  const count = 2 ** below;
  const position = node.index * count;
  return {
    level: (node.level - below) / TILE_HEIGHT,
    index: Math.floor(position / TILE_WIDTH),
    first: position % TILE_WIDTH,
    count,
  };
}
