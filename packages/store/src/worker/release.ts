// Releasing: what the worker reads of a case and its draft, and what it writes in the transaction in which it signs.

import type { Reader, Transaction } from '../database.ts';

export type Decision = {
  number: number;
  case_id: string;
  kind: 'release' | 'retraction';
  draft: string | null;
  public: boolean;
  actor: string;
  reason: string;
};

/** An open decision, locked so that it is carried out once; undefined when it is done. */
export async function takeDecision(home: Transaction, number: number): Promise<Decision | undefined> {
  const [row] = await home.query<Decision>(
    `SELECT number, case_id, kind, draft, public, actor, reason FROM decisions
     WHERE number = $1 AND done_at IS NULL FOR UPDATE`,
    [number],
  );
  return row;
}

export async function finishDecision(home: Transaction, number: number, outcome: string): Promise<void> {
  await home.execute('UPDATE decisions SET done_at = now(), outcome = $2 WHERE number = $1', [number, outcome]);
}

/** Decisions that nobody has carried out, oldest first: taken up again at the start. */
export async function openDecisions(home: Reader): Promise<number[]> {
  const rows = await home.query<{ number: number }>(
    'SELECT number FROM decisions WHERE done_at IS NULL ORDER BY number',
  );
  return rows.map((row) => row.number);
}

export type DecidedCase = { id: string; status: string; tlp: string; exercise: boolean; hazard_domain: string | null };

export async function lockCase(home: Transaction, id: string): Promise<DecidedCase | undefined> {
  const [row] = await home.query<DecidedCase>(
    'SELECT id, status, tlp, exercise, hazard_domain FROM cases WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row;
}

export async function setCaseStatus(home: Transaction, id: string, status: string): Promise<void> {
  await home.execute(`UPDATE cases SET status = $2, change = nextval('case_changes') WHERE id = $1`, [id, status]);
}

export type DraftRow = {
  version: number;
  digest: string;
  fields: Record<string, unknown>;
  public_fields: Record<string, unknown>;
  holds: { code: string; place: string }[];
};

/** The newest draft of a case. */
export async function newestDraft(home: Reader, caseId: string): Promise<DraftRow | undefined> {
  const [row] = await home.query<DraftRow>(
    `SELECT version, digest, fields, public_fields, holds FROM drafts WHERE case_id = $1
     ORDER BY version DESC LIMIT 1`,
    [caseId],
  );
  return row;
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

/** The newest version of a case's record, or of its public edition. */
export async function newestVersion(home: Reader, caseId: string, edition: boolean): Promise<RecordRow | undefined> {
  const [row] = await home.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM records WHERE case_id = $1 AND edition = $2 ORDER BY tick DESC LIMIT 1`,
    [caseId, edition],
  );
  return row;
}

/** Records that peers may be given, in the order of their digests, behind one; public editions are not among them. */
export async function recordsBehind(home: Reader, after: string, limit: number): Promise<RecordRow[]> {
  return home.query<RecordRow>(
    `SELECT ${RECORD_COLUMNS} FROM records WHERE NOT edition AND digest > $1 ORDER BY digest LIMIT $2`,
    [after, limit],
  );
}

export async function insertRecord(home: Transaction, row: RecordRow): Promise<void> {
  await home.execute(
    `INSERT INTO records (${RECORD_COLUMNS})
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      row.digest,
      row.id,
      row.case_id,
      row.draft,
      row.edition,
      row.type,
      row.domain,
      row.band,
      row.severity,
      row.tlp,
      row.tick,
      row.exercise,
      row.retracted,
      row.token,
      row.lengths,
      row.border_level,
      row.place,
    ],
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
    `UPDATE cases SET change = nextval('case_changes')
     WHERE id IN (SELECT case_id FROM records WHERE digest = ANY ($1::text[]))`,
    [placed.map(({ leaf }) => leaf.toString('base64url'))],
  );
}

/** Actor, act, object and reason, chained to the act before. */
export async function recordAct(
  home: Transaction,
  act: { actor: string; act: string; object: string; reason: string },
): Promise<void> {
  await home.query('SELECT record_act($1, $2, $3, $4)', [act.actor, act.act, act.object, act.reason]);
}
