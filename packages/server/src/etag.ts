// Conditional requests (RFC 9110 §8.8.3 and §13): every change says which state it was decided on.

import { hash } from 'node:crypto';
import { problem } from './problem.ts';

/** A strong entity tag of a state: of its version number, or of a value, by SHA-256 of its JSON. */
export function etagOf(state: unknown): string {
  if (Number.isSafeInteger(state)) return `"${state}"`;
  return `"${hash('sha256', JSON.stringify(state), 'base64url').slice(0, 27)}"`;
}

/** Lets a change pass only if the caller has seen the present state.
 *  @param header the request's If-Match: one or more strong tags; `*` is refused, since it says nothing
 *  @throws ProblemError `precondition_required` without one, `precondition_failed` when none is the present tag */
export function requireMatch(header: string | undefined, etag: string): void {
  if (header === undefined) throw problem('precondition_required');
  if (!tagsIn(header).includes(etag)) throw problem('precondition_failed', { headers: { etag } });
}

/** Whether the caller has this state already (If-None-Match), so that 304 is the answer. Weak comparison. */
export function isUnchanged(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || tagsIn(header.replaceAll('W/"', '"')).includes(etag);
}

function tagsIn(header: string): string[] {
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.filter((tag) => /^"[\x21\x23-\x7e]*"$/.test(tag));
}
