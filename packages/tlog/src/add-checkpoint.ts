// The request body of C2SP tlog-witness add-checkpoint, and what a witness decides on it.
import { type Checkpoint, type LogVerifier, parseCheckpoint, verifySigned } from './checkpoint.ts';
import { TlogError } from './errors.ts';
import { emptyRoot } from './hash.ts';
import { parseNote } from './note.ts';
import { assertSize } from './range.ts';
import { parseHashLines } from './tlog-proof.ts';
import { verifyConsistency } from './verify.ts';

export interface AddCheckpoint {
  oldSize: number;
  proof: readonly Uint8Array[];
  checkpoint: string;
}

/** What a witness holds of a log: size and root of what it cosigned last. */
export interface HeldTree {
  size: number;
  root: Uint8Array;
}

/** `note` is the checkpoint with its log's own signatures alone. `forked`: the log has signed another root for the size
 *  that is held, so that both notes together prove a fork; `proof_invalid` alone proves nothing against the log. */
export type WitnessDecision =
  | { ok: true; checkpoint: Checkpoint; note: string }
  | { ok: false; code: 'signature_refused' }
  | {
      ok: false;
      code: 'old_size_too_large' | 'old_size_stale' | 'root_invalid' | 'proof_invalid';
      checkpoint: Checkpoint;
      note: string;
      forked: boolean;
    };

/** `old` line, proof lines, an empty line, the signed checkpoint.
 *  @throws TlogError `size_invalid` */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  assertSize(oldSize);
  const lines = [`old ${oldSize}`, ...proof.map((hash) => Buffer.from(hash).toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** The parts of a request, nothing verified; `origin` says whose log it is about.
 *  @throws TlogError `add_checkpoint_malformed` */
export function parseAddCheckpoint(body: string): AddCheckpoint & { proof: Buffer[]; origin: string } {
  const split = body.indexOf('\n\n');
  const [old, ...lines] = body.slice(0, Math.max(split, 0)).split('\n');
  const size = /^old (0|[1-9]\d{0,15})$/.exec(old ?? '');
  // "The client MUST NOT send more than 63 consistency proof lines."
  const proof = parseHashLines(lines);
  if (size === null || !Number.isSafeInteger(Number(size[1])) || proof === undefined) {
    throw new TlogError('add_checkpoint_malformed', 'not an old size, a proof and a checkpoint');
  }
  const checkpoint = body.slice(split + 2);
  return { oldSize: Number(size[1]), proof, checkpoint, origin: originOf(checkpoint) };
}

function originOf(note: string): string {
  try {
    return parseCheckpoint(parseNote(note).text).origin;
  } catch (cause) {
    throw new TlogError('add_checkpoint_malformed', 'no signed checkpoint', { cause });
  }
}

/** Whether a witness may cosign. The origin is known to the caller (else 404); the caller then stores the checkpoint
 *  in one statement that compares the held size, and only then answers.
 *  @param held what the witness cosigned last for this origin, or undefined.
 *  @returns the refusals stand for 403 (`signature_refused`), 400 (`old_size_too_large`), 409 (`old_size_stale`) and
 *  422 (`root_invalid`, `proof_invalid`). */
export function decideAddCheckpoint(
  request: AddCheckpoint,
  log: LogVerifier,
  held: HeldTree | undefined,
): WitnessDecision {
  let signed: ReturnType<typeof verifySigned>;
  try {
    signed = verifySigned(request.checkpoint, log);
  } catch (error) {
    if (error instanceof TlogError) return { ok: false, code: 'signature_refused' };
    throw error;
  }
  const code = whyNot(request, signed.checkpoint, held);
  if (code === undefined) return { ok: true, ...signed };
  const { size, root } = signed.checkpoint;
  return { ok: false, code, ...signed, forked: held?.size === size && !root.equals(held.root) };
}

function whyNot({ oldSize, proof }: AddCheckpoint, { size, root }: Checkpoint, held: HeldTree | undefined) {
  // "The old size MUST be equal to or lower than the checkpoint size."
  if (oldSize > size) return 'old_size_too_large';
  // "… or zero if it never cosigned a checkpoint for that origin"
  if (oldSize !== (held?.size ?? 0)) return 'old_size_stale';
  // "A checkpoint of size zero MUST have the root hash of the empty tree"
  if (size === 0 && !emptyRoot().equals(root)) return 'root_invalid';
  // "If the old size is zero, the consistency proof MUST be empty"
  if (oldSize === 0 || held === undefined) return proof.length === 0 ? undefined : 'proof_invalid';
  // "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical."
  if (oldSize === size && !root.equals(held.root)) return 'root_invalid';
  try {
    verifyConsistency({ from: oldSize, to: size, fromRoot: held.root, toRoot: root, proof });
    return undefined;
  } catch (error) {
    if (error instanceof TlogError) return 'proof_invalid';
    throw error;
  }
}
