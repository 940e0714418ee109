// What is passed on of peers' records: which have changed, and who has had how much of each.

import type { Coded } from '@detente/reciprocity';
import type { Level } from '@detente/record';
import type { Asker, Transaction } from '../database.ts';

export type RelayVersion = {
  digest: string;
  id: string;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  tick: number;
  level: Level;
  place: number | null;
  presentation: string;
  revoked: boolean;
};

/** Takes versions of an origin that have changed since they were looked at last, and that its mirrored log shows or that somebody
 *  was passed already; those of one record in the order of their ticks.
 *  @param mirrored leaves of its log that are mirrored */
export async function takeDueForRelay(
  home: Transaction,
  origin: string,
  { mirrored, limit }: { mirrored: number; limit: number },
): Promise<RelayVersion[]> {
  return home.query<RelayVersion>(
    `WITH due AS (
       SELECT digest, id, tick FROM received WHERE peer = $1 AND relay_due AND place < $2
       UNION
       SELECT r.digest, r.id, tick FROM received r JOIN relays s ON s.origin = r.peer AND s.id = r.id AND s.digest = r.digest
       WHERE r.peer = $1 AND relay_due
       ORDER BY id, tick LIMIT $3),
     taken AS (
       UPDATE received r SET relay_due = false FROM due WHERE r.peer = $1 AND r.digest = due.digest AND relay_due
       RETURNING r.digest, r.id, type, domain, band, tlp, r.tick, level, place, presentation, revoked_at IS NOT NULL AS revoked)
     SELECT digest, id, type, domain, band, tlp, tick, level, place, presentation, revoked FROM taken ORDER BY id, tick`,
    [origin, mirrored, limit],
  );
}

/** Has all records of an origin looked at again; or these alone, in all their versions. */
export async function askRelays(home: Transaction, origin: string, ids?: readonly string[]): Promise<void> {
  await home.execute(
    `UPDATE received SET relay_due = true
     WHERE peer = $1 AND NOT relay_due AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[]))`,
    [origin, ids ?? null],
  );
}

export type RelayRow = {
  peer: string;
  origin: string;
  digest: string;
  id: string;
  tick: number;
  level: Level | null;
  most: Level;
  /** As much as it was passed and not asked back, whether or not it takes more. */
  kept: Level | null;
};

/** What everybody was passed of these records of an origin. */
export async function relaysOf(home: Asker, origin: string, ids: readonly string[]): Promise<RelayRow[]> {
  return home.query<RelayRow>(
    `SELECT s.peer, s.origin, s.digest, s.id, tick, s.level, s.most, s.kept
     FROM relays s JOIN received r ON r.peer = s.origin AND r.digest = s.digest
     WHERE s.origin = $1 AND s.id = ANY ($2::uuid[])`,
    [origin, ids],
  );
}

/** Who was passed records of which origin. */
export async function relayPairs(home: Asker): Promise<{ peer: string; origin: string }[]> {
  return home.query('SELECT DISTINCT peer, origin FROM relays ORDER BY origin, peer');
}

export type PassedVersion = Pick<RelayRow, 'digest' | 'id' | 'kept' | 'most'> &
  Pick<RelayVersion, 'type' | 'domain' | 'band' | 'tlp' | 'presentation'> & { held: Level };

/** What a peer was passed, of all origins; or these versions alone. */
export async function passedTo(home: Asker, peer: string, digests?: readonly string[]): Promise<PassedVersion[]> {
  return home.query<PassedVersion>(
    `SELECT s.digest, s.id, s.kept, s.most, type, domain, band, tlp, presentation, r.level AS held
     FROM relays s JOIN received r ON r.peer = s.origin AND r.digest = s.digest
     WHERE s.peer = $1 AND ($2::text[] IS NULL OR s.digest = ANY ($2::text[])) ORDER BY s.digest`,
    [peer, digests ?? null],
  );
}

export async function storeRelays(
  home: Transaction,
  rows: readonly (Omit<RelayRow, 'most' | 'tick'> & { reason: Coded })[],
): Promise<void> {
  await home.execute(
    `INSERT INTO relays (peer, origin, digest, id, level, most, kept, reason)
     SELECT peer, origin, digest, id, level, coalesce(level, 0), kept, reason FROM json_to_recordset($1)
       AS r (peer text, origin text, digest text, id uuid, level smallint, kept smallint, reason jsonb)
     ON CONFLICT (peer, origin, digest) DO UPDATE SET level = excluded.level, most = greatest(excluded.most, relays.most), kept = excluded.kept,
       reason = excluded.reason`,
    [JSON.stringify(rows)],
  );
}

/** Of versions, up to which level their origin lets us keep them: those that it asked back, with those before them of the same record,
 *  and those before one that it withdrew. */
export async function recalledBy(
  home: Asker,
  origin: string,
  digests: readonly string[],
): Promise<Map<string, { level: Level; cause: 'retracted' | 'narrowed' | 'ended' }>> {
  const rows = await home.query<{ digest: string; level: Level; cause: 'retracted' | 'narrowed' | 'ended' }>(
    `SELECT DISTINCT ON (digest) digest, level, cause FROM (
     SELECT v.digest, (s.body ->> 'level')::integer AS level, s.body ->> 'cause' AS cause
     FROM received v JOIN recalls r ON r.peer = v.peer AND NOT r.own JOIN statements s ON s.digest = r.digest
     CROSS JOIN jsonb_array_elements(s.body -> 'records') record
     LEFT JOIN received named ON named.peer = v.peer AND named.digest = record ->> 'digest'
     WHERE v.peer = $1 AND v.digest = ANY ($2::text[]) AND v.id = (record ->> 'id')::uuid
       AND (named.tick IS NULL OR named.tick >= v.tick)
     UNION ALL
     SELECT v.digest, 0, 'retracted' FROM received v JOIN received w USING (peer, id)
     WHERE v.peer = $1 AND v.digest = ANY ($2::text[]) AND w.retracted AND w.revoked_at IS NULL AND w.tick > v.tick) asked
     ORDER BY digest, level`,
    [origin, digests],
  );
  return new Map(rows.map((row) => [row.digest, row]));
}

/** The largest checkpoint of each log that is mirrored whole, by the log's name. */
export async function mirroredNotes(border: Asker): Promise<Map<string, string>> {
  const rows = await border.query<{ log: string; note: string }>(
    'SELECT log, note FROM mirrors WHERE note IS NOT NULL',
  );
  return new Map(rows.map(({ log, note }) => [log, note]));
}
