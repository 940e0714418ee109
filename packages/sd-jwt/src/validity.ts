// The claims that limit a token's use (RFC 9901 §7.1 step 3.6 and §9.7, RFC 7519 §4.1).
import { SdJwtError } from './errors.ts';
import type { JsonObject, JsonValue } from './json.ts';

export type Validity = {
  /** Seconds since 1970. Needed when a token has `exp` or `nbf`. */
  now?: number;
  /** Who is verifying. Needed when a token has `aud`. */
  audience?: string;
  /** Claims that must be there, signed or disclosed. */
  required?: readonly string[];
};

/** Checks `exp`, `nbf` and `aud` of a processed payload. What is there and cannot be checked is refused: silence about
 *  the time must not make an expired token good.
 *  @throws SdJwtError `claim_missing`, `claim_malformed`, `claim_unchecked`, `token_expired`, `token_not_yet_valid`,
 *    `audience_unexpected` */
export function checkValidity(claims: JsonObject, { now, audience, required = [] }: Validity): void {
  for (const name of required) {
    if (!Object.hasOwn(claims, name)) throw new SdJwtError('claim_missing', `the claim ${name} is missing`);
  }
  if (claims.exp !== undefined && given(now, 'exp') >= seconds(claims.exp)) {
    throw new SdJwtError('token_expired', 'the token has expired');
  }
  if (claims.nbf !== undefined && given(now, 'nbf') < seconds(claims.nbf)) {
    throw new SdJwtError('token_not_yet_valid', 'the token is not valid yet');
  }
  if (claims.aud !== undefined && !audiences(claims.aud).includes(given(audience, 'aud'))) {
    throw new SdJwtError('audience_unexpected', 'the token is for somebody else');
  }
}

function given<T>(fact: T | undefined, claim: string): T {
  if (fact === undefined) throw new SdJwtError('claim_unchecked', `nothing was given to check ${claim} against`);
  return fact;
}

function seconds(claim: JsonValue): number {
  if (typeof claim !== 'number') throw new SdJwtError('claim_malformed', 'a date is no number');
  return claim;
}

function audiences(claim: JsonValue): string[] {
  const list = Array.isArray(claim) ? claim : [claim];
  if (!list.every((entry) => typeof entry === 'string')) {
    throw new SdJwtError('claim_malformed', 'aud is neither a string nor an array of strings');
  }
  return list;
}
