// What Detente's requests and responses have in common: label, tag, clock, Ed25519, and the spelling of the Signature field.
import { type KeyObject, sign, verify } from 'node:crypto';
import { SignatureError } from './errors.ts';

/** A private Ed25519 key and the RFC 7638 thumbprint that the other side knows it by. */
export type Signer = { readonly kid: string; readonly privateKey: KeyObject };

/** Finds the public key of a keyid among the keys already known. No key is ever taken from a message. */
export type KeyFor = (keyid: string) => KeyObject | undefined;

/** The one label in Signature-Input and Signature. */
export const label = 'detente';
/** The value of the `tag` parameter. */
export const tag = 'detente';
/** Longest time between `created` and `expires`, in seconds. */
export const longestLifetime = 300;
/** How far two clocks may differ, in seconds. */
export const clockSkew = 60;

// Base64 that decodes and encodes to itself: the last character before the padding holds no stray bits.
const signatureForm = /^detente=:([A-Za-z0-9+/]{85}[AQgw]==):$/;

/** Milliseconds of the epoch as the whole seconds of `created` and `expires`. */
export function toSeconds(now: number): number {
  return Math.floor(now / 1000);
}

/** @returns base64 of the 64 signature bytes, or undefined for any other spelling. */
export function parseSignature(field: string): string | undefined {
  return signatureForm.exec(field)?.[1];
}

export function formatSignature(signature: string): string {
  return `${label}=:${signature}:`;
}

/** @returns base64 of the Ed25519 signature (RFC 9421 §3.3.6).
 *  @throws SignatureError `key_unsuitable` */
export function signBase(base: string, signer: Signer): string {
  const { privateKey } = signer;
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new SignatureError('key_unsuitable', 'requests and responses are signed with a private Ed25519 key');
  }
  return sign(null, Buffer.from(base, 'latin1'), privateKey).toString('base64');
}

/** @param signature base64 as `parseSignature` gives it.
 *  @throws SignatureError `keyid_unknown`, `key_unsuitable`, `signature_invalid` */
export function verifyBase(base: string, signature: string, key: KeyObject | undefined): void {
  if (key === undefined) throw new SignatureError('keyid_unknown', 'keyid names no known key');
  // With any other kind of key node:crypto would verify under that kind's own algorithm.
  if (key.type !== 'public' || key.asymmetricKeyType !== 'ed25519') {
    throw new SignatureError('key_unsuitable', 'the key of this keyid is not a public Ed25519 key');
  }
  if (!verify(null, Buffer.from(base, 'latin1'), key, Buffer.from(signature, 'base64'))) {
    throw new SignatureError('signature_invalid', 'the signature does not verify');
  }
}
