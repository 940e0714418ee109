// The last check before anything leaves: places and kinds of names that still stand there, never the names.
import { findTerms, type Place } from './find-terms.ts';
import type { TermIndex } from './term-index.ts';

/** `at` is a JSON pointer into what was checked. For a member's name that is one, `at` points to its value, and start and end are
 *  offsets in the name. */
export type Leak = { at: string; start: number; end: number; kind: Place['kind'] | 'unreadable' };

/** Every name of the index that stands in any text of the fields, at any depth, members' names included. Empty when clean. What is
 *  nested too deep to be read counts as a leak. */
export function leakCheck(fields: unknown, index: TermIndex): Leak[] {
  const leaks: Leak[] = [];
  checkValue(fields, '', 0, index, leaks);
  return leaks;
}

/** The same for finished bytes: a presentation (its disclosures are decoded, digests and salts are no texts), JSON, or plain text.
 *  Bytes that are no UTF-8, and parts that do not decode, count as a leak. */
export function leakCheckBytes(bytes: Uint8Array | string, index: TermIndex): Leak[] {
  const text = typeof bytes === 'string' ? bytes : decode(bytes);
  if (text === undefined) return [unreadable('')];
  if (/^[\w-]+\.[\w-]+\.[\w-]*~/.test(text)) return checkPresentation(text, index);
  try {
    return leakCheck(JSON.parse(text), index);
  } catch {
    return leakCheck(unescaped(text), index);
  }
}

/** Ends a walk that no honest record needs. */
const MAX_DEPTH = 32;

function checkValue(value: unknown, at: string, depth: number, index: TermIndex, leaks: Leak[]): void {
  if (typeof value === 'string') {
    for (const { start, end, term } of findTerms(value, index)) leaks.push({ at, start, end, kind: term.kind });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) {
    leaks.push(unreadable(at));
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Array.isArray(value)) checkValue(name, pointer, depth, index, leaks);
    // 32 random-looking bytes: a keyed fingerprint says nothing, and chance would find three letters in it.
    if (name === 'tag' && typeof member === 'string' && /^[\w-]{43}$/.test(member)) continue;
    checkValue(member, pointer, depth + 1, index, leaks);
  }
}

/** RFC 9901: `header.payload.signature~disclosure~…~`; a disclosure is `[salt, name, value]`. */
function checkPresentation(text: string, index: TermIndex): Leak[] {
  const [jws = '', ...disclosures] = text.trimEnd().split('~');
  const [header, payload] = jws.split('.').map((part) => readPart(part));
  const leaks = [...checkPart(header, '/header', index), ...checkPart(payload, '/payload', index)];
  for (const [nth, encoded] of disclosures.entries()) {
    if (encoded === '' && nth === disclosures.length - 1) break;
    const disclosure = readPart(encoded);
    const at = `/disclosures/${nth}`;
    if (!Array.isArray(disclosure) || disclosure.length < 2) leaks.push(unreadable(at));
    else leaks.push(...checkPart(disclosure.slice(1), at, index));
  }
  return leaks;
}

function checkPart(part: unknown, at: string, index: TermIndex): Leak[] {
  if (typeof part !== 'object' || part === null) return [unreadable(at)];
  const { _sd, _sd_alg, kid, id, ...texts } = part as Record<string, unknown>;
  // A digest, a thumbprint and a random id say nothing; a text in their place does.
  const opaque = [...(Array.isArray(_sd) ? _sd : [_sd]), kid].filter((value) => !isDigest(value));
  const leaks = leakCheck({ ...texts, opaque, id: isUuid(id) ? undefined : id, _sd_alg }, index);
  return leaks.map((leak) => ({ ...leak, at: at + leak.at }));
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value);
}

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

function readPart(encoded: string): unknown {
  const text = decode(Buffer.from(encoded, 'base64url'));
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `\u0047oogle` as it would read once parsed, in lines of JSON and the like. */
function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function unreadable(at: string): Leak {
  return { at, start: 0, end: 0, kind: 'unreadable' };
}
