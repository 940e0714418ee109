// The last check before anything leaves: places and kinds of names that still stand there, never the names.
import { isUtf8 } from 'node:buffer';
import type { NamedField } from '@detente/record';
import { fieldOf, isChosen, isCode } from './codes.ts';
import { type Found, findTerms, findTermsInKey, type Place } from './find-terms.ts';
import { type Piece, splitBehind, splitKeys, splitNames } from './split-names.ts';
import type { TermIndex } from './term-index.ts';

/** `at` is a JSON pointer into what was checked. For a member's name that is one, `at` points to its value, and start and end are
 *  offsets in the name. Of a name that is split over texts, `at` is where it ends. */
export type Leak = { at: string; start: number; end: number; kind: Place['kind'] | 'unreadable' };

/** Every name of the index that stands in any text of the fields, at any depth, members' names included, or is split over them. Empty
 *  when clean. What is nested too deep to be read counts as a leak. */
export function leakCheck(fields: unknown, index: TermIndex): Leak[] {
  const reading = createReading(index);
  reading.read(fields, '');
  return reading.leaks();
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
    return leakCheck(text, index);
  }
}

/** Of so many letters are the codes of countries. */
const SHORT_CODE = 2;
/** Ends a walk that no honest record needs. */
const MAX_DEPTH = 32;

/** The signed part: what stands in it is made by machine, and by chance `sha-256` before `Malicious` reads as `gmail`. */
const SIGNED = Symbol('the signed part');
type Field = NamedField | typeof SIGNED;

/** What is read of one record, part by part, and what is found in it. */
function createReading(index: TermIndex) {
  const leaks: Leak[] = [];
  // By chance a country and the first word of a text make a name, or a date and one (`2016-11`, `Robot`): codes are read with codes.
  const [keys, values, codes]: [Piece[], Piece[], Piece[]] = [[], [], []];
  const read = (value: unknown, at: string, depth = 0, field?: Field, member = ''): void => {
    if (typeof value === 'string') {
      const isText = field === undefined || (field !== SIGNED && !isCode(field, member));
      // What the record's type gives says the same in everybody's records.
      if (!isText && field !== SIGNED && !isChosen(field)) return;
      // `GM` is a country as well.
      const found = findTerms(value, index).filter(({ start, end }) => isText || end - start > SHORT_CODE);
      leaks.push(...leaksOf(found, at));
      (isText ? values : codes).push({ at, text: value });
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_DEPTH) leaks.push(unreadable(at));
      else
        for (const [name, one] of Object.entries(value)) readMember(name, one, at, depth, Array.isArray(value), field);
    }
  };
  const readName = (name: string, member: unknown, at: string, where: string, field: Field | undefined): void => {
    const isGiven = field !== undefined && field !== SIGNED;
    if (!isGiven) {
      leaks.push(...leaksOf(findTermsInKey(name, index), at));
      keys.push({ at, text: name });
    }
    if (typeof member !== 'string' || (isGiven && isCode(field, name))) return;
    const [key, value] = [
      { at, text: name },
      { at: where, text: member },
    ];
    const split = isGiven ? splitBehind(key, value, index) : splitNames([key, value], index);
    leaks.push(...split.flatMap((one) => leaksOf([one], one.at)));
  };
  const readMember = (
    name: string,
    member: unknown,
    parent: string,
    depth: number,
    isItem: boolean,
    field: Field | undefined,
  ): void => {
    const at = `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = depth === 0 && !isItem ? fieldOf(name, member) : field;
    if (!isItem) readName(name, member, at, at, own);
    if (name === 'tag' && typeof member === 'string' && isDigest(member)) {
      leaks.push(
        ...leaksOf(
          findTerms(member, index).filter((one) => isWritten(one, member)),
          at,
        ),
      );
      return;
    }
    read(member, at, depth + 1, own, name);
  };
  return {
    read: (value: unknown, at: string) => read(value, at),
    signed: (value: unknown, at: string) => read(value, at, 1, SIGNED),
    /** Name and value of a disclosure. */
    disclosed(name: string, value: unknown, at: string) {
      const field = fieldOf(name, value);
      readName(name, value, `${at}/0`, `${at}/1`, field);
      read(value, `${at}/1`, 1, field, name);
    },
    fail: (at: string) => leaks.push(unreadable(at)),
    leaks(): Leak[] {
      const split = [...splitKeys(keys, index), ...splitNames(values, index), ...splitNames(codes, index, true)];
      return [...leaks, ...split.flatMap((one) => leaksOf([one], one.at))];
    },
  };
}

type Reading = ReturnType<typeof createReading>;

function leaksOf(found: readonly Found[], at: string): Leak[] {
  return found.map(({ start, end, term }) => ({ at, start, end, kind: term.kind }));
}

/** RFC 9901: `header.payload.signature~disclosure~…~`; a disclosure is `[salt, name, value]`. */
function checkPresentation(text: string, index: TermIndex): Leak[] {
  const reading = createReading(index);
  const [jws = '', ...disclosures] = text.trimEnd().split('~');
  const [header, payload] = jws.split('.').map((part) => readPart(part));
  readSigned(header, '/header', reading);
  readSigned(payload, '/payload', reading);
  for (const [nth, encoded] of disclosures.entries()) {
    if (encoded === '' && nth === disclosures.length - 1) break;
    const disclosure = readPart(encoded);
    const at = `/disclosures/${nth}`;
    if (!Array.isArray(disclosure) || disclosure.length < 2) reading.fail(at);
    else if (disclosure.length === 3 && typeof disclosure[1] === 'string')
      reading.disclosed(disclosure[1], disclosure[2], at);
    else reading.read(disclosure.slice(1), at);
  }
  return reading.leaks();
}

function readSigned(part: unknown, at: string, reading: Reading): void {
  if (typeof part !== 'object' || part === null) {
    reading.fail(at);
    return;
  }
  const { _sd, _sd_alg, kid, id, ...texts } = part as Record<string, unknown>;
  // A digest, a thumbprint and a random id say nothing; a text in their place does.
  const opaque = [...(Array.isArray(_sd) ? _sd : [_sd]), kid].filter((value) => !isDigest(value));
  reading.signed({ ...texts, opaque, id: isUuid(id) ? undefined : id, _sd_alg }, at);
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value);
}

/** A keyed fingerprint is 32 random-looking bytes, in which chance would find three letters, or six of which some are digits: a name of
 *  more letters is written there, or encoded. */
const BY_CHANCE = 5;

function isWritten({ start, end, term: { name } }: Found, tag: string): boolean {
  const isEncoded = end - start > name.length;
  return Math.min(end - start, name.length) > BY_CHANCE && (isEncoded || !/\d/.test(tag.slice(start, end)));
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

function decode(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function unreadable(at: string): Leak {
  return { at, start: 0, end: 0, kind: 'unreadable' };
}
