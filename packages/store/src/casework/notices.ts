// Warnings as officers see them: peers' at home, ours on their way in border.

import type { Asker, Reader } from '../database.ts';

export type WarnedPeer = {
  peer: string;
  count: number;
  unlogged: number;
  unapproved: number;
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
    `SELECT received.peer, count(*) AS count, count(*) FILTER (WHERE place IS NULL) AS unlogged,
       count(*) FILTER (WHERE band = '5-7' AND approved_at IS NULL) AS unapproved,
       count(*) FILTER (WHERE (place IS NULL OR band = '5-7' AND approved_at IS NULL)
         AND warned_at < now() - interval '1 hour') AS overdue,
       (array_agg(jsonb_build_object('digest', digest, 'id', id, 'title', fields->>'title',
         'severity', (fields->'severity'->>'level')::integer, 'domain', domain, 'exercise', exercise,
         'logged', place IS NOT NULL,
         'warned_at', to_char(warned_at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
         ORDER BY warned_at DESC, digest))[1] AS newest
     FROM received LEFT JOIN approvals ON approvals.peer = received.peer AND approvals.record = received.digest
     WHERE warned_at > now() - $1 * interval '1 day' AND exercise = $2
     GROUP BY received.peer ORDER BY max(warned_at) DESC, received.peer`,
    [days, exercise],
  );
}

export type NoticeRow = {
  number: number;
  peer: string;
  kind: 'warning' | 'recall' | 'answer' | 'canary' | 'approval';
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

export type WarnedRecord = { digest: string; severity: number | null; logged: boolean; approved: boolean };

/** Of our record versions: whether the log shows them, and whether a second officer stands behind them. */
export async function warnedRecords(home: Asker, digests: readonly string[]): Promise<WarnedRecord[]> {
  return home.query<WarnedRecord>(
    `SELECT digest, severity, place IS NOT NULL AS logged, approved_at IS NOT NULL AS approved
     FROM records LEFT JOIN approvals ON peer = '' AND record = digest WHERE digest = ANY ($1)`,
    [digests],
  );
}

export type ApprovalFacts = { case_id: string; severity: number | null; approved: boolean; deciders: string[] };

/** Who decided on a record version of ours, whether it is approved, and whether anybody was warned of it. */
export async function approvalFacts(home: Reader, digest: string): Promise<ApprovalFacts | undefined> {
  const [row] = await home.query<ApprovalFacts>(
    `SELECT r.case_id, r.severity, a.record IS NOT NULL AS approved,
       (SELECT coalesce(array_agg(DISTINCT d.actor), '{}') FROM decisions d JOIN drafts f ON f.digest = d.draft
        WHERE d.case_id = r.case_id AND f.case_id = r.case_id AND f.version = r.draft) AS deciders
     FROM records r LEFT JOIN approvals a ON a.peer = '' AND a.record = r.digest
     WHERE r.digest = $1 AND NOT r.edition AND NOT r.retracted`,
    [digest],
  );
  return row;
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

/** Records that peers warned of more than an hour ago: those that their logs do not show, and those of severity 5 and above that
 *  no second officer approved. */
export async function countUnproven(home: Reader): Promise<{ unproven: number; unapproved: number }> {
  const [row] = await home.query<{ unproven: number; unapproved: number }>(
    `SELECT count(*) FILTER (WHERE place IS NULL) AS unproven,
       count(*) FILTER (WHERE band = '5-7' AND NOT EXISTS (
         SELECT FROM approvals a WHERE a.peer = received.peer AND a.record = received.digest)) AS unapproved
     FROM received WHERE warned_at < now() - interval '1 hour' AND NOT retracted`,
  );
  return row!;
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

/** Whether one of two officers made the other's token, or that of whoever made it: they may be one person. */
export async function areKin(home: Reader, one: string, other: string): Promise<boolean> {
  const [row] = await home.query<{ kin: boolean }>(
    `WITH RECURSIVE made AS (SELECT split_part(object, ' ', 1) AS name, actor AS maker FROM acts WHERE act = 'token.add'),
       line (start, name) AS (
         SELECT name, name FROM unnest($1::text[]) AS name
         UNION SELECT line.start, made.maker FROM line JOIN made USING (name))
     SELECT EXISTS (SELECT FROM line WHERE start <> name AND name = ANY ($1) OR $1[1] = $1[2]) AS kin`,
    [[one, other]],
  );
  return row!.kin;
}
