// Where we are in each peer's log, and the one transaction in which a page lands.

import type { Asker, Transaction } from '../database.ts';
import { quarantineQuota } from '../quarantine.ts';
import type { OutNotice } from './notices.ts';

export type Cursor = { after: number; late: number; frontier: Buffer; checkpoint: string | null };

/** How far we hold a peer's log; at its start when we hold nothing. */
export async function readCursor(reader: Asker, peer: string): Promise<Cursor> {
  const [row] = await reader.query<Cursor>('SELECT after, late, frontier, checkpoint FROM cursors WHERE peer = $1', [
    peer,
  ]);
  return row ?? { after: 0, late: 0, frontier: Buffer.alloc(0), checkpoint: null };
}

export type LandedRecord = {
  digest: string;
  place: number;
  late: number | null;
  rule: string | null;
  body: string;
  /** Whose record the peer passed on; null for its own. */
  origin: string | null;
  /** Proof and checkpoint in its own log. */
  evidence: { proof: string[]; checkpoint: string } | null;
};
export type RefusedRecord = { digest: string | null; place: number; code: string; detail: string; body: string };
export type RefusedThing = Omit<RefusedRecord, 'place'> & {
  kind: 'record' | 'receipt' | 'statement' | 'descriptor' | OutNotice['kind'];
  place: number | null;
};

export type LandedPage = {
  peer: string;
  day: string;
  terms: string;
  inputs: readonly (string | null)[] | null;
  /** Whether it came in a bundle, and so says nothing of what the peer computes now. */
  bundled: boolean;
  from: { after: number; late: number };
  to: Cursor;
  records: readonly LandedRecord[];
  refused: readonly RefusedRecord[];
};

/** Lands a verified page: records, refusals, cursor and frontier in the caller's transaction; and, when the page before it was long ago,
 *  that none came meanwhile.
 *  @returns false when the cursor is not where the page starts any more; then nothing was changed. */
export async function landPage(tx: Transaction, page: LandedPage): Promise<boolean> {
  const { peer, from, to } = page;
  const move = () =>
    tx.execute(
      `WITH gap AS (
         INSERT INTO pull_gaps (peer, since, until)
         SELECT peer, pulled_at, now() FROM cursors
         WHERE peer = $1 AND after = $2 AND late = $3 AND pulled_at < now() - interval '15 minutes'
         ON CONFLICT DO NOTHING)
       UPDATE cursors SET after = $4, late = $5, frontier = $6, checkpoint = $7, pages = pages + 1, pulled_at = now(),
         fault = NULL, fault_at = NULL, terms_day = $8, terms = $9,
         terms_inputs = $10
       WHERE peer = $1 AND after = $2 AND late = $3`,
      [
        ...[peer, from.after, from.late, to.after, to.late, to.frontier, to.checkpoint],
        ...(page.bundled ? [null, null, null] : [page.day, page.terms, page.inputs]),
      ],
    );
  const moved = (await move()) === 1 || ((await insertCursor(tx, peer)) && (await move()) === 1);
  if (!moved) return false;
  if (page.records.length > 0)
    await tx.execute(
      `INSERT INTO landing (peer, kind, digest, place, late, rule, page_day, page_terms, body, origin, evidence)
       SELECT $1, 'record', digest, place, late, rule, $2, $3, body, origin, evidence
       FROM json_to_recordset($4::json)
         AS r (digest text, place bigint, late bigint, rule text, body text, origin text,
           evidence jsonb)`,
      [peer, page.day, page.terms, JSON.stringify(page.records)],
    );
  const refused = page.refused.map((one) => ({ ...one, kind: 'record' as const }));
  if (refused.length > 0) await quarantineReceived(tx, peer, refused);
  return true;
}

/** @returns whether there was none */
async function insertCursor(tx: Transaction, peer: string): Promise<boolean> {
  return (await tx.execute('INSERT INTO cursors (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer])) === 1;
}

/** Keeps what was refused up to the quota, and counts the rest. The exchange may not look into the quarantine, so it counts
 *  on what it has put there.
 *  @param more how many others were refused of which nothing is kept
 *  @returns whether the quota is used up */
export async function quarantineReceived(
  tx: Transaction,
  peer: string,
  refused: readonly RefusedThing[],
  more = 0,
): Promise<boolean> {
  const [counter] = await tx.query<{ before: number }>(
    `INSERT INTO statement_counters (typ, aud, seq) VALUES ('quarantine', $1, $2)
     ON CONFLICT (typ, aud) DO UPDATE SET seq = statement_counters.seq + excluded.seq RETURNING seq - $2 AS before`,
    [peer, refused.length + more],
  );
  const kept = refused.slice(0, Math.max(0, quarantineQuota - counter!.before));
  const notKept = refused.length + more - kept.length;
  await tx.execute(
    `INSERT INTO quarantine (peer, kind, digest, place, code, detail, body)
     SELECT $1, kind, digest, place, code, detail, body
     FROM json_to_recordset($2::json) AS r (kind text, digest text, place bigint, code text, detail text, body text)`,
    [peer, JSON.stringify(kept)],
  );
  if (notKept > 0) await tx.query('SELECT count_not_kept($1, $2, $3)', [peer, refused[0]!.kind, notKept]);
  return notKept > 0;
}

/** Notes why a pull failed; the cursor stays. */
export async function notePullFault(tx: Transaction, peer: string, fault: string): Promise<void> {
  await tx.execute(
    `INSERT INTO cursors (peer, fault, fault_at) VALUES ($1, $2, now())
     ON CONFLICT (peer) DO UPDATE SET fault = $2, fault_at = now()`,
    [peer, fault],
  );
}
