// What peers have of our own log, while the worker wants to know it.

import type { Asker, Transaction } from '../database.ts';
import { SEQUENCER_LOCK } from '../signing-stops.ts';

/** `now`: by the clock of the database, for `keepSeen`; `doubted`: whether our log is; `answered`: whether the peer has said what it
 *  has seen since it is wanted; `tail`: the leaves to fetch from it: of a tree of `size`, from `have` on, of which bundles below
 *  `landed` have come. */
export type Wanted = {
  now: Date;
  doubted: boolean;
  answered: boolean;
  tail: { have: number; size: number; landed: number } | undefined;
};

/** What is wanted of a peer; undefined when nobody doubts our log and the peer has answered when it was asked last. */
export async function readWanted(reader: Asker, peer: string): Promise<Wanted | undefined> {
  const [row] = await reader.query<{
    now: Date;
    doubted: boolean;
    answered: boolean;
    refused: boolean;
    have: number;
    size: number | null;
    landed: number | null;
  }>(
    `SELECT clock_timestamp() AS now, r.since IS NOT NULL AS doubted,
       coalesce(s.asked_at >= coalesce(r.since, s.asked_at) AND s.fault IS NULL, false) AS answered,
       $1 = ANY (r.refused) AS refused, r.size, (SELECT size FROM tree) AS have,
       (SELECT max(index) + 1 FROM own_tail t WHERE t.peer = $1) AS landed
     FROM (SELECT) AS peer LEFT JOIN log_recovery r ON true LEFT JOIN own_log_seen s ON s.peer = $1`,
    [peer],
  );
  const { now, doubted, answered, refused, have, size, landed } = row!;
  if (!doubted && answered) return undefined;
  const isWanted = size !== null && size > have && !refused;
  return {
    now,
    doubted,
    answered,
    tail: isWanted ? { have, size, landed: landed ?? Math.floor(have / 256) } : undefined,
  };
}

/** Whether a peer has said how much of our log it has seen, and how much; undefined when nobody doubts our log. */
export async function readDoubt(
  reader: Asker,
  peer: string,
): Promise<{ answered: boolean; seen: number | null } | undefined> {
  const [row] = await reader.query<{ answered: boolean; seen: number | null }>(
    `SELECT coalesce(s.asked_at >= r.since AND s.fault IS NULL, false) AS answered, s.size AS seen
     FROM log_recovery r LEFT JOIN own_log_seen s ON s.peer = $1`,
    [peer],
  );
  return row;
}

/** `fault`: why it did not answer; then what it said before stays. */
export type Seen = { peer: string; askedAt: Date } & (
  | { size: number | null; note: string | null; fault: null }
  | { fault: string }
);

export async function keepSeen(tx: Transaction, seen: Seen): Promise<void> {
  const { size, note } = seen.fault === null ? seen : { size: null, note: null };
  await tx.execute(
    `INSERT INTO own_log_seen (peer, asked_at, size, note, fault) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (peer) DO UPDATE SET asked_at = excluded.asked_at, fault = excluded.fault, tail_fault = NULL,
       size = CASE WHEN excluded.fault IS NULL THEN excluded.size ELSE own_log_seen.size END,
       note = CASE WHEN excluded.fault IS NULL THEN excluded.note ELSE own_log_seen.note END`,
    [seen.peer, seen.askedAt, size, note, seen.fault],
  );
}

/** Has a peer asked once more, since it seems to have seen more than it said. */
export async function askAgain(tx: Transaction, peer: string, why: string): Promise<void> {
  await tx.execute('UPDATE own_log_seen SET fault = $2 WHERE peer = $1', [peer, why]);
}

/** Lands bundles of our own log for the worker, unless they are not wanted any more. */
export async function landTail(
  tx: Transaction,
  { peer, size, bundles }: { peer: string; size: number; bundles: readonly { index: number; leaves: Buffer }[] },
): Promise<void> {
  // Beside others that land, and not while the worker begins to want another tree: a plain read would still see the one before.
  await tx.execute('SELECT pg_advisory_xact_lock_shared($1)', [SEQUENCER_LOCK]);
  await tx.execute(
    `INSERT INTO own_tail (peer, index, leaves)
     SELECT $1, t.* FROM unnest($2::bigint[], $3::bytea[]) AS t, log_recovery r
     WHERE r.size = $4 AND NOT $1 = ANY (r.refused) ON CONFLICT DO NOTHING`,
    [peer, bundles.map(({ index }) => index), bundles.map(({ leaves }) => leaves), size],
  );
  await noteTailFault(tx, { peer, size, fault: null });
}

/** Why a peer has not given the missing leaves, unless those of another tree are wanted by now; null when it has. */
export async function noteTailFault(
  tx: Transaction,
  { peer, size, fault }: { peer: string; size: number; fault: string | null },
): Promise<void> {
  await tx.execute('SELECT pg_advisory_xact_lock_shared($1)', [SEQUENCER_LOCK]);
  await tx.execute('UPDATE own_log_seen SET tail_fault = $3 FROM log_recovery r WHERE peer = $1 AND r.size = $2', [
    peer,
    size,
    fault,
  ]);
}
