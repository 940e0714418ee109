// Signed notes of C2SP signed-note: a text and the signature lines below it.
import { TlogError } from './errors.ts';

/** One signature line. `signature` is what follows the key ID: for Ed25519 64 bytes, for a cosignature 72. */
export interface NoteSignature {
  name: string;
  keyId: number;
  signature: Buffer;
}

/** A note as parsed; `text` ends in a newline and is not to be believed before a signature is verified. */
export interface Note {
  text: string;
  signatures: NoteSignature[];
}

// "MUST accept at least up to 16 signatures"; more than these is no note but an attack.
const MAX_SIGNATURES = 64;
const MAX_LENGTH = 1 << 18;

/** Text and signature lines of a note, nothing verified.
 *  @throws TlogError `note_malformed` */
export function parseNote(note: string): Note {
  if (note.length > MAX_LENGTH) throw malformed('too long');
  assertPlain(note);
  // "the text is separated from the signatures by the last empty line in the note"
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line before the signatures');
  const lines = note.slice(split + 2).split('\n');
  if (lines.pop() !== '') throw malformed('the last line does not end');
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw malformed(`${lines.length} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/** A note: the text, an empty line, the signature lines.
 *  @param text ends in a newline.
 *  @throws TlogError `note_malformed` */
export function formatNote({ text, signatures }: Note): string {
  assertPlain(text);
  if (!text.endsWith('\n')) throw malformed('the text does not end in a newline');
  if (signatures.length === 0) throw malformed('no signature');
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`;
}

/** One line with its newline, as a witness returns it (C2SP tlog-witness). */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  assertKeyName(name);
  const id = Buffer.alloc(4);
  id.writeUInt32BE(keyId);
  return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/** @param line without its newline.
 *  @throws TlogError `note_malformed`, `key_name_malformed` */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
  if (match === null) throw malformed('a signature line is not a dash, a name and base64');
  assertKeyName(match[1]!);
  const bytes = parseBase64(match[2]!);
  if (bytes === undefined || bytes.length < 5) throw malformed('a signature is not base64 of five bytes or more');
  return { name: match[1]!, keyId: bytes.readUInt32BE(), signature: bytes.subarray(4) };
}

/** The same note with more signature lines; one that it has already is not added twice.
 *  @throws TlogError `note_malformed` */
export function addSignatures(note: string, more: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(note);
  const lines = new Map(signatures.concat(more).map((signature) => [formatSignatureLine(signature), signature]));
  return formatNote({ text, signatures: [...lines.values()] });
}

/** "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus characters."
 *  @throws TlogError `key_name_malformed` */
export function assertKeyName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (name === '' || !name.isWellFormed() || /[\s\u0000-\u001f\u0085+]/u.test(name)) {
    throw new TlogError('key_name_malformed', 'a key name is empty or has spaces or a plus');
  }
}

/** Standard base64 in its one spelling; undefined for anything else. */
export function parseBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** "valid UTF-8 and MUST NOT contain any ASCII control characters … other than newline" */
function assertPlain(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) throw malformed('control characters');
}

function malformed(detail: string): TlogError {
  return new TlogError('note_malformed', `no signed note: ${detail}`);
}
