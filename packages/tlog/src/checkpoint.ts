// Checkpoints of C2SP tlog-checkpoint and cosignatures of C2SP tlog-cosignature (Ed25519, type 0x04).
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { TlogError } from './errors.ts';
import { assertHash } from './hash.ts';
import { formatNote, type NoteSignature, parseBase64, parseNote } from './note.ts';
import {
  COSIGNATURE,
  cosignedMessage,
  noteVerifier,
  signNote,
  type VerifiedSignature,
  verifyNote,
} from './note-key.ts';
import { assertSize } from './range.ts';

/** A tree head. `extensions` are the opaque lines after the third; none in our own logs. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
  extensions: readonly string[];
}

/** Bytes of a checkpoint's text, and the log's own signatures that are kept of one: whatever is taken anywhere is then short enough
 *  to be told to others, and no log can hide one of its trees behind its length. */
const MAX_TEXT = 2048;
const MAX_OWN_SIGNATURES = 4;

/** What is signed: origin, size and root in a line each.
 *  @throws TlogError `checkpoint_malformed`, `checkpoint_too_long`, `size_invalid`, `hash_length` */
export function formatCheckpoint(checkpoint: {
  origin: string;
  size: number;
  root: Uint8Array;
  extensions?: readonly string[];
}): string {
  assertSize(checkpoint.size);
  assertHash(checkpoint.root);
  const extensions = checkpoint.extensions ?? [];
  for (const line of [checkpoint.origin, ...extensions]) {
    if (line === '' || line.includes('\n')) throw new TlogError('checkpoint_malformed', 'a line is empty or no line');
  }
  const root = Buffer.from(checkpoint.root).toString('base64');
  const text = `${[checkpoint.origin, checkpoint.size, root, ...extensions].join('\n')}\n`;
  assertShort(text);
  return text;
}

/** @param text of the note, without signatures.
 *  @throws TlogError `checkpoint_malformed`, `checkpoint_too_long` */
export function parseCheckpoint(text: string): Checkpoint {
  assertShort(text);
  const [origin, size, root, ...rest] = text.split('\n');
  const hash = root === undefined ? undefined : parseBase64(root);
  if (!origin || !size || !/^(0|[1-9]\d{0,15})$/.test(size) || hash?.length !== 32 || rest.pop() !== '') {
    throw new TlogError('checkpoint_malformed', 'not an origin, a size and a root');
  }
  if (!Number.isSafeInteger(Number(size)) || rest.includes('')) {
    throw new TlogError('checkpoint_malformed', 'the size is too large or a line is empty');
  }
  return { origin, size: Number(size), root: hash, extensions: rest };
}

function assertShort(text: string): void {
  if (Buffer.byteLength(text) > MAX_TEXT)
    throw new TlogError('checkpoint_too_long', `a checkpoint of more than ${MAX_TEXT} bytes`);
}

/** The signed checkpoint of a log: the key's name is the origin. */
export function signCheckpoint(
  checkpoint: { origin: string; size: number; root: Uint8Array },
  privateKey: KeyObject,
): string {
  return signNote(formatCheckpoint(checkpoint), { name: checkpoint.origin, privateKey });
}

/** A log as its verifiers know it: its origin, and its key or keys (during a rotation). */
export interface LogVerifier {
  name: string;
  publicKey: KeyObject | readonly KeyObject[];
}

/** A checkpoint that its log has signed.
 *  @throws TlogError `note_malformed`, `note_unsigned`, `signature_invalid`, `checkpoint_malformed`,
 *  `checkpoint_too_long`, `checkpoint_origin` */
export function verifyCheckpoint(note: string, log: LogVerifier): Checkpoint {
  return verifySigned(note, log).checkpoint;
}

/** A checkpoint that its log has signed, and the note with the log's own signatures alone, one of each key and four
 *  at most: what others have added is not verified, and not to be kept.
 *  @throws TlogError those of `verifyCheckpoint` */
export function verifySigned(note: string, log: LogVerifier): { checkpoint: Checkpoint; note: string } {
  const keys: readonly KeyObject[] = Array.isArray(log.publicKey) ? log.publicKey : [log.publicKey];
  const { text, signatures } = verifyNote(
    note,
    keys.map((key) => noteVerifier(log.name, key)),
  );
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.name) {
    throw new TlogError('checkpoint_origin', `a checkpoint of ${checkpoint.origin}, signed by ${log.name}`);
  }
  const once = signatures.filter((one, i) => signatures.findIndex(({ keyId }) => keyId === one.keyId) === i);
  return { checkpoint, note: formatNote({ text, signatures: once.slice(0, MAX_OWN_SIGNATURES) }) };
}

/** A witness's cosignature of a checkpoint that it has found consistent. The log's own signature is for the caller to
 *  verify before.
 *  @param note the signed checkpoint.
 *  @param timestamp POSIX seconds, more than 0 (C2SP tlog-witness).
 *  @throws TlogError `note_malformed`, `checkpoint_malformed`, `checkpoint_too_long`, `timestamp_invalid` */
export function cosign(
  note: string,
  witness: { name: string; privateKey: KeyObject; timestamp: number },
): NoteSignature {
  const { text } = parseNote(note);
  parseCheckpoint(text);
  // C2SP tlog-witness: "the timestamp MUST NOT be zero"
  if (!Number.isSafeInteger(witness.timestamp) || witness.timestamp <= 0) {
    throw new TlogError('timestamp_invalid', `no POSIX time: ${witness.timestamp}`);
  }
  const { keyId } = noteVerifier(witness.name, createPublicKey(witness.privateKey), COSIGNATURE);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(witness.timestamp));
  const signature = sign(null, cosignedMessage(text, witness.timestamp), witness.privateKey);
  return { name: witness.name, keyId, signature: Buffer.concat([time, signature]) };
}

/** The cosignature of one witness on a checkpoint, with its `timestamp`.
 *  @throws TlogError `note_malformed`, `note_unsigned`, `signature_invalid`, `checkpoint_malformed`,
 *  `checkpoint_too_long`, `timestamp_invalid` when it does not say when */
export function verifyCosignature(
  note: string,
  witness: { name: string; publicKey: KeyObject },
): VerifiedSignature & { timestamp: number } {
  const { text, signatures } = verifyNote(note, [noteVerifier(witness.name, witness.publicKey, COSIGNATURE)]);
  parseCheckpoint(text);
  const [first] = signatures;
  if (first!.timestamp === 0) throw new TlogError('timestamp_invalid', 'the cosignature does not say when');
  return { ...first!, timestamp: first!.timestamp! };
}
