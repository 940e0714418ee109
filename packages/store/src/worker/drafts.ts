// Drafts: the case as reported, what is in the vault, and the draft that is made of both. Many cases a statement.

import type { Asker, Transaction } from '../database.ts';

export type DraftSource = {
  id: string;
  /** Moves whenever the case does, so that a draft of what it said before is not taken for one of what it says. */
  change: number;
  status: string;
  source: { registry: string } | null;
  fields: Record<string, unknown>;
  proposals: { field: string; value: unknown; basis: string }[];
  severity: unknown;
  hazard_domain: string | null;
  tlp: string;
  exercise: boolean;
};

/** Cases whose newest draft has not seen all that came in, oldest first. One that is being released waits until it is. */
export async function dueDrafts(home: Asker, limit: number, but: readonly string[]): Promise<DraftSource[]> {
  return home.query<DraftSource>(
    `SELECT id, change, status, source, fields, proposals, severity, hazard_domain, tlp, exercise FROM cases
     WHERE draft_due AND status <> 'releasing' AND id <> ALL ($2::uuid[]) ORDER BY received_at, id LIMIT $1`,
    [limit, but],
  );
}

/** Locks those cases that still say what was read of them, and returns their ids. */
export async function lockUnchanged(home: Transaction, read: readonly DraftSource[]): Promise<Set<string>> {
  const rows = await home.query<{ id: string }>(
    `SELECT id FROM cases JOIN unnest($1::uuid[], $2::bigint[]) AS read (id, change) USING (id, change)
     WHERE draft_due ORDER BY id FOR UPDATE OF cases`,
    [read.map(({ id }) => id), read.map(({ change }) => change)],
  );
  return new Set(rows.map(({ id }) => id));
}

export type SealedParties = { position: number; case_id: string; parties_sealed: Buffer; settled: boolean };

/** Sealed names behind the highest position that was read, and in the gaps below it. `settled` rows are so old that below them nothing
 *  more can come. */
export async function unreadParties(
  home: Asker,
  { highest, gaps }: { highest: number; gaps: readonly { first: number; last: number }[] },
): Promise<SealedParties[]> {
  return home.query<SealedParties>(
    `SELECT position, case_id, parties_sealed, sealed_at < now() - interval '5 minutes' AS settled
     FROM unnest($1::bigint[], $2::bigint[]) AS gap (first, last) JOIN vault ON position BETWEEN first AND last
     ORDER BY position`,
    [
      [...gaps.map(({ first }) => first), highest + 1],
      [...gaps.map(({ last }) => last), Number.MAX_SAFE_INTEGER],
    ],
  );
}

/** Sealed names of all labs. */
export async function labNames(home: Asker): Promise<Buffer[]> {
  const rows = await home.query<{ name_sealed: Buffer }>('SELECT name_sealed FROM labs');
  return rows.map((row) => row.name_sealed);
}

/** What officers last said of the findings of a case, by finding; and the words that they had taken out of it, and have not kept since. */
export type Verdicts = { verdicts: Map<string, 'remove' | 'keep'>; removed: Set<string> };

/** By case. */
export async function verdictsOf(home: Asker, caseIds: readonly string[]): Promise<Map<string, Verdicts>> {
  const rows = await home.query<{
    case_id: string;
    finding: string;
    verdict: 'remove' | 'keep';
    text: string;
    is_standing: boolean;
  }>(
    `SELECT DISTINCT ON (case_id, finding) case_id, finding, verdict, text, NOT ${KEPT_SINCE} AS is_standing
     FROM finding_verdicts v WHERE case_id = ANY ($1::uuid[]) ORDER BY case_id, finding, number DESC`,
    [caseIds],
  );
  const all = new Map(caseIds.map((id): [string, Verdicts] => [id, { verdicts: new Map(), removed: new Set() }]));
  for (const { case_id, finding, verdict, text, is_standing } of rows) {
    const { verdicts, removed } = all.get(case_id)!;
    verdicts.set(finding, verdict);
    if (verdict === 'remove' && is_standing) removed.add(text);
  }
  return all;
}

/** Whether the same words were kept later, at this place of the case or another. */
const KEPT_SINCE = `EXISTS (SELECT FROM finding_verdicts k
       WHERE k.case_id = v.case_id AND k.kind = v.kind AND k.text = v.text AND k.verdict = 'keep' AND k.number > v.number)`;

/** How many verdicts there are: what is never deleted or changed has changed when there are more. */
export async function countVerdicts(home: Asker): Promise<number> {
  const [row] = await home.query<{ count: number }>('SELECT count(*)::int AS count FROM finding_verdicts');
  return row!.count;
}

/** Persons and organisations that officers had taken out of any case, as they stand there. A verdict on a sentence that has changed since,
 *  which the newest draft no longer has, is taken back where the same words are kept. */
export async function takenNames(home: Asker): Promise<{ kind: 'person' | 'organisation'; text: string }[]> {
  return home.query(
    `SELECT DISTINCT kind, text FROM (
       SELECT DISTINCT ON (case_id, finding) * FROM finding_verdicts
       WHERE kind IN ('person', 'organisation') ORDER BY case_id, finding, number DESC) v
     WHERE verdict = 'remove' AND NOT (${KEPT_SINCE} AND NOT EXISTS (
       SELECT FROM (SELECT findings FROM drafts d WHERE d.case_id = v.case_id ORDER BY version DESC LIMIT 1) newest,
         jsonb_array_elements(findings) f WHERE f->>'id' = v.finding))
     ORDER BY kind, text`,
  );
}

export type NewDraft = {
  case_id: string;
  digest: string;
  fields: Record<string, unknown>;
  public_fields: Record<string, unknown>;
  holds: unknown[];
  findings: unknown[];
  changes: unknown[];
};

/** Adds drafts, each as its case's next version. */
export async function insertDrafts(home: Transaction, drafts: readonly NewDraft[]): Promise<void> {
  await home.execute(
    `INSERT INTO drafts (case_id, version, digest, fields, public_fields, holds, findings, changes)
     SELECT case_id, (SELECT coalesce(max(version), 0) + 1 FROM drafts d WHERE d.case_id = r.case_id),
       digest, fields, public_fields, holds, findings, changes
     FROM json_to_recordset($1) AS r (case_id uuid, digest text, fields jsonb, public_fields jsonb, holds jsonb,
       findings jsonb, changes jsonb)`,
    [JSON.stringify(drafts)],
  );
}

export type Drafted = {
  id: string;
  status: string;
  /** As the policy takes it from an importer's proposal; absent: it stays. */
  triage?: { severity: unknown; hazard_domain: string | null };
};

/** Says of cases that their drafts have seen all. */
export async function settleDrafted(home: Transaction, drafted: readonly Drafted[]): Promise<void> {
  await home.execute(
    `UPDATE cases SET draft_due = false, status = r.status, change = nextval('case_changes'),
       severity = coalesce(r.triage->'severity', cases.severity),
       hazard_domain = CASE WHEN r.triage IS NULL THEN cases.hazard_domain ELSE r.triage->>'hazard_domain' END
     FROM json_to_recordset($1) AS r (id uuid, status text, triage jsonb) WHERE cases.id = r.id`,
    [JSON.stringify(drafted)],
  );
}

/** Says so of cases that are as they were. */
export async function settleUnchanged(home: Transaction, ids: readonly string[]): Promise<void> {
  await home.execute('UPDATE cases SET draft_due = false WHERE id = ANY ($1::uuid[])', [ids]);
}

/** Says of cases that their drafts have not seen all: names became known since. */
export async function renewDrafts(home: Transaction, ids: readonly string[]): Promise<void> {
  await home.execute('UPDATE cases SET draft_due = true WHERE id = ANY ($1::uuid[])', [ids]);
}

/** Asks for a new draft of each case whose newest was made while names did not open. */
export async function renewClosed(home: Transaction): Promise<void> {
  await home.execute(
    `UPDATE cases SET draft_due = true
     WHERE status IN ('held', 'released') AND NOT draft_due AND (SELECT d.holds @> '[{"code": "vault_closed"}]' FROM drafts d
       WHERE d.case_id = cases.id ORDER BY d.version DESC LIMIT 1)`,
  );
}

/** Decisions of the policy, for the worker itself to carry out. */
export async function insertDecisions(
  home: Transaction,
  decisions: readonly { case_id: string; draft: string; public: boolean; actor: string; reason: string }[],
): Promise<void> {
  await home.execute(
    `INSERT INTO decisions (case_id, kind, draft, public, actor, reason)
     SELECT case_id, 'release', draft, public, actor, reason
     FROM json_to_recordset($1) AS r (case_id uuid, draft text, public boolean, actor text, reason text)`,
    [JSON.stringify(decisions)],
  );
}

/** Asks for the job that carries out what is decided. */
export async function enqueueDecisions(home: Transaction): Promise<void> {
  await home.query('SELECT enqueue_decisions()');
}

/** Asks for the job that makes the drafts that are due. */
export async function enqueueDrafts(home: Transaction): Promise<void> {
  await home.query('SELECT enqueue_drafts()');
}
