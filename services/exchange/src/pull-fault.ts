// Why a pull did not bring what it should: one sentence for the officer who looks at the peer.

import { FeedError } from '@detente/feed';
import { WireError } from '@detente/http-signature/undici';
import { KeysError } from '@detente/keys';

export type PullFaultCode = 'address_refused' | 'answer_refused' | 'descriptor_refused' | 'day_refused';

/** A fault that is the peer's or of the way to it, and not this process's. */
export class PullFault extends Error {
  override readonly name = 'PullFault';
  readonly code: PullFaultCode;
  constructor(code: PullFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The sentence for an error; undefined when the fault is on this side and nobody but the log should tell of it. Nothing
 *  that came from the network is in it but numbers and codes. */
export function faultSentence(error: unknown): string | undefined {
  if (error instanceof PullFault) return error.message;
  if (error instanceof FeedError && error.code !== 'verifier_failed' && error.code !== 'verifier_closed')
    return `a page was refused: ${error.code} ${JSON.stringify(error.detail)}`;
  if (error instanceof KeysError) return `the descriptor was refused: ${error.code}`;
  if (!(error instanceof WireError) || error.code === 'aborted') return undefined;
  if (error.code === 'response_unverified' && error.status === 401)
    return 'the peer answers 401 and does not sign it: it does not know this node yet';
  const why = systemCode(error.cause);
  const more = why ?? (error.status === undefined ? undefined : `status ${error.status}`);
  return more === undefined ? error.message : `${error.message} (${more})`;
}

/** Whether the peer cannot be reached at all, so that nothing else need be tried. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof WireError && ['unreachable', 'timeout'].includes(error.code);
}

function systemCode(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
