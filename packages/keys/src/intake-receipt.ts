// What a lab gets for its report: a signed promise that its leaf will be in that day's intake tree.
import { createHash, randomBytes } from 'node:crypto';
import { isBase64url } from './canonical.ts';
import { KeysError } from './errors.ts';
import { groupLeaves, intakeGroupDepth, maxIntakeGroup, rootOfGroup } from './intake-group.ts';
import { type KeyFor, signJws, verifyJws } from './jws.ts';
import { parseOrigin } from './origin.ts';
import type { Signer } from './ring.ts';
import { readDay, readHash, readInteger, readLine, readList, readMembers, refuse } from './shape.ts';

/** As handed to the lab. Hashes and salt in base64url. */
export type IntakeReceipt = {
  /** Signed: exactly `iss`, `day` (UTC) and `root`; the same for all reports of a commit group. */
  jws: string;
  /** 128 random bits, so that nobody can look for a report that they guess. */
  salt: string;
  leaf: string;
  /** Where the leaf is in the group's tree, and the way up; both say nothing of how many others there were. */
  index: number;
  path: string[];
};
export type VerifiedIntakeReceipt = { iss: string; day: string; leaf: Buffer; kid: string; digest: string };

export const intakeReceiptTyp = 'detente-intake-receipt+jwt';

/** A new salt, 16 bytes, one for each report. */
export function intakeSalt(): Buffer {
  return randomBytes(16);
}

/** The leaf of a report: SHA-256 over `detente/intake/1`, LF, the salt's 16 bytes, and the body's SHA-256.
 *  @param bodyDigest 32 bytes: SHA-256 of the exact bytes received.
 *  @returns 32 bytes. */
export function intakeLeaf(salt: Uint8Array, bodyDigest: Uint8Array): Buffer {
  if (salt.length !== 16 || bodyDigest.length !== 32) {
    throw new KeysError('leaf_mismatch', 'a leaf is made of a salt of 16 bytes and a digest of 32');
  }
  return createHash('sha256').update('detente/intake/1\n').update(salt).update(bodyDigest).digest();
}

/** One signature for the reports of one commit group. Unlike a statement, the promise has neither sequence nor audience: a
 *  number would tell each lab how many reports came in since its last one.
 *  @param input.day UTC day of the intake tree, from the row that the close locks.
 *  @param input.reports 1 to 512.
 *  @returns a receipt for each report, in order.
 *  @throws KeysError `group_size`, `body_malformed`, `origin_malformed` */
export async function signIntakeGroup(
  input: { iss: string; day: string; reports: readonly { salt: Uint8Array; bodyDigest: Uint8Array }[] },
  signer: Signer,
): Promise<IntakeReceipt[]> {
  parseOrigin(input.iss);
  const leaves = input.reports.map(({ salt, bodyDigest }) => intakeLeaf(salt, bodyDigest));
  const { root, places } = groupLeaves(leaves);
  const payload = { iss: input.iss, day: readDay(input.day, '/day'), root: root.toString('base64url') };
  const { jws } = await signJws(intakeReceiptTyp, payload, signer);
  return input.reports.map(({ salt }, i) => ({
    jws,
    salt: Buffer.from(salt).toString('base64url'),
    leaf: leaves[i]!.toString('base64url'),
    index: places[i]!.index,
    path: places[i]!.path.map((hash) => hash.toString('base64url')),
  }));
}

/** Verifies a receipt against the exact bytes that were sent.
 *  @throws KeysError `body_malformed`, those of `verifyStatement`, `leaf_mismatch` (another body or salt), `path_mismatch` */
export async function verifyIntakeReceipt(input: {
  receipt: unknown;
  body: Uint8Array;
  iss: string;
  keyFor: KeyFor;
}): Promise<VerifiedIntakeReceipt> {
  const receipt = parseIntakeReceipt(input.receipt);
  const { kid, payload, digest } = await verifyJws(receipt.jws, intakeReceiptTyp, input.keyFor);
  const promise = readMembers(payload, '', ['iss', 'day', 'root']);
  if (promise.iss !== input.iss) throw new KeysError('issuer_unexpected', `iss must be ${input.iss}`);
  const day = readDay(promise.day, '/day');
  const root = readHash(promise.root, '/root');

  const bodyDigest = createHash('sha256').update(input.body).digest();
  const leaf = intakeLeaf(Buffer.from(receipt.salt, 'base64url'), bodyDigest);
  if (leaf.toString('base64url') !== receipt.leaf) {
    throw new KeysError('leaf_mismatch', 'the leaf is not that of this body and salt');
  }
  const path = receipt.path.map((hash) => Buffer.from(hash, 'base64url'));
  if (rootOfGroup(leaf, { index: receipt.index, path }).toString('base64url') !== root) {
    throw new KeysError('path_mismatch', 'the path does not lead from the leaf to the signed root');
  }
  return { iss: input.iss, day, leaf, kid, digest };
}

/** Reads a receipt as a lab keeps it, strictly.
 *  @throws KeysError `body_malformed` with a JSON pointer */
export function parseIntakeReceipt(value: unknown): IntakeReceipt {
  const members = readMembers(value, '', ['jws', 'salt', 'leaf', 'index', 'path']);
  const path = readList(members.path, '/path', intakeGroupDepth).map((hash, i) => readHash(hash, `/path/${i}`));
  if (path.length !== intakeGroupDepth) refuse('/path', `must have ${intakeGroupDepth} hashes`);
  return {
    jws: readLine(members.jws, '/jws', 2000),
    salt: isBase64url(members.salt, 16) ? members.salt : refuse('/salt', 'must be 16 bytes in canonical base64url'),
    leaf: readHash(members.leaf, '/leaf'),
    index: readInteger(members.index, '/index', 0, maxIntakeGroup - 1),
    path,
  };
}
