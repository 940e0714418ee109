// JSON, read strictly: what two readers could understand differently is refused (RFC 8259 §4, RFC 7493 §2).
import { isUtf8 } from 'node:buffer';
import { SdJwtError, type SdJwtErrorCode } from './errors.ts';
import { countWrittenMembers, readText } from './json-text.ts';

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [name: string]: JsonValue };

/** The names that RFC 9901 keeps for digests (§4.1, §4.1.1). */
export const reservedNames: ReadonlySet<string> = new Set(['_sd', '...', '_sd_alg']);

/** Value of UTF-8 JSON bytes.
 *  @param maxDepth arrays and objects inside one another; 1 is an array of scalars.
 *  @param malformed code for what is no UTF-8 or no JSON.
 *  @throws SdJwtError `malformed`, `json_duplicate_member`, and those of `countMembers` */
export function parseJson(bytes: Buffer, maxDepth: number, malformed: SdJwtErrorCode): JsonValue {
  if (!isUtf8(bytes)) throw new SdJwtError(malformed, 'not UTF-8');
  const text = bytes.toString('utf8');
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SdJwtError(malformed, 'not JSON', { cause });
  }
  const written = countWrittenMembers(text);
  if (written === undefined) value = readText(text, maxDepth);
  const members = countMembers(value, maxDepth);
  // JSON.parse keeps the last of two members of one name, so a repeated name leaves fewer members than were written.
  if (written !== undefined && members !== written) {
    throw new SdJwtError('json_duplicate_member', 'an object has two members of one name');
  }
  return value;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Number of object members at all depths of a value that survives a trip through JSON unchanged.
 *  @param forbidden member names to refuse.
 *  @throws SdJwtError `json_too_deep`, `json_member_refused` (`__proto__`, which assignment turns into a prototype),
 *    `json_string_ill_formed` (lone surrogates), `json_number_out_of_range`, `json_value_refused` (no JSON value),
 *    `claim_name_reserved` (a forbidden name) */
export function countMembers(value: unknown, maxDepth: number, forbidden?: ReadonlySet<string>): number {
  if (typeof value === 'string') return checkString(value);
  if (typeof value === 'number') return checkNumber(value);
  if (value === null || typeof value === 'boolean') return 0;
  if (typeof value !== 'object') throw new SdJwtError('json_value_refused', `a ${typeof value} is no JSON value`);
  if (maxDepth === 0) throw new SdJwtError('json_too_deep', 'nested too deeply');
  let members = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) members += countMembers(value[i], maxDepth - 1, forbidden);
    return members;
  }
  checkPlain(value);
  for (const name of Object.keys(value)) {
    if (name === '__proto__') throw new SdJwtError('json_member_refused', 'a member is named __proto__');
    if (forbidden?.has(name)) throw new SdJwtError('claim_name_reserved', `a member is named ${name}`);
    checkString(name);
    members += 1 + countMembers((value as Record<string, unknown>)[name], maxDepth - 1, forbidden);
  }
  return members;
}

function checkString(value: string): 0 {
  if (!value.isWellFormed()) throw new SdJwtError('json_string_ill_formed', 'a string has a lone surrogate');
  return 0;
}

function checkNumber(value: number): 0 {
  if (!Number.isFinite(value)) throw new SdJwtError('json_number_out_of_range', 'a number is not finite');
  return 0;
}

/** Dates, maps and other instances would come back as something else. */
function checkPlain(value: object): void {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new SdJwtError('json_value_refused', 'an instance of a class is no JSON value');
  }
}
