// Terms and grants at home: what was computed, and the copy of all grants that the worker folds.

import type { AccessTerms, Coded, GrantRow } from '@detente/reciprocity';
import type { Asker, Reader, Transaction } from '../database.ts';
import type { GrantLine } from './outgoing.ts';

const WIDENING_LOCK = 7006;

/** Held by whoever widens what border has, and by the carry of places. */
export async function lockWidening(home: Transaction): Promise<void> {
  await home.execute('SELECT pg_advisory_xact_lock($1)', [WIDENING_LOCK]);
}

export type StoredTerms = {
  day: string;
  digest: string;
  cells: Record<string, { level: number | null; rule: Coded }>;
  access: readonly AccessTerms[];
};
export type Direction = 'given' | 'taken';

/** The terms computed last. */
export async function newestTerms(home: Asker, peer: string, direction: Direction): Promise<StoredTerms | undefined> {
  const [row] = await home.query<StoredTerms>(
    `SELECT day, digest, cells, access FROM terms WHERE peer = $1 AND direction = $2
     ORDER BY computed_at DESC, day DESC LIMIT 1`,
    [peer, direction],
  );
  return row;
}

export async function termsByDigest(
  home: Reader,
  peer: string,
  direction: Direction,
  digest: string,
): Promise<StoredTerms | undefined> {
  const [row] = await home.query<StoredTerms>(
    'SELECT day, digest, cells, access FROM terms WHERE peer = $1 AND direction = $2 AND digest = $3 LIMIT 1',
    [peer, direction, digest],
  );
  return row;
}

/** When any terms were computed last that differ from those before; empty while there are none. */
export async function newestComputed(home: Asker): Promise<string> {
  const [row] = await home.query<{ at: string }>(`SELECT coalesce(max(computed_at)::text, '') AS at FROM terms`);
  return row!.at;
}

/** @returns false when these very terms are stored already. */
export async function storeTerms(
  home: Transaction,
  terms: StoredTerms & { peer: string; direction: Direction },
): Promise<boolean> {
  const { peer, direction, day, digest, cells, access } = terms;
  const count = await home.execute(
    `INSERT INTO terms (peer, direction, day, digest, cells, access, computed_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp()) ON CONFLICT DO NOTHING`,
    [peer, direction, day, digest, JSON.stringify(cells), JSON.stringify(access)],
  );
  return count === 1;
}

export async function storeGrants(home: Transaction, number: number, lines: readonly GrantLine[]): Promise<void> {
  await home.execute(
    `INSERT INTO grants (number, line, peer, cell, record_id, from_index, level, rule, terms)
     SELECT $1, ordinality - 1, peer, cell, record_id, from_index, level, rule, terms
     FROM ROWS FROM (json_to_recordset($2::json) AS (peer text, cell text, record_id uuid, from_index bigint,
       level smallint, rule text, terms text)) WITH ORDINALITY`,
    [number, JSON.stringify(lines)],
  );
}

/** All grants to a peer. */
export async function readGrants(home: Asker, peer: string): Promise<GrantRow[]> {
  return home.query<GrantRow>(
    'SELECT number, line, cell, record_id, from_index, level, rule, terms FROM grants WHERE peer = $1',
    [peer],
  );
}

/** The terms of the last days, newest first: what a page that has just come may have been composed under. */
export async function recentTerms(home: Asker, peer: string, direction: Direction): Promise<StoredTerms[]> {
  return home.query<StoredTerms>(
    `SELECT day, digest, cells, access FROM terms
     WHERE peer = $1 AND direction = $2 AND computed_at > now() - interval '3 days' ORDER BY computed_at DESC, day DESC`,
    [peer, direction],
  );
}
