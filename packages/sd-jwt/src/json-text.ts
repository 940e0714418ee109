// What JSON.parse does not tell about a text that it has accepted: how many members were written, under which names.
import { SdJwtError } from './errors.ts';
import type { JsonObject, JsonValue } from './json.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** Members written in valid JSON: its strings before a colon.
 *  @returns undefined if a member's name has an escape, which JSON.parse must not be trusted with, see `readText` */
export function countWrittenMembers(text: string): number | undefined {
  let members = 0;
  let open = text.indexOf('"');
  while (open !== -1) {
    const end = endOfString(text, open);
    const after = skipSpace(text, end);
    const next = text.charCodeAt(after);
    if (next === colon) {
      members++;
      if (text.slice(open, end).includes('\\')) return undefined;
    }
    open = next === quote ? after : text.indexOf('"', after);
  }
  return members;
}

/** Value of valid JSON, its names read one by one. V8 from 12.8 on, Node 24 included, can decode an escaped name as
 *  another that was parsed before (nodejs/node#63785), so this takes over where a name has an escape. Slow.
 *  @throws SdJwtError `json_too_deep`, `json_duplicate_member` */
export function readText(text: string, maxDepth: number): JsonValue {
  return readValue({ text, at: 0 }, maxDepth);
}

type Cursor = { text: string; at: number };

function readValue(cursor: Cursor, depth: number): JsonValue {
  const { text } = cursor;
  cursor.at = skipSpace(text, cursor.at);
  const first = text[cursor.at];
  if ((first === '{' || first === '[') && depth === 0) throw new SdJwtError('json_too_deep', 'nested too deeply');
  if (first === '{') return readObject(cursor, depth);
  if (first === '[') return readArray(cursor, depth);
  if (first === '"') return readString(cursor);
  const start = cursor.at;
  while (cursor.at < text.length && !', ]}\n\r\t'.includes(text[cursor.at]!)) cursor.at++;
  return JSON.parse(text.slice(start, cursor.at));
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const members = new Map<string, JsonValue>();
  while (isMore(cursor, '}')) {
    const name = readString(cursor);
    cursor.at = skipSpace(cursor.text, cursor.at) + 1;
    if (members.has(name)) throw new SdJwtError('json_duplicate_member', 'an object has two members of one name');
    members.set(name, readValue(cursor, depth - 1));
  }
  return Object.fromEntries(members);
}

function readArray(cursor: Cursor, depth: number): JsonValue[] {
  const elements: JsonValue[] = [];
  while (isMore(cursor, ']')) elements.push(readValue(cursor, depth - 1));
  return elements;
}

/** Steps over the opening bracket or a comma to the next item, or over the closing bracket. */
function isMore(cursor: Cursor, close: string): boolean {
  const { text } = cursor;
  const at = skipSpace(text, cursor.at);
  cursor.at = text[at] === close ? at + 1 : skipSpace(text, at + 1);
  if (text[at] === close) return false;
  if (text[cursor.at] !== close) return true;
  // An empty object or array.
  cursor.at++;
  return false;
}

function readString(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at = endOfString(cursor.text, start);
  return JSON.parse(cursor.text.slice(start, cursor.at));
}

/** Index after the closing quote of the string that opens at `open`. A quote closes unless an odd run of backslashes
 *  stands before it; runs do not overlap, so the whole scan is linear. */
function endOfString(text: string, open: number): number {
  let close = open;
  let first: number;
  do {
    close = text.indexOf('"', close + 1);
    first = close;
    while (text.charCodeAt(first - 1) === backslash) first--;
  } while ((close - first) % 2 === 1);
  return close + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  let next = text.charCodeAt(at);
  while (next === 0x20 || next === 0x0a || next === 0x0d || next === 0x09) next = text.charCodeAt(++at);
  return at;
}
