// A fork's file, verified with nothing but the file: a log has signed two histories. `detente verify FILE`.

import type { KeyObject } from 'node:crypto';
import type { ForkProof } from '@detente/contract/casework';
import { type Descriptor, followDescriptor, logKeysOf, type Statement } from '@detente/keys';
import { type Fork, TlogError, verifyFork } from '@detente/tlog';
import { refuseDescriptor, type VerifiedDescriptor, verifyKeys } from './log-proof.ts';
import { ProofError, readHashes, readList, readProofFile, readText, refuseOtherMembers } from './proof-file.ts';

export type VerifiedFork = VerifiedDescriptor & {
  pinned: boolean;
  /** Thumbprints of the identity keys that followed, each announced by one before. */
  successors: string[];
  smaller: { size: number; root: string };
  larger: { size: number; root: string };
  /** What the larger tree has for a root at the smaller size. */
  root: string;
};

const MEMBERS = ['fork', 'smaller', 'larger', 'root', 'proof', 'descriptors'] as const;

/** As many as a node keeps and is told of. */
const MOST_DESCRIPTORS = 100;

/** @param descriptors that show the log keys of both checkpoints, in the order in which they are verified */
export function forkProofOf({ smaller, larger, root, proof }: Fork, descriptors: readonly string[]): ForkProof {
  return {
    fork: 'detente/fork/1',
    smaller,
    larger,
    root: root.toString('base64url'),
    proof: proof.map((hash) => hash.toString('base64url')),
    descriptors: [...descriptors],
  };
}

/** The one spelling of the file: members in order, no white space. */
export function formatFork(file: ForkProof): string {
  return JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, file[name]])));
}

/** Whether these bytes are meant as a fork's file: it says so first. */
export function isForkFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '{"fork":';
}

/** @param pinned fingerprint that was compared out of band
 *  @throws ProofError */
export async function verifyForkFile(bytes: Uint8Array, pinned?: string): Promise<VerifiedFork> {
  const file = readProofFile(bytes);
  refuseOtherMembers(file, '', MEMBERS);
  if (file.fork !== 'detente/fork/1') throw new ProofError('member_malformed', '/fork', 'this is no fork of version 1');
  const shown = await verifyNode(readList(file.descriptors, '/descriptors', MOST_DESCRIPTORS), pinned);
  const [root] = readHashes([file.root], '/root');
  const fork = {
    smaller: readText(file.smaller, '/smaller'),
    larger: readText(file.larger, '/larger'),
    root: root!,
    proof: readHashes(file.proof, '/proof'),
  };
  const { smaller, larger } = verifyTrees(fork, shown.descriptors);
  const told = ({ size, root: hash }: typeof smaller) => ({ size, root: Buffer.from(hash).toString('base64url') });
  const { descriptor, fingerprint, successors } = shown;
  return {
    descriptor,
    fingerprint,
    successors,
    pinned: pinned !== undefined,
    smaller: told(smaller),
    larger: told(larger),
    root: fork.root.toString('base64url'),
  };
}

/** Whose log it is: all are of the first one's node, under its identity key or one that was announced to follow.
 *  @throws ProofError */
async function verifyNode(values: readonly unknown[], pinned: string | undefined) {
  if (values.length === 0) throw new ProofError('member_malformed', '/descriptors', 'there must be one at least');
  const first = await verifyKeys(values[0], '/descriptors/0', pinned);
  const identities = new Set([first.fingerprint]);
  const descriptors: Statement<Descriptor>[] = [];
  for (const [place, value] of values.entries()) {
    const at = `/descriptors/${place}`;
    try {
      descriptors.push(await followDescriptor(readText(value, at), first.descriptor.iss, identities));
    } catch (cause) {
      refuseDescriptor(at, cause);
    }
  }
  const kids = new Set(descriptors.map(({ kid }) => kid));
  return { ...first, descriptors, successors: [...kids].slice(1) };
}

function verifyTrees(fork: Fork, descriptors: readonly Statement<Descriptor>[]) {
  const bodies = descriptors.map(({ body }) => body);
  const verify = (publicKey: Iterable<KeyObject>) =>
    verifyFork(fork, { name: bodies[0]!.log, publicKey: [...publicKey] });
  try {
    return verify(logKeysOf(bodies).values());
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    if (bodies.some(({ revoked = [] }) => revoked.some(({ purpose }) => purpose === 'log'))) {
      const message = `a log key was revoked, and what it signed proves nothing (${cause.code})`;
      throw new ProofError('key_revoked', '/descriptors', message, { cause });
    }
    const message = `the checkpoints and the proof do not show two histories (${cause.code})`;
    throw new ProofError('proof_refused', '/smaller, /larger, /root or /proof', message, { cause });
  }
}

/** What a verified fork proves and what it does not, in plain words. */
export function explainFork({ descriptor, fingerprint, successors, pinned, smaller, larger, root }: VerifiedFork) {
  const { iss, body } = descriptor;
  const key = pinned
    ? `The identity key ${fingerprint}, as you named it,`
    : `An identity key with the fingerprint ${fingerprint}`;
  const larger_ =
    smaller.size === larger.size
      ? `it signed as well that they have the root ${larger.root}`
      : `it signed as well a log of ${larger.size} entries with the root ${larger.root}, whose first ${smaller.size} have the root ${root}`;
  return {
    proven: [
      `${key} speaks for ${iss} and named the key of its log ${body.log}.`,
      ...successors.map((kid) => `The identity key ${kid} was announced to follow, and spoke for it afterwards.`),
      `A log key of it signed that the first ${smaller.size} entries have the root ${smaller.root}; ${larger_}.`,
      'No log that only grows can show both: somebody was shown another history than others.',
    ],
    notProven: [
      ...(pinned
        ? []
        : [`Whose key it is: compare the fingerprint with ${iss} out of band, then verify with --fingerprint.`]),
      'Which of the two histories is the one that others were shown, and when each was signed.',
      'That it was meant: a node that was started on an older database and signed again, or whose keys were stolen, leaves the same trace.',
    ],
  };
}
