// Tokens, labs, acts, and the node's counts.

import type { Asker, Reader, Transaction } from '../database.ts';
import { countQuarantined } from '../quarantine.ts';

/** Who holds a bearer token, by its SHA-256 in base64url. */
export async function readToken(
  home: Asker,
  hash: string,
): Promise<{ name: string; scope: 'officer' | 'reader' } | undefined> {
  const [row] = await home.query<{ name: string; scope: 'officer' | 'reader' }>(
    'SELECT name, scope FROM tokens WHERE hash = $1 AND disabled_at IS NULL',
    [hash],
  );
  return row;
}

/** @returns false when the name is taken. */
export async function insertToken(
  tx: Transaction,
  token: { hash: string; name: string; scope: string },
): Promise<boolean> {
  const count = await tx.execute('INSERT INTO tokens (hash, name, scope) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    token.hash,
    token.name,
    token.scope,
  ]);
  return count === 1;
}

export type TokenRow = { name: string; scope: 'officer' | 'reader'; created_at: Date; disabled: boolean };

/** All tokens, oldest first. */
export async function listTokens(home: Reader): Promise<TokenRow[]> {
  return home.query<TokenRow>(
    'SELECT name, scope, created_at, disabled_at IS NOT NULL AS disabled FROM tokens ORDER BY created_at, name',
  );
}

/** The names of officers' tokens that are in force; until this transaction ends nobody else disables one. */
export async function lockOfficers(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `SELECT name FROM tokens WHERE scope = 'officer' AND disabled_at IS NULL ORDER BY name FOR UPDATE`,
  );
  return rows.map(({ name }) => name);
}

export type Disabled = {
  disabled_at: Date;
  /** Whether it was disabled before, and nothing was changed now. */
  before: boolean;
};

/** @returns undefined when there is no such token */
export async function disableToken(tx: Transaction, name: string): Promise<Disabled | undefined> {
  return disable(tx, 'tokens', 'name', name);
}

/** @returns undefined when there is no such lab */
export async function disableLab(tx: Transaction, id: string): Promise<Disabled | undefined> {
  return disable(tx, 'labs', 'id', id);
}

async function disable(tx: Transaction, table: 'labs' | 'tokens', column: 'id' | 'name', value: string) {
  const [now] = await tx.query<Disabled>(
    `UPDATE ${table} SET disabled_at = now() WHERE ${column} = $1 AND disabled_at IS NULL
     RETURNING disabled_at, false AS before`,
    [value],
  );
  if (now) return now;
  const [before] = await tx.query<Disabled>(`SELECT disabled_at, true AS before FROM ${table} WHERE ${column} = $1`, [
    value,
  ]);
  return before;
}

export async function insertLab(
  tx: Transaction,
  lab: { id: string; keyHash: string; nameSealed: Buffer },
): Promise<void> {
  await tx.execute('INSERT INTO labs (id, key_hash, name_sealed) VALUES ($1, $2, $3)', [
    lab.id,
    lab.keyHash,
    lab.nameSealed,
  ]);
}

export async function listLabs(home: Reader) {
  return home.query<{ id: string; created_at: Date; disabled: boolean; cases: number }>(
    `SELECT id, created_at, disabled_at IS NOT NULL AS disabled,
       (SELECT count(*) FROM cases c WHERE c.lab = labs.id) AS cases
     FROM labs ORDER BY created_at, id`,
  );
}

export type ActRow = {
  number: number;
  at: Date;
  actor: string;
  act: string;
  object: string;
  reason: string;
  approvals: unknown[];
  previous: string;
  hash: string;
};

/** Acts, newest first. */
export async function listActs(home: Reader, before: number | undefined, limit: number): Promise<ActRow[]> {
  return home.query<ActRow>(
    `SELECT number, at, actor, act, object, reason, approvals, previous, hash FROM acts
     WHERE $1::bigint IS NULL OR number < $1 ORDER BY number DESC LIMIT $2`,
    [before ?? null, limit],
  );
}

export type HomeCounts = {
  cases: Record<string, number>;
  unrated: number;
  released: number;
  logged: number;
  received: number;
  received_revoked: number;
  decisions: number;
};

export async function countHome(home: Reader): Promise<HomeCounts> {
  const [row] = await home.query<HomeCounts>(
    `SELECT
       (SELECT coalesce(json_object_agg(status, n), '{}') FROM (SELECT status, count(*) AS n FROM cases GROUP BY status) s) AS cases,
       (SELECT count(*) FROM cases WHERE status = 'released' AND severity = '"unrated"') AS unrated,
       (SELECT count(DISTINCT id) FROM records r WHERE NOT edition AND NOT EXISTS
         (SELECT FROM records l WHERE l.id = r.id AND l.retracted)) AS released,
       (SELECT count(*) FROM records WHERE place IS NOT NULL AND NOT edition) AS logged,
       (SELECT count(*) FROM (SELECT DISTINCT peer, id FROM received) d) AS received,
       (SELECT count(*) FROM received WHERE revoked_at IS NOT NULL) AS received_revoked,
       (SELECT count(*) FROM decisions WHERE done_at IS NULL) AS decisions`,
  );
  return row!;
}

export type BorderCounts = {
  public_editions: number;
  quarantined: number;
  receipts_disagree: number;
  pages_verified: number;
  landing: number;
  leaves: number;
  size: number;
  tick: number;
  signed: number;
  batch_size: number;
  next_batch_size: number | null;
  next_batch_day: string | null;
};

export async function countBorder(border: Reader): Promise<BorderCounts> {
  const [row] = await border.query<BorderCounts>(
    `SELECT
       (SELECT count(*) FROM editions WHERE NOT retracted) AS public_editions,
       (SELECT ${countQuarantined} FROM quarantine) AS quarantined,
       (SELECT count(*) FROM receipts_in WHERE disagrees <> '' AND void_at IS NULL) AS receipts_disagree,
       (SELECT coalesce(sum(pages), 0)::bigint FROM cursors) AS pages_verified,
       (SELECT count(*) FROM landing) AS landing,
       (SELECT count(*) FROM pending_leaves) AS leaves,
       (SELECT coalesce(max(size), 0) FROM tree) AS size,
       (SELECT coalesce(max(tick), 0) FROM tree) AS tick,
       (SELECT coalesce(max(batch_size), 0) FROM tree) AS batch_size,
       (SELECT next_batch_size FROM tree) AS next_batch_size,
       (SELECT next_batch_day FROM tree) AS next_batch_day,
       (SELECT coalesce(max(size), 0) FROM checkpoints) AS signed`,
  );
  return row!;
}

/** How many outgoing rows border has not applied yet. */
export async function countOutgoing(home: Reader, border: Reader): Promise<number> {
  const [applied] = await border.query<{ number: number }>('SELECT number FROM applied');
  const [row] = await home.query<{ count: number }>('SELECT count(*) AS count FROM outgoing WHERE number > $1', [
    applied!.number,
  ]);
  return row!.count;
}

/** The newest descriptor of this node, as signed. */
export async function readDescriptor(border: Reader): Promise<string | undefined> {
  const [row] = await border.query<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq DESC LIMIT 1');
  return row?.jws;
}

/** All descriptors of this node, as signed, oldest first. */
export async function readDescriptors(border: Asker): Promise<string[]> {
  const rows = await border.query<{ jws: string }>('SELECT jws FROM descriptor ORDER BY seq');
  return rows.map(({ jws }) => jws);
}

/** A record version: its bytes, the lengths of its presentations and its index in the log. */
export async function readVersion(home: Asker, digest: string) {
  const [row] = await home.query<{
    token: string;
    lengths: number[];
    place: number | null;
    edition: boolean;
    /** Whether the record was withdrawn by a later version. */
    withdrawn: boolean;
    /** Whether the last check has stopped something of its case since it was signed. */
    stopped: boolean;
  }>(
    `SELECT token, lengths, place, edition,
       EXISTS (SELECT FROM records l WHERE l.id = r.id AND l.retracted AND l.tick > r.tick) AS withdrawn,
       EXISTS (SELECT FROM acts WHERE actor = 'worker' AND act = 'case.held' AND object = r.case_id::text AND at > r.issued_at) AS stopped
     FROM records r WHERE digest = $1`,
    [digest],
  );
  return row;
}
