// The issuer's signature and the protected header (RFC 7515 §5.2, RFC 8725 §3.1).
import { type KeyObject, verify } from 'node:crypto';
import { SdJwtError } from './errors.ts';
import type { JsonObject } from './json.ts';

/** `alg` values: RFC 9864 `Ed25519`, RFC 7518 `ES256`. */
export type Algorithm = 'Ed25519' | 'ES256';

export const knownAlgorithms: readonly Algorithm[] = ['Ed25519', 'ES256'];

export type KeyFor = (header: JsonObject) => KeyObject | undefined;

type Signed = { header: JsonObject; signed: string; signature: Uint8Array };

/** Members by which a message would bring its own key, or name a place to take it from. */
const keyMembers = ['jwk', 'jku', 'x5c', 'x5u'];

/** Checks the header alone.
 *  @returns the header's algorithm.
 *  @throws SdJwtError `algorithm_refused`, `crit_present`, `header_key_refused`, `header_malformed`, `typ_unexpected` */
export function checkHeader(
  header: Record<string, unknown>,
  algorithms: readonly Algorithm[],
  typ?: string,
): Algorithm {
  // RFC 9901 §7.1 step 2.1: "The none algorithm MUST NOT be accepted." Only the caller's list is.
  const algorithm = algorithms.find((name) => name === header.alg);
  if (algorithm === undefined) throw new SdJwtError('algorithm_refused', 'the algorithm is not among those allowed');
  // RFC 7515 §4.1.11: no extension is understood here, so none can be critical.
  if (Object.hasOwn(header, 'crit')) throw new SdJwtError('crit_present', 'the header has critical extensions');
  if (keyMembers.some((name) => Object.hasOwn(header, name))) {
    throw new SdJwtError('header_key_refused', 'the header brings or names a key of its own');
  }
  // RFC 7797 would change what is signed.
  if (Object.hasOwn(header, 'b64')) throw new SdJwtError('header_malformed', 'the header has the member b64');
  if (typ !== undefined && header.typ !== typ) throw new SdJwtError('typ_unexpected', 'the typ is another');
  return algorithm;
}

/** RFC 9901 §7.1 steps 2.2 and 2.3.
 *  @throws SdJwtError `key_unknown`, `key_unsuitable`, `signature_invalid` */
export function verifySignature(
  { header, signed, signature }: Signed,
  algorithm: Algorithm,
  source: KeyObject | KeyFor,
) {
  const key = typeof source === 'function' ? source(header) : source;
  if (key === undefined) throw new SdJwtError('key_unknown', 'no key is known for this header');
  if (!suits(key, algorithm)) throw new SdJwtError('key_unsuitable', `the key is not for ${algorithm}`);
  const bytes = Buffer.from(signed, 'latin1');
  // Both signatures have 64 bytes: R and S of RFC 8032 §5.1.6, r and s of RFC 7518 §3.4.
  const good =
    signature.length === 64 &&
    (algorithm === 'Ed25519'
      ? verify(null, bytes, key, signature)
      : verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature));
  if (!good) throw new SdJwtError('signature_invalid', 'the signature does not verify');
}

/** RFC 8725 §3.1: a key is used with the one algorithm it was made for. */
function suits(key: KeyObject, algorithm: Algorithm): boolean {
  if (algorithm === 'Ed25519') return key.asymmetricKeyType === 'ed25519';
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}
