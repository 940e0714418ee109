// A file that proves itself: JSON in one spelling, and what is said when it does not.

export type ProofErrorCode =
  | 'not_utf8'
  | 'json_malformed'
  | 'json_respelled'
  | 'members_unexpected'
  | 'member_malformed'
  | 'descriptor_refused'
  | 'fingerprint_unexpected'
  | 'record_refused'
  | 'receipt_refused'
  | 'key_revoked'
  | 'checkpoint_refused'
  | 'signature_unknown'
  | 'witness_refused'
  | 'proof_refused';

/** A file that does not prove itself. `place` names where: `byte 17`, or a member and the part of it. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
  readonly code: ProofErrorCode;
  readonly place: string;

  constructor(code: ProofErrorCode, place: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.place = place;
  }
}

export type Members = Record<string, unknown>;

/** Reads a file of one JSON object in its one spelling; one LF may stand at its end.
 *  @throws ProofError `not_utf8`, `json_malformed`, `json_respelled`, `members_unexpected` */
export function readProofFile(bytes: Uint8Array): Members {
  const text = decode(bytes).replace(/\n$/, '');
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noProofFile('byte 0');
  refuseRespelled(text, JSON.stringify(value));
  const [first = ''] = Object.keys(value);
  if (!KINDS.includes(first)) throw noProofFile(`/${first}`);
  return value as Members;
}

/** The first member of each kind of file, which names it. */
const KINDS = ['dossier', 'receipt_file', 'fork'];

function noProofFile(place: string): ProofError {
  return new ProofError('members_unexpected', place, 'this is no dossier, no receipt and no fork');
}

/** Refuses an object whose members are not exactly these, in this order.
 *  @param at JSON pointer of the object */
export function refuseOtherMembers(value: unknown, at: string, members: readonly string[]): asserts value is Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProofError('member_malformed', at, 'this must be an object');
  const names = Object.keys(value);
  const odd = members.findIndex((name, place) => names[place] !== name);
  if (odd === -1 && names.length === members.length) return;
  const place = odd === -1 ? members.length : odd;
  const message = `member ${place + 1} must be ${members[place] ?? 'the last'}`;
  throw new ProofError('members_unexpected', `${at}/${names[place] ?? members[place]}`, message);
}

export function readText(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  throw new ProofError('member_malformed', at, 'this must be a text');
}

export function readCount(value: unknown, at: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new ProofError('member_malformed', at, 'this must be a whole number');
}

/** @param most how many it may have */
export function readList(value: unknown, at: string, most: number): unknown[] {
  if (Array.isArray(value) && value.length <= most) return value;
  throw new ProofError('member_malformed', at, `this must be a list of ${most} at most`);
}

/** Hashes of 32 bytes in base64url. */
export function readHashes(value: unknown, at: string): Buffer[] {
  return readList(value, at, 64).map((one, place) => {
    const text = readText(one, `${at}/${place}`);
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length === 32 && bytes.toString('base64url') === text) return bytes;
    throw new ProofError('member_malformed', `${at}/${place}`, 'this is no hash in its one spelling');
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const replaced = Buffer.from(Buffer.from(bytes).toString('utf8'));
    throw new ProofError('not_utf8', `byte ${firstDifference(bytes, replaced)}`, 'this is no UTF-8', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const position = /at position (\d+)/.exec((cause as Error).message)?.[1];
    const place = position === undefined ? 'the end of the file' : byteAt(text, Number(position));
    throw new ProofError('json_malformed', place, 'this is no JSON', { cause });
  }
}

/** Spaces, escapes, a member twice, a number written otherwise: one file has one spelling. */
function refuseRespelled(text: string, again: string): void {
  if (text === again) return;
  const at = [...text].findIndex((_, place) => text[place] !== again[place]);
  throw new ProofError('json_respelled', byteAt(text, Math.max(0, at)), 'the JSON is not in its one spelling');
}

function byteAt(text: string, position: number): string {
  return `byte ${Buffer.byteLength(text.slice(0, position))}`;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
