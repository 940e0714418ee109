import pg from 'pg';
import type { Transaction } from '../database.ts';

export type JobSpec = {
  /** At most one waiting job has this key: adding another replaces it. A job that already runs is left to finish and a
   *  new one waits behind it, so that what was committed meanwhile is seen. */
  key?: string;
  /** `preserve_run_at` keeps the time of the job that is replaced. */
  keyMode?: 'replace' | 'preserve_run_at';
  /** Jobs of one queue run one after the other. Few names: each is a row for ever. */
  queue?: string;
  runAt?: Date;
  /** Lower runs first; 0 when absent. */
  priority?: number;
  /** 25 when absent, with growing pauses. */
  maxAttempts?: number;
};

/** Adds a job that exists if and when the transaction commits.
 *  @param schema the queue's schema, `queue_worker` or `queue_exchange`
 *  @param payload anything that JSON can hold, identifiers rather than contents */
export async function addJob(
  tx: Transaction,
  schema: string,
  task: string,
  payload: unknown,
  spec: JobSpec = {},
): Promise<void> {
  await tx.execute(
    `SELECT FROM ${pg.escapeIdentifier(schema)}.add_job(identifier => $1, payload => $2::json, queue_name => $3,
       run_at => $4, max_attempts => $5, job_key => $6, priority => $7, job_key_mode => $8)`,
    [
      task,
      JSON.stringify(payload),
      spec.queue ?? null,
      spec.runAt ?? null,
      spec.maxAttempts ?? null,
      spec.key ?? null,
      spec.priority ?? null,
      spec.keyMode ?? 'replace',
    ],
  );
}
