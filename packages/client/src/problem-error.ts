// What a service answers when it does not do what was asked (RFC 9457), as an error.

export type FieldProblem = { in: string; pointer: string; code: string; detail: string };

/** A call that failed. `code` is the service's, from `application/problem+json`; or `unexpected_reply` when the answer was
 *  no problem and no success either; or `unreachable` when there was none (status 0). */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly instance: string | undefined;
  /** Every wrong field, when the code is `validation_failed`. */
  readonly errors: readonly FieldProblem[];
  /** Seconds to wait before the next try, when the service says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Partial<ProblemFields>, retryAfter?: number, cause?: unknown) {
    const {
      code = 'unexpected_reply',
      title = `the service answered ${status}`,
      detail,
      instance,
      errors = [],
    } = problem;
    super(detail === undefined ? title : `${title}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.instance = instance;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

type ProblemFields = { code: string; title: string; detail: string; instance: string; errors: FieldProblem[] };

/** The error of a reply that is not a success. Members of a wrong type are left out: a client trusts no one's grammar. */
export async function problemOfReply(reply: Response): Promise<ProblemError> {
  const retryAfter = Number.parseInt(reply.headers.get('retry-after') ?? '', 10);
  const wait = Number.isNaN(retryAfter) ? undefined : retryAfter;
  const isProblem = /^application\/problem\+json\b/.test(reply.headers.get('content-type') ?? '');
  const body: unknown = isProblem ? await reply.json().catch(() => undefined) : undefined;
  return new ProblemError(reply.status, isRecord(body) ? readProblem(body) : {}, wait);
}

function readProblem(body: Record<string, unknown>): Partial<ProblemFields> {
  const texts = ['code', 'title', 'detail', 'instance'].filter((name) => typeof body[name] === 'string');
  const errors = Array.isArray(body.errors) ? body.errors.filter(isFieldProblem) : [];
  return { ...Object.fromEntries(texts.map((name) => [name, body[name]])), errors };
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && ['in', 'pointer', 'code', 'detail'].every((name) => typeof value[name] === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
