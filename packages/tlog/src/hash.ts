// Merkle tree hashes of RFC 6962 §2.1 over SHA-256.
import { hash } from 'node:crypto';
import { TlogError } from './errors.ts';

/** Bytes of a tree hash. */
export const HASH_SIZE = 32;

// One scratch block each: the calls are synchronous. `crypto.hash` to a binary (latin1) string is more than twice as
// fast as to a Buffer.
const leafBlock = Buffer.alloc(1 + HASH_SIZE);
const nodeBlock = Buffer.alloc(1 + 2 * HASH_SIZE);
nodeBlock[0] = 0x01;
const EMPTY_ROOT = Buffer.from(hash('sha256', '', 'hex'), 'hex');

/** Hash of a leaf: SHA-256(0x00 || entry), RFC 6962 §2.1.
 *  @returns 32 bytes. */
export function hashLeaf(entry: Uint8Array): Buffer {
  const block = entry.length === HASH_SIZE ? leafBlock : Buffer.alloc(1 + entry.length);
  block.set(entry, 1);
  return Buffer.from(hash('sha256', block, 'binary'), 'binary');
}

/** Hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 §2.1.
 *  @param left 32 bytes.
 *  @param right 32 bytes.
 *  @throws TlogError `hash_length` */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  assertHash(left);
  assertHash(right);
  nodeBlock.set(left, 1);
  nodeBlock.set(right, 1 + HASH_SIZE);
  return Buffer.from(hash('sha256', nodeBlock, 'binary'), 'binary');
}

/** Root of the tree without leaves: SHA-256 of nothing, RFC 6962 §2.1. A fresh copy of 32 bytes. */
export function emptyRoot(): Buffer {
  return Buffer.from(EMPTY_ROOT);
}

/** @throws TlogError `hash_length` unless the value is 32 bytes. */
export function assertHash(value: Uint8Array): void {
  if (value.length !== HASH_SIZE) throw new TlogError('hash_length', `a hash is 32 bytes, not ${value.length}`);
}

/** Root of a complete subtree from its lower hashes.
 *  @param hashes 1, 2, 4, 8 … hashes of 32 bytes. */
export function hashComplete(hashes: readonly Uint8Array[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(hashNode(row[i]!, row[i + 1]!));
    row = above;
  }
  return Buffer.from(row[0]!);
}
