// The one table of faults that an answer of a Detente service may name (RFC 9457). Extend it here and nowhere else.

import { type Static, Type } from '@detente/schema';
import { Params } from './shapes.ts';

export type Problem = {
  /** HTTP status of the answer. */
  status: number;
  /** Problem type: a URI that names the kind of fault and never changes (RFC 9457 §3.1.1). */
  type: string;
  /** The same short English sentence for every occurrence (RFC 9457 §3.1.3). */
  title: string;
};

const table = {
  malformed_request: { status: 400, title: 'The request is not well-formed HTTP' },
  malformed_json: { status: 400, title: 'The body is not well-formed JSON in UTF-8' },
  idempotency_key_missing: { status: 400, title: 'The request needs an Idempotency-Key' },
  credential_missing: { status: 401, title: 'The request carries no credential' },
  credential_invalid: { status: 401, title: 'The credential is not valid' },
  signature_missing: { status: 401, title: 'The request is not signed' },
  signature_malformed: { status: 401, title: 'The signature fields are not well-formed' },
  signature_incomplete: { status: 401, title: 'The signature does not cover what it must' },
  signature_expired: { status: 401, title: 'The signature is outside its time' },
  signature_digest_mismatch: { status: 401, title: 'The body is not the one that was signed' },
  signature_invalid: { status: 401, title: 'The signature is by no key that is known here, or does not verify' },
  forbidden: { status: 403, title: 'The credential does not allow this' },
  not_found: { status: 404, title: 'There is nothing here for the caller' },
  method_not_allowed: { status: 405, title: 'The resource does not have this method' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  conflict: { status: 409, title: 'The request does not fit the present state' },
  idempotency_conflict: { status: 409, title: 'The Idempotency-Key was used for another request' },
  idempotency_in_progress: { status: 409, title: 'The first request with this Idempotency-Key is still running' },
  nonce_replayed: { status: 409, title: 'The request was received before' },
  precondition_failed: { status: 412, title: 'The resource has changed since it was read' },
  payload_too_large: { status: 413, title: 'The body is larger than the endpoint takes' },
  uri_too_long: { status: 414, title: 'The address is longer than the service takes' },
  unsupported_media_type: { status: 415, title: 'The endpoint does not take a body of this type or encoding' },
  validation_failed: { status: 422, title: 'Fields of the request are wrong' },
  precondition_required: { status: 428, title: 'The request needs If-Match' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The header is larger than the service takes' },
  internal: { status: 500, title: 'The service failed' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
  overloaded: { status: 503, title: 'The service is under too much load' },
} as const satisfies Record<string, Omit<Problem, 'type'>>;

export type ProblemCode = keyof typeof table;

/** code → status, type and title of every problem. The type is `urn:detente:problem:` and the code. */
export const problems = Object.fromEntries(
  Object.entries(table).map(([code, row]) => [code, { ...row, type: `urn:detente:problem:${code}` }]),
) as { readonly [Code in ProblemCode]: Problem } satisfies Record<ProblemCode, Problem>;

/** One wrong field. `pointer` (RFC 6901) starts at the part named by `in`: `/limit` in `query`, `/harms/0/type` in
 *  `body`. `code` is stable, `detail` is English and is not; with
 *  `params` a text in another language can be made of the code. */
export const FieldProblem = Type.Object({
  in: Type.Union([Type.Literal('body'), Type.Literal('query'), Type.Literal('path'), Type.Literal('header')]),
  pointer: Type.String(),
  code: Type.String(),
  detail: Type.String(),
  params: Type.Optional(Params),
});
export type FieldProblem = Static<typeof FieldProblem>;

/** The body of every answer that is not a success: `application/problem+json` (RFC 9457). */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ description: 'The last part of `type`; the answer codes of an operation list them' }),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'Names this occurrence in the log of the service' })),
    errors: Type.Optional(
      Type.Array(FieldProblem, { description: 'Every wrong field, when code is validation_failed' }),
    ),
  },
  { $id: 'Problem' },
);
export type ProblemDetails = Static<typeof ProblemDetails>;
