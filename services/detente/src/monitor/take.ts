// The entries that a log has added: taken, hashed, held against what it signed and against the tiles that it shows.

import {
  appendBatch,
  consistencyProof,
  emptyFrontier,
  type Frontier,
  findFork,
  nodesForConsistency,
  nodesForFork,
  nodesForFrontier,
  parseBundle,
  readFrontier,
  rootOf,
  type SignedTree,
  TILE_WIDTH,
  TlogError,
  tilePath,
  tileReader,
  tilesForNodes,
  verifyConsistency,
  verifyFork,
} from '@detente/tlog';
import type { LogClient } from './log-client.ts';
import { type LogFolder, lengthOf, partialsOf } from './log-folder.ts';
import type { KnownLog } from './log-keys.ts';
import { forkedFault, MonitorFault } from './monitor-fault.ts';

/** Where a log is read, and where it is kept; told of every step that was. */
export type Source = { client: LogClient; folder: LogFolder; moved: () => void };

/** Bundles that are taken before what they bring is checked and written: 256 entries each. */
const BUNDLES_AT_ONCE = 64;

/** Takes the entries that are new, as many at once as are soon checked; tiles are written when all of them lead to what was signed. */
export async function take(
  source: Source,
  known: KnownLog,
  held: SignedTree | undefined,
  shown: SignedTree,
): Promise<void> {
  const { folder } = source;
  const from = held?.size ?? 0;
  let frontier = from === 0 ? emptyFrontier() : readFrontier(from, folder.reader(nodesForFrontier(from), from));
  let readPartial: (level: number, index: number) => Uint8Array | undefined = partialsOf(folder, from);
  let partialBundle: Uint8Array | undefined = folder.partialBundle(from);
  while (frontier.size < shown.size) {
    const first = Math.floor(frontier.size / TILE_WIDTH);
    const end = Math.min(shown.size, (first + BUNDLES_AT_ONCE) * TILE_WIDTH);
    const entries = await takeEntries(source, known, frontier.size, end);
    const after = appendBatch({ frontier, entries, readPartial, partialBundle });
    const leads =
      after.frontier.size === shown.size
        ? after.root.equals(shown.root)
        : await isBeginning(source, known, after.frontier, shown);
    if (!leads) await explainEntries(source, known, held, shown);
    await compareTiles(source, known, after.tiles, shown.size);
    for (const { level, index, width, bytes } of after.tiles) folder.writeTile(level, index, width, bytes);
    for (const { index, width, bytes } of after.bundles) folder.writeTile('entries', index, width, bytes);
    source.moved();
    frontier = after.frontier;
    readPartial = partialsOf(folder, frontier.size);
    partialBundle = folder.partialBundle(frontier.size);
  }
}

/** Whether the tree so far is the beginning of the one that was signed: before any of it is kept. */
async function isBeginning(source: Source, known: KnownLog, frontier: Frontier, shown: SignedTree): Promise<boolean> {
  const from = frontier.size;
  const fetched = await fetchTiles(source, known, tilesForNodes(nodesForConsistency(from, shown.size), shown.size));
  try {
    const proof = consistencyProof(from, shown.size, tileReader(fetched));
    verifyConsistency({ from, to: shown.size, fromRoot: rootOf(frontier), toRoot: shown.root, proof });
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

async function takeEntries(source: Source, known: KnownLog, from: number, end: number): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < end; index++) {
    const width = Math.min(TILE_WIDTH, end - index * TILE_WIDTH);
    const bytes = await fetchTile(source, known, { level: 'entries', index, width });
    const bundle = parseEntries(bytes, width, tilePath('entries', index, width));
    entries.push(...bundle.slice(Math.max(0, from - index * TILE_WIDTH)));
  }
  return entries;
}

function parseEntries(bytes: Buffer, width: number, path: string): Buffer[] {
  try {
    return parseBundle(bytes, width);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    throw new MonitorFault('entries_wrong', `${path} is no bundle of ${width} entries`, { cause: error });
  }
}

/** The entries do not lead to the root that was signed: either the log's own tiles prove a fork, or they fit nothing.
 *  @throws MonitorFault `forked` or `entries_wrong` */
async function explainEntries(
  source: Source,
  known: KnownLog,
  held: SignedTree | undefined,
  shown: SignedTree,
): Promise<never> {
  const wrong = `the entries up to ${shown.size} do not lead to the root that the log signed`;
  if (held) {
    try {
      const tiles = tilesForNodes(nodesForFork(held.size, shown.size), shown.size);
      const fetched = await fetchTiles(source, known, tiles);
      const fork = findFork(held, shown, tileReader(fetched));
      if (fork) {
        verifyFork(fork, { name: known.name, publicKey: known.everyKey });
        throw forkedFault(fork, [held, shown], known);
      }
    } catch (error) {
      if (!(error instanceof TlogError)) throw error;
    }
  }
  throw new MonitorFault('entries_wrong', wrong);
}

type Wanted = { level: number; index: number; width: number };

async function fetchTiles(source: Source, known: KnownLog, tiles: readonly Wanted[]) {
  return Promise.all(tiles.map(async (tile) => ({ ...tile, bytes: await fetchTile(source, known, tile) })));
}

/** tlog-tiles: a partial tile may be gone once the full one is there, which begins with the same bytes. */
async function fetchTile(
  { client }: Source,
  { path }: KnownLog,
  { level, index, width }: { level: number | 'entries'; index: number; width: number },
): Promise<Buffer> {
  const fetch = (wide: number) => client.bytes(`${path}/${tilePath(level, index, wide)}`, lengthOf(level, wide));
  try {
    return await fetch(width);
  } catch (error) {
    if (width === TILE_WIDTH || !(error instanceof MonitorFault && error.code === 'tile_missing')) throw error;
    const full = await fetch(TILE_WIDTH).catch(() => {
      throw error;
    });
    return full.subarray(0, lengthOf(level, width));
  }
}

/** The tiles that the log shows are those that its entries make: else nobody's proofs would fit. */
async function compareTiles(
  source: Source,
  known: KnownLog,
  computed: readonly (Wanted & { bytes: Uint8Array })[],
  size: number,
): Promise<void> {
  for (const batch of inGroups(computed, 16)) {
    const shown = await fetchTiles(source, known, batch);
    const at = shown.findIndex(({ bytes }, i) => !bytes.equals(batch[i]!.bytes));
    if (at === -1) continue;
    const { level, index, width } = batch[at]!;
    throw new MonitorFault(
      'tile_wrong',
      `${tilePath(level, index, width)} is not made of the entries of the ${size} that were signed`,
    );
  }
}

function* inGroups<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
