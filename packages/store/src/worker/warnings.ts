// Warnings that wait in border when the grants change: what only the terms gave goes with them.

import { type Grants, grantedLevel, type Logged, warningLevel } from '@detente/reciprocity';
import { WARNING_SEVERITY } from '@detente/record';
import type { Transaction } from '../database.ts';

type Waiting = Logged & { number: number; lengths: number[]; length: number };

/** Drops the warnings that wait for a peer and that its grants do not give any more, and cuts those of which they give less.
 *  Those of severity 5 and above wait on: no terms decide on them.
 *  @param grantsTo called when there is something to judge */
export async function lowerWarnings(
  border: Transaction,
  peer: string,
  grantsTo: (peer: string) => Promise<Grants>,
): Promise<void> {
  const waiting = await border.query<Waiting>(
    `SELECT n.number, length(n.body) AS length, p.record_id, p.cell, p.least, p.place, p.lengths
     FROM notices_out n JOIN presentations p USING (digest)
     WHERE n.peer = $1 AND n.kind = 'warning' AND n.delivered_at IS NULL AND p.cell LIKE '%/4'`,
    [peer],
  );
  if (waiting.length === 0) return;
  const grants = await grantsTo(peer);
  const dropped: number[] = [];
  for (const { number, lengths, length, ...facts } of waiting) {
    const level = warningLevel({ severity: WARNING_SEVERITY, granted: grantedLevel(grants, facts) });
    if (level === null) dropped.push(number);
    else if (lengths[level]! < length)
      await border.execute('UPDATE notices_out SET body = left(body, $2) WHERE number = $1', [number, lengths[level]]);
  }
  await border.execute('DELETE FROM notices_out WHERE number = ANY ($1::bigint[])', [dropped]);
}
