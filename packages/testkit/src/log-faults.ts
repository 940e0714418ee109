// What must hold of a node's log in border at any moment, whatever broke off: the one checker of all tests that break something.

import {
  appendLeaves,
  emptyFrontier,
  extendTiles,
  formatFrontier,
  hashLeaf,
  type LogVerifier,
  parseBundle,
  rootOf,
  tileWidth,
  verifyCheckpoint,
} from '@detente/tlog';
import type { ClientBase } from 'pg';

export type ExpectedLog = {
  log: LogVerifier;
  batchSize: number;
  /** Leaves that were given to the sequencer. */
  promised: readonly Buffer[];
  /** Whether a worker carries their places home, so that they may be gone from border. */
  carried?: boolean;
};

/** Rebuilds the log from its entries and compares everything with it: tiles, frontier, checkpoints, places.
 *  @returns a sentence for each thing that does not hold; none is right */
export async function faultsOfLog(border: ClientBase, expected: ExpectedLog): Promise<string[]> {
  await border.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const rows = async (text: string) => (await border.query(text)).rows;
    const [tree] = await rows('SELECT size::int, tick::int, frontier FROM tree');
    const { size, tick, frontier } = tree as { size: number; tick: number; frontier: Buffer };
    const faults: string[] = [];
    if (size !== tick * expected.batchSize)
      faults.push(`${size} leaves after ${tick} batches of ${expected.batchSize}`);
    const leaves = leavesOf(await rows('SELECT index::int, leaves FROM entries ORDER BY index'), size);
    const tiles = await rows('SELECT level, index::int, hashes FROM tiles ORDER BY level, index');
    const checkpoints = await rows('SELECT size::int, note, made_at FROM checkpoints ORDER BY size');
    const places = await rows('SELECT leaf, place::int FROM sequenced');
    const pending = await rows('SELECT leaf FROM pending_leaves');
    return [
      ...faults,
      ...faultsOfTiles(leaves, frontier, tiles),
      ...faultsOfCheckpoints(leaves, checkpoints, expected),
      ...faultsOfPlaces(leaves, places, pending, expected),
    ];
  } finally {
    await border.query('ROLLBACK');
  }
}

function leavesOf(bundles: { index: number; leaves: Buffer }[], size: number): Buffer[] {
  return bundles.flatMap(({ index, leaves }) => parseBundle(leaves, tileWidth({ level: 0, index }, size)));
}

function faultsOfTiles(leaves: Buffer[], frontier: Buffer, tiles: { level: number; index: number; hashes: Buffer }[]) {
  const hashes = leaves.map(hashLeaf);
  const nameOf = (level: number, index: number, bytes: Buffer) => `${level}/${index} ${bytes.toString('hex')}`;
  const right = extendTiles(0, hashes, () => undefined).map(({ level, index, bytes }) => nameOf(level, index, bytes));
  const held = tiles.map(({ level, index, hashes }) => nameOf(level, index, hashes));
  const rebuilt = appendLeaves(emptyFrontier(), hashes);
  const faults = right.sort().join() === held.sort().join() ? [] : ['the tiles are not those of the entries'];
  const isRight = frontier.length === 0 ? leaves.length === 0 : formatFrontier(rebuilt).equals(frontier);
  return isRight ? faults : [...faults, 'the frontier is not that of the entries'];
}

/** All of them are signed, are of whole batches, continue one another, and no time goes back. */
function faultsOfCheckpoints(
  leaves: Buffer[],
  checkpoints: { size: number; note: string; made_at: Date }[],
  { log, batchSize }: ExpectedLog,
): string[] {
  let frontier = emptyFrontier();
  let last = 0;
  return checkpoints.flatMap(({ size, note, made_at }) => {
    frontier = appendLeaves(frontier, leaves.slice(frontier.size, size).map(hashLeaf));
    const signed = verifyCheckpoint(note, log);
    const faults = [
      ...(signed.size === size && size % batchSize === 0 && size <= leaves.length ? [] : [`a checkpoint of ${size}`]),
      ...(signed.root.equals(rootOf(frontier)) ? [] : [`the checkpoint of ${size} has another root`]),
      ...(made_at.getTime() >= last ? [] : [`the checkpoint of ${size} is earlier than the one before`]),
    ];
    last = made_at.getTime();
    return faults;
  });
}

/** What was promised waits or is in the log, once. */
function faultsOfPlaces(
  leaves: Buffer[],
  places: { leaf: Buffer; place: number }[],
  pending: { leaf: Buffer }[],
  { promised, carried }: ExpectedLog,
): string[] {
  const found = Map.groupBy(leaves.keys(), (index) => leaves[index]!.toString('hex'));
  const waits = new Set(pending.map(({ leaf }) => leaf.toString('hex')));
  const placeOf = new Map(places.map(({ leaf, place }) => [leaf.toString('hex'), place]));
  return promised.flatMap((leaf) => {
    const name = leaf.toString('hex');
    const at = found.get(name) ?? [];
    if (at.length + (waits.has(name) ? 1 : 0) !== 1) return [`leaf ${name} is ${at.length} times in the log`];
    const noted = placeOf.get(name) ?? (carried ? at[0] : undefined);
    return noted === at[0] ? [] : [`leaf ${name} is at ${at[0]}, and not noted so`];
  });
}
