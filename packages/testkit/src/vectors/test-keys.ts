// Keys that everybody knows: made of fixed bytes, for test vectors and for nothing else.

import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { type AnnouncedKey, type PublicJwk, type PublishedPurpose, publishedPurposes, thumbprint } from '@detente/keys';
import type { VectorFile } from './vector.ts';

export const cn = 'https://cn.example';
export const us = 'https://us.example';
/** `current` is what a descriptor shows first, each later one is what the one before announced. */
const generations = ['current', 'next', 'third'] as const;
type Generation = (typeof generations)[number];

export type TestKey = { seed: Buffer; privateKey: KeyObject; publicKey: KeyObject; publicJwk: PublicJwk; kid: string };

/** Bytes that are the same in every run: SHA-256 of a label, or its beginning. */
export function fixedBytes(label: string, length = 32): Buffer {
  return hash('sha256', `detente public test bytes\n${label}`, 'buffer').subarray(0, length);
}

/** 16 fixed bytes in base64url, where a node draws random ones: for jti, salts and nonces. */
export function fixedText(label: string): string {
  return fixedBytes(label, 16).toString('base64url');
}

export function testKey(origin: string, purpose: PublishedPurpose, generation: Generation = 'current'): TestKey {
  const seed = hash('sha256', seedText(origin, purpose, generation), 'buffer');
  // PKCS #8 of RFC 8410 §7: id-Ed25519 ends in 0x70, id-X25519 in 0x6e.
  const oid = purpose === 'mailbox' ? '6e' : '70';
  const der = Buffer.concat([Buffer.from(`302e020100300506032b65${oid}04220420`, 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const { kty, crv, x } = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const publicJwk = { kty, crv, x };
  return { seed, privateKey, publicKey, publicJwk, kid: thumbprint(publicJwk) };
}

/** The keys of a node's descriptor; those of `rotated` are the announced ones. */
export function announcedKeys(
  origin: string,
  rotated: readonly PublishedPurpose[] = [],
): Record<PublishedPurpose, AnnouncedKey> {
  const entries = publishedPurposes.map((purpose) => {
    const [now, next] = rotated.includes(purpose) ? (['next', 'third'] as const) : (['current', 'next'] as const);
    return [purpose, { jwk: testKey(origin, purpose, now).publicJwk, next: testKey(origin, purpose, next).kid }];
  });
  return Object.fromEntries(entries) as Record<PublishedPurpose, AnnouncedKey>;
}

export function testKeys(): VectorFile {
  const cases = [cn, us].flatMap((origin) =>
    publishedPurposes.flatMap((purpose) =>
      generations.map((generation) => {
        const { seed, publicJwk, kid } = testKey(origin, purpose, generation);
        const made = { seed_text: seedText(origin, purpose, generation), seed: seed.toString('hex') };
        const name = `${generation} ${purpose} key of ${origin}`;
        return { name, origin, purpose, generation, ...made, expected: { jwk: publicJwk, thumbprint: kid } };
      }),
    ),
  );
  return {
    description:
      'PUBLIC TEST KEYS, never to be used by a node. `seed` is SHA-256 of the UTF-8 of `seed_text`, in hex: the private key ' +
      'of RFC 8032 §5.1.5, or of RFC 7748 §5 for `mailbox`. The other files sign with these keys.',
    section: '2',
    cases,
  };
}

function seedText(origin: string, purpose: string, generation: Generation): string {
  return `detente public test key\n${origin}\n${purpose}\n${generation}`;
}
