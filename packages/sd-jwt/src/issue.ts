// Issuing a flat SD-JWT: some claims signed in the open, every other one a disclosure (RFC 9901 §4.1, §4.2.1, §4.2.4.1).
import { hash, randomFillSync } from 'node:crypto';
import { encodeText } from './base64url.ts';
import { SdJwtError } from './errors.ts';
import { countMembers, reservedNames } from './json.ts';
import { checkHeader, knownAlgorithms } from './signature.ts';
import { checkFieldName, defaultLimits } from './token.ts';

export type IssueInput = {
  /** Protected header; `alg` must say what `sign` does. */
  header: Record<string, unknown>;
  /** Claims signed in the open, JSON values. */
  claims: Record<string, unknown>;
  /** Claims to disclose, JSON values, in the order in which prefixes disclose them. */
  fields: readonly (readonly [name: string, value: unknown])[];
  /** Signature over the ASCII bytes of `header.payload`: 64 bytes. */
  sign: (signingInput: string) => Uint8Array;
  /** Salts other than 128 random bits, for reproducing a vector. */
  salt?: () => string;
};

export type IssuedSdJwt = {
  /** `<issuer-signed JWT>~<disclosure>~…~` with all disclosures; ASCII, so characters are bytes. */
  token: string;
  /** `lengths[k]` is the length of the presentation with the first `k` fields, for k from 0 to the number of fields. */
  lengths: number[];
};

/** Names that a verifier must be able to rely on (RFC 9901 §9.7). */
const validityNames: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'nbf', 'cnf']);

/** Signs once, over the sorted digests of all fields; each presentation is a prefix of the token.
 *  @throws SdJwtError `claim_name_reserved`, `claim_name_clash`, `disclosure_name_reserved`, `salt_refused`,
 *    `signature_malformed`, `json_…`, and those of `checkHeader` */
export function issueSdJwt(input: IssueInput): IssuedSdJwt {
  checkInput(input);
  const disclosures = makeDisclosures(input.fields, input.salt);
  const signed = `${encodeText(JSON.stringify(input.header))}.${encodeText(payloadText(input.claims, disclosures))}`;
  const signature = input.sign(signed);
  if (signature.length !== 64) throw new SdJwtError('signature_malformed', 'sign returned no 64 bytes');
  let token = `${signed}.${Buffer.from(signature).toString('base64url')}~`;
  const lengths = [token.length];
  for (const disclosure of disclosures) {
    token += `${disclosure}~`;
    lengths.push(token.length);
  }
  return { token, lengths };
}

/** The presentation that discloses the first `fields` fields and nothing else (RFC 9901 §7.2).
 *  @throws RangeError for a number of fields that was not issued */
export function presentFields({ token, lengths }: IssuedSdJwt, fields: number): string {
  const length = lengths[fields];
  if (length === undefined) throw new RangeError(`no presentation of ${fields} fields`);
  return token.slice(0, length);
}

function checkInput({ header, claims, fields }: IssueInput): void {
  const { maxDepth } = defaultLimits;
  countMembers(header, maxDepth);
  checkHeader(header, knownAlgorithms);
  countMembers(claims, maxDepth, reservedNames);
  const names = new Set<string>();
  for (const [name, value] of fields) {
    checkFieldName(name);
    if (validityNames.has(name)) throw new SdJwtError('disclosure_name_reserved', `${name} must not be withheld`);
    if (Object.hasOwn(claims, name) || names.has(name)) {
      throw new SdJwtError('claim_name_clash', 'a field bears the name of another claim');
    }
    names.add(name);
    countMembers(name, 0);
    countMembers(value, maxDepth - 1, reservedNames);
  }
}

function makeDisclosures(fields: IssueInput['fields'], salt = randomSalts(fields.length)): string[] {
  const salts = new Set<string>();
  return fields.map(([name, value]) => {
    const fresh = salt();
    // RFC 9901 §4.2.1: "The salt value MUST be unique for each claim".
    if (salts.size === salts.add(fresh).size) throw new SdJwtError('salt_refused', 'two fields got one salt');
    return encodeText(JSON.stringify([fresh, name, value]));
  });
}

/** One draw for all salts: 128 bits each (RFC 9901 §9.3), 22 characters of base64url. */
function randomSalts(count: number): () => string {
  const bytes = randomFillSync(Buffer.allocUnsafe(16 * count));
  let taken = 0;
  return () => {
    const from = 16 * taken++;
    return bytes.toString('base64url', from, from + 16);
  };
}

/** Payload with the digests in an order that says nothing about the fields' (RFC 9901 §4.2.4.1). */
function payloadText(claims: Record<string, unknown>, disclosures: string[]): string {
  const digests = disclosures.map((disclosure) => hash('sha256', disclosure, 'base64url')).sort();
  return JSON.stringify({ ...claims, _sd: digests, _sd_alg: 'sha-256' });
}
