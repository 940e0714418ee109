// Why a page was refused, or one item of it: two closed lists of codes.
import type { RecordErrorCode } from '@detente/record';

export type FeedErrorCode =
  // the envelope
  | 'page_malformed'
  | 'limit_exceeded'
  | 'log_unexpected'
  | 'after_unexpected'
  | 'day_refused'
  | 'terms_unexpected'
  // the items
  | 'gap_empty'
  | 'gap_not_minimal'
  | 'gap_hash_count'
  | 'next_mismatch'
  // the checkpoint
  | 'checkpoint_malformed'
  | 'checkpoint_signature'
  | 'checkpoint_shrunk'
  | 'next_beyond_checkpoint'
  | 'log_forked'
  | 'root_mismatch'
  | 'consistency_invalid'
  // the late list
  | 'late_order'
  | 'late_next_mismatch'
  | 'late_proof_invalid'
  // composing
  | 'plan_invalid'
  | 'presentation_malformed'
  // verifying in threads
  | 'verifier_closed'
  | 'verifier_failed';

/** Why one item is not shown though its page is good: what is wrong with the record, or with a relay's evidence. */
export type ItemFault = RecordErrorCode | 'origin_unknown' | 'checkpoint_signature' | 'late_proof_invalid';

/** Places and numbers for a program; never a field's value. */
export type FaultDetail = Readonly<Record<string, string | number>>;

/** The one error of this package: nothing of the page may be applied. */
export class FeedError extends Error {
  readonly code: FeedErrorCode;
  readonly detail: FaultDetail;

  constructor(code: FeedErrorCode, detail: FaultDetail = {}, options?: ErrorOptions) {
    super(`feed page refused: ${code}`, options);
    this.name = 'FeedError';
    this.code = code;
    this.detail = detail;
  }
}
