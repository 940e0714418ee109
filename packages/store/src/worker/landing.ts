// What peers sent lands in border; the worker reads it there, brings it home and clears it.

import { kidOf } from '@detente/keys';
import type { Asker, Transaction } from '../database.ts';
import { quarantineQuota } from '../quarantine.ts';

/** That a relayed record stands in its own log: inclusion proof and checkpoint. */
type Evidence = { proof: string[]; checkpoint: string };

export type Landed = {
  number: number;
  peer: string;
  kind: 'record' | 'statement' | 'descriptor' | 'warning' | 'recall' | 'answer' | 'canary' | 'approval';
  digest: string;
  place: number | null;
  late: number | null;
  rule: string | null;
  page_day: string | null;
  page_terms: string | null;
  body: string;
  received_at: Date;
  /** Whose record the peer passed on; null for its own. */
  origin: string | null;
  evidence: Evidence | null;
};

/** The oldest rows of each peer, so many of each, in order of arrival: warnings, or everything else.
 *  @param after the number behind which to begin, for peers of which some were read */
export async function readLanding(
  border: Asker,
  what: 'warnings' | 'others',
  after: ReadonlyMap<string, number>,
  limit: number,
): Promise<Landed[]> {
  return border.query<Landed>(
    `SELECT l.* FROM peers p CROSS JOIN LATERAL (
       SELECT number, peer, kind, digest, place, late, rule, page_day, page_terms, body, received_at, origin, evidence
       FROM landing WHERE peer = p.origin AND number > coalesce(($1::jsonb ->> p.origin)::bigint, 0)
         AND kind ${what === 'warnings' ? '=' : '<>'} 'warning'
       ORDER BY number LIMIT $2) l
     ORDER BY l.peer, l.number`,
    [JSON.stringify(Object.fromEntries(after)), limit],
  );
}

export async function clearLanding(border: Transaction, numbers: readonly number[]): Promise<void> {
  await border.execute('DELETE FROM landing WHERE number = ANY ($1::bigint[])', [numbers]);
}

export type Refused = { row: Landed; why: { code: string; detail: string } };

/** Moves a peer's landed rows to quarantine, each with its bytes and the reason, up to the quota; the rest is counted. What
 *  lies there already, byte for byte, is not kept twice. */
export async function quarantineLanded(border: Transaction, refused: readonly Refused[]): Promise<void> {
  const peer = refused[0]?.row.peer;
  if (peer === undefined) return;
  const rows = refused.map(({ row, why }) => ({ ...row, ...why }));
  await border.query(
    `WITH fresh AS (
       SELECT r.*, row_number() OVER (ORDER BY number) + (SELECT count(*) FROM quarantine WHERE peer = $1) AS rank
       FROM json_to_recordset($2::json) AS r (number bigint, kind text, place bigint, digest text, code text, detail text,
         body text, received_at timestamptz)
       WHERE NOT EXISTS (SELECT FROM quarantine q WHERE q.peer = $1 AND q.kind = r.kind AND q.digest = r.digest
         AND q.code = r.code AND q.body = r.body)),
     kept AS (
       INSERT INTO quarantine (peer, kind, place, digest, code, detail, body, received_at)
       SELECT $1, kind, place, digest, code, detail, body, received_at FROM fresh WHERE rank <= $3 ORDER BY number)
     SELECT count_not_kept($1, kind, count(*)) FROM fresh WHERE rank > $3 GROUP BY kind`,
    [peer, JSON.stringify(rows), quarantineQuota],
  );
  await clearLanding(
    border,
    refused.map(({ row }) => row.number),
  );
}

export type ReceivedRecord = {
  peer: string;
  digest: string;
  id: string;
  type: string;
  tick: number;
  place: number | null;
  level: number;
  domain: string;
  band: string;
  tlp: string;
  exercise: boolean;
  retracted: boolean;
  presentation: string;
  fields: Record<string, unknown>;
  page_terms: string | null;
  rule: string | null;
  warned_at: Date | null;
  /** The peer that passed it on; null when its own node gave it. */
  relay: string | null;
  /** The level that its own node gave; null for nothing. */
  direct: number | null;
  evidence: Evidence | null;
};

export type HeldVersion = { id: string; digest: string; tick: number; place: number | null; retracted: boolean };

const RECEIVED_LOCK = 7008;

/** The versions that are at home of a peer's records and count, and the right to add to them until the transaction ends. What a
 *  stolen key signed contradicts nothing. */
export async function lockReceived(home: Transaction, peer: string, ids: readonly string[]): Promise<HeldVersion[]> {
  await home.execute('SELECT pg_advisory_xact_lock($1)', [RECEIVED_LOCK]);
  return home.query<HeldVersion>(
    `SELECT id, digest, tick, place, retracted FROM received
     WHERE peer = $1 AND id = ANY ($2::uuid[]) AND revoked_at IS NULL`,
    [peer, ids],
  );
}

/** Stores received records. The same digest again keeps the longest presentation and the lowest index, and of two that are as long
 *  the one that its own node gave; what was purged stays so.
 *  What comes with an index has one that counts, whatever has become of its key. */
export async function storeReceived(home: Transaction, records: readonly ReceivedRecord[]): Promise<void> {
  if (records.length === 0) return;
  await home.execute(
    `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted,
       presentation, fields, page_terms, rule, warned_at, relay, direct, evidence)
     SELECT peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation, fields,
       page_terms, rule, warned_at, relay, direct, evidence
     FROM json_to_recordset($1::json) AS r (peer text, digest text, id uuid, type text, tick bigint, place bigint,
       level smallint, domain text, band text, tlp text, exercise boolean, retracted boolean, presentation text,
       fields jsonb, page_terms text, rule text, warned_at timestamptz, relay text, direct smallint, evidence jsonb)
     ON CONFLICT (peer, digest) DO UPDATE SET
       presentation = CASE WHEN excluded.level > received.level AND received.purged_at IS NULL THEN excluded.presentation ELSE received.presentation END,
       fields = CASE WHEN excluded.level > received.level AND received.purged_at IS NULL THEN excluded.fields ELSE received.fields END,
       domain = CASE WHEN excluded.level > received.level AND received.purged_at IS NULL THEN excluded.domain ELSE received.domain END,
       band = CASE WHEN excluded.level > received.level AND received.purged_at IS NULL THEN excluded.band ELSE received.band END,
       level = CASE WHEN received.purged_at IS NULL THEN greatest(excluded.level, received.level) ELSE received.level END,
       relay = CASE WHEN excluded.level > received.level AND received.purged_at IS NULL THEN excluded.relay
         WHEN excluded.level = received.level AND excluded.relay IS NULL THEN NULL ELSE received.relay END,
       direct = CASE WHEN received.purged_at IS NULL THEN greatest(excluded.direct, received.direct) ELSE received.direct END,
       evidence = coalesce(excluded.evidence, received.evidence), relay_due = true,
       place = least(excluded.place, received.place),
       warned_at = least(excluded.warned_at, received.warned_at),
       revoked_at = CASE WHEN excluded.place IS NULL THEN received.revoked_at END,
       change = nextval('case_changes')`,
    [JSON.stringify(records)],
  );
}

export type StoredStatement = {
  iss: string;
  typ: string;
  aud: string;
  seq: number;
  jti: string;
  digest: string;
  jws: string;
  body: Record<string, unknown>;
};

/** Keeps a statement as the bytes signed.
 *  @returns whether it is new; false also when another statement has its sequence number (then `digest` differs). */
export async function storeStatement(home: Transaction, statement: StoredStatement): Promise<boolean> {
  const { iss, typ, aud, seq, jti, digest, jws, body } = statement;
  const count = await home.execute(
    `INSERT INTO statements (iss, typ, aud, seq, jti, digest, jws, body, kid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT DO NOTHING`,
    [iss, typ, aud, seq, jti, digest, jws, JSON.stringify(body), kidOf(jws)],
  );
  return count === 1;
}

/** All statements of a typ from us to another node, in order. A peer's are never read all at once: it may have sent any number. */
export async function statementsTo(home: Asker, typ: string, own: string, aud: string): Promise<StoredStatement[]> {
  return home.query<StoredStatement>(
    `SELECT iss, typ, aud, seq, jti, digest, jws, body FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3
       AND void_at IS NULL ORDER BY seq`,
    [own, typ, aud],
  );
}

/** Digest of the statement that has a sequence number. */
export async function digestNumbered(
  home: Asker,
  { typ, iss, aud, seq }: Pick<StoredStatement, 'typ' | 'iss' | 'aud' | 'seq'>,
): Promise<string | undefined> {
  const [row] = await home.query<{ digest: string }>(
    'SELECT digest FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3 AND seq = $4 AND void_at IS NULL',
    [iss, typ, aud, seq],
  );
  return row?.digest;
}

/** Body of a statement. */
export async function statementBody(
  home: Asker,
  { typ, iss, aud, digest }: Pick<StoredStatement, 'typ' | 'iss' | 'aud' | 'digest'>,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await home.query<Pick<StoredStatement, 'body'>>(
    'SELECT body FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3 AND digest = $4 AND void_at IS NULL',
    [iss, typ, aud, digest],
  );
  return row?.body;
}

/** The newest statement of a typ from one node to another (`aud` '' when public). */
export async function newestStatement(
  home: Asker,
  typ: string,
  iss: string,
  aud: string,
): Promise<StoredStatement | undefined> {
  const [row] = await home.query<StoredStatement>(
    `SELECT iss, typ, aud, seq, jti, digest, jws, body FROM statements WHERE iss = $1 AND typ = $2 AND aud = $3
       AND void_at IS NULL ORDER BY seq DESC LIMIT 1`,
    [iss, typ, aud],
  );
  return row;
}

const STATEMENTS_LOCK = 7005;

/** One writer of statements at a time, so that sequence numbers have no holes and none is given twice. */
export async function lockStatements(home: Transaction): Promise<void> {
  await home.execute('SELECT pg_advisory_xact_lock($1)', [STATEMENTS_LOCK]);
}
