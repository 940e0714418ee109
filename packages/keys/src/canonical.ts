// Text that has one spelling: base64url and JSON are parsed by round trip, so that nothing signed can be written in two ways.
import { KeysError } from './errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of unpadded base64url (RFC 4648 §5), refused unless encoding them again gives the same characters.
 *  @param bytes how many bytes there must be; any number when absent.
 *  @throws KeysError `base64url_not_canonical` */
export function parseBase64url(text: string, bytes?: number): Buffer {
  const value = Buffer.from(text, 'base64url');
  if (value.toString('base64url') !== text || (bytes !== undefined && value.length !== bytes)) {
    throw new KeysError('base64url_not_canonical', `not canonical base64url${bytes ? ` of ${bytes} bytes` : ''}`);
  }
  return value;
}

/** True for the canonical base64url of exactly `bytes` bytes. */
export function isBase64url(value: unknown, bytes: number): value is string {
  if (typeof value !== 'string' || value.length !== Math.ceil((bytes * 4) / 3)) return false;
  return Buffer.from(value, 'base64url').toString('base64url') === value;
}

/** Nothing that is signed here is nested as deep as this. */
const maxDepth = 32;

/** JSON as ECMAScript's JSON.stringify writes it: no white space, no duplicate member, one spelling of each number and
 *  string. The order of members is free, so the output of RFC 8785 (JCS) always passes.
 *  @throws KeysError `json_malformed` (not UTF-8, not JSON, NUL or a lone surrogate in a string, more than 32 levels),
 *  `json_not_canonical` */
export function parseCanonicalJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  let again: string;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
    again = JSON.stringify(value);
  } catch (cause) {
    throw new KeysError('json_malformed', 'not JSON in UTF-8', { cause });
  }
  // A duplicate member is lost in parsing, so it cannot survive the round trip.
  if (again !== text) throw new KeysError('json_not_canonical', 'JSON is not in its one canonical spelling');
  // In canonical text a \u escape of a surrogate is a lone one; neither it nor NUL can be kept as text by a database.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(text)) {
    throw new KeysError('json_malformed', 'a string contains NUL or a lone surrogate');
  }
  if (isDeeper(value, maxDepth)) throw new KeysError('json_malformed', `nested in more than ${maxDepth} levels`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}
