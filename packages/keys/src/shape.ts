// Strict reading of parsed JSON: unknown members are refused, and every fault names its place by JSON pointer.
import { isBase64url } from './canonical.ts';
import { KeysError } from './errors.ts';

export type Members = Record<string, unknown>;

/** @throws KeysError `body_malformed`, always. */
export function refuse(at: string, what: string): never {
  throw new KeysError('body_malformed', `${at === '' ? 'body' : at}: ${what}`, { at });
}

/** An object that has all `required` members, perhaps `optional` ones, and no other. */
export function readMembers(
  value: unknown,
  at: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Members {
  const object = readObject(value, at);
  for (const name of required) if (!Object.hasOwn(object, name)) refuse(`${at}/${name}`, 'is missing');
  for (const name of Object.keys(object)) {
    if (!required.includes(name) && !optional.includes(name)) refuse(`${at}/${name}`, 'is not a known member');
  }
  return object;
}

export function readObject(value: unknown, at: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(at, 'must be an object');
  return value as Members;
}

export function readList(value: unknown, at: string, max: number): readonly unknown[] {
  if (!Array.isArray(value)) refuse(at, 'must be an array');
  if (value.length > max) refuse(at, `must have at most ${max} items`);
  return value;
}

export function readInteger(value: unknown, at: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < min || (value as number) > max) {
    refuse(at, `must be an integer from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`);
  }
  return value as number;
}

/** One line of text: 1 to `max` UTF-16 units, no control characters. */
export function readLine(value: unknown, at: string, max: number): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > max || /\p{Cc}/u.test(value)) {
    refuse(at, `must be one line of 1 to ${max} characters`);
  }
  return value;
}

/** A SHA-256 value or thumbprint: 43 characters of canonical base64url. */
export function readHash(value: unknown, at: string): string {
  if (!isBase64url(value, 32)) refuse(at, 'must be 32 bytes in canonical base64url');
  return value;
}

/** A calendar day in UTC, `YYYY-MM-DD`, that exists. */
export function readDay(value: unknown, at: string): string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) refuse(at, 'must be a day, YYYY-MM-DD');
  const time = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) refuse(at, 'is not in the calendar');
  return value;
}
