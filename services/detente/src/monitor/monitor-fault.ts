// What is wrong with a log, as it is seen from outside.

import type { KeyObject } from 'node:crypto';
import type { ForkProof } from '@detente/contract/casework';
import { descriptorsFor, logKeysOf } from '@detente/keys';
import { type Fork, type LogVerifier, type SignedTree, TlogError, verifyCheckpoint } from '@detente/tlog';
import { forkProofOf } from '../proofs/fork.ts';
import type { KnownLog } from './log-keys.ts';

export type MonitorCode =
  | 'unreachable'
  | 'stopped'
  | 'stale'
  | 'not_text'
  | 'went_back'
  | 'tile_missing'
  | 'tile_wrong'
  | 'entries_wrong'
  | 'checkpoint_refused'
  | 'descriptor_refused'
  | 'folder_failed'
  | 'forked';

/** The message is a sentence without its full stop; `evidence` proves it to others. */
export class MonitorFault extends Error {
  override readonly name = 'MonitorFault';
  readonly code: MonitorCode;
  readonly evidence: ForkProof | undefined;

  constructor(
    code: MonitorCode,
    message: string,
    { evidence, ...options }: ErrorOptions & { evidence?: ForkProof } = {},
  ) {
    super(message, options);
    this.code = code;
    this.evidence = evidence;
  }
}

/** The alarm that a log has signed two histories. It has evidence, unless one of them is signed with a key that was revoked, which
 *  proves nothing to others. */
export function forkedFault(fork: Fork, [smaller, larger]: readonly [SignedTree, SignedTree], known: KnownLog) {
  const message = `the log has signed two histories: one of ${smaller.size} entries, and another of ${larger.size}`;
  const { name, descriptors } = known;
  const log = { name, publicKey: [...logKeysOf(descriptors.map(({ body }) => body)).values()] };
  if (![fork.smaller, fork.larger].every((note) => isSigned(note, log)))
    return new MonitorFault('forked', `${message}; a key of one was revoked, so nothing proves it to others`);
  const signed = [fork.smaller, fork.larger].map(
    (note) => (publicKey: KeyObject) => isSigned(note, { name, publicKey }),
  );
  return new MonitorFault('forked', message, { evidence: forkProofOf(fork, descriptorsFor(descriptors, signed)) });
}

/** What the monitor kept does not fit together any more: nothing is said of the log.
 *  @param size of the checkpoint that is kept */
export function damagedFault(size?: number, cause?: unknown): MonitorFault {
  const what = size === undefined ? 'its checkpoint and tiles' : `its tiles and its checkpoint of ${size} entries`;
  const message = `the folder of the monitor is damaged, and says nothing of the log: ${what} do not fit; put a copy back, or begin in another folder`;
  return new MonitorFault('folder_failed', message, { cause });
}

function isSigned(note: string, log: LogVerifier): boolean {
  try {
    return verifyCheckpoint(note, log).origin === log.name;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}
