// Opaque cursors of lists: base64url of the JSON of where to go on.

import type { Static, TSchema, Validator } from '@detente/schema';
import { problem } from './problem.ts';

/** @param position where the next page starts; every member is seen by the caller, who is only asked not to look */
export function formatCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position in a cursor, in the one spelling that `formatCursor` gives it.
 *  @throws ProblemError `validation_failed` at `/cursor` */
export function parseCursor<S extends TSchema>(cursor: string, validator: Validator<S>): Static<S> {
  const errors = [{ in: 'query' as const, pointer: '/cursor', code: 'cursor', detail: 'is not a cursor of this list' }];
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw problem('validation_failed', { errors });
  }
  if (formatCursor(position) !== cursor || !validator.check(position)) throw problem('validation_failed', { errors });
  return position;
}
