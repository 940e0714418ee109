// Cases and their updates, as they come in and as a lab may see them.

import type { Asker, Transaction } from '../database.ts';

export type CaseSource = { registry: string; id: string; url?: string; licence?: string; attribution?: string };

export type NewCase = {
  id: string;
  lab: string;
  source?: CaseSource | undefined;
  fields: unknown;
  proposals: readonly unknown[];
  exercise: boolean;
};

/** Inserts cases, but those whose lab has reported their source before. Waits for another transaction that inserts the same.
 *  @returns the ids of those inserted */
export async function insertCases(tx: Transaction, cases: readonly NewCase[]): Promise<Set<string>> {
  if (cases.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO cases (id, lab, source, fields, proposals, exercise)
     SELECT id, lab, source, fields, proposals, exercise
     FROM json_to_recordset($1)
       AS r (id uuid, lab uuid, source jsonb, fields jsonb, proposals jsonb, exercise boolean)
     ON CONFLICT DO NOTHING
     RETURNING id`,
    [JSON.stringify(cases)],
  );
  return new Set(rows.map(({ id }) => id));
}

export type SourceName = { lab: string; registry: string; source: string };

/** The cases that labs have reported from these sources. */
export async function casesBySource(
  reader: Asker,
  names: readonly SourceName[],
): Promise<(SourceName & { id: string })[]> {
  if (names.length === 0) return [];
  return reader.query(
    `SELECT cases.id, lab, registry, asked.source
     FROM cases JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS asked (lab, registry, source) USING (lab)
     WHERE cases.source->>'registry' = registry AND cases.source->>'id' = asked.source AND cases.source IS NOT NULL`,
    [names.map(({ lab }) => lab), names.map(({ registry }) => registry), names.map(({ source }) => source)],
  );
}

/** Apart from the locks of one number. */
const UPDATES_LOCK = 7010;

/** Keeps others from updating these cases until this transaction ends. By 64 locks in one order everywhere: a transaction that
 *  updates very many takes no more of the server's, and none waits in a ring. */
export async function lockUpdates(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `SELECT pg_advisory_xact_lock($1, lock) FROM (
       SELECT DISTINCT hashtext(id::text) & 63 AS lock FROM unnest($2::uuid[]) AS id ORDER BY lock OFFSET 0
     ) locks`,
    [UPDATES_LOCK, ids],
  );
}

/** Of these cases, those that are the lab's own, with the number of their last update, 0 without one. */
export async function lastUpdates(
  reader: Asker,
  asked: readonly { lab: string; id: string }[],
): Promise<{ lab: string; id: string; number: number }[]> {
  if (asked.length === 0) return [];
  return reader.query(
    `SELECT DISTINCT lab, id, (SELECT coalesce(max(number), 0) FROM case_updates WHERE case_id = cases.id) AS number
     FROM cases JOIN unnest($1::uuid[], $2::uuid[]) AS asked (lab, id) USING (lab, id)`,
    [asked.map(({ lab }) => lab), asked.map(({ id }) => id)],
  );
}

export type NewUpdate = { id: string; number: number; text: string };

/** Inserts updates under their numbers, of cases that this transaction has locked. */
export async function insertUpdates(tx: Transaction, updates: readonly NewUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await tx.execute(
    `INSERT INTO case_updates (case_id, number, text)
     SELECT id, number, text FROM json_to_recordset($1) AS r (id uuid, number integer, text text)`,
    [JSON.stringify(updates)],
  );
}

/** Asks the worker, once this transaction commits, for the drafts of the cases that it inserts and of others that were updated. */
export async function askDrafts(tx: Transaction, updated: readonly string[]): Promise<void> {
  if (updated.length === 0) await tx.query('SELECT enqueue_drafts()');
  else await tx.query('SELECT ask_drafts($1)', [updated]);
}

export type OwnCase = { id: string; status: string; received_at: Date; updates: number; receipt: unknown };

/** A case of this lab's own: `status` as in the cases table, the receipt as handed out. */
export async function findOwnCase(reader: Asker, lab: string, id: string): Promise<OwnCase | undefined> {
  const rows = await reader.query<OwnCase>(
    `SELECT id, status, received_at, receipt,
       (SELECT count(*)::integer FROM case_updates WHERE case_id = id) AS updates
     FROM cases JOIN receipts ON case_id = id AND number = 0
     WHERE id = $1 AND lab = $2`,
    [id, lab],
  );
  return rows[0];
}
