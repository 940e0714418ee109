// What a node knows of one record's way to one peer.

import type { GrantRow } from '@detente/reciprocity';
import type { Asker, Reader } from '../database.ts';

export type OwnVersion = {
  id: string;
  digest: string;
  tick: number;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  retracted: boolean;
  place: number | null;
};

/** The versions of the record of an id, or the one of a digest and those before it; newest first. */
export async function ownVersions(home: Asker, record: string): Promise<OwnVersion[]> {
  return home.query<OwnVersion>(
    `SELECT r.id, r.digest, r.tick, r.type, r.domain, r.band, r.tlp, r.retracted, r.place
     FROM records r JOIN records asked ON asked.id = r.id AND (asked.id::text = $1 OR asked.digest = $1)
     WHERE NOT r.edition AND (asked.id::text = $1 OR r.tick <= asked.tick)
     GROUP BY r.digest ORDER BY r.tick DESC`,
    [record],
  );
}

export type WayFacts = {
  mark: number;
  late: number | null;
  warning: { attempts: number; delivered_at: Date | null; fault: string | null } | undefined;
  /** Receipts of the peer that lie in quarantine here. */
  refusedReceipts: number;
};

/** How far a peer was served, and whether the version waits as a late item or as a warning. */
export async function readWay(border: Reader, peer: string, digest: string): Promise<WayFacts> {
  const [way] = await border.query<{ mark: number; late: number | null }>(
    `SELECT coalesce((SELECT mark FROM served WHERE peer = $1), 0) AS mark,
       (SELECT max(number) FROM (SELECT number FROM late_items WHERE peer = $1 AND digest = $2
         UNION ALL SELECT number FROM relays WHERE peer = $1 AND digest = $2) l) AS late`,
    [peer, digest],
  );
  const [warning] = await border.query<NonNullable<WayFacts['warning']>>(
    `SELECT attempts, delivered_at, fault FROM notices_out WHERE peer = $1 AND digest = $2 AND kind = 'warning'`,
    [peer, digest],
  );
  const [refused] = await border.query<{ count: number }>(
    `SELECT count(*) FROM quarantine WHERE peer = $1 AND kind = 'receipt'`,
    [peer],
  );
  return { ...way!, warning, refusedReceipts: refused!.count };
}

export async function grantsOfPeer(border: Asker, peer: string): Promise<GrantRow[]> {
  return border.query<GrantRow>(
    'SELECT number, line, cell, record_id, from_index, level, rule, terms FROM grants WHERE peer = $1',
    [peer],
  );
}

/** A peer's receipts, newest first. */
export async function receiptsOf(border: Reader, peer: string, before: number | undefined, limit: number) {
  return border.query<{ seq: number; jws: string }>(
    `SELECT seq, jws FROM receipts_in WHERE peer = $1 AND void_at IS NULL AND ($2::bigint IS NULL OR seq < $2)
     ORDER BY seq DESC LIMIT $3`,
    [peer, before ?? null, limit],
  );
}

/** Recalls of a version that we sent a peer, with what it answered. */
export async function recallsOfVersion(home: Reader, peer: string, digest: string) {
  return home.query<{ digest: string; answer: string | null; overdue: boolean }>(
    `SELECT r.digest, a.body->>'answer' AS answer, r.answer IS NULL AND r.due_at < now() AS overdue
     FROM recalls r JOIN statements s ON s.digest = r.digest LEFT JOIN statements a ON a.digest = r.answer
     WHERE r.own AND r.peer = $1 AND s.body->'records' @> jsonb_build_array(jsonb_build_object('digest', $2::text))
     ORDER BY r.made_at DESC`,
    [peer, digest],
  );
}
