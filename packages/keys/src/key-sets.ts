// What stands in the key folders: a key with its successor, the public halves, the vault's public key.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeysError } from './errors.ts';
import { type PublicJwk, parsePrivateJwk, parsePublicJwk, parseSecretJwk, publicJwkOf, thumbprint } from './jwk.ts';
import { damaged, keyFileExists, readKeyFile } from './key-files.ts';
import {
  holderOf,
  holders,
  kindOf,
  type PublicPurpose,
  type PublishedPurpose,
  type Purpose,
  publicPurposes,
  purposesOf,
} from './purposes.ts';
import type { KeyRing } from './ring.ts';
import { readHash, readMembers } from './shape.ts';

/** A purpose's public key, and the thumbprint of the key that will follow it. */
export type AnnouncedKey = { jwk: PublicJwk; next: string };
export type PublicKeys = Record<PublicPurpose, AnnouncedKey>;
export type StoredKey = {
  kid: string;
  /** The secret's 32 bytes: an X25519 or Ed25519 private key, or an HMAC secret. */
  secret: Buffer;
  privateKey?: KeyObject;
  publicJwk?: PublicJwk;
};

/** @throws KeysError `file_missing`, `file_mode`, `file_damaged`, `keys_disagree` (a key that is its own successor) */
export function readKeyPair(folder: string, purpose: Purpose): { current: StoredKey; next: StoredKey } {
  const current = readKey(join(folder, `${purpose}.json`), purpose);
  const nextFile = join(folder, `${purpose}.next.json`);
  const next = readKey(nextFile, purpose);
  const afterFile = join(folder, `${purpose}.after.json`);
  // In the middle of a rotation: the successor has taken over and still lies in its old place too.
  if (current.kid === next.kid && keyFileExists(afterFile)) return { current, next: readKey(afterFile, purpose) };
  if (current.kid === next.kid) {
    const message = `${nextFile} holds the same key as ${purpose}.json: restore both from one backup`;
    throw new KeysError('keys_disagree', message, { at: nextFile });
  }
  return { current, next };
}

/** The public halves of all the node's keys: the worker's `public.json`.
 *  @throws KeysError `file_missing`, `file_mode`, `file_damaged` */
export function readPublicKeys(folder: string): PublicKeys {
  const file = join(folder, 'public.json');
  return readWhole(file, (value) => {
    const members = readMembers(value, '', publicPurposes);
    const keys = publicPurposes.map((purpose) => {
      const entry = readMembers(members[purpose], `/${purpose}`, ['jwk', 'next']);
      const jwk = parsePublicJwk(entry.jwk, kindOf(purpose) === 'X25519' ? 'X25519' : 'Ed25519');
      return [purpose, { jwk, next: readHash(entry.next, `/${purpose}/next`) }];
    });
    return Object.fromEntries(keys) as PublicKeys;
  });
}

/** The key that the reporting process seals to: its `vault.public.json`.
 *  @throws KeysError `file_missing`, `file_mode`, `file_damaged` */
export function readVaultKey(folder: string): PublicJwk {
  return readWhole(join(folder, 'vault.public.json'), (value) => parsePublicJwk(value, 'X25519'));
}

/** The public halves of all keys, read back from the keys themselves, which also finds the damaged ones.
 *  @throws KeysError as `readKeyPair` */
export function collectPublicKeys(root: string): PublicKeys {
  const keys: Partial<PublicKeys> = {};
  for (const holder of holders) {
    for (const purpose of purposesOf(holder)) readKeyPair(join(root, holder), purpose);
  }
  for (const purpose of publicPurposes) {
    const pair = readKeyPair(join(root, holderOf(purpose)), purpose);
    if (pair.current.publicJwk) keys[purpose] = { jwk: pair.current.publicJwk, next: pair.next.kid };
  }
  return keys as PublicKeys;
}

/** `public.json` as it must be beside these keys: of those that the ring holds itself it is never behind.
 *  @throws KeysError as `readPublicKeys` */
export function publicKeysBeside(ring: KeyRing, folder: string): PublicKeys {
  const keys = readPublicKeys(folder);
  const own = publicPurposes.filter((purpose) => holderOf(purpose) === ring.holder);
  const entries = own.map((purpose) => [
    purpose,
    { jwk: ring.publicJwk(purpose), next: ring.nextOf(purpose) } satisfies AnnouncedKey,
  ]);
  return { ...keys, ...Object.fromEntries(entries) };
}

/** A key that this node has revoked. `before` null: up to where the log was when the worker first heard of it. */
export type KeptRevocation = { purpose: PublishedPurpose; kid: string; before: number | null };

/** What was revoked, oldest first: the worker's `revoked.json`, which is there from the first revocation on.
 *  @throws KeysError `file_mode`, `file_damaged` */
export function readRevocations(folder: string): KeptRevocation[] {
  const file = join(folder, 'revoked.json');
  if (!keyFileExists(file)) return [];
  return readWhole(file, (value) => {
    const { revoked } = readMembers(value, '', ['revoked']);
    return (revoked as KeptRevocation[]).map(({ purpose, kid, before }) => ({ purpose, kid, before }));
  });
}

export function generateKey(purpose: Purpose): object {
  const kind = kindOf(purpose);
  if (kind === 'secret') {
    const secret = { kty: 'oct', k: randomBytes(32).toString('base64url') } as const;
    return { ...secret, kid: thumbprint(secret) };
  }
  const pair = kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const jwk = pair.privateKey.export({ format: 'jwk' }) as PublicJwk & { d: string };
  return { ...publicJwkOf(jwk), d: jwk.d, kid: thumbprint(jwk) };
}

export function formatKeyFile(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @throws KeysError `file_missing`, `file_mode`, `file_damaged` */
export function readKey(file: string, purpose: Purpose): StoredKey {
  const kind = kindOf(purpose);
  return readWhole(file, (value) => {
    if (kind === 'secret') {
      const { jwk, secret } = parseSecretJwk(value);
      return { kid: jwk.kid, secret };
    }
    const { jwk, privateKey } = parsePrivateJwk(value, kind);
    return { kid: jwk.kid, secret: Buffer.from(jwk.d, 'base64url'), privateKey, publicJwk: publicJwkOf(jwk) };
  });
}

function readWhole<T>(file: string, parse: (value: unknown) => T): T {
  const value = readKeyFile(file);
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof KeysError) throw damaged(file, error.message);
    throw damaged(file, 'it is not a key');
  }
}
