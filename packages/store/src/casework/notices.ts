// Warnings as officers see them: peers' at home, ours on their way in border.

import type { Reader } from '../database.ts';

export type WarnedPeer = {
  peer: string;
  count: number;
  unlogged: number;
  overdue: number;
  newest: {
    digest: string;
    id: string;
    title: string | null;
    severity: number;
    domain: string;
    exercise: boolean;
    logged: boolean;
    warned_at: string;
  };
};

/** What each peer warned of, the last one warned of first. */
export async function listWarnings(home: Reader, days: number, exercise: boolean): Promise<WarnedPeer[]> {
  return home.query<WarnedPeer>(
    `SELECT peer, count(*) AS count, count(*) FILTER (WHERE place IS NULL) AS unlogged,
       count(*) FILTER (WHERE place IS NULL AND warned_at < now() - interval '1 hour') AS overdue,
       (array_agg(jsonb_build_object('digest', digest, 'id', id, 'title', fields->>'title',
         'severity', (fields->'severity'->>'level')::integer, 'domain', domain, 'exercise', exercise,
         'logged', place IS NOT NULL,
         'warned_at', to_char(warned_at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
         ORDER BY warned_at DESC, digest))[1] AS newest
     FROM received
     WHERE warned_at > now() - $1 * interval '1 day' AND exercise = $2
     GROUP BY peer ORDER BY max(warned_at) DESC, peer`,
    [days, exercise],
  );
}

export type NoticeRow = {
  number: number;
  peer: string;
  kind: 'warning' | 'recall' | 'answer' | 'canary';
  digest: string;
  created_at: Date;
  attempts: number;
  delivered_at: Date | null;
  next_at: Date | null;
  fault: string | null;
};
export type NoticeFilter = { peer?: string; state?: 'waiting' | 'delivered'; before?: number; limit: number };

/** Our notices, newest first; `peer` is the name. */
export async function listNotices(border: Reader, filter: NoticeFilter): Promise<NoticeRow[]> {
  return border.query<NoticeRow>(
    `SELECT n.number, p.name AS peer, n.kind, n.digest, n.created_at, n.attempts, n.delivered_at,
       CASE WHEN n.delivered_at IS NULL THEN n.next_at END AS next_at, n.fault
     FROM notices_out n JOIN peers p ON p.origin = n.peer
     WHERE ($1::text IS NULL OR n.peer = $1) AND ($2::bigint IS NULL OR n.number < $2)
       AND ($3::boolean IS NULL OR (n.delivered_at IS NOT NULL) = $3)
     ORDER BY n.number DESC LIMIT $4`,
    [
      filter.peer ?? null,
      filter.before ?? null,
      filter.state === undefined ? null : filter.state === 'delivered',
      filter.limit,
    ],
  );
}

/** Those of our record versions that the log does not show yet. */
export async function unloggedOf(home: Reader, digests: readonly string[]): Promise<Set<string>> {
  const rows = await home.query<{ digest: string }>(
    'SELECT digest FROM records WHERE digest = ANY ($1) AND place IS NULL',
    [digests],
  );
  return new Set(rows.map(({ digest }) => digest));
}

/** How many notices wait, since when the oldest does, and of which versions peers were warned more than an hour ago. */
export async function noticesWaiting(border: Reader) {
  const [row] = await border.query<{ undelivered: number; oldest: Date | null; warned: string[] }>(
    `SELECT count(*) FILTER (WHERE delivered_at IS NULL) AS undelivered,
       min(created_at) FILTER (WHERE delivered_at IS NULL) AS oldest,
       coalesce(array_agg(DISTINCT digest) FILTER (WHERE kind = 'warning' AND created_at < now() - interval '1 hour'
         AND created_at > now() - interval '30 days'), '{}') AS warned
     FROM notices_out n JOIN peers p ON p.origin = n.peer WHERE p.status <> 'expelled'`,
  );
  return row!;
}

/** Records that peers warned of more than an hour ago and whose logs do not show them. */
export async function countUnproven(home: Reader): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    `SELECT count(*) FROM received WHERE warned_at < now() - interval '1 hour' AND place IS NULL`,
  );
  return row!.count;
}

export type RecallRow = {
  digest: string;
  peer: string;
  own: boolean;
  body: { cause: 'retracted' | 'narrowed'; level: number; records: { id: string; digest: string }[] };
  made_at: Date;
  due_at: Date;
  overdue: boolean;
  answer: { answer: 'purged' | 'kept' | 'passed-on'; legal_basis: string | null; passed_to: string[] } | null;
  answered_at: Date | null;
};

const RECALL = `SELECT r.digest, r.peer, r.own, s.body, r.made_at, r.due_at, r.answer IS NULL AND r.due_at < now() AS overdue,
    a.body AS answer, r.answered_at
  FROM recalls r JOIN statements s ON s.digest = r.digest LEFT JOIN statements a ON a.digest = r.answer`;

/** Recalls of both directions, or of one; open ones first, then newest. `peer` is an origin. */
export async function listRecalls(
  home: Reader,
  filter: { own?: boolean; open: boolean; limit: number },
): Promise<RecallRow[]> {
  return home.query<RecallRow>(
    `${RECALL} WHERE ($1::boolean IS NULL OR r.own = $1) AND (NOT $2 OR r.answer IS NULL)
     ORDER BY r.answer IS NULL DESC, r.made_at DESC, r.digest LIMIT $3`,
    [filter.own ?? null, filter.open, filter.limit],
  );
}

export async function readRecall(home: Reader, digest: string): Promise<RecallRow | undefined> {
  const [row] = await home.query<RecallRow>(`${RECALL} WHERE r.digest = $1`, [digest]);
  return row;
}

/** Recalls that are not answered in time, of both directions. */
export async function countOverdueRecalls(home: Reader): Promise<number> {
  const [row] = await home.query<{ count: number }>(
    'SELECT count(*) FROM recalls WHERE answer IS NULL AND due_at < now()',
  );
  return row!.count;
}
