// What the errors of signatures and statements are to a caller.

import type { ProblemCode } from '@detente/contract';
import { SignatureError, type SignatureErrorCode } from '@detente/http-signature';
import { KeysError, kidOf } from '@detente/keys';
import { ReciprocityError } from '@detente/reciprocity';
import { RecordError } from '@detente/record';
import { type ProblemError, problem } from '@detente/server';
import { isUnavailable } from '@detente/store/exchange';
import type { Enrolled } from './enrolled.ts';
import type { KeepRefused, Refused } from './refused.ts';

const ofSignatures = {
  signature_missing: 'signature_missing',
  signature_malformed: 'signature_malformed',
  signature_not_canonical: 'signature_malformed',
  signature_multiple: 'signature_malformed',
  label_unexpected: 'signature_malformed',
  header_duplicate: 'signature_malformed',
  component_malformed: 'signature_malformed',
  component_duplicate: 'signature_malformed',
  component_unexpected: 'signature_malformed',
  component_unsupported: 'signature_malformed',
  component_ambiguous: 'signature_malformed',
  parameter_malformed: 'signature_malformed',
  parameter_unexpected: 'signature_malformed',
  tag_unexpected: 'signature_malformed',
  digest_malformed: 'signature_malformed',
  target_mismatch: 'signature_malformed',
  component_missing: 'signature_incomplete',
  parameter_missing: 'signature_incomplete',
  digest_missing: 'signature_incomplete',
  created_in_future: 'signature_expired',
  created_before_request: 'signature_expired',
  expired: 'signature_expired',
  lifetime_too_long: 'signature_expired',
  digest_mismatch: 'signature_digest_mismatch',
  // Nobody is told whose keys are known.
  keyid_unknown: 'signature_invalid',
  signature_invalid: 'signature_invalid',
  nonce_replayed: 'nonce_replayed',
  // Our own key or answer is wrong.
  key_unsuitable: 'internal',
  response_stream: 'internal',
} as const satisfies Record<SignatureErrorCode, ProblemCode>;

/** What a caller is told of an error that is not a problem by itself. */
export function exchangeProblem(error: unknown): ProblemError | undefined {
  if (isUnavailable(error)) return problem('unavailable', { cause: error });
  if (!(error instanceof SignatureError)) return undefined;
  const { code, message } = error;
  const known = ofSignatures[code];
  return known === 'internal' ? problem(known, { cause: error }) : problem(known, { detail: message });
}

/** A statement, receipt or record that its own rules refuse, as the one wrong field that it is.
 *  @param pointer RFC 6901, of the member of the body that holds it */
function statementProblem(error: unknown, pointer: string): unknown {
  if (!(error instanceof KeysError || error instanceof ReciprocityError || error instanceof RecordError)) return error;
  const { code } = error;
  return problem('validation_failed', { errors: [{ in: 'body', pointer, code, detail: code.replaceAll('_', ' ') }] });
}

type Refusing = { look: (origin: string) => void; keep: KeepRefused };

/** What is thrown for a statement, receipt or record of a peer that is refused; it is kept under the peer as evidence, unless it
 *  is nothing that anybody signed. One whose key we do not know may be signed with a key that its descriptor names by now: the
 *  peer tries again, and we look meanwhile.
 *  @param said.kind the member of the body that holds it */
export function refusal(
  { look, keep }: Refusing,
  { origin, isAnnounced }: Pick<Enrolled, 'origin' | 'isAnnounced'>,
  { kind, body }: Pick<Refused, 'kind' | 'body'>,
) {
  return async (error: unknown): Promise<never> => {
    const wrong = statementProblem(error, `/${kind}`);
    if (wrong === error) throw error;
    const { code } = error as KeysError | ReciprocityError | RecordError;
    if (code === 'key_unknown') look(origin);
    const isRotation = code === 'key_unknown' && isAnnounced(kidOf(body));
    if (!isRotation && isSigned(code)) await keep(origin, { kind, code, body });
    throw wrong;
  };
}

/** Whether what is refused for this has the form of something signed. */
export function isSigned(code: string): boolean {
  return code !== 'jws_malformed';
}
