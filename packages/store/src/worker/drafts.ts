// Drafts: the case as reported, what is in the vault, and the draft that is made of both.

import type { Reader, Transaction } from '../database.ts';

export type DraftSource = {
  id: string;
  status: string;
  source: { registry: string } | null;
  fields: Record<string, unknown>;
  proposals: { field: string; value: unknown; basis: string }[];
  severity: unknown;
  hazard_domain: string | null;
  tlp: string;
  exercise: boolean;
};

/** The case, locked for the transaction. */
export async function lockDraftSource(home: Transaction, caseId: string): Promise<DraftSource | undefined> {
  const [row] = await home.query<DraftSource>(
    `SELECT id, status, source, fields, proposals, severity, hazard_domain, tlp, exercise FROM cases
     WHERE id = $1 FOR UPDATE`,
    [caseId],
  );
  return row;
}

export type SealedParties = { position: number; parties_sealed: Buffer; settled: boolean };

/** Sealed names behind a position, but the known ones. Positions are given before their transactions end, so a lower one can
 *  appear later; `settled` rows are so old that below them nothing more can come. */
export async function partiesBehind(home: Reader, after: number, known: readonly number[]): Promise<SealedParties[]> {
  return home.query<SealedParties>(
    `SELECT position, parties_sealed, sealed_at < now() - interval '5 minutes' AS settled FROM vault
     WHERE position > $1 AND position <> ALL ($2::bigint[]) ORDER BY position`,
    [after, known],
  );
}

/** Sealed names of all labs. */
export async function labNames(home: Reader): Promise<Buffer[]> {
  const rows = await home.query<{ name_sealed: Buffer }>('SELECT name_sealed FROM labs');
  return rows.map((row) => row.name_sealed);
}

export type NewDraft = {
  case_id: string;
  digest: string;
  fields: Record<string, unknown>;
  public_fields: Record<string, unknown>;
  holds: unknown[];
};

/** Adds a draft and returns its version. */
export async function insertDraft(home: Transaction, draft: NewDraft): Promise<number> {
  const [row] = await home.query<{ version: number }>(
    `INSERT INTO drafts (case_id, version, digest, fields, public_fields, holds)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM drafts WHERE case_id = $1
     RETURNING version`,
    [
      draft.case_id,
      draft.digest,
      JSON.stringify(draft.fields),
      JSON.stringify(draft.public_fields),
      JSON.stringify(draft.holds),
    ],
  );
  return row!.version;
}

/** A decision of the policy, for the worker itself to carry out. */
export async function insertDecision(
  home: Transaction,
  decision: { case_id: string; draft: string; public: boolean; actor: string; reason: string },
): Promise<number> {
  const [row] = await home.query<{ number: number }>(
    `INSERT INTO decisions (case_id, kind, draft, public, actor, reason) VALUES ($1, 'release', $2, $3, $4, $5)
     RETURNING number`,
    [decision.case_id, decision.draft, decision.public, decision.actor, decision.reason],
  );
  return row!.number;
}

/** A case's triage as the policy or an importer's proposal sets it. */
export async function setTriage(
  home: Transaction,
  caseId: string,
  triage: { severity: unknown; hazard_domain: string | null },
): Promise<void> {
  await home.execute(
    `UPDATE cases SET severity = $2, hazard_domain = $3, change = nextval('case_changes') WHERE id = $1`,
    [caseId, JSON.stringify(triage.severity), triage.hazard_domain],
  );
}

/** Hands a decision to the job that carries it out. */
export async function enqueueDecision(home: Transaction, number: number): Promise<void> {
  await home.query('SELECT enqueue_decision($1)', [number]);
}

/** Asks for the draft of a case as it will be once this transaction has committed. */
export async function enqueueDraft(home: Transaction, caseId: string): Promise<void> {
  await home.query('SELECT enqueue_draft($1)', [caseId]);
}

/** Whether an update has come in since the newest draft. */
export async function isBehindUpdates(home: Reader, caseId: string): Promise<boolean> {
  const [row] = await home.query<{ behind: boolean }>(
    `SELECT EXISTS (SELECT FROM case_updates u WHERE u.case_id = $1 AND u.received_at >
       (SELECT max(created_at) FROM drafts d WHERE d.case_id = $1)) AS behind`,
    [caseId],
  );
  return row!.behind;
}
