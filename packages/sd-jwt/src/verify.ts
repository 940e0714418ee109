// Verification of an SD-JWT without key binding (RFC 9901 §7.1).
import type { KeyObject } from 'node:crypto';
import type { JsonObject } from './json.ts';
import { reveal } from './reveal.ts';
import { type Algorithm, checkHeader, type KeyFor, verifySignature } from './signature.ts';
import { defaultLimits, type Limits, type ParsedToken, parseToken } from './token.ts';
import { checkValidity, type Validity } from './validity.ts';

export type VerifyOptions = Validity & {
  algorithms: readonly Algorithm[];
  /** The issuer's public key, or how to find it from the header. A token's own key is never used. */
  key: KeyObject | KeyFor;
  /** The header's `typ`, exactly. */
  typ?: string;
  limits?: Partial<Limits>;
};

export type VerifiedSdJwt = ParsedToken & {
  /** The processed payload: signed and disclosed claims, without `_sd`, `...` and `_sd_alg`. */
  claims: JsonObject;
};

/** Verifies an SD-JWT with any of its disclosures: flat, nested, recursive, of array elements.
 *  Form and limits are checked first, then the signature, then what the digests refer to.
 *  @param token `<issuer-signed JWT>~<disclosure>~…~`, without a key binding JWT.
 *  @throws SdJwtError one code for each fault, see `SdJwtErrorCode` */
export function verifySdJwt(token: string, options: VerifyOptions): VerifiedSdJwt {
  const limits = options.limits === undefined ? defaultLimits : { ...defaultLimits, ...options.limits };
  const parsed = parseToken(token, limits);
  const algorithm = checkHeader(parsed.header, options.algorithms, options.typ);
  verifySignature(parsed, algorithm, options.key);
  const claims = reveal(parsed.payload, parsed.disclosures, limits.maxDepth);
  checkValidity(claims, options);
  return { ...parsed, claims };
}
