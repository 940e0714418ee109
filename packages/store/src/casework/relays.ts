// What is passed on of peers' records, as officers ask about it.

import type { Coded } from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Asker, Reader } from '../database.ts';

export type ReceivedVersion = {
  origin: string;
  id: string;
  digest: string;
  tick: number;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  level: Level;
  place: number | null;
  presentation: string;
  revoked: boolean;
  /** As much of it as the peer was passed, if it ever was. */
  passed: { level: Level | null; most: Level; reason: Coded } | null;
  /** Whether the peer was passed an earlier version. */
  followed: boolean;
};

export type ReceivedProof = {
  origin: string;
  type: string;
  level: Level;
  place: number;
  presentation: string;
  /** What proves it by its own log, where a relay has brought it. */
  evidence: { proof: string[]; checkpoint: string } | null;
};

/** A version that came from its own node or a relay, and its place in its node's log. */
export async function receivedProof(home: Asker, digest: string): Promise<ReceivedProof | undefined> {
  const [row] = await home.query<ReceivedProof>(
    `SELECT peer AS origin, type, level, place, presentation, evidence FROM received
     WHERE digest = $1 AND place IS NOT NULL AND revoked_at IS NULL`,
    [digest],
  );
  return row;
}

/** Descriptors of all peers, by origin, as they were verified. */
export async function peerDescriptors(border: Reader): Promise<Map<string, string>> {
  const rows = await border.query<{ origin: string; descriptor: string }>(
    'SELECT origin, descriptor FROM peers WHERE descriptor IS NOT NULL ORDER BY origin',
  );
  return new Map(rows.map(({ origin, descriptor }) => [origin, descriptor]));
}

/** A peer's version of that digest, or the newest one of the record of that id, and what another peer was passed of it. */
export async function receivedVersion(
  home: Reader,
  peer: string,
  record: string,
): Promise<ReceivedVersion | undefined> {
  const [row] = await home.query<ReceivedVersion>(
    `SELECT r.peer AS origin, r.id, r.digest, r.tick, type, domain, band, tlp, r.level, place, presentation,
       revoked_at IS NOT NULL AS revoked,
       CASE WHEN s.digest IS NOT NULL THEN json_build_object('level', s.level, 'most', s.most, 'reason', s.reason) END AS passed,
       EXISTS (SELECT FROM relays e JOIN received b ON b.peer = e.origin AND b.digest = e.digest
         WHERE e.peer = $1 AND e.origin = r.peer AND e.id = r.id AND b.tick < r.tick) AS followed
     FROM received r LEFT JOIN relays s ON s.peer = $1 AND s.origin = r.peer AND s.digest = r.digest
     WHERE r.digest = $2 OR r.id::text = $2 ORDER BY r.tick DESC LIMIT 1`,
    [peer, record],
  );
  return row;
}
