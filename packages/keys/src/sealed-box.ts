// Sealed boxes: anybody who has the public key can seal, only the holder of the private key can open (tweetnacl's box).
//
// Bytes: version 1, ephemeral public key (32), nonce (24), then X25519-XSalsa20-Poly1305. The shared key of an ephemeral key is
// computed once in the key's life, because it costs thirty times the box itself.
import { randomBytes } from 'node:crypto';
import nacl from 'tweetnacl';
import { parseBase64url } from './canonical.ts';
import { KeysError } from './errors.ts';
import { type PublicJwk, parsePublicJwk, thumbprint } from './jwk.ts';
import type { BoxKey } from './ring.ts';

export type Sealer = { kid: string; seal(bytes: Uint8Array): Buffer };
export type Opener = { kid: string; open(sealed: Uint8Array): Buffer };

const version = 1;
const headLength = 1 + 32 + 24;
const cachedKeys = 64;

/** Seals to one recipient.
 *  @param options.lifetimeMs how long one ephemeral key serves; a minute when absent.
 *  @param options.now clock in milliseconds, which need not be the day's.
 *  @throws KeysError `key_malformed`, `key_weak` */
export function createSealer(recipient: PublicJwk, options: { lifetimeMs?: number; now?: () => number } = {}): Sealer {
  const { lifetimeMs = 60_000, now = () => performance.now() } = options;
  const publicKey = parseBase64url(parsePublicJwk(recipient, 'X25519').x);
  let ephemeral = newEphemeral(publicKey);
  let since = now();

  return {
    kid: thumbprint(recipient),
    seal(bytes) {
      const age = now() - since;
      if (age >= lifetimeMs || age < 0) {
        ephemeral.shared.fill(0);
        ephemeral = newEphemeral(publicKey);
        since = now();
      }
      const nonce = randomBytes(nacl.box.nonceLength);
      const box = nacl.box.after(plain(bytes), nonce, ephemeral.shared);
      return Buffer.concat([Buffer.of(version), ephemeral.publicKey, nonce, box]);
    },
  };
}

/** Opens what was sealed to one key; keeps the shared keys of the last 64 ephemeral keys.
 *  `open` throws KeysError `box_malformed` (too short, another version), `key_weak`, `box_refused` (another key, or changed). */
export function createOpener(key: BoxKey): Opener {
  const secretKey = plain(key.secretKey);
  const shared = new Map<string, Uint8Array>();

  function sharedWith(ephemeral: Uint8Array): Uint8Array {
    const name = Buffer.from(ephemeral).toString('base64');
    const known = shared.get(name) ?? agree(ephemeral, secretKey);
    shared.delete(name); // the one used last goes to the end
    shared.set(name, known);
    if (shared.size > cachedKeys) shared.delete(shared.keys().next().value!);
    return known;
  }

  return {
    kid: key.kid,
    open(sealed) {
      if (sealed.length < headLength + nacl.box.overheadLength || sealed[0] !== version) {
        throw new KeysError('box_malformed', 'not a sealed box of version 1');
      }
      const nonce = plain(sealed.subarray(33, headLength));
      const opened = nacl.box.open.after(
        plain(sealed.subarray(headLength)),
        nonce,
        sharedWith(plain(sealed.subarray(1, 33))),
      );
      if (!opened) throw new KeysError('box_refused', `the box is not sealed to key ${key.kid}, or it was changed`);
      return Buffer.from(opened.buffer, opened.byteOffset, opened.byteLength);
    },
  };
}

function newEphemeral(recipient: Uint8Array): { publicKey: Uint8Array; shared: Uint8Array } {
  const { publicKey, secretKey } = nacl.box.keyPair();
  const shared = agree(recipient, secretKey);
  secretKey.fill(0); // from here on not even this process could open its boxes without the shared key
  return { publicKey, shared };
}

function agree(publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array {
  // RFC 7748 §6.1: an all-zero result means that the other side chose a point of small order; the key would be known to all.
  if (nacl.scalarMult(secretKey, plain(publicKey)).every((byte) => byte === 0)) {
    throw new KeysError('key_weak', 'the shared secret is all zero');
  }
  return nacl.box.before(plain(publicKey), secretKey);
}

/** tweetnacl asks for a Uint8Array; a Buffer over a pool is one, seen here without its own methods and without copying. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
