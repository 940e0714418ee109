// The request body of C2SP tlog-witness add-checkpoint, and what a witness decides on it.
import type { KeyObject } from 'node:crypto';
import { type Checkpoint, verifyCheckpoint } from './checkpoint.ts';
import { TlogError } from './errors.ts';
import { emptyRoot } from './hash.ts';
import { assertSize } from './range.ts';
import { parseHashLines } from './tlog-proof.ts';
import { verifyConsistency } from './verify.ts';

export interface AddCheckpoint {
  oldSize: number;
  proof: readonly Uint8Array[];
  checkpoint: string;
}

export type WitnessDecision =
  | { ok: true; checkpoint: Checkpoint }
  | { ok: false; code: 'old_size_too_large' | 'old_size_stale' | 'signature_refused' | 'proof_invalid' };

/** `old` line, proof lines, an empty line, the signed checkpoint.
 *  @throws TlogError `size_invalid` */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  assertSize(oldSize);
  const lines = [`old ${oldSize}`, ...proof.map((hash) => Buffer.from(hash).toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** @throws TlogError `add_checkpoint_malformed` */
export function parseAddCheckpoint(body: string): AddCheckpoint & { proof: Buffer[] } {
  const split = body.indexOf('\n\n');
  const [old, ...lines] = body.slice(0, Math.max(split, 0)).split('\n');
  const size = /^old (0|[1-9]\d{0,15})$/.exec(old ?? '');
  const proof = parseHashLines(lines);
  if (size === null || !Number.isSafeInteger(Number(size[1])) || proof === undefined) {
    throw new TlogError('add_checkpoint_malformed', 'not an old size, a proof and a checkpoint');
  }
  return { oldSize: Number(size[1]), proof, checkpoint: body.slice(split + 2) };
}

/** Whether a witness may cosign. The origin is known to the caller (else 404); the caller then stores the checkpoint
 *  in one statement that compares the held size, and only then cosigns.
 *  @param held what the witness cosigned last for this origin: size and root, or undefined.
 *  @returns the refusals stand for 400 (`old_size_too_large`), 409 (`old_size_stale`), 403 (`signature_refused`) and
 *  422 (`proof_invalid`). */
export function decideAddCheckpoint(
  request: AddCheckpoint,
  log: { name: string; publicKey: KeyObject | readonly KeyObject[] },
  held: { size: number; root: Uint8Array } | undefined,
): WitnessDecision {
  let checkpoint: Checkpoint;
  try {
    checkpoint = verifyCheckpoint(request.checkpoint, log);
  } catch (error) {
    if (error instanceof TlogError) return { ok: false, code: 'signature_refused' };
    throw error;
  }
  if (request.oldSize > checkpoint.size) return { ok: false, code: 'old_size_too_large' };
  if (request.oldSize !== (held?.size ?? 0)) return { ok: false, code: 'old_size_stale' };
  return continues(request, checkpoint, held) ? { ok: true, checkpoint } : { ok: false, code: 'proof_invalid' };
}

function continues(
  { oldSize, proof }: AddCheckpoint,
  checkpoint: Checkpoint,
  held: { root: Uint8Array } | undefined,
): boolean {
  if (checkpoint.size === 0) return proof.length === 0 && emptyRoot().equals(checkpoint.root);
  if (oldSize === 0 || held === undefined) return proof.length === 0;
  try {
    verifyConsistency({ from: oldSize, to: checkpoint.size, fromRoot: held.root, toRoot: checkpoint.root, proof });
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}
