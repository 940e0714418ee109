// What stands in the key folders: a key with its successor, the public halves, the vault's public key.
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { KeysError } from './errors.ts';
import { type PublicJwk, parsePrivateJwk, parsePublicJwk, parseSecretJwk, publicJwkOf } from './jwk.ts';
import { damaged, readKeyFile } from './key-files.ts';
import { kindOf, type PublicPurpose, type Purpose, publicPurposes } from './purposes.ts';
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

function readKey(file: string, purpose: Purpose): StoredKey {
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
