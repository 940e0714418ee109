// What is wrong with a log, as it is seen from outside.

import type { ForkProof } from '@detente/contract';
import type { Fork, SignedTree } from '@detente/tlog';
import { forkProofOf } from '../proofs/fork.ts';

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

/** @param descriptors that show the log keys of both checkpoints */
export function forkedFault(fork: Fork, trees: readonly SignedTree[], descriptors: readonly string[]): MonitorFault {
  const [smaller, larger] = trees.map(({ size }) => size);
  const message = `the log has signed two histories: one of ${smaller} entries, and another of ${larger}`;
  return new MonitorFault('forked', message, { evidence: forkProofOf(fork, descriptors) });
}
