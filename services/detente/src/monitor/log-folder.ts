// A log in a folder, as C2SP tlog-tiles names its files: what the monitor has verified, and what any web server can serve.

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Checkpoint,
  HASH_SIZE,
  hashLeaf,
  type Node,
  nodesForFrontier,
  parseBundle,
  parseCheckpoint,
  parseNote,
  partialTiles,
  type ReadNode,
  readFrontier,
  rootOf,
  TILE_WIDTH,
  type TileId,
  TlogError,
  tilePath,
  tileReader,
  tilesForNodes,
  tileWidth,
} from '@detente/tlog';
import { damagedFault, MonitorFault } from './monitor-fault.ts';

const ENTRY_SIZE = 2 + HASH_SIZE;

export type LogFolder = {
  path: string;
  /** The newest checkpoint that was verified, and its note; undefined before the first.
   *  @throws MonitorFault `folder_failed` when the folder does not lead to it any more */
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
  /** Partial tiles go when the full one is there, as tlog-tiles allows: else the folder would grow many times as fast as the log. */
  writeTile(level: number | 'entries', index: number, width: number, bytes: Uint8Array): void;
  /** Writes the partial tiles of a smaller tree that are partial in one of `within` leaves too: who reads the log by a checkpoint of
   *  that size asks for them. */
  writeEdge(size: number, within: number): void;
  /** Written behind all tiles that it covers: whoever serves the folder shows nothing that is not there. */
  writeCheckpoint(name: 'checkpoint' | 'cosigned', note: string): void;
  writeEvidence(name: string, text: string): string;
};

/** What is read or written throws MonitorFault `folder_failed` where the disk does not do it. */
export function openLogFolder(path: string): LogFolder {
  mkdirSync(path, { recursive: true });
  const read = (name: string) => orFail('read', () => readFileSync(join(path, name)));
  const write = (name: string, bytes: Uint8Array | string) =>
    orFail('written', () => writeWhole(join(path, name), bytes));
  const isThere = (name: string) => existsSync(join(path, name));
  /** The first hashes or entries of a tile, out of the full one where that took its place. */
  function readPart(level: number | 'entries', index: number, width: number): Buffer {
    const partial = tilePath(level, index, width);
    return isThere(partial) ? read(partial) : read(tilePath(level, index)).subarray(0, lengthOf(level, width));
  }
  const folder: LogFolder = {
    path,
    newest() {
      if (!isThere('checkpoint')) return undefined;
      return checkedHead(folder, read('checkpoint').toString());
    },
    descriptors() {
      return orFail('read', () => {
        mkdirSync(join(path, 'descriptors'), { recursive: true });
        const names = readdirSync(join(path, 'descriptors')).filter((name) => /^\d{16}\.jws$/.test(name));
        return names.sort().map((name) => read(join('descriptors', name)).toString());
      });
    },
    keepDescriptor: (seq, jws) => write(join('descriptors', `${String(seq).padStart(16, '0')}.jws`), jws),
    tile: ({ level, index }, size) => readPart(level, index, tileWidth({ level, index }, size)),
    reader(nodes, size) {
      const tiles = tilesForNodes(nodes, size);
      return tileReader(tiles.map((tile) => ({ ...tile, bytes: folder.tile(tile, size) })));
    },
    partialBundle(size) {
      const width = size % TILE_WIDTH;
      return width === 0 ? undefined : readPart('entries', Math.floor(size / TILE_WIDTH), width);
    },
    writeTile(level, index, width, bytes) {
      write(tilePath(level, index, width), bytes);
      if (width === TILE_WIDTH)
        orFail('written', () => rmSync(join(path, `${tilePath(level, index)}.p`), { recursive: true, force: true }));
    },
    writeEdge(size, within) {
      const edge = partialTiles(size);
      const bundles = edge.flatMap((tile) => (tile.level === 0 ? [{ ...tile, level: 'entries' as const }] : []));
      for (const { level, index, width } of [...edge, ...bundles]) {
        const wider = tileWidth({ level: level === 'entries' ? 0 : level, index }, within);
        if (wider === TILE_WIDTH || isThere(tilePath(level, index, width))) continue;
        write(tilePath(level, index, width), readPart(level, index, wider).subarray(0, lengthOf(level, width)));
      }
    },
    writeCheckpoint: (name, note) => write(name, note),
    writeEvidence(name, text) {
      write(name, text);
      return join(path, name);
    },
  };
  return folder;
}

/** A disk forgets, and people copy folders by halves: what is not here any more is not the log's fault, and must not look like it. */
function checkedHead(folder: LogFolder, note: string): Checkpoint & { note: string } {
  try {
    const head = parseCheckpoint(parseNote(note).text);
    const { size, root } = head;
    if (!rootOf(readFrontier(size, folder.reader(nodesForFrontier(size), size))).equals(root)) throw damagedFault(size);
    const bundle = folder.partialBundle(size);
    if (bundle) {
      const hashes = parseBundle(bundle, size % TILE_WIDTH).map(hashLeaf);
      const tile = folder.tile({ level: 0, index: Math.floor(size / TILE_WIDTH) }, size);
      if (!Buffer.concat(hashes).equals(tile)) throw damagedFault(size);
    }
    return { ...head, note };
  } catch (cause) {
    if (cause instanceof TlogError) throw damagedFault(undefined, cause);
    throw cause;
  }
}

function orFail<T>(done: 'read' | 'written', act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw cause;
    throw new MonitorFault('folder_failed', `the folder of the monitor cannot be ${done} (${code})`, { cause });
  }
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
