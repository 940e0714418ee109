// One root over the reports of one commit group: an RFC 6962 tree that always has 512 leaves, whatever the group's size.
//
// The size of a group would tell each lab how many others reported at that moment. So the group is a small subtree at a random
// place, and all the rest of the tree is random hashes, which nobody can tell from real ones and which cost nothing to make.
import { hash, randomBytes, randomInt } from 'node:crypto';
import { KeysError } from './errors.ts';

export const intakeGroupDepth = 9;
export const maxIntakeGroup = 2 ** intakeGroupDepth;

export type GroupPlace = { index: number; path: Buffer[] };

/** @param leaves 1 to 512 intake leaves of 32 bytes.
 *  @returns the root, and each leaf's inclusion proof in a tree of 512 (RFC 6962 §2.1.1), in the order of `leaves`.
 *  @throws KeysError `group_size` */
export function groupLeaves(leaves: readonly Uint8Array[]): { root: Buffer; places: GroupPlace[] } {
  if (leaves.length < 1 || leaves.length > maxIntakeGroup) {
    throw new KeysError('group_size', `a group has 1 to ${maxIntakeGroup} reports, not ${leaves.length}`);
  }
  const depth = Math.ceil(Math.log2(leaves.length));
  const positions = shuffled(2 ** depth).slice(0, leaves.length);
  const levels = growSubtree(leaves, positions, depth);
  const above = climb(levels[depth]![0]!, depth);
  const places = positions.map((position) => ({
    index: above.offset + position,
    path: [...levels.slice(0, depth).map((level, i) => level[(position >> i) ^ 1]!), ...above.path],
  }));
  return { root: above.root, places };
}

/** Folds a leaf up to the root of its group (RFC 9162 §2.1.3.2, for a complete tree).
 *  @throws KeysError `path_mismatch` when the path is not 9 hashes, or the index is not below 512 */
export function rootOfGroup(leaf: Uint8Array, { index, path }: GroupPlace): Buffer {
  if (path.length !== intakeGroupDepth || !Number.isInteger(index) || index < 0 || index >= maxIntakeGroup) {
    throw new KeysError('path_mismatch', `a path has ${intakeGroupDepth} hashes and an index below ${maxIntakeGroup}`);
  }
  return path.reduce(
    (node, sibling, i) => ((index >> i) & 1 ? join(sibling, node) : join(node, sibling)),
    leafHash(leaf),
  );
}

function growSubtree(leaves: readonly Uint8Array[], positions: readonly number[], depth: number): Buffer[][] {
  const bottom: Buffer[] = Array.from({ length: 2 ** depth }, () => randomBytes(32));
  for (const [i, position] of positions.entries()) bottom[position] = leafHash(leaves[i]!);
  const levels = [bottom];
  for (let level = 0; level < depth; level++) {
    const below = levels[level]!;
    levels.push(Array.from({ length: below.length / 2 }, (_, i) => join(below[2 * i]!, below[2 * i + 1]!)));
  }
  return levels;
}

/** From the subtree's top to the root, among random neighbours, on a random side of each. */
function climb(top: Buffer, depth: number): { root: Buffer; path: Buffer[]; offset: number } {
  const path: Buffer[] = [];
  let offset = 0;
  let root = top;
  for (let level = depth; level < intakeGroupDepth; level++) {
    const sibling = randomBytes(32);
    const right = randomInt(2) === 1;
    root = right ? join(sibling, root) : join(root, sibling);
    if (right) offset += 2 ** level;
    path.push(sibling);
  }
  return { root, path, offset };
}

function shuffled(count: number): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}

function leafHash(entry: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(0), entry]), 'buffer');
}

function join(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');
}
