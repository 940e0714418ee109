// Cases as officers list and read them.

import type { Asker, Reader, Transaction } from '../database.ts';
import { and, desc, drizzleOf, eq, lt, type SQL, sql } from '../drizzle.ts';
import { cases, caseUpdates, drafts, records } from '../tables/home.ts';

const summary = {
  id: cases.id,
  status: cases.status,
  title: sql<string>`${cases.fields} ->> 'title'`,
  severity: cases.severity,
  hazard_domain: cases.hazardDomain,
  tlp: cases.tlp,
  exercise: cases.exercise,
  source: cases.source,
  received_at: cases.receivedAt,
  change: cases.change,
};

export type CaseFilter = {
  q?: string;
  status?: string;
  domain?: string;
  registry?: string;
  /** Only cases whose change number is below this one. */
  before?: number;
  limit: number;
};

/** Cases, last changed first. */
export async function listCases(reader: Reader, filter: CaseFilter) {
  const where: SQL[] = [];
  if (filter.q !== undefined) where.push(sql`${cases.search} @@ websearch_to_tsquery('english', ${filter.q})`);
  if (filter.status !== undefined) where.push(eq(cases.status, filter.status));
  if (filter.domain !== undefined) where.push(eq(cases.hazardDomain, filter.domain));
  if (filter.registry !== undefined) where.push(sql`${cases.source} ->> 'registry' = ${filter.registry}`);
  if (filter.before !== undefined) where.push(lt(cases.change, filter.before));
  return drizzleOf(reader)
    .select(summary)
    .from(cases)
    .where(and(...where))
    .orderBy(desc(cases.change))
    .limit(filter.limit);
}

/** The whole case with its updates and versions; undefined when there is none. */
export async function readCase(reader: Reader, id: string) {
  const [found] = await drizzleOf(reader)
    .select({ ...summary, fields: cases.fields, reported_fields: cases.reported, proposals: cases.proposals })
    .from(cases)
    .where(eq(cases.id, id));
  if (!found) return undefined;
  const updates = await drizzleOf(reader)
    .select({ number: caseUpdates.number, text: caseUpdates.text, received_at: caseUpdates.receivedAt })
    .from(caseUpdates)
    .where(eq(caseUpdates.caseId, id))
    .orderBy(caseUpdates.number);
  const versions = await drizzleOf(reader)
    .select({
      digest: records.digest,
      id: records.id,
      edition: records.edition,
      tick: records.tick,
      index: records.place,
      retracted: records.retracted,
      draft: records.draft,
      issued_at: records.issuedAt,
    })
    .from(records)
    .where(eq(records.caseId, id))
    .orderBy(records.tick, records.digest);
  return { ...found, updates, versions };
}

/** A draft of a case: the newest one, or that of a version. */
export async function readDraft(reader: Reader, caseId: string, version?: number) {
  const [row] = await drizzleOf(reader)
    .select({
      digest: drafts.digest,
      version: drafts.version,
      fields: drafts.fields,
      public_fields: drafts.publicFields,
      holds: drafts.holds,
      findings: drafts.findings,
      changes: drafts.changes,
      created_at: drafts.createdAt,
    })
    .from(drafts)
    .where(and(eq(drafts.caseId, caseId), version === undefined ? undefined : eq(drafts.version, version)))
    .orderBy(desc(drafts.version))
    .limit(1);
  return row;
}

/** Changes behind a change number, cases and received records together, in order. Those are held back that a change which has
 *  not yet committed may precede, so that none is passed over. */
export async function listChanges(home: Asker, after: number, limit: number) {
  const [settled] = await home.query<{ number: number }>('SELECT settled_change() AS number');
  return home.query<{
    change: number;
    kind: 'case' | 'received';
    case: string | null;
    digest: string | null;
    peer: string | null;
  }>(
    `SELECT change, 'case' AS kind, id AS "case", NULL AS digest, NULL AS peer FROM cases WHERE change > $1 AND change <= $3
     UNION ALL
     SELECT change, 'received', NULL, digest, peer FROM received WHERE change > $1 AND change <= $3
     ORDER BY change LIMIT $2`,
    [after, limit, settled!.number],
  );
}

export type VersionFacts = {
  id: string;
  draft: number | null;
  edition: boolean;
  retracted: boolean;
  type: string;
  domain: string;
  band: string;
  tlp: string;
  place: number | null;
};

/** Versions of the case's record and of its public edition, newest first. */
export async function readVersionFacts(reader: Reader, caseId: string): Promise<VersionFacts[]> {
  return reader.query<VersionFacts>(
    `SELECT id, draft, edition, retracted, type, domain, band, tlp, place FROM records WHERE case_id = $1
     ORDER BY tick DESC`,
    [caseId],
  );
}

export type LockedCase = { change: number; status: string; tlp: string; draft_due: boolean };

/** Locks a case for a change. */
export async function lockCase(tx: Transaction, id: string): Promise<LockedCase | undefined> {
  const [row] = await tx.query<LockedCase>(
    'SELECT change, status, tlp, draft_due FROM cases WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row;
}

const HELD = `CASE status WHEN 'released' THEN 'released' ELSE 'held' END`;

/** Sets the triage. The case is held until it has a draft of what it now says; what was released stays so till then. */
export async function setTriage(
  tx: Transaction,
  id: string,
  triage: { severity: unknown; hazard_domain: string | null; tlp: string },
): Promise<void> {
  await tx.execute(
    `UPDATE cases SET severity = $2, hazard_domain = $3, tlp = $4, status = ${HELD},
       change = nextval('case_changes') WHERE id = $1`,
    [id, JSON.stringify(triage.severity), triage.hazard_domain, triage.tlp],
  );
}

/** Sets the fields; held as with the triage. */
export async function setFields(tx: Transaction, id: string, fields: Record<string, unknown>): Promise<void> {
  await tx.execute(
    `UPDATE cases SET fields = $2, reported = coalesce(reported, fields), status = ${HELD}, change = nextval('case_changes')
     WHERE id = $1`,
    [id, JSON.stringify(fields)],
  );
}

export type KnownFinding = { finding: string; kind: string; text: string; by: string | null };

/** What a verdict may be given on: the findings of the newest draft, and those that had one before. */
export async function knownFindings(reader: Asker, caseId: string): Promise<Map<string, KnownFinding>> {
  const rows = await reader.query<KnownFinding>(
    `SELECT finding, kind, text, NULL AS by FROM finding_verdicts WHERE case_id = $1
     UNION ALL
     SELECT f->>'id', f->>'kind', f->>'text', f->>'by'
     FROM (SELECT findings FROM drafts WHERE case_id = $1 ORDER BY version DESC LIMIT 1) d, jsonb_array_elements(findings) f
     ORDER BY 4 NULLS FIRST`,
    [caseId],
  );
  return new Map(rows.map((row) => [row.finding, row]));
}

export type NewVerdict = { finding: string; kind: string; text: string; verdict: 'remove' | 'keep' };

/** Adds verdicts on findings of a case; held as with the triage. */
export async function addVerdicts(
  tx: Transaction,
  id: string,
  { verdicts, actor, reason }: { verdicts: readonly NewVerdict[]; actor: string; reason: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO finding_verdicts (case_id, finding, kind, text, verdict, actor, reason)
     SELECT $1, finding, kind, text, verdict, $3, $4
     FROM json_to_recordset($2) AS r (finding text, kind text, text text, verdict text)`,
    [id, JSON.stringify(verdicts), actor, reason],
  );
  await tx.execute(`UPDATE cases SET status = ${HELD}, change = nextval('case_changes') WHERE id = $1`, [id]);
}

export async function enqueueDraft(tx: Transaction, id: string): Promise<void> {
  await tx.query('SELECT ask_drafts(ARRAY[$1::uuid])', [id]);
}

export type NewDecision = {
  case_id: string;
  kind: 'release' | 'retraction';
  draft: string | null;
  public: boolean;
  actor: string;
  reason: string;
};

/** Writes a decision and hands it to the worker; the case says so at once. */
export async function decide(tx: Transaction, decision: NewDecision): Promise<void> {
  const { case_id, kind, draft, actor, reason } = decision;
  await tx.execute(
    'INSERT INTO decisions (case_id, kind, draft, public, actor, reason) VALUES ($1, $2, $3, $4, $5, $6)',
    [case_id, kind, draft, decision.public, actor, reason],
  );
  const status = kind === 'release' ? 'releasing' : 'retracting';
  await tx.execute(`UPDATE cases SET status = $2, change = nextval('case_changes') WHERE id = $1`, [case_id, status]);
  await tx.query('SELECT enqueue_decisions()');
}

export async function recordAct(
  tx: Transaction,
  act: { actor: string; act: string; object: string; reason: string },
): Promise<void> {
  await tx.query('SELECT record_acts($1)', [JSON.stringify([act])]);
}
