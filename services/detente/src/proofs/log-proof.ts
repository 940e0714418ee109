// What dossiers and receipts have in common: whose keys they are, and that an entry stands in a log that others have seen.

import type { KeyObject } from 'node:crypto';
import { type Descriptor, KeysError, publicKeyOf, type Statement, thumbprint, verifyDescriptor } from '@detente/keys';
import {
  type Checkpoint,
  hashLeaf,
  parseNote,
  TlogError,
  verifyCheckpoint,
  verifyCosignature,
  verifyInclusion,
} from '@detente/tlog';
import { type Members, ProofError, readCount, readHashes, readList, readText } from './proof-file.ts';

export const LOG_MEMBERS = ['index', 'proof', 'checkpoint', 'descriptor', 'witnesses'] as const;

export type VerifiedDescriptor = {
  descriptor: Statement<Descriptor>;
  /** Thumbprint of the identity key that it shows. */
  fingerprint: string;
};

/** Who says that the log continued what it had seen before. `at` in POSIX seconds, by its own clock. */
export type Cosigner = { origin: string; fingerprint: string; at: number };

export type ProvenEntry = {
  name: string;
  index: number;
  size: number;
  root: string;
  witnesses: Cosigner[];
};

/** Verifies a descriptor by the identity key that it shows.
 *  @param pinned fingerprint that must be that key's
 *  @throws ProofError `descriptor_refused`, `fingerprint_unexpected` */
export async function verifyKeys(value: unknown, at: string, pinned?: string): Promise<VerifiedDescriptor> {
  const jws = readText(value, at);
  try {
    // What the descriptor says about itself is read only to ask whether it is so.
    const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const fingerprint = thumbprint(claims.keys.identity.jwk);
    if (pinned !== undefined && pinned !== fingerprint)
      throw new ProofError('fingerprint_unexpected', at, `its identity key is ${fingerprint}, not ${pinned}`);
    return { descriptor: await verifyDescriptor(jws, { origin: claims.iss, fingerprint }), fingerprint };
  } catch (cause) {
    refuseDescriptor(at, cause);
  }
}

/** @throws ProofError `descriptor_refused`, or `cause` if it is one */
export function refuseDescriptor(at: string, cause: unknown): never {
  if (cause instanceof ProofError) throw cause;
  const why = cause instanceof KeysError ? cause.code : 'jws_malformed';
  throw new ProofError('descriptor_refused', at, `the descriptor does not verify (${why})`, { cause });
}

/** Verifies that an entry stands in the log of `descriptor`'s node, and who has cosigned that log.
 *  @param part has `LOG_MEMBERS`
 *  @param entry 32 bytes
 *  @param at JSON pointer of the part
 *  @throws ProofError `checkpoint_refused`, `witness_refused`, `signature_unknown`, `proof_refused`, `member_malformed` */
export async function verifyEntry(
  part: Members,
  entry: Uint8Array,
  { iss, body }: Statement<Descriptor>,
  at: string,
): Promise<ProvenEntry> {
  const index = readCount(part.index, `${at}/index`);
  const proof = readHashes(part.proof, `${at}/proof`);
  const note = readText(part.checkpoint, `${at}/checkpoint`);
  const checkpoint = verifyHead(
    note,
    { name: body.log, publicKey: publicKeyOf(body.keys.log.jwk) },
    `${at}/checkpoint`,
  );
  const { origin: name, size, root } = checkpoint;
  const own = { origin: iss, fingerprint: thumbprint(body.keys.identity.jwk) };
  const witnesses = await verifyWitnesses(note, readList(part.witnesses, `${at}/witnesses`, 64), own, at);
  // A line that nobody here can check would be a place in the file that may be changed unseen.
  if (parseNote(note).signatures.length !== 1 + witnesses.length)
    throw new ProofError('signature_unknown', `${at}/checkpoint`, 'it carries a signature of an unknown key');
  try {
    verifyInclusion({ index, size, leafHash: hashLeaf(entry), root, proof });
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = `the proof does not lead from the entry to the checkpoint (${cause.code})`;
    throw new ProofError('proof_refused', `${at}/index or ${at}/proof`, message, { cause });
  }
  return { name, index, size, root: root.toString('base64url'), witnesses };
}

function verifyHead(note: string, log: { name: string; publicKey: KeyObject }, at: string): Checkpoint {
  try {
    return verifyCheckpoint(note, log);
  } catch (cause) {
    if (!(cause instanceof TlogError)) throw cause;
    const message = `the checkpoint is not signed by the log’s key (${cause.code})`;
    throw new ProofError('checkpoint_refused', at, message, { cause });
  }
}

/** Each witness once, and each has signed; none of them is the log's own node, whose word about itself its log key has given. */
async function verifyWitnesses(
  note: string,
  descriptors: readonly unknown[],
  own: Omit<Cosigner, 'at'>,
  at: string,
): Promise<Cosigner[]> {
  const found: Cosigner[] = [];
  for (const [place, value] of descriptors.entries()) {
    const where = `${at}/witnesses/${place}`;
    const { descriptor, fingerprint } = await verifyKeys(value, where);
    const { iss: origin, body } = descriptor;
    const isSame = (one: Omit<Cosigner, 'at'>) => one.origin === origin || one.fingerprint === fingerprint;
    if (isSame(own)) throw new ProofError('witness_refused', where, `${origin} is no witness of its own log`);
    if (found.some(isSame)) throw new ProofError('witness_refused', where, `${origin} stands here twice`);
    try {
      const key = { name: body.witness, publicKey: publicKeyOf(body.keys.witness.jwk) };
      found.push({ origin, fingerprint, at: verifyCosignature(note, key).timestamp });
    } catch (cause) {
      if (!(cause instanceof TlogError)) throw cause;
      const message = `the witness of ${origin} has not signed the checkpoint (${cause.code})`;
      throw new ProofError('witness_refused', `${where} or ${at}/checkpoint`, message, { cause });
    }
  }
  return found;
}

/** What the cosignatures say, in words: proven, and what is not. */
export function explainWitnesses({ size, witnesses }: ProvenEntry): { proven: string[]; notProven: string[] } {
  if (witnesses.length === 0)
    return {
      proven: [],
      notProven: [
        'The moment in time: no clock and no witness is in this file.',
        'That the log shows everybody the same: no witness has signed this checkpoint.',
      ],
    };
  const earliest = Math.min(...witnesses.map(({ at }) => at));
  return {
    proven: witnesses.map(
      ({ origin, fingerprint, at }) =>
        `The witness of ${origin} (fingerprint ${fingerprint}) signed at ${instant(at)}, by its clock, that these ${size} entries continue what it had seen of the log before.`,
    ),
    notProven: [
      `The moment in time but for the word of ${witnesses.length === 1 ? 'that witness' : 'those witnesses'}: the entry was there before ${instant(earliest)}.`,
      'Whose keys the witnesses’ are, and that they are not in league with the log: compare their fingerprints out of band.',
    ],
  };
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `second ${seconds}` : date.toISOString().replace('.000Z', 'Z');
}
