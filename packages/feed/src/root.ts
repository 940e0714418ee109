// That the log up to a page's end is part of the log under its checkpoint.
import { type Checkpoint, type Frontier, rootOf, TlogError, verifyConsistency } from '@detente/tlog';
import { FeedError } from './errors.ts';
import { parseHash } from './leaf.ts';

/** @param consistency from the frontier's size to the checkpoint's; empty when these are equal, or nothing was read.
 *  @throws FeedError `root_mismatch` when the items lead to another root, `consistency_invalid` */
export function verifyRoot(frontier: Frontier, checkpoint: Checkpoint, consistency: readonly string[]): void {
  const root = rootOf(frontier);
  if (frontier.size === 0 || frontier.size === checkpoint.size) {
    if (consistency.length > 0) throw new FeedError('consistency_invalid', { hashes: consistency.length });
    if (frontier.size === checkpoint.size && !root.equals(checkpoint.root)) throw new FeedError('root_mismatch');
    return;
  }
  try {
    verifyConsistency({
      from: frontier.size,
      to: checkpoint.size,
      fromRoot: root,
      toRoot: checkpoint.root,
      proof: consistency.map(parseHash),
    });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const other = cause.code === 'root_mismatch' || cause.code === 'subtree_mismatch';
    throw new FeedError(other ? 'root_mismatch' : 'consistency_invalid', { fault: cause.code }, { cause });
  }
}
