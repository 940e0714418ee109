// The compact form of an SD-JWT (RFC 9901 §4): cut into its parts, each decoded and parsed, before the signature.
import { hash } from 'node:crypto';
import { decodePart } from './base64url.ts';
import { SdJwtError } from './errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, reservedNames } from './json.ts';

/** What a token may cost before its signature is known to be good. */
export type Limits = {
  /** Characters of the whole token. */
  maxLength: number;
  maxDisclosures: number;
  /** Arrays and objects inside one another, in each part and in the processed claims. */
  maxDepth: number;
};

export const defaultLimits: Readonly<Limits> = { maxLength: 262_144, maxDisclosures: 256, maxDepth: 32 };

export type Disclosure = {
  /** Absent in the disclosure of an array element. */
  name?: string;
  /** As disclosed: digests inside it are unprocessed. */
  value: JsonValue;
  /** As received, without tildes. */
  encoded: string;
  /** SHA-256 of the ASCII of `encoded`, not of the JSON (RFC 9901 §4.2.3): base64url, 43 characters. */
  digest: string;
};

export type ParsedToken = {
  header: JsonObject;
  /** The payload as signed, digests included. */
  payload: JsonObject;
  /** The bytes under the signature: `header.payload`, ASCII. */
  signed: string;
  signature: Buffer;
  /** In the token's order. */
  disclosures: Disclosure[];
};

/** Parts of `<issuer-signed JWT>~<disclosure>~…~`, in canonical form.
 *  @throws SdJwtError `token_malformed`, `token_too_long`, `disclosures_too_many`, `key_binding_present`,
 *    `base64url_not_canonical`, `header_malformed`, `payload_malformed`, `disclosure_malformed`,
 *    `disclosure_name_reserved`, `json_…` */
export function parseToken(token: string, limits: Limits): ParsedToken {
  if (token.length > limits.maxLength) throw new SdJwtError('token_too_long', 'the token is too long');
  const parts = token.split('~', limits.maxDisclosures + 3);
  if (parts.length === limits.maxDisclosures + 3) {
    throw new SdJwtError('disclosures_too_many', 'the token has too many disclosures');
  }
  checkEnd(parts);
  const jwt = parts[0]!;
  const [header, payload, signature, ...more] = jwt.split('.', 4);
  if (!header || !payload || !signature || more.length > 0) {
    throw new SdJwtError('token_malformed', 'the issuer-signed JWT has not three parts');
  }
  const disclosures: Disclosure[] = [];
  for (let i = 1; i < parts.length - 1; i++) disclosures.push(parseDisclosure(parts[i]!, limits.maxDepth));
  return {
    header: parseObject(header, limits.maxDepth, 'header_malformed'),
    payload: parseObject(payload, limits.maxDepth, 'payload_malformed'),
    signed: jwt.slice(0, jwt.length - signature.length - 1),
    signature: decodePart(signature),
    disclosures,
  };
}

/** The SD-JWT in an SD-JWT+KB: everything up to the last `~`. The key binding JWT behind it is not verified here, so
 *  what is returned proves nothing about who presents it (RFC 9901 §4.3). */
export function withoutKeyBinding(token: string): string {
  return token.slice(0, token.lastIndexOf('~') + 1);
}

/** RFC 9901 §4: "the last element MUST be an empty string and the last separating tilde character MUST NOT be omitted". */
function checkEnd(parts: string[]): void {
  const last = parts.at(-1)!;
  if (parts.length === 1) throw new SdJwtError('token_malformed', 'the token has no tilde');
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(last)) {
    throw new SdJwtError('key_binding_present', 'a key binding JWT follows the disclosures');
  }
  if (last !== '') throw new SdJwtError('token_malformed', 'the token does not end with a tilde');
}

function parseObject(part: string, maxDepth: number, malformed: 'header_malformed' | 'payload_malformed'): JsonObject {
  const value = parseJson(decodePart(part), maxDepth, malformed);
  if (!isJsonObject(value)) throw new SdJwtError(malformed, 'not a JSON object');
  return value;
}

/** RFC 9901 §4.2.1 and §4.2.2: `[salt, name, value]` for an object property, `[salt, value]` for an array element. */
function parseDisclosure(encoded: string, maxDepth: number): Disclosure {
  if (encoded === '') throw new SdJwtError('token_malformed', 'a disclosure is empty');
  const content = parseJson(decodePart(encoded), maxDepth, 'disclosure_malformed');
  if (!Array.isArray(content) || typeof content[0] !== 'string') {
    throw new SdJwtError('disclosure_malformed', 'a disclosure is no array that begins with a salt');
  }
  const digest = hash('sha256', encoded, 'base64url');
  if (content.length === 2) return { value: content[1]!, encoded, digest };
  const name = content[1];
  if (content.length !== 3 || typeof name !== 'string') {
    throw new SdJwtError('disclosure_malformed', 'a disclosure has neither two elements nor three with a name');
  }
  checkFieldName(name);
  return { name, value: content[2]!, encoded, digest };
}

/** RFC 9901 §7.1 step 3.3.2.2: "If the claim name is _sd or ..., the SD-JWT MUST be rejected." Also `_sd_alg`, which
 *  §4.1.1 allows in the signed payload only, and `__proto__`, as in `countMembers`.
 *  @throws SdJwtError `disclosure_name_reserved` */
export function checkFieldName(name: string): void {
  if (reservedNames.has(name) || name === '__proto__') {
    throw new SdJwtError('disclosure_name_reserved', 'a disclosure bears a reserved name');
  }
}
