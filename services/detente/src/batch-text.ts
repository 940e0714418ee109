// The size of the log's batches in words.

import type { Status } from '@detente/contract/casework';

export type BatchSizes = Pick<Status['tree'], 'batch_size' | 'next_batch_size' | 'next_batch_day'>;

/** The size in force, and the one to come. */
export function batchText({ batch_size, next_batch_size, next_batch_day }: BatchSizes): string {
  const next = next_batch_size === undefined ? '' : `, ${next_batch_size} from ${next_batch_day} on`;
  return `batches of ${batch_size}${next}`;
}
