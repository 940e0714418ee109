// The leaves of an intake day's tree: those of the day's reports at places drawn at random, and padding everywhere else.
//
// The tree has as many places on every day, so that its size and a proof's length tell nobody how many reports came. Padding is the
// keystream of a seed, so that a proof can be made again without keeping 32 MiB a day. A subtree in which no report is has no leaves:
// a random hash stands for it, which nobody can tell from a real one.
import { createCipheriv, randomBytes } from 'node:crypto';

/** Places in a day's tree (design section 5). */
export const intakeDaySize = 2 ** 20;
/** Leaves of the subtrees that a day's tree is made of. */
export const intakeSubtreeSize = 256;

const HASH_SIZE = 32;
const BLOCKS_A_HASH = 2;

export type PlacedLeaf = { place: number; leaf: Uint8Array };

/** A day's secret: 32 random bytes. Whoever has it can tell padding from reports. */
export function intakeDaySeed(): Buffer {
  return randomBytes(32);
}

/** The 256 leaves of the subtree that begins at a multiple of 256.
 *  @param own the day's leaves whose places are in it
 *  @returns 256 times 32 bytes, in order */
export function fillIntakeSubtree(seed: Uint8Array, start: number, own: readonly PlacedLeaf[]): Buffer {
  const leaves = keystream(seed, 'leaves', start, intakeSubtreeSize);
  for (const { place, leaf } of own) leaves.set(leaf, (place - start) * HASH_SIZE);
  return leaves;
}

/** What stands for the subtrees in which no report is.
 *  @returns 32 bytes for each of the first `count` subtrees, in order */
export function emptyIntakeSubtrees(seed: Uint8Array, count: number): Buffer {
  return keystream(seed, 'subtrees', 0, count);
}

/** AES-256 in counter mode, two blocks of 16 bytes a hash; leaves and subtrees count apart. */
function keystream(seed: Uint8Array, of: 'leaves' | 'subtrees', first: number, count: number): Buffer {
  const counter = Buffer.alloc(16);
  counter[0] = of === 'leaves' ? 0 : 1;
  counter.writeUIntBE(first * BLOCKS_A_HASH, 10, 6);
  return createCipheriv('aes-256-ctr', seed, counter).update(Buffer.alloc(count * HASH_SIZE));
}
