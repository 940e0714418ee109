// Keys as JWK (RFC 7517, RFC 8037), their thumbprints, and what is checked before a key is enrolled.
import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { isBase64url, parseBase64url } from './canonical.ts';
import { faultOfEd25519, faultOfX25519 } from './curve-points.ts';
import { KeysError } from './errors.ts';

export type Curve = 'Ed25519' | 'X25519';
/** Exactly these members; `x` is 32 bytes in base64url. */
export type PublicJwk = { kty: 'OKP'; crv: Curve; x: string };
export type PrivateJwk = PublicJwk & { d: string; kid: string };
export type SecretJwk = { kty: 'oct'; k: string; kid: string };

/** RFC 7638 SHA-256 thumbprint: 43 characters of base64url. It is the `kid`, `keyid`, fingerprint and next-key hash. */
export function thumbprint(jwk: PublicJwk | { kty: 'oct'; k: string }): string {
  // RFC 7638 §3.2 and RFC 8037 §2: the required members only, in lexicographic order.
  const members = jwk.kty === 'oct' ? { k: jwk.k, kty: jwk.kty } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
  return hash('sha256', JSON.stringify(members), 'base64url');
}

/** A public JWK from elsewhere, checked for enrolment: exactly `kty`, `crv`, `x`; the wanted curve; a canonical point that is
 *  not of small order. Whether the point is on the curve shows at its first signature.
 *  @throws KeysError `key_malformed`, `key_weak` */
export function parsePublicJwk(value: unknown, curve?: Curve): PublicJwk {
  const jwk = value as Partial<PublicJwk> | null;
  if (typeof jwk !== 'object' || jwk === null || Object.keys(jwk).sort().join() !== 'crv,kty,x') {
    throw new KeysError('key_malformed', 'a public key must be a JWK of exactly kty, crv and x');
  }
  const { kty, crv, x } = jwk;
  if (kty !== 'OKP' || (crv !== 'Ed25519' && crv !== 'X25519') || (curve !== undefined && crv !== curve)) {
    throw new KeysError('key_malformed', `a public key must be on ${curve ?? 'Ed25519 or X25519'}`);
  }
  if (!isBase64url(x, 32)) throw new KeysError('key_malformed', 'x must be 32 bytes in canonical base64url');
  const point = parseBase64url(x);
  const fault = crv === 'Ed25519' ? faultOfEd25519(point) : faultOfX25519(point);
  if (fault !== undefined)
    throw new KeysError('key_weak', `refused ${crv} key ${thumbprint({ kty, crv, x })}: ${fault}`);
  return { kty, crv, x };
}

/** The key that a JWK describes, parsed once by the caller and kept; weak and malformed ones are refused.
 *  @throws KeysError `key_malformed`, `key_weak` */
export function publicKeyOf(jwk: PublicJwk): KeyObject {
  return createPublicKey({ key: parsePublicJwk(jwk), format: 'jwk' });
}

export function publicJwkOf(jwk: PublicJwk): PublicJwk {
  return { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
}

/** A private JWK as stored: exactly `kty`, `crv`, `x`, `d`, `kid`, and `x` and `kid` belong to `d`.
 *  @throws KeysError `key_malformed`, `key_weak` */
export function parsePrivateJwk(value: unknown, curve: Curve): { jwk: PrivateJwk; privateKey: KeyObject } {
  const jwk = value as Partial<PrivateJwk> | null;
  if (typeof jwk !== 'object' || jwk === null || Object.keys(jwk).sort().join() !== 'crv,d,kid,kty,x') {
    throw new KeysError('key_malformed', 'a private key must be a JWK of exactly kty, crv, x, d and kid');
  }
  const { kid, d, ...rest } = jwk;
  const pub = parsePublicJwk(rest, curve);
  if (!isBase64url(d, 32)) throw new KeysError('key_malformed', 'd must be 32 bytes in canonical base64url');
  if (kid !== thumbprint(pub)) throw new KeysError('key_malformed', 'kid is not the thumbprint of x');
  const privateKey = createPrivateKey({ key: { ...pub, d }, format: 'jwk' });
  if (createPublicKey(privateKey).export({ format: 'jwk' }).x !== pub.x) {
    throw new KeysError('key_malformed', 'x does not belong to d');
  }
  return { jwk: { ...pub, d, kid }, privateKey };
}

/** A symmetric secret as stored: exactly `kty`, `k` (32 bytes), `kid`.
 *  @throws KeysError `key_malformed` */
export function parseSecretJwk(value: unknown): { jwk: SecretJwk; secret: Buffer } {
  const jwk = value as Partial<SecretJwk> | null;
  if (typeof jwk !== 'object' || jwk === null || Object.keys(jwk).sort().join() !== 'k,kid,kty' || jwk.kty !== 'oct') {
    throw new KeysError('key_malformed', 'a secret must be a JWK of exactly kty, k and kid');
  }
  const { kty, k, kid } = jwk;
  if (!isBase64url(k, 32)) throw new KeysError('key_malformed', 'k must be 32 bytes in canonical base64url');
  if (kid !== thumbprint({ kty, k })) throw new KeysError('key_malformed', 'kid is not the thumbprint of k');
  return { jwk: { kty, k, kid }, secret: parseBase64url(k) };
}
