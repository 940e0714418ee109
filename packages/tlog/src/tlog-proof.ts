// The textual proof of C2SP tlog-proof: index, inclusion proof and checkpoint in one file.
import { TlogError } from './errors.ts';
import { assertHash } from './hash.ts';
import { parseBase64, parseNote } from './note.ts';
import { assertSize } from './range.ts';

/** `checkpoint` is the signed note, word for word; `extra` is not authenticated by anything. */
export interface TlogProof {
  index: number;
  proof: readonly Uint8Array[];
  checkpoint: string;
  extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

/** @throws TlogError `size_invalid`, `hash_length`, `note_malformed` */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  assertSize(index);
  for (const hash of proof) assertHash(hash);
  parseNote(checkpoint);
  const lines = [HEADER];
  if (extra !== undefined) lines.push(`extra ${Buffer.from(extra).toString('base64')}`);
  lines.push(`index ${index}`, ...proof.map((hash) => Buffer.from(hash).toString('base64')));
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** The parts of a proof, nothing verified: for that, `verifyCheckpoint` and then `verifyInclusion` to its root.
 *  @throws TlogError `tlog_proof_malformed`, `note_malformed` */
export function parseTlogProof(text: string): TlogProof & { proof: Buffer[] } {
  const split = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(split, 0)).split('\n');
  if (header !== HEADER) throw malformed('another first line');
  const extra = lines[0]?.startsWith('extra ') ? parseBase64(lines.shift()!.slice('extra '.length)) : undefined;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '');
  if (index === null || !Number.isSafeInteger(Number(index[1]))) throw malformed('no index');
  const proof = parseHashLines(lines);
  if (proof === undefined) throw malformed('a line is not a hash');
  const checkpoint = text.slice(split + 2);
  const parsed = { index: Number(index[1]), proof, checkpoint, ...(extra === undefined ? {} : { extra }) };
  // What is left to refuse (an `extra` that is not canonical base64) shows in the round trip.
  if (formatTlogProof(parsed) !== text) throw malformed('not its one spelling');
  return parsed;
}

/** At most 63 lines of base64, 32 bytes each; undefined for anything else. */
export function parseHashLines(lines: readonly string[]): Buffer[] | undefined {
  const hashes = lines.map(parseBase64).filter((hash) => hash?.length === 32) as Buffer[];
  return hashes.length === lines.length && lines.length <= 63 ? hashes : undefined;
}

function malformed(detail: string): TlogError {
  return new TlogError('tlog_proof_malformed', `no tlog-proof: ${detail}`);
}
