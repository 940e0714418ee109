// Receipts that came, and what they are compared with.

import type { Asker, Transaction } from '../database.ts';

export type NewReceipt = { peer: string; seq: number; jws: string };

/** Receipts that have not been compared, the oldest of each peer, so many of each. */
export async function uncomparedReceipts(border: Asker, limit: number): Promise<NewReceipt[]> {
  return border.query<NewReceipt>(
    `SELECT r.peer, r.seq, r.jws FROM peers p CROSS JOIN LATERAL (
       SELECT peer, seq, jws FROM receipts_in WHERE peer = p.origin AND disagrees IS NULL AND void_at IS NULL
       ORDER BY seq LIMIT $1) r
     ORDER BY r.peer, r.seq`,
    [limit],
  );
}

/** @param compared.disagrees digest of the record on which a receipt does; empty for none */
export async function markCompared(
  border: Transaction,
  compared: readonly { peer: string; seq: number; disagrees: string }[],
): Promise<void> {
  await border.execute(
    `UPDATE receipts_in r SET disagrees = c.disagrees
     FROM json_to_recordset($1::json) AS c (peer text, seq bigint, disagrees text)
     WHERE r.peer = c.peer AND r.seq = c.seq AND r.void_at IS NULL`,
    [JSON.stringify(compared)],
  );
}

export type VersionBytes = {
  digest: string;
  id: string;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  place: number | null;
  token: string;
  lengths: number[];
};

/** Own versions, public editions left out. */
export async function versionBytes(home: Asker, digests: readonly string[]): Promise<VersionBytes[]> {
  return home.query<VersionBytes>(
    `SELECT digest, id, type, domain, band, tlp, place, token, lengths FROM records
     WHERE digest = ANY ($1::text[]) AND NOT edition`,
    [digests],
  );
}

/** Of versions, those of which a peer was warned. */
export async function warnedVersions(border: Asker, peer: string, digests: readonly string[]): Promise<Set<string>> {
  const rows = await border.query<{ digest: string }>(
    `SELECT digest FROM notices_out WHERE peer = $1 AND kind = 'warning' AND digest = ANY ($2::text[])`,
    [peer, digests],
  );
  return new Set(rows.map(({ digest }) => digest));
}
