// A peer's log mirrored (C2SP tlog-tiles), behind the largest checkpoint of it that was verified here: if the peer ever loses its
// newest leaves, it can take them back.

import type { Database, Reader } from '@detente/store/database';
import {
  noteMirrorFault,
  readMirror,
  type SeenCheckpoint,
  seenCheckpoints,
  storeMirrored,
} from '@detente/store/exchange';
import { type MirrorTile, readMirrorTiles } from '@detente/store/mirror-proof';
import {
  appendLeaves,
  type Checkpoint,
  consistencyProof,
  emptyFrontier,
  extendTiles,
  type Frontier,
  formatBundle,
  formatFrontier,
  hashLeaf,
  nodesForConsistency,
  parseFrontier,
  partialTiles,
  rootOf,
  TILE_WIDTH,
  TlogError,
  tileReader,
  tilesForNodes,
  tileWidth,
  verifyConsistency,
} from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import { parseEntries } from '../entries.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import { largestOf } from '../seen.ts';
import { proveFork } from './forks.ts';
import { logFault, readTile, readTiles } from './log-tiles.ts';

/** Bundles of one step, each 256 leaves: about a megabyte, and a log of a million leaves in an hour of pulls. */
export const BUNDLES = 128;
/** A log that is longer is not mirrored to its end: a peer signs any number for nothing, and must not fill the disk. */
const MOST_LEAVES = 2 ** 27;

export type Mirroring = {
  border: Database;
  peer: Enrolled;
  line: Line;
  /** Ends the calls, as when the process stops; then nothing is noted. */
  signal: AbortSignal;
};

/** One step behind what is mirrored already, verified before any of it is kept. A fault is noted with the mirror.
 *  @returns whether the checkpoint is not reached yet */
export async function mirrorLog({ border, peer, line, signal }: Mirroring): Promise<boolean> {
  const { origin, log } = peer;
  // In one view of the database: another call may add to both meanwhile.
  const held = await border.read((reader) => readHeld(reader, log));
  const goal = goalOf(await seenCheckpoints(border.now, { peer: origin, log }), held.size);
  if (!goal) return false;
  const from = held.frontier.length === 0 ? emptyFrontier() : parseFrontier(held.frontier);
  try {
    const { note, ...checkpoint } = goal;
    const step = await readStep(line, from, checkpoint);
    const { size } = step.frontier;
    const added = { size, frontier: formatFrontier(step.frontier), note: size === goal.size ? note : null };
    const tiles = tilesAbove(held, step.roots);
    const kept = { log, peer: origin, oldSize: from.size, bundles: step.bundles, tiles, ...added };
    const moved = await border.write((tx) => storeMirrored(tx, kept));
    return moved && size < goal.size;
  } catch (error) {
    const fault = mirrorFault(error);
    if (fault === undefined) throw error;
    if (error instanceof TlogError && held.note !== null) await proveFork(border, peer, line, [held.note, goal.note]);
    if (!signal.aborted) await border.write((tx) => noteMirrorFault(tx, { log, peer: origin, fault }));
    return false;
  }
}

/** The checkpoint that came with a page, which was held against all pages before it, or else the largest. One that is beyond every
 *  measure is nobody's goal: a log signs any number for nothing. */
function goalOf(notes: readonly SeenCheckpoint[], held: number) {
  const further = notes.map(({ note, paged }) => ({ ...largestOf([note])!, paged })).filter(({ size }) => size > held);
  const within = further.filter(({ size }) => size <= MOST_LEAVES);
  const paged = within.find((one) => one.paged);
  return paged ?? largestOf(within.map(({ note }) => note)) ?? further[0];
}

function mirrorFault(error: unknown): string | undefined {
  if (error instanceof PullFault) return error.message;
  return error instanceof TlogError ? `the peer’s log does not lead to the checkpoint: ${error.code}` : undefined;
}

/** The next entries of the log, which the checkpoint is proven to be over.
 *  @throws TlogError, PullFault */
async function readStep(line: Line, from: Frontier, checkpoint: Checkpoint) {
  if (checkpoint.size > MOST_LEAVES) throw logFault(`has more than ${MOST_LEAVES} leaves`);
  const first = Math.floor(from.size / TILE_WIDTH);
  const size = Math.min(checkpoint.size, (first + BUNDLES) * TILE_WIDTH);
  const bundles: { index: number; leaves: Buffer }[] = [];
  const roots: Buffer[] = [];
  let frontier = from;
  for (let index = first; index * TILE_WIDTH < size; index++) {
    const width = tileWidth({ level: 0, index }, size);
    const entries = parseEntries(await readTile(line, { level: 'entries', index, width }), width);
    // What is there of the bundle is verified already.
    const fresh = entries.slice(frontier.size - index * TILE_WIDTH);
    frontier = appendLeaves(frontier, fresh.map(hashLeaf));
    bundles.push({ index, leaves: formatBundle(fresh) });
    if (width === TILE_WIDTH) roots.push(rootOf(appendLeaves(emptyFrontier(), entries.map(hashLeaf))));
  }
  await verifyStep(line, frontier, checkpoint);
  return { frontier, bundles, roots };
}

/** A mirror, and the tiles above its bundles that an append adds to. */
async function readHeld(reader: Reader, log: string) {
  const held = await readMirror(reader, log);
  const edge = partialTiles(Math.floor(held.size / TILE_WIDTH)).map(({ level, index }) => ({
    level: level + 1,
    index,
  }));
  return { ...held, edge: await readMirrorTiles(reader, log, edge) };
}

/** The tiles that change above the bundles when more of them are full.
 *  @param roots of the bundles that became full */
function tilesAbove(
  { size, edge }: { size: number; edge: readonly MirrorTile[] },
  roots: readonly Buffer[],
): MirrorTile[] {
  const partial = (level: number, index: number) =>
    edge.find((tile) => tile.level === level + 1 && tile.index === index)?.bytes;
  const tiles = extendTiles(Math.floor(size / TILE_WIDTH), roots, partial);
  return tiles.map(({ level, index, bytes }) => ({ level: level + 1, index, bytes }));
}

/** That the tree so far is the checkpoint's, or its beginning. The tiles of the proof are the peer's word and need not be kept:
 *  only true ones lead to the signed root. */
async function verifyStep(line: Line, frontier: Frontier, { size, root }: Checkpoint): Promise<void> {
  const fromRoot = rootOf(frontier);
  const tiles = await readTiles(line, tilesForNodes(nodesForConsistency(frontier.size, size), size));
  const proof = consistencyProof(frontier.size, size, tileReader(tiles));
  verifyConsistency({ from: frontier.size, to: size, fromRoot, toRoot: root, proof });
}
