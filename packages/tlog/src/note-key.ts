// Keys of signed notes: verifier keys (vkeys), signing and verifying. Ed25519 notes (type 0x01) and timestamped Ed25519
// cosignatures (type 0x04, C2SP tlog-cosignature).
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { TlogError } from './errors.ts';
import { assertKeyName, formatNote, type NoteSignature, parseBase64, parseNote } from './note.ts';

export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
export type SignatureType = typeof ED25519 | typeof COSIGNATURE;

/** A public key under a name. Whether the key is a sound point is for whoever enrols it. */
export interface NoteVerifier {
  name: string;
  type: SignatureType;
  keyId: number;
  publicKey: KeyObject;
}

/** A signature that was verified. `timestamp` (POSIX seconds) is that of a cosignature. */
export interface VerifiedSignature extends NoteSignature {
  verifier: NoteVerifier;
  timestamp?: number;
}

/** @throws TlogError `key_name_malformed`, `key_unsupported` unless it is an Ed25519 key */
export function noteVerifier(name: string, publicKey: KeyObject, type: SignatureType = ED25519): NoteVerifier {
  assertKeyName(name);
  return { name, type, keyId: keyId(name, type, rawPublicKey(publicKey)), publicKey };
}

/** Key ID: SHA-256(name || LF || type || public key)[:4] as a number, C2SP signed-note "Signatures".
 *  @param publicKey 32 bytes for Ed25519. */
export function keyId(name: string, type: number, publicKey: Uint8Array): number {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey]);
  return Number.parseInt(hash('sha256', input, 'hex').slice(0, 8), 16);
}

/** `name+hex(key ID)+base64(type || public key)`, C2SP signed-note "Verifier keys". */
export function formatVkey({ name, type, keyId, publicKey }: NoteVerifier): string {
  const material = Buffer.concat([Buffer.of(type), rawPublicKey(publicKey)]).toString('base64');
  return `${name}+${keyId.toString(16).padStart(8, '0')}+${material}`;
}

/** The verifier of an Ed25519 vkey of type 0x01 or 0x04.
 *  @throws TlogError `vkey_malformed` */
export function parseVkey(vkey: string): NoteVerifier {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey);
  const material = match === null ? undefined : parseBase64(match[3]!);
  const type = material?.[0];
  if (match === null || material?.length !== 33 || (type !== ED25519 && type !== COSIGNATURE)) {
    throw new TlogError('vkey_malformed', 'no Ed25519 vkey');
  }
  const x = material.subarray(1).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const verifier = noteVerifier(match[1]!, publicKey, type);
  if (formatVkey(verifier) !== vkey) throw new TlogError('vkey_malformed', 'the key ID does not fit the key');
  return verifier;
}

/** A note signed once by an Ed25519 key under a name.
 *  @param text ends in a newline.
 *  @throws TlogError `note_malformed`, `key_name_malformed`, `key_unsupported` */
export function signNote(text: string, { name, privateKey }: { name: string; privateKey: KeyObject }): string {
  const { keyId } = noteVerifier(name, createPublicKey(privateKey));
  return formatNote({ text, signatures: [{ name, keyId, signature: sign(null, Buffer.from(text), privateKey) }] });
}

/** The text of a note that at least one of the known keys has signed. Signatures of others are ignored; one by a known
 *  key that fails makes the whole note invalid (C2SP signed-note "Signatures").
 *  @throws TlogError `note_malformed`, `note_unsigned`, `signature_invalid` */
export function verifyNote(
  note: string,
  verifiers: readonly NoteVerifier[],
): { text: string; signatures: VerifiedSignature[] } {
  const { text, signatures } = parseNote(note);
  const verified: VerifiedSignature[] = [];
  for (const signature of signatures) {
    const known = verifiers.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (known !== undefined) verified.push(verifySignature(text, signature, known));
  }
  if (verified.length === 0) throw new TlogError('note_unsigned', 'no known key has signed the note');
  return { text, signatures: verified };
}

/** C2SP tlog-cosignature "Ed25519 signed message". */
export function cosignedMessage(text: string, timestamp: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

function verifySignature(text: string, signature: NoteSignature, verifier: NoteVerifier): VerifiedSignature {
  const bytes = signature.signature;
  if (verifier.type === ED25519) {
    assertSigned(Buffer.from(text), bytes, verifier);
    return { ...signature, verifier };
  }
  const timestamp = bytes.length === 72 ? Number(bytes.readBigUInt64BE()) : Number.NaN;
  if (!Number.isSafeInteger(timestamp)) throw new TlogError('signature_invalid', 'no timestamped signature');
  assertSigned(cosignedMessage(text, timestamp), bytes.subarray(8), verifier);
  return { ...signature, verifier, timestamp };
}

function assertSigned(message: Buffer, signature: Buffer, { name, publicKey }: NoteVerifier): void {
  if (signature.length !== 64 || !verify(null, message, publicKey, signature)) {
    throw new TlogError('signature_invalid', `the signature of ${name} does not fit`);
  }
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new TlogError('key_unsupported', 'not an Ed25519 key');
  return Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
}
