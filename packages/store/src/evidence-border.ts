// What border holds of what two nodes signed to each other: the reader of the worker, and of casework.

import type { Cell } from '@detente/record';
import type { Asker } from './database.ts';
import type { Between } from './evidence-home.ts';

/** As many as evidence of one kind has at home. */
const MOST = 50_000;

export type ServedFacts = {
  digest: string;
  record_id: string;
  cell: Cell;
  least: number;
  place: number;
  logged_at: Date;
};

/** Own versions on pages that a peer was served, with the time of the first checkpoint that has them. */
export async function servedSince(border: Asker, { peer, since }: Between): Promise<ServedFacts[]> {
  return border.query<ServedFacts>(
    `SELECT p.digest, p.record_id, p.cell, p.least, p.place, c.made_at AS logged_at
     FROM presentations p CROSS JOIN LATERAL (
       SELECT made_at FROM checkpoints WHERE size > p.place ORDER BY size LIMIT 1) c
     WHERE p.place < (SELECT mark FROM served WHERE peer = $1) AND (p.had IS NULL OR $1 = ANY (p.had))
       AND p.place >= coalesce((SELECT size FROM checkpoints WHERE made_at <= $2 ORDER BY made_at DESC LIMIT 1), 0)
     ORDER BY p.place DESC LIMIT $3`,
    [peer, since, MOST],
  );
}

/** Own versions of which a peer took a warning. */
export async function warnedSince(border: Asker, { peer, since }: Between) {
  return border.query<{ digest: string; delivered_at: Date }>(
    `SELECT digest, delivered_at FROM notices_out WHERE peer = $1 AND kind = 'warning' AND delivered_at > $2
     ORDER BY number DESC LIMIT $3`,
    [peer, since, MOST],
  );
}

export type DatedReceipt = { own: boolean; jws: string; at: Date };

/** Receipts of both directions: the peer's when they came, ours when they were brought. */
export async function receiptsSince(border: Asker, { peer, since }: Between): Promise<DatedReceipt[]> {
  return border.query<DatedReceipt>(
    `(SELECT false AS own, jws, received_at AS at FROM receipts_in
      WHERE peer = $1 AND received_at > $2 AND void_at IS NULL ORDER BY seq DESC LIMIT $3)
     UNION ALL
     (SELECT true, jws, sent_at FROM receipts_out WHERE peer = $1 AND sent_at > $2 ORDER BY seq DESC LIMIT $3)`,
    [peer, since, MOST],
  );
}

export type RefusedFacts = {
  digest: string;
  received_at: Date;
  body: string;
  /** The peer's own record key, with those before it. */
  keys: { kid: string; former?: { kid: string }[] } | null;
};

/** Records that came from a peer, also as a relay, and were refused for one of some reasons. */
export async function refusedSince(border: Asker, { peer, since }: Between, codes: readonly string[]) {
  return border.query<RefusedFacts>(
    `SELECT DISTINCT ON (1) coalesce(digest, translate(rtrim(encode(sha256(convert_to(body, 'UTF8')), 'base64'), '='), '+/', '-_'))
       AS digest, received_at, body, keys -> 'record' AS keys
     FROM quarantine JOIN peers ON origin = peer WHERE peer = $1 AND kind IN ('record', 'warning') AND received_at > $2 AND code = ANY ($3)
     ORDER BY 1, received_at LIMIT $4`,
    [peer, since, codes, MOST],
  );
}

export type CosignedDay = { witness: string; line: string; at: Date };

/** The last cosignature of each peer's witness under our log, by UTC day. */
export async function cosignedSince(border: Asker, { since }: Pick<Between, 'since'>): Promise<CosignedDay[]> {
  return border.query<CosignedDay>(
    `SELECT DISTINCT ON (peer, (cosigned_at AT TIME ZONE 'utc')::date) peer AS witness, line, cosigned_at AS at
     FROM cosignatures WHERE cosigned_at > $1
     ORDER BY peer, (cosigned_at AT TIME ZONE 'utc')::date, cosigned_at DESC`,
    [since],
  );
}

/** Our last cosignature under a peer's log, by UTC day. */
export async function witnessedSince(border: Asker, { peer, since }: Between) {
  return border.query<{ note: string; at: Date }>('SELECT note, at FROM witnessed_days WHERE peer = $1 AND at > $2', [
    peer,
    since,
  ]);
}

/** From when our cosignatures of a peer's log are kept by day; null when there are none, since nobody else may know of the peer. */
export async function witnessingBegan(border: Asker, peer: string): Promise<Date | null> {
  const [row] = await border.query<{ at: Date }>(
    `SELECT coalesce((SELECT min(at) FROM witnessed_days), to_timestamp(0)) AS at FROM peers WHERE origin = $1 AND listed`,
    [peer],
  );
  return row?.at ?? null;
}

/** The two histories that a peer's log has signed, each pair once. */
export async function forksSince(border: Asker, { peer, since }: Between) {
  return border.query<{ smaller: string; larger: string; found_at: Date }>(
    'SELECT smaller, larger, found_at FROM forks WHERE peer = $1 AND found_at > $2 ORDER BY found_at LIMIT 100',
    [peer, since],
  );
}

export type Outage = { from: Date; until: Date };

/** When no page of a peer came, whosever door was shut. */
export async function pullGapsSince(border: Asker, { peer, since }: Between): Promise<Outage[]> {
  return border.query<Outage>(
    'SELECT since AS from, until FROM pull_gaps WHERE peer = $1 AND until > $2 ORDER BY until',
    [peer, since],
  );
}

/** When this node stood still, as its own log shows. */
export async function outagesSince(border: Asker, { since }: Pick<Between, 'since'>): Promise<Outage[]> {
  return border.query<Outage>(
    `SELECT before AS from, made_at AS until
     FROM (SELECT made_at, lag(made_at) OVER (ORDER BY made_at) AS before FROM checkpoints WHERE made_at > $1) made
     WHERE made_at - before > interval '15 minutes' ORDER BY made_at`,
    [since],
  );
}

/** Whether this node stands still, or did within the last hour, as its own log shows. One that has logged nothing yet does not. */
export async function stoodStill(border: Asker): Promise<boolean> {
  const [row] = await border.query<{ still: boolean }>(
    `SELECT coalesce(bool_or(made_at - before > interval '15 minutes'), false) AS still
     FROM (SELECT made_at, lag(made_at) OVER (ORDER BY made_at) AS before
           FROM (SELECT made_at FROM checkpoints
                 WHERE made_at >= (SELECT max(made_at) FROM checkpoints WHERE made_at < now() - interval '1 hour')
                 UNION ALL SELECT now()) times) made`,
  );
  return row!.still;
}
