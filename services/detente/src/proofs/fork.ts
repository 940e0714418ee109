// A fork's file, verified with nothing but the file: a log has signed two histories. `detente verify FILE`.

import type { KeyObject } from 'node:crypto';
import type { ForkProof } from '@detente/contract';
import { type Descriptor, publicKeyOf, type Statement } from '@detente/keys';
import { type Fork, TlogError, verifyFork } from '@detente/tlog';
import { type VerifiedDescriptor, verifyKeys } from './log-proof.ts';
import { ProofError, readHashes, readList, readProofFile, readText, refuseOtherMembers } from './proof-file.ts';

export type VerifiedFork = VerifiedDescriptor & {
  pinned: boolean;
  smaller: { size: number; root: string };
  larger: { size: number; root: string };
  /** What the larger tree has for a root at the smaller size. */
  root: string;
};

const MEMBERS = ['fork', 'smaller', 'larger', 'root', 'proof', 'descriptors'] as const;

/** @param descriptors that show the log keys of both checkpoints */
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
  const shown = await verifyNode(readList(file.descriptors, '/descriptors', 2), pinned);
  const [root] = readHashes([file.root], '/root');
  const fork = {
    smaller: readText(file.smaller, '/smaller'),
    larger: readText(file.larger, '/larger'),
    root: root!,
    proof: readHashes(file.proof, '/proof'),
  };
  const { smaller, larger } = verifyTrees(fork, shown.descriptor, shown.logKeys);
  const told = ({ size, root: hash }: typeof smaller) => ({ size, root: Buffer.from(hash).toString('base64url') });
  const { descriptor, fingerprint } = shown;
  return {
    descriptor,
    fingerprint,
    pinned: pinned !== undefined,
    smaller: told(smaller),
    larger: told(larger),
    root: fork.root.toString('base64url'),
  };
}

/** Whose log it is: of two descriptors both are of one node, under one identity key. */
async function verifyNode(descriptors: readonly unknown[], pinned: string | undefined) {
  const verified: VerifiedDescriptor[] = [];
  for (const [place, value] of descriptors.entries()) {
    const one = await verifyKeys(value, `/descriptors/${place}`, pinned ?? verified[0]?.fingerprint);
    if (verified[0] && one.descriptor.iss !== verified[0].descriptor.iss)
      throw new ProofError('descriptor_refused', `/descriptors/${place}`, 'it is of another node than the first');
    verified.push(one);
  }
  const newest = verified.at(-1);
  if (!newest) throw new ProofError('member_malformed', '/descriptors', 'there must be one at least');
  return { ...newest, logKeys: verified.map(({ descriptor }) => publicKeyOf(descriptor.body.keys.log.jwk)) };
}

function verifyTrees(fork: Fork, { body }: Statement<Descriptor>, publicKey: readonly KeyObject[]) {
  try {
    return verifyFork(fork, { name: body.log, publicKey });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = `the checkpoints and the proof do not show two histories (${cause.code})`;
    throw new ProofError('proof_refused', '/smaller, /larger, /root or /proof', message, { cause });
  }
}

/** What a verified fork proves and what it does not, in plain words. */
export function explainFork({ descriptor, fingerprint, pinned, smaller, larger, root }: VerifiedFork) {
  const { iss, body } = descriptor;
  const key = pinned
    ? `the identity key ${fingerprint}, as you named it`
    : `an identity key with the fingerprint ${fingerprint}`;
  const larger_ =
    smaller.size === larger.size
      ? `it signed as well that they have the root ${larger.root}`
      : `it signed as well a log of ${larger.size} entries with the root ${larger.root}, whose first ${smaller.size} have the root ${root}`;
  return {
    proven: [
      `${key}, speaks for ${iss} and named the key of its log ${body.log}.`,
      `The log key signed that the first ${smaller.size} entries have the root ${smaller.root}; ${larger_}.`,
      'No log that only grows can show both: somebody was shown another history than others.',
    ],
    notProven: [
      ...(pinned
        ? []
        : [`Whose key it is: compare the fingerprint with ${iss} out of band, then verify with --fingerprint.`]),
      'Which of the two histories is the one that others were shown, and when each was signed.',
      'That it was meant: a node that was started on an older database and signed again, or whose log key was stolen, leaves the same trace.',
    ],
  };
}
