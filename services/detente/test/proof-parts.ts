// A node's keys, and a log of eleven entries that it signed: what proofs are made from offline.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  descriptorKeys,
  initKeys,
  loadKeys,
  logNameOf,
  type PublishedPurpose,
  type Revocation,
  readPublicKeys,
  rotateKeys,
  signDescriptor,
  witnessNameOf,
} from '@detente/keys';
import {
  addSignatures,
  appendLeaves,
  cosign,
  emptyFrontier,
  hashLeaf,
  hashNode,
  inclusionProof,
  rootOf,
  signCheckpoint,
} from '@detente/tlog';

const roots = mkdtempSync(join(tmpdir(), 'detente-proofs-'));
process.on('exit', () => rmSync(roots, { recursive: true, force: true }));

/** Keys of a node, gone with the process. */
export function makeNode(origin: string) {
  const root = mkdtempSync(join(roots, 'node-'));
  const { fingerprint } = initKeys(root);
  const reporting = loadKeys(join(root, 'reporting'), 'reporting');
  const witness = loadKeys(join(root, 'exchange'), 'exchange').signer('witness');
  const bodyOf = (iss: string) => ({
    endpoints: { exchange: `${iss}/exchange/v1`, log: `${iss}/log/v1` },
    types: { incident: [1] },
    contract: 'A'.repeat(43),
    log: logNameOf(iss),
    witness: witnessNameOf(iss),
    contact: { name: 'duty officer' },
    day: '2026-11-24',
  });
  let seq = 1;
  const revoked: Revocation[] = [];
  const node = {
    ...{ origin, fingerprint, reporting, witness },
    worker: loadKeys(join(root, 'worker'), 'worker'),
    async describe(iss = origin) {
      const keys = descriptorKeys(readPublicKeys(join(root, 'worker')));
      const body = { ...bodyOf(iss), keys, ...(revoked.length > 0 && { revoked }) };
      return (await signDescriptor({ iss, seq, body }, node.worker.signer('identity'))).jws;
    },
    /** What is signed from now on is signed with the successors. */
    rotate(purposes: PublishedPurpose[], { revoke = false, before = 0 } = {}) {
      const rotated = rotateKeys(root, purposes);
      if (revoke) for (const { purpose, from } of rotated) revoked.push({ purpose, kid: from, before } as Revocation);
      node.worker = loadKeys(join(root, 'worker'), 'worker');
      seq += 1;
    },
  };
  return node;
}
export type Keys = ReturnType<typeof makeNode>;

/** The place of a leaf in a tree, by its definition. */
export function pathOf(entries: readonly Uint8Array[], index: number): string[] {
  const leaves = entries.map((entry) => hashLeaf(entry));
  const read = (height: number, at: number): Buffer =>
    height === 0 ? leaves[at]! : hashNode(read(height - 1, at * 2), read(height - 1, at * 2 + 1));
  return inclusionProof(index, leaves.length, read).map((hash) => hash.toString('base64url'));
}

export function rootOver(entries: readonly Uint8Array[]): Buffer {
  return rootOf(appendLeaves(emptyFrontier(), entries.map(hashLeaf)));
}

/** That an entry stands at place 5 of eleven, cosigned by these. */
export async function proveInLog(
  node: Keys,
  entry: Uint8Array,
  witnesses: readonly Pick<Keys, 'origin' | 'witness' | 'describe'>[] = [],
) {
  const entries: Uint8Array[] = Array.from({ length: 11 }, (_, at) => Buffer.alloc(32, at));
  entries[5] = entry;
  const head = { origin: logNameOf(node.origin), size: 11, root: rootOver(entries) };
  const note = signCheckpoint(head, node.worker.signer('log').privateKey);
  const lines = witnesses.map(({ origin, witness }, at) =>
    cosign(note, { name: witnessNameOf(origin), privateKey: witness.privateKey, timestamp: 1_795_564_800 + at }),
  );
  return {
    index: 5,
    proof: pathOf(entries, 5),
    checkpoint: addSignatures(note, lines),
    descriptor: await node.describe(),
    witnesses: await Promise.all(witnesses.map((one) => one.describe(one.origin))),
  };
}
