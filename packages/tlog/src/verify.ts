// Verifying inclusion and consistency proofs: the tree's recursion is walked as the proof's maker walked it, each hash
// of the proof is used once and all are used up.
import { TlogError } from './errors.ts';
import { assertHash, emptyRoot, hashNode } from './hash.ts';
import { assertSubtree } from './proof.ts';
import { assertSize, splitPoint } from './range.ts';

export interface InclusionClaim {
  index: number;
  size: number;
  leafHash: Uint8Array;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}

export interface ConsistencyClaim {
  from: number;
  to: number;
  fromRoot: Uint8Array;
  toRoot: Uint8Array;
  proof: readonly Uint8Array[];
}

/** That the leaf is at `index` of the tree (RFC 6962 §2.1.1).
 *  @returns the root, computed.
 *  @throws TlogError `size_invalid`, `index_out_of_range`, `hash_length`, `proof_length`, `root_mismatch` */
export function verifyInclusion({ index, size, leafHash, root, proof }: InclusionClaim): Buffer {
  return assertRoot(root, rootFromInclusion(index, 0, size, leafHash, proof));
}

/** That the leaf is at `index` (counted in the log) of the subtree over [start, end).
 *  @returns the subtree's root, computed.
 *  @throws TlogError `subtree_invalid` and those of `verifyInclusion` */
export function verifySubtreeInclusion(claim: Omit<InclusionClaim, 'size'> & { start: number; end: number }): Buffer {
  assertSubtree(claim.start, claim.end);
  return assertRoot(claim.root, rootFromInclusion(claim.index, claim.start, claim.end, claim.leafHash, claim.proof));
}

/** That the tree of `to` leaves continues the tree of `from` leaves (RFC 6962 §2.1.2). From the empty tree there is
 *  nothing to prove, so `from` 0 is refused.
 *  @returns the later root, computed.
 *  @throws TlogError `size_invalid`, `range_invalid`, `hash_length`, `proof_length`, `subtree_mismatch` (the earlier
 *  root), `root_mismatch` (the later) */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): Buffer {
  assertSize(from);
  if (from === 0) throw new TlogError('size_invalid', 'nothing can be proven from the empty tree');
  return verifySubtreeConsistency({ start: 0, end: from, size: to, subtreeRoot: fromRoot, root: toRoot, proof });
}

/** That the subtree over [start, end) is part of the tree of `size` leaves (draft-ietf-plants-merkle-tree-certs §4.4).
 *  An empty subtree is part of every tree that reaches its start.
 *  @returns the tree's root, computed (the given one for an empty subtree).
 *  @throws TlogError `subtree_invalid` and those of `verifyConsistency` */
export function verifySubtreeConsistency(claim: {
  start: number;
  end: number;
  size: number;
  subtreeRoot: Uint8Array;
  root: Uint8Array;
  proof: readonly Uint8Array[];
}): Buffer {
  const { start, end, size, subtreeRoot, root, proof } = claim;
  assertSize(size);
  if (end > size) throw new TlogError('range_invalid', `[${start}, ${end}) does not lie in a tree of ${size}`);
  if (start === end && start >= 0) {
    if (proof.length > 0) throw new TlogError('proof_length', 'an empty subtree needs no proof');
    if (!emptyRoot().equals(subtreeRoot)) throw new TlogError('subtree_mismatch', 'not the root of an empty tree');
    return Buffer.from(root);
  }
  assertSubtree(start, end);
  const hashes = new Proof(proof);
  const rebuilt = rebuild({ start, end, size, known: true }, subtreeRoot, hashes);
  hashes.finish();
  if (!Buffer.from(rebuilt.subtree).equals(subtreeRoot)) {
    throw new TlogError('subtree_mismatch', `the proof does not start from the given root of [${start}, ${end})`);
  }
  return assertRoot(root, rebuilt.tree);
}

function rootFromInclusion(
  index: number,
  start: number,
  end: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array {
  assertSize(end);
  if (!Number.isSafeInteger(index) || index < start || index >= end) {
    throw new TlogError('index_out_of_range', `leaf ${index} is not in [${start}, ${end})`);
  }
  assertHash(leafHash);
  const hashes = new Proof(proof);
  const root = climb(index - start, end - start, leafHash, hashes);
  hashes.finish();
  return root;
}

/** RFC 6962 §2.1.1 PATH, read backwards. */
function climb(index: number, size: number, leafHash: Uint8Array, proof: Proof): Uint8Array {
  if (size === 1) return leafHash;
  const k = splitPoint(size);
  if (index < k) {
    const left = climb(index, k, leafHash, proof);
    return hashNode(left, proof.next());
  }
  const right = climb(index - k, size - k, leafHash, proof);
  return hashNode(proof.next(), right);
}

/** SUBTREE_SUBPROOF of draft-ietf-plants-merkle-tree-certs §4.4.1, read backwards: the subtree's and the tree's root as
 *  the proof makes them. `known` is its parameter b: the verifier has the hash of the subtree itself. */
function rebuild(
  at: { start: number; end: number; size: number; known: boolean },
  subtreeRoot: Uint8Array,
  proof: Proof,
): { subtree: Uint8Array; tree: Uint8Array } {
  const { start, end, size, known } = at;
  if (start === 0 && end === size) {
    const hash = known ? subtreeRoot : proof.next();
    return { subtree: hash, tree: hash };
  }
  const k = splitPoint(size);
  if (end <= k) {
    const { subtree, tree } = rebuild({ start, end, size: k, known }, subtreeRoot, proof);
    return { subtree, tree: hashNode(tree, proof.next()) };
  }
  if (start >= k) {
    const below = { start: start - k, end: end - k, size: size - k, known };
    const { subtree, tree } = rebuild(below, subtreeRoot, proof);
    return { subtree, tree: hashNode(proof.next(), tree) };
  }
  const { subtree, tree } = rebuild({ start: 0, end: end - k, size: size - k, known: false }, subtreeRoot, proof);
  const left = proof.next();
  return { subtree: hashNode(left, subtree), tree: hashNode(left, tree) };
}

function assertRoot(given: Uint8Array, computed: Uint8Array): Buffer {
  const root = Buffer.from(computed);
  if (!root.equals(given)) throw new TlogError('root_mismatch', 'the proof leads to another root');
  return root;
}

class Proof {
  readonly #hashes: readonly Uint8Array[];
  #used = 0;

  constructor(hashes: readonly Uint8Array[]) {
    this.#hashes = hashes;
  }

  next(): Uint8Array {
    const hash = this.#hashes[this.#used++];
    if (hash === undefined) throw new TlogError('proof_length', 'the proof is too short');
    assertHash(hash);
    return hash;
  }

  finish(): void {
    if (this.#used !== this.#hashes.length) throw new TlogError('proof_length', 'the proof is too long');
  }
}
