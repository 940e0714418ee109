// Keys, times and messages that the tests share.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SignatureErrorCode, Signer } from '../src/index.ts';
import { SignatureError } from '../src/index.ts';

export const now = Date.UTC(2026, 10, 24, 12, 0, 0);
export const seconds = now / 1000;

export type TestKey = Signer & { publicKey: KeyObject };

/** An Ed25519 key named by its RFC 7638 thumbprint. */
export function makeKey(): TestKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = createPublicKey(privateKey);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kid, privateKey, publicKey };
}

export function keyForAnyOf(...keys: TestKey[]): (keyid: string) => KeyObject | undefined {
  return (keyid) => keys.find((key) => key.kid === keyid)?.publicKey;
}

/** The code that `act` is refused with; `accepted` when it is not refused. Any other error goes on. */
export function refusalOf(act: () => unknown): SignatureErrorCode | 'accepted' {
  try {
    act();
  } catch (error) {
    if (error instanceof SignatureError) return error.code;
    throw error;
  }
  return 'accepted';
}
