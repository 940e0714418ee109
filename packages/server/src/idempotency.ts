// Idempotency-Key: the same request twice has one effect and one answer. The store is the caller's, in the same
// transaction as the effect; here is only the decision.

import { createHash } from 'node:crypto';
import { problem } from './problem.ts';

/** What the store has under (caller, key); `reply` is absent while the first request runs. */
export type StoredRequest<Reply> = { digest: string; reply?: Reply | undefined };

export type IdempotencyDecision<Reply> =
  | { act: 'run' }
  | { act: 'replay'; reply: Reply }
  | { act: 'refuse'; code: 'idempotency_conflict' | 'idempotency_in_progress' };

/** Whether to run a request, to answer as before, or to refuse it. */
export function decideIdempotency<Reply>(
  stored: StoredRequest<Reply> | undefined,
  digest: string,
): IdempotencyDecision<Reply> {
  if (stored === undefined) return { act: 'run' };
  if (stored.digest !== digest) return { act: 'refuse', code: 'idempotency_conflict' };
  if (stored.reply === undefined) return { act: 'refuse', code: 'idempotency_in_progress' };
  return { act: 'replay', reply: stored.reply };
}

/** The key of a request: 16 to 128 of `A-Z a-z 0-9 - _ . : ~`, bare or as a quoted string.
 *  @throws ProblemError `idempotency_key_missing`, `validation_failed` */
export function parseIdempotencyKey(header: string | undefined): string {
  if (header === undefined) throw problem('idempotency_key_missing');
  const match = /^("?)([A-Za-z0-9._:~-]{16,128})\1$/.exec(header);
  if (match) return match[2]!;
  const errors = [{ in: 'header' as const, pointer: '/idempotency-key', code: 'pattern', detail: 'is no key' }];
  throw problem('validation_failed', { errors });
}

/** Names a request: SHA-256, base64url, over method, address, media type and the exact bytes of the body. */
export function requestDigest(request: {
  method: string;
  url: string;
  contentType?: string;
  body: Uint8Array;
}): string {
  const head = `${request.method}\n${request.url}\n${request.contentType ?? ''}\n`;
  return createHash('sha256').update(head).update(request.body).digest('base64url');
}
