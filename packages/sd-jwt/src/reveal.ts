// From the signed payload and the disclosures to the processed payload (RFC 9901 §7.1 steps 3 to 5).
import { SdJwtError } from './errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { Disclosure } from './token.ts';

type Revealing = {
  disclosures: Disclosure[];
  /** Index of the disclosure by its digest. */
  byDigest: Map<string, number>;
  /** Every digest met so far, with or without a disclosure. */
  met: Set<string>;
  revealed: number;
};

/** Processed payload: disclosed values in their places, all digests and `_sd_alg` removed. Builds new objects; those
 *  passed in stay as they are.
 *  @throws SdJwtError `sd_alg_unknown`, `digests_malformed`, `digest_duplicate`, `disclosure_duplicate`,
 *    `disclosure_malformed`, `disclosure_unreferenced`, `claim_name_clash`, `json_too_deep` */
export function reveal(payload: JsonObject, disclosures: Disclosure[], maxDepth: number): JsonObject {
  const byDigest = new Map<string, number>();
  for (let i = 0; i < disclosures.length; i++) byDigest.set(disclosures[i]!.digest, i);
  // RFC 9901 §4: a Holder MUST NOT "send a Disclosure more than once".
  if (byDigest.size !== disclosures.length) throw new SdJwtError('disclosure_duplicate', 'a disclosure is sent twice');
  const state: Revealing = { disclosures, byDigest, met: new Set(), revealed: 0 };
  // RFC 9901 §7.1 step 2.4, and §4.1.1: sha-256 where there is none.
  if (payload._sd_alg !== undefined && payload._sd_alg !== 'sha-256') {
    throw new SdJwtError('sd_alg_unknown', 'the digest algorithm is not sha-256');
  }
  const claims = revealObject(payload, maxDepth, state, true);
  // Step 5: "If any Disclosure was not referenced by digest value …, the SD-JWT MUST be rejected."
  if (state.revealed !== disclosures.length) {
    throw new SdJwtError('disclosure_unreferenced', 'no digest refers to a disclosure');
  }
  return claims;
}

function revealValue(value: JsonValue, depth: number, state: Revealing): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) throw new SdJwtError('json_too_deep', 'the disclosed claims are nested too deeply');
  return Array.isArray(value) ? revealArray(value, depth, state) : revealObject(value, depth, state);
}

function revealObject(object: JsonObject, depth: number, state: Revealing, isTop = false): JsonObject {
  const result: JsonObject = {};
  for (const name of Object.keys(object)) {
    if (name === '_sd' || (name === '_sd_alg' && isTop)) continue;
    // §4.1 rule 7 and §4.1.1: `...` belongs into arrays, `_sd_alg` to the top level.
    if (name === '...' || name === '_sd_alg') throw new SdJwtError('digests_malformed', `${name} stands out of place`);
    result[name] = revealValue(object[name]!, depth - 1, state);
  }
  if (object._sd !== undefined) insertDisclosed(result, object._sd, depth, state);
  return result;
}

function insertDisclosed(result: JsonObject, digests: JsonValue, depth: number, state: Revealing): void {
  // §4.2.4.1: "The _sd key MUST refer to an array of strings".
  if (!Array.isArray(digests)) throw new SdJwtError('digests_malformed', '_sd is no array');
  const found: number[] = [];
  for (const digest of digests) {
    const index = meet(digest, state);
    if (index !== undefined) found.push(index);
  }
  // In the token's order: that of the digests is accidental, and would give each token's claims a shape of their own.
  found.sort((a, b) => a - b);
  for (const index of found) {
    const disclosure = state.disclosures[index]!;
    // Step 3.3.2.1: three elements: salt, claim name, claim value.
    if (disclosure.name === undefined) {
      throw new SdJwtError('disclosure_malformed', 'the disclosure of an object property has no name');
    }
    // Step 3.3.2.3: "If the claim name already exists at the level of the _sd key, the SD-JWT MUST be rejected."
    if (Object.hasOwn(result, disclosure.name)) {
      throw new SdJwtError('claim_name_clash', 'a disclosure bears the name of another claim beside it');
    }
    result[disclosure.name] = revealValue(disclosure.value, depth - 1, state);
  }
}

function revealArray(array: JsonValue[], depth: number, state: Revealing): JsonValue[] {
  const result: JsonValue[] = [];
  for (const element of array) {
    if (!isJsonObject(element) || !Object.hasOwn(element, '...')) {
      result.push(revealValue(element, depth - 1, state));
      continue;
    }
    // §4.2.4.2: "There MUST NOT be any other keys in the object."
    if (Object.keys(element).length !== 1) throw new SdJwtError('digests_malformed', '... has other members beside it');
    const index = meet(element['...']!, state);
    // Step 3.4: elements without a disclosure are removed.
    if (index === undefined) continue;
    const disclosure = state.disclosures[index]!;
    // Step 3.3.3.1: two elements: salt, value.
    if (disclosure.name !== undefined) {
      throw new SdJwtError('disclosure_malformed', 'the disclosure of an array element has a name');
    }
    result.push(revealValue(disclosure.value, depth - 1, state));
  }
  return result;
}

/** Index of an embedded digest's disclosure, if it was sent. */
function meet(digest: JsonValue, state: Revealing): number | undefined {
  if (typeof digest !== 'string') throw new SdJwtError('digests_malformed', 'a digest is no string');
  const before = state.met.size;
  // Step 4: "If any digest value is encountered more than once …, the SD-JWT MUST be rejected."
  if (state.met.add(digest).size === before) throw new SdJwtError('digest_duplicate', 'a digest stands in two places');
  const index = state.byDigest.get(digest);
  if (index !== undefined) state.revealed++;
  return index;
}
