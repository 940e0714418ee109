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
  verifyCosignature,
} from '@detente/tlog';

export type LogProof = {
  index: number;
  proof: string[];
  checkpoint: string;
  descriptor: string;
  witnesses: string[];
};

/** @returns undefined while no signed checkpoint shows the entry */
export async function proveEntry(border: Reader, index: number): Promise<LogProof | undefined> {
  const parts = await readProofParts(border, index);
  if (!parts?.descriptor) return undefined;
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

/** A line of a witness key that its descriptor does not show any more is left out: a reader offline could not check it. */
function cosignatureOf(note: string, { line, descriptor }: ProofParts['cosignatures'][number]) {
  // It was verified before it was kept; here it is only read.
  const claims = JSON.parse(Buffer.from(descriptor.split('.')[1]!, 'base64url').toString('utf8'));
  const { iss, keys } = claims as { iss: string } & Pick<Descriptor, 'keys'>;
  try {
    return verifyCosignature(note + line, { name: witnessNameOf(iss), publicKey: publicKeyOf(keys.witness.jwk) });
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}
