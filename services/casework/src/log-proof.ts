// That an entry stands in our log, and who has seen that log: the part of a dossier and of a receipt's proof that is the same.

import { type Descriptor, publicKeyOf, witnessNameOf } from '@detente/keys';
import type { Reader } from '@detente/store/database';
import { type ProofParts, readProofParts, readTiles } from '@detente/store/log-proof';
import {
  addSignatures,
  inclusionProof,
  nodesForInclusion,
  TlogError,
  tileReader,
  tilesForNodes,
  verifyCheckpoint,
  verifyCosignature,
  verifySigned,
} from '@detente/tlog';

export type LogProof = {
  index: number;
  proof: string[];
  checkpoint: string;
  descriptor: string;
  witnesses: string[];
};

/** Proves it to a checkpoint that witnesses have signed, else to the newest.
 *  @returns undefined while no checkpoint shows the entry, signed by the key of today's descriptor */
export async function proveEntry(border: Reader, index: number): Promise<LogProof | undefined> {
  for (const cosigned of [true, false]) {
    const parts = await readProofParts(border, index, { cosigned });
    if (parts?.descriptor && isOfKey(parts.note, parts.descriptor))
      return proofOf(border, index, { ...parts, descriptor: parts.descriptor });
  }
  return undefined;
}

/** The proof of an entry of another log, as it came here or our mirror has it, with the descriptors of the witnesses that are known
 *  here. Signatures of others are left out: a reader offline could not check them.
 *  @returns undefined when the log's node has another log key today */
export function proofFrom(
  { index, proof, checkpoint }: { index: number; proof: string[]; checkpoint: string },
  { descriptor, known }: { descriptor: string; known: readonly string[] },
): LogProof | undefined {
  if (!isOfKey(checkpoint, descriptor)) return undefined;
  const { log, keys } = claimsOf(descriptor);
  const { note } = verifySigned(checkpoint, { name: log, publicKey: publicKeyOf(keys.log.jwk) });
  const signed = known.flatMap((witness) => {
    const signature = cosignatureOf(checkpoint, { line: '', descriptor: witness });
    return signature ? [{ signature, witness }] : [];
  });
  const signatures = signed.map(({ signature }) => signature);
  return {
    index,
    proof,
    checkpoint: addSignatures(note, signatures),
    descriptor,
    witnesses: signed.map(({ witness }) => witness),
  };
}

async function proofOf(border: Reader, index: number, parts: ProofParts & { descriptor: string }): Promise<LogProof> {
  const { size, note, descriptor } = parts;
  const tiles = await readTiles(border, tilesForNodes(nodesForInclusion(index, size), size));
  const proof = inclusionProof(index, size, tileReader(tiles)).map((hash) => hash.toString('base64url'));
  const signed = parts.cosignatures.flatMap((one) => {
    const signature = cosignatureOf(note, one);
    return signature ? [{ signature, descriptor: one.descriptor }] : [];
  });
  return {
    index,
    proof,
    checkpoint: addSignatures(
      note,
      signed.map(({ signature }) => signature),
    ),
    descriptor,
    witnesses: signed.map((one) => one.descriptor),
  };
}

/** After a rotation the cosigned checkpoint may still be of the log key before, which the descriptor does not show. */
function isOfKey(note: string, descriptor: string): boolean {
  const { log, keys } = claimsOf(descriptor);
  try {
    verifyCheckpoint(note, { name: log, publicKey: publicKeyOf(keys.log.jwk) });
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** What was verified before it was kept; here it is only read. */
export function claimsOf(descriptor: string) {
  const claims = JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString('utf8'));
  return claims as { iss: string } & Pick<Descriptor, 'keys' | 'log'>;
}

/** A line of a witness key that its descriptor does not show any more is left out: a reader offline could not check it. */
function cosignatureOf(note: string, { line, descriptor }: ProofParts['cosignatures'][number]) {
  const { iss, keys } = claimsOf(descriptor);
  try {
    return verifyCosignature(note + line, { name: witnessNameOf(iss), publicKey: publicKeyOf(keys.witness.jwk) });
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}
