// Releasing: what the worker reads of cases and their drafts, and what it writes in the transaction in which it signs.

import type { Asker, Reader, Transaction } from '../database.ts';

export type Decision = {
  number: number;
  case_id: string;
  kind: 'release' | 'retraction';
  draft: string | null;
  public: boolean;
  actor: string;
  reason: string;
};

/** Decisions that wait: severity 4 and above first, then as they were made. */
export async function openDecisions(
  home: Asker,
  limit: number,
  but: readonly number[],
): Promise<{ number: number; case_id: string }[]> {
  return home.query(
    `SELECT d.number, d.case_id FROM decisions d JOIN cases c ON c.id = d.case_id
     WHERE d.done_at IS NULL AND d.number <> ALL ($2::bigint[])
     ORDER BY coalesce((c.severity->>'level')::integer, 0) < 4, d.number LIMIT $1`,
    [limit, but],
  );
}

/** Those of the decisions that are still open, locked so that each is carried out once, in the order in which they were made. */
export async function takeDecisions(home: Transaction, numbers: readonly number[]): Promise<Decision[]> {
  return home.query<Decision>(
    `SELECT number, case_id, kind, draft, public, actor, reason FROM decisions
     WHERE number = ANY ($1::bigint[]) AND done_at IS NULL ORDER BY number FOR UPDATE`,
    [numbers],
  );
}

export async function finishDecisions(
  home: Transaction,
  finished: readonly { number: number; outcome: string }[],
): Promise<void> {
  await home.execute(
    `UPDATE decisions SET done_at = now(), outcome = r.outcome
     FROM unnest($1::bigint[], $2::text[]) AS r (number, outcome) WHERE decisions.number = r.number`,
    [finished.map(({ number }) => number), finished.map(({ outcome }) => outcome)],
  );
}

export type DecidedCase = {
  id: string;
  status: string;
  tlp: string;
  exercise: boolean;
  hazard_domain: string | null;
  draft_due: boolean;
};

export async function lockCases(home: Transaction, ids: readonly string[]): Promise<Map<string, DecidedCase>> {
  const rows = await home.query<DecidedCase>(
    `SELECT id, status, tlp, exercise, hazard_domain, draft_due FROM cases WHERE id = ANY ($1::uuid[])
     ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function setCaseStatuses(
  home: Transaction,
  set: readonly { id: string; status: string }[],
): Promise<void> {
  await home.execute(
    `UPDATE cases SET status = r.status, change = nextval('case_changes')
     FROM unnest($1::uuid[], $2::text[]) AS r (id, status) WHERE cases.id = r.id`,
    [set.map(({ id }) => id), set.map(({ status }) => status)],
  );
}

export type DraftRow = {
  case_id: string;
  version: number;
  digest: string;
  fields: Record<string, unknown>;
  public_fields: Record<string, unknown>;
  holds: { code: string; place: string; kind?: string; start?: number; end?: number }[];
  findings: { id: string; place: string; kind: string; text: string; done: string; by?: string }[];
  changes: { place: string; kind: string; was: string; by: string }[];
};

/** The newest draft of each case that has one, by the case. */
export async function newestDrafts(home: Asker, caseIds: readonly string[]): Promise<Map<string, DraftRow>> {
  const rows = await home.query<DraftRow>(
    `SELECT DISTINCT ON (case_id) case_id, version, digest, fields, public_fields, holds, findings, changes FROM drafts
     WHERE case_id = ANY ($1::uuid[]) ORDER BY case_id, version DESC`,
    [caseIds],
  );
  return new Map(rows.map((row) => [row.case_id, row]));
}

/** Of cases and drafts, as `<case> <digest>`, those whose holds an officer has overruled, since the newest draft of that digest was made:
 *  one that says the same may be held by more. */
export async function overruledDrafts(home: Reader, named: readonly string[]): Promise<Set<string>> {
  if (named.length === 0) return new Set();
  const rows = await home.query<{ object: string }>(
    `SELECT DISTINCT object FROM acts WHERE act = 'case.overrule' AND object = ANY ($1::text[])
       AND at >= (SELECT max(created_at) FROM drafts
         WHERE case_id = split_part(object, ' ', 1)::uuid AND digest = split_part(object, ' ', 2))`,
    [named],
  );
  return new Set(rows.map(({ object }) => object));
}

export type RecordRow = {
  digest: string;
  id: string;
  case_id: string;
  draft: number | null;
  edition: boolean;
  type: string;
  domain: string;
  band: string;
  severity: number | null;
  tlp: string;
  tick: number;
  exercise: boolean;
  retracted: boolean;
  token: string;
  lengths: number[];
  border_level: number | null;
  place: number | null;
};

const RECORD_COLUMNS =
  'digest, id, case_id, draft, edition, type, domain, band, severity, tlp, tick, exercise, retracted, token, lengths, border_level, place';

/** The newest version of the records and of the public editions of these cases. */
export async function newestVersions(home: Reader, caseIds: readonly string[]): Promise<RecordRow[]> {
  return home.query<RecordRow>(
    `SELECT DISTINCT ON (case_id, edition) ${RECORD_COLUMNS} FROM records
     WHERE case_id = ANY ($1::uuid[]) ORDER BY case_id, edition, tick DESC`,
    [caseIds],
  );
}

/** Records that peers may be given, in the order of their digests, behind one; public editions are not among them. */
export async function recordsBehind(home: Reader, after: string, limit: number): Promise<RecordRow[]> {
  return home.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM records WHERE NOT edition AND digest > $1 ORDER BY digest LIMIT $2`,
    [after, limit],
  );
}

/** The same, of each record the newest version alone. */
export async function newestBehind(home: Reader, after: string, limit: number): Promise<RecordRow[]> {
  return home.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM records r WHERE NOT edition AND digest > $1
       AND NOT EXISTS (SELECT FROM records l WHERE l.id = r.id AND NOT l.edition AND l.tick > r.tick)
     ORDER BY digest LIMIT $2`,
    [after, limit],
  );
}

/** Newest versions, public editions too, of cases that are released as they are, in the order of their digests, behind one. Not those
 *  that an officer released over the names in them. */
export async function releasedBehind(home: Asker, after: string, limit: number): Promise<RecordRow[]> {
  return home.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS.replace(/\w+/g, 'r.$&')} FROM records r JOIN cases c ON c.id = r.case_id
     WHERE c.status = 'released' AND NOT c.draft_due AND NOT r.retracted AND r.digest > $1
       AND NOT EXISTS (SELECT FROM records l WHERE l.id = r.id AND l.tick > r.tick)
       AND NOT EXISTS (SELECT FROM drafts d WHERE d.case_id = r.case_id AND d.version = r.draft
         AND d.holds @> '[{"code": "protected_term"}]')
     ORDER BY r.digest LIMIT $2`,
    [after, limit],
  );
}

export async function insertRecords(home: Transaction, rows: readonly RecordRow[]): Promise<void> {
  await home.execute(
    `INSERT INTO records (${RECORD_COLUMNS})
     SELECT ${RECORD_COLUMNS} FROM json_to_recordset($1)
       AS r (digest text, id uuid, case_id uuid, draft integer, edition boolean, type text, domain text, band text,
         severity smallint, tlp text, tick bigint, exercise boolean, retracted boolean, token text, lengths integer[],
         border_level smallint, place bigint)`,
    [JSON.stringify(rows)],
  );
}

export async function setBorderLevel(home: Transaction, digest: string, level: number): Promise<void> {
  await home.execute('UPDATE records SET border_level = $2 WHERE digest = $1', [digest, level]);
}

/** Places of own leaves in the log, as border sequenced them. */
export async function setPlaces(home: Transaction, placed: readonly { leaf: Buffer; place: number }[]): Promise<void> {
  await home.execute(
    `UPDATE records SET place = p.place FROM unnest($1::text[], $2::bigint[]) AS p (digest, place)
     WHERE records.digest = p.digest`,
    [placed.map(({ leaf }) => leaf.toString('base64url')), placed.map(({ place }) => place)],
  );
  await home.execute(
    `UPDATE intake_days SET place = p.place FROM unnest($1::text[], $2::bigint[]) AS p (digest, place)
     WHERE root = p.digest`,
    [placed.map(({ leaf }) => leaf.toString('base64url')), placed.map(({ place }) => place)],
  );
  await home.execute(
    `UPDATE cases SET change = nextval('case_changes')
     WHERE id IN (SELECT case_id FROM records WHERE digest = ANY ($1::text[]))`,
    [placed.map(({ leaf }) => leaf.toString('base64url'))],
  );
}

export type NewAct = { actor: string; act: string; object: string; reason: string };

/** Who did what to what and why, each chained to the act before. */
export async function recordActs(home: Transaction, acts: readonly NewAct[]): Promise<void> {
  await home.query('SELECT record_acts($1)', [JSON.stringify(acts)]);
}
