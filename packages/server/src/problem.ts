// From errors to problem details (RFC 9457). No other file of a service turns an error into HTTP.

import { type FieldProblem, type ProblemCode, type ProblemDetails, problems } from '@detente/contract/problems';

export type ProblemOptions = {
  /** English, for this occurrence; no text that came from the network. */
  detail?: string;
  errors?: FieldProblem[];
  headers?: Record<string, string>;
  cause?: unknown;
};

/** A fault that the caller is told of: thrown by handlers and hooks, answered by the service's error handler. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly errors: FieldProblem[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail ?? problems[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** The error to throw for a code of the table: `throw problem('not_found')`. */
export function problem(code: ProblemCode, options?: ProblemOptions): ProblemError {
  return new ProblemError(code, options);
}

/** The body of the answer. @param instance names the occurrence in the log (RFC 9457 §3.1.5) */
export function formatProblem(error: ProblemError, instance?: string): ProblemDetails {
  const { status, type, title } = problems[error.code];
  return {
    type,
    title,
    status,
    code: error.code,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.errors && { errors: error.errors }),
    ...(instance !== undefined && { instance }),
  };
}

const fastifyCodes: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  // Of QUERY alone: its content must have a type (RFC 10008 §2).
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
  FST_ERR_HANDLER_TIMEOUT: 'unavailable',
  FST_ERR_RESPONSE_TIMEOUT: 'unavailable',
  // The caller went away while its body was read.
  ECONNRESET: 'malformed_request',
  ECONNABORTED: 'malformed_request',
};

/** What the caller is told of an error; anything unknown is a bare `internal`. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = fastifyCodes[String((error as { code?: unknown } | null)?.code)];
  return new ProblemError(code ?? 'internal', { cause: error });
}
