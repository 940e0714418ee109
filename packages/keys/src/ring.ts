// The keys of one process, parsed once at its start.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import { KeysError } from './errors.ts';
import type { PublicJwk } from './jwk.ts';
import { checkKeyFolder } from './key-files.ts';
import { readKeyPair, type StoredKey } from './key-sets.ts';
import {
  type BoxPurpose,
  type Holder,
  holders,
  type PublicPurpose,
  type Purpose,
  purposesOf,
  type SigningPurpose,
} from './purposes.ts';

export type Signer = { kid: string; privateKey: KeyObject; publicJwk: PublicJwk };
export type BoxKey = { kid: string; secretKey: Uint8Array; publicJwk: PublicJwk };
export type KeyRing = {
  holder: Holder;
  signer(purpose: SigningPurpose): Signer;
  boxKey(purpose: BoxPurpose): BoxKey;
  publicJwk(purpose: PublicPurpose): PublicJwk;
  /** The HMAC secret of pseudonyms, 32 bytes. */
  pseudonymSecret(): KeyObject;
  /** Thumbprint of the key that will follow this one. */
  nextOf(purpose: Purpose): string;
  nextJwk(purpose: PublicPurpose): PublicJwk;
};

/** Reads every key of a holder, current and successor, so that a lost or damaged one shows at the start and not when it is
 *  needed. A ring's methods throw `purpose_not_held` for a key that belongs to another process.
 *  @param holder taken from the folder's name when absent.
 *  @throws KeysError `folder_missing`, `folder_mode`, `file_missing`, `file_mode`, `file_damaged`, `keys_disagree` */
export function loadKeys(folder: string, holder: Holder = holderFromName(folder)): KeyRing {
  checkKeyFolder(folder);
  const pairs = new Map(purposesOf(holder).map((purpose) => [purpose, readKeyPair(folder, purpose)]));

  function pair(purpose: Purpose): { current: StoredKey; next: StoredKey } {
    const found = pairs.get(purpose);
    if (!found) throw new KeysError('purpose_not_held', `the ${holder} process does not hold the ${purpose} key`);
    return found;
  }

  return {
    holder,
    signer(purpose) {
      const { kid, privateKey, publicJwk } = pair(purpose).current;
      return { kid, privateKey: privateKey!, publicJwk: publicJwk! };
    },
    boxKey(purpose) {
      const { kid, secret, publicJwk } = pair(purpose).current;
      return { kid, secretKey: secret, publicJwk: publicJwk! };
    },
    publicJwk: (purpose) => pair(purpose).current.publicJwk!,
    pseudonymSecret: () => createSecretKey(pair('pseudonym').current.secret),
    nextOf: (purpose) => pair(purpose).next.kid,
    nextJwk: (purpose) => pair(purpose).next.publicJwk!,
  };
}

function holderFromName(folder: string): Holder {
  const name = basename(folder);
  const holder = holders.find((known) => known === name);
  if (holder) return holder;
  const message = `${folder} is not named after a holder (${holders.join(', ')}): correct the path`;
  throw new KeysError('folder_missing', message, { at: folder });
}
