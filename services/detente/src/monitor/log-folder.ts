// A log in a folder, as C2SP tlog-tiles names its files: what the monitor has verified, and what any web server can serve.

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Checkpoint,
  HASH_SIZE,
  type Node,
  parseCheckpoint,
  parseNote,
  partialTiles,
  type ReadNode,
  TILE_WIDTH,
  type TileId,
  tilePath,
  tileReader,
  tilesForNodes,
  tileWidth,
} from '@detente/tlog';

const ENTRY_SIZE = 2 + HASH_SIZE;

export type LogFolder = {
  path: string;
  /** The newest checkpoint that was verified, and its note; undefined before the first. */
  newest(): (Checkpoint & { note: string }) | undefined;
  /** The accepted descriptors, by number, oldest first. */
  descriptors(): string[];
  keepDescriptor(seq: number, jws: string): void;
  /** A tile's bytes in a tree of `size` leaves. */
  tile(tile: TileId, size: number): Buffer;
  /** Nodes of the tree of `size` leaves, at most as large as the newest. */
  reader(nodes: Iterable<Node>, size: number): ReadNode;
  /** The partial entry bundle at the end of a log of `size` entries. */
  partialBundle(size: number): Buffer | undefined;
  writeTile(level: number | 'entries', index: number, width: number, bytes: Uint8Array): void;
  /** Written behind all tiles that it covers: whoever serves the folder shows nothing that is not there. */
  writeCheckpoint(name: 'checkpoint' | 'cosigned', note: string): void;
  writeEvidence(name: string, text: string): string;
};

export function openLogFolder(path: string): LogFolder {
  mkdirSync(path, { recursive: true });
  const read = (name: string) => readFileSync(join(path, name));
  const write = (name: string, bytes: Uint8Array | string) => writeWhole(join(path, name), bytes);
  const folder: LogFolder = {
    path,
    newest() {
      const note = readIfThere(join(path, 'checkpoint'));
      return note === undefined ? undefined : { ...parseCheckpoint(parseNote(note).text), note };
    },
    descriptors() {
      mkdirSync(join(path, 'descriptors'), { recursive: true });
      const names = readdirSync(join(path, 'descriptors')).filter((name) => /^\d{16}\.jws$/.test(name));
      return names.sort().map((name) => read(join('descriptors', name)).toString());
    },
    keepDescriptor: (seq, jws) => write(join('descriptors', `${String(seq).padStart(16, '0')}.jws`), jws),
    tile({ level, index }, size) {
      const width = tileWidth({ level, index }, size);
      return read(tilePath(level, index, width));
    },
    reader(nodes, size) {
      const tiles = tilesForNodes(nodes, size);
      return tileReader(tiles.map((tile) => ({ ...tile, bytes: folder.tile(tile, size) })));
    },
    partialBundle(size) {
      const width = size % TILE_WIDTH;
      return width === 0 ? undefined : read(tilePath('entries', Math.floor(size / TILE_WIDTH), width));
    },
    writeTile: (level, index, width, bytes) => write(tilePath(level, index, width), bytes),
    writeCheckpoint: (name, note) => write(name, note),
    writeEvidence(name, text) {
      write(name, text);
      return join(path, name);
    },
  };
  return folder;
}

/** Bytes of a tile or bundle of this width. */
export function lengthOf(level: number | 'entries', width: number): number {
  return width * (level === 'entries' ? ENTRY_SIZE : HASH_SIZE);
}

/** The partial tiles of a tree, for an append behind it. */
export function partialsOf(folder: LogFolder, size: number): (level: number, index: number) => Buffer | undefined {
  const edge = new Set(partialTiles(size).map(({ level, index }) => `${level}/${index}`));
  return (level, index) => (edge.has(`${level}/${index}`) ? folder.tile({ level, index }, size) : undefined);
}

/** A crash leaves the file as it was or as it is to be. */
function writeWhole(file: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w');
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  // The name is on the disk before anything that is written after it.
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
