// The sequencer's pure step: what the next batch holds, and the tree after it. Clock, lock and database are the caller's.
import { TlogError } from './errors.ts';
import { appendLeaves, type Frontier, rootOf } from './frontier.ts';
import { HASH_SIZE, hashLeaf } from './hash.ts';
import type { Tile } from './tile.ts';
import { extendBundles, extendTiles, type ReadPartial } from './tile-extend.ts';

/** A source of random bytes, such as node:crypto's `randomBytes`. */
export type RandomBytes = (count: number) => Uint8Array;

/** A batch of fixed size: the pending leaves at random places, random padding at all others, so that a batch looks the
 *  same whether anything was pending or not.
 *  @param input `size` of the log before; `pending` leaves of 32 bytes, at most `batchSize`.
 *  @returns `entries`, 32 bytes each; `places[i]`, the index in the log of `pending[i]`.
 *  @throws TlogError `batch_full`, `entry_length` */
export function planBatch(input: {
  size: number;
  batchSize: number;
  pending: readonly { leaf: Uint8Array }[];
  random: RandomBytes;
}): { entries: Buffer[]; places: number[] } {
  const { size, batchSize, pending, random } = input;
  if (pending.length > batchSize) {
    throw new TlogError('batch_full', `${pending.length} leaves for a batch of ${batchSize}`);
  }
  const slots = Array.from({ length: batchSize }, (_, slot) => slot);
  const places = pending.map((_, i) => {
    // Fisher-Yates, as far as there are leaves to place.
    const j = i + randomBelow(batchSize - i, random);
    [slots[i], slots[j]] = [slots[j]!, slots[i]!];
    return size + slots[i]!;
  });
  const padding = Buffer.from(random(batchSize * HASH_SIZE));
  const entries = slots.map((_, slot) => padding.subarray(slot * HASH_SIZE, (slot + 1) * HASH_SIZE));
  pending.forEach(({ leaf }, i) => {
    if (leaf.length !== HASH_SIZE) throw new TlogError('entry_length', `a leaf has ${leaf.length} bytes, not 32`);
    entries[places[i]! - size] = Buffer.from(leaf);
  });
  return { entries, places };
}

/** Which of the next batches a leaf goes into: drawn evenly among those with room.
 *  @param room free places in each of the next batches, the next one first.
 *  @returns an index into `room`, or undefined when all are full. */
export function drawBatch(room: readonly number[], random: RandomBytes): number | undefined {
  const open = room.flatMap((free, i) => (free > 0 ? [i] : []));
  return open.length === 0 ? undefined : open[randomBelow(open.length, random)];
}

/** The log after a batch: frontier and root to sign, tiles and entry bundles to write.
 *  @param readPartial the partial tiles of the log before (`partialTiles` names them), exactly.
 *  @param partialBundle the partial entry bundle of the log before, exactly.
 *  @throws TlogError `tile_malformed`, `bundle_malformed` */
export function appendBatch(input: {
  frontier: Frontier;
  entries: readonly Uint8Array[];
  readPartial: ReadPartial;
  partialBundle: Uint8Array | undefined;
}): {
  frontier: Frontier;
  root: Buffer;
  tiles: Tile[];
  bundles: { index: number; width: number; bytes: Buffer }[];
} {
  const { size } = input.frontier;
  const leafHashes = input.entries.map(hashLeaf);
  const frontier = appendLeaves(input.frontier, leafHashes);
  return {
    frontier,
    root: rootOf(frontier),
    tiles: extendTiles(size, leafHashes, input.readPartial),
    bundles: extendBundles(size, input.entries, input.partialBundle),
  };
}

/** An even draw from 0 to below - 1, without the bias of a remainder. */
function randomBelow(below: number, random: RandomBytes): number {
  const limit = 2 ** 32 - (2 ** 32 % below);
  for (;;) {
    const drawn = Buffer.from(random(4)).readUInt32BE();
    if (drawn < limit) return drawn % below;
  }
}
