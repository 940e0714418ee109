// Why a pull did not bring what it should: one sentence for the officer who looks at the peer.

import { FeedError } from '@detente/feed';
import { WireError } from '@detente/http-signature/undici';
import { KeysError } from '@detente/keys';
import { ServerError } from '@detente/server';

export type PullFaultCode =
  | 'address_refused'
  | 'answer_refused'
  | 'answer_missing'
  | 'descriptor_refused'
  | 'day_refused'
  | 'keys_changed';

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
  const more = wayFault(error.cause) ?? (error.status === undefined ? undefined : `status ${error.status}`);
  return more === undefined ? error.message : `${error.message}: ${more}`;
}

const distrusted =
  'nobody whom this node trusts vouches for its certificate, so ask what has changed before you pin a CA';
const plain = 'it does not speak TLS where it should';
const old = 'it speaks no TLS that is new enough';
const certificates: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: distrusted,
  SELF_SIGNED_CERT_IN_CHAIN: distrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: distrusted,
  UNABLE_TO_GET_ISSUER_CERT: distrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: distrusted,
  CERT_SIGNATURE_FAILURE: distrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or this machine’s clock is slow',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: plain,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plain,
  ERR_SSL_UNSUPPORTED_PROTOCOL: old,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: old,
};

/** Why a peer could not be reached, with the system's code; undefined when the system does not say. */
export function wayFault(cause: unknown): string | undefined {
  if (cause instanceof ServerError && cause.code === 'address_refused') return cause.message;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code !== 'string' || !/^[A-Z0-9_]{1,60}$/.test(code)) return undefined;
  const sentence = certificates[code];
  return sentence === undefined ? code : `${sentence} (${code})`;
}

/** Whether the peer cannot be reached at all, so that nothing else need be tried. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof WireError && ['unreachable', 'timeout'].includes(error.code);
}
