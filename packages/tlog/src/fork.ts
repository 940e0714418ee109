// The proof that a log has signed two histories: two checkpoints, and that the tree of the larger does not continue the other.
import { type LogVerifier, verifyCheckpoint } from './checkpoint.ts';
import { TlogError } from './errors.ts';
import { nodesForFrontier, readFrontier, rootOf } from './frontier.ts';
import { consistencyProof, nodesForConsistency } from './proof.ts';
import type { Node, ReadNode } from './range.ts';
import { verifyConsistency } from './verify.ts';

/** Two signed checkpoints of one log of which no tree holds both. For checkpoints of one size the proof is empty. */
export interface Fork {
  /** The signed note of the smaller tree. */
  smaller: string;
  /** The signed note of the larger tree, or of another one of the same size. */
  larger: string;
  /** What the larger tree has for a root at the smaller size: 32 bytes. */
  root: Buffer;
  /** Consistency proof (RFC 6962 §2.1.2) from `root` to the larger tree's root. */
  proof: readonly Buffer[];
}

/** A checkpoint as it was read, and the note that it was read from. */
export interface SignedTree {
  note: string;
  size: number;
  root: Uint8Array;
}

/** The nodes of the larger tree that `findFork` reads. */
export function nodesForFork(smaller: number, larger: number): Node[] {
  return [...nodesForConsistency(smaller, larger), ...nodesForFrontier(smaller)];
}

/** Holds two checkpoints against each other.
 *  @param read nodes of the larger tree; not used when both have one size.
 *  @returns undefined when the larger tree continues the smaller.
 *  @throws TlogError `size_invalid` for an empty tree, `range_invalid` when `smaller` is the larger, `tile_missing` */
export function findFork(smaller: SignedTree, larger: SignedTree, read: ReadNode): Fork | undefined {
  if (smaller.size < 1) throw new TlogError('size_invalid', 'every tree continues the empty one');
  if (smaller.size > larger.size) throw new TlogError('range_invalid', 'the smaller tree is the larger');
  const isOneSize = smaller.size === larger.size;
  // Whoever holds both has the same proof, whichever he saw first.
  if (isOneSize && Buffer.compare(smaller.root, larger.root) > 0) return findFork(larger, smaller, read);
  const root = isOneSize ? Buffer.from(larger.root) : rootOf(readFrontier(smaller.size, read));
  if (root.equals(smaller.root)) return undefined;
  const proof = isOneSize ? [] : consistencyProof(smaller.size, larger.size, read);
  return { smaller: smaller.note, larger: larger.note, root, proof };
}

/** Checks that a fork is one, with nothing but the log's name and keys.
 *  @returns both trees as they were signed.
 *  @throws TlogError `fork_unproven` when the checkpoints may be of one history; and those of `verifyCheckpoint` and
 *  `verifyConsistency` */
export function verifyFork(fork: Fork, log: LogVerifier): { smaller: SignedTree; larger: SignedTree } {
  const [smaller, larger] = [fork.smaller, fork.larger].map((note) => ({ note, ...verifyCheckpoint(note, log) }));
  verifyConsistency({
    from: smaller!.size,
    to: larger!.size,
    fromRoot: fork.root,
    toRoot: larger!.root,
    proof: fork.proof,
  });
  if (smaller!.root.equals(fork.root)) throw new TlogError('fork_unproven', 'the larger tree continues the smaller');
  return { smaller: smaller!, larger: larger! };
}
