// What an offer is held against before it is signed: records of both sides, and how far the peer was served.

import type { Reader } from '../database.ts';

export type RecordFacts = {
  id: string;
  digest: string;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  place: number | null;
};

/** Own versions in the order of their digests, behind one; no public editions, and none that is withdrawn. */
export async function ownRecordsBehind(home: Reader, after: string, limit: number): Promise<RecordFacts[]> {
  return home.query<RecordFacts>(
    `SELECT id, digest, type, domain, band, tlp, place FROM records
     WHERE NOT edition AND NOT retracted AND digest > $1 ORDER BY digest LIMIT $2`,
    [after, limit],
  );
}

/** The newest version of each own record that was issued, or of each of a peer that came, in so many days; none that is
 *  withdrawn, and no exercise. */
export async function recordsOfDays(
  home: Reader,
  whose: { peer: string } | 'own',
  { days, limit }: { days: number; limit: number },
): Promise<RecordFacts[]> {
  const columns = 'id, digest, type, domain, band, tlp, place, retracted, exercise';
  const newest =
    whose === 'own'
      ? `SELECT DISTINCT ON (id) ${columns} FROM records
         WHERE NOT edition AND issued_at > now() - $1 * interval '1 day' ORDER BY id, tick DESC`
      : `SELECT DISTINCT ON (id) ${columns} FROM received
         WHERE peer = $3 AND revoked_at IS NULL AND received_at > now() - $1 * interval '1 day' ORDER BY id, tick DESC`;
  return home.query<RecordFacts>(
    `SELECT id, digest, type, domain, band, tlp, place FROM (${newest}) n WHERE NOT retracted AND NOT exercise
     ORDER BY digest LIMIT $2`,
    [days, limit, ...(whose === 'own' ? [] : [whose.peer])],
  );
}

/** Up to where a peer was given pages of our log, of which versions it was warned, and how long the log is. */
export async function readServed(
  border: Reader,
  peer: string,
): Promise<{ mark: number; size: number; warned: Set<string> }> {
  const [row] = await border.query<{ mark: number; size: number }>(
    `SELECT coalesce((SELECT mark FROM served WHERE peer = $1), 0) AS mark, coalesce((SELECT size FROM tree), 0) AS size`,
    [peer],
  );
  const warned = await border.query<{ digest: string }>(
    `SELECT digest FROM notices_out WHERE peer = $1 AND kind = 'warning'`,
    [peer],
  );
  return { ...row!, warned: new Set(warned.map(({ digest }) => digest)) };
}
