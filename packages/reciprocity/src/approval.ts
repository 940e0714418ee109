// Approvals: a second officer stands behind a warning that did not wait for him.
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';

/** Body of the statement `detente-approval+jwt`: the digest of the record version that was warned of. */
export const ApprovalBody = Type.Object(
  { record: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) },
  { additionalProperties: false },
);
export type ApprovalBody = Static<typeof ApprovalBody>;

const validator = compile(ApprovalBody);

/** @throws ReciprocityError `approval_malformed` with `pointer` and `problem` */
export function parseApproval(body: unknown): ApprovalBody {
  if (validator.check(body)) return body;
  const error = validator.errors(body)[0];
  const params = { pointer: error?.instancePath ?? '', problem: error?.keyword ?? 'invalid' };
  throw new ReciprocityError('approval_malformed', params);
}
