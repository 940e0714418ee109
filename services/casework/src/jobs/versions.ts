// New versions of a record and of its public edition: which ones a decision asks for, and the issuing of one.

import { randomUUID } from 'node:crypto';
import { bandOf, issueRecord, type Severity, severityLevel, type Tlp, WARNING_SEVERITY } from '@detente/record';
import type { DecidedCase, Decision, DraftRow, RecordRow } from '@detente/store/worker';
import type { RoomRequest } from '@detente/tlog';
import type { Worker } from '../worker-context.ts';

const TYPE = 'incident/1';

type Fields = Record<string, unknown>;
type Facts = Pick<RecordRow, 'domain' | 'band' | 'severity' | 'tlp' | 'exercise'>;
type Newest = { record: RecordRow | undefined; edition: RecordRow | undefined };

export type VersionPlan = {
  case_id: string;
  facts: Facts;
  draft: number | null;
  edition: boolean;
  /** Absent in a withdrawal. */
  fields: Fields | undefined;
  before: RecordRow | undefined;
};

export type NewVersion = { row: RecordRow; before: RecordRow | undefined; fields: Fields };

/** The record as its draft says, and its public edition if that is decided; what the public may not see any more is withdrawn
 *  with the version that says so. */
export function planRelease(
  { case_id, ...decision }: Decision,
  { draft, found, newest }: { draft: DraftRow; found: DecidedCase; newest: Newest },
): VersionPlan[] {
  const facts = factsOf(draft, found);
  const record = { case_id, facts, draft: draft.version, edition: false, fields: draft.fields, before: newest.record };
  const edition = { case_id, edition: true, before: newest.edition };
  if (decision.public && found.tlp === 'clear')
    return [record, { ...edition, facts, draft: draft.version, fields: draft.public_fields }];
  if (!newest.edition || newest.edition.retracted) return [record];
  return [record, { ...edition, facts: newest.edition, draft: null, fields: undefined }];
}

/** A withdrawal goes to everybody who was given a version, with the public edition's if there is one. */
export function planRetraction({ record, edition }: Newest): VersionPlan[] {
  return [record, edition]
    .filter((before) => before !== undefined && !before.retracted)
    .map((before) => {
      const { case_id, edition } = before!;
      return { case_id, facts: before!, draft: null, edition, fields: undefined, before };
    });
}

export function roomOf({ facts, before }: VersionPlan): RoomRequest {
  return { urgent: (facts.severity ?? 0) >= WARNING_SEVERITY, after: before?.tick };
}

/** Signs a version, for the batch that it is promised to. */
export function issueVersion({ origin, keys }: Worker, plan: VersionPlan, tick: number): NewVersion {
  const { case_id, facts, draft, edition, before, fields = {} } = plan;
  const { domain, band, severity, tlp, exercise } = facts;
  const retracted = plan.fields === undefined;
  const id = before?.id ?? randomUUID();
  const part = { iss: origin, id, type: TYPE, tlp: tlp as Tlp, tick, exercise };
  const issued = issueRecord({ ...part, fields, retracted }, keys.signer('record'));
  const { digest, token, lengths } = issued;
  const row: RecordRow = {
    ...{ id, type: TYPE, tlp, tick, exercise, domain, band, severity, draft, edition },
    ...{ digest, token, lengths, case_id, retracted, border_level: null, place: null },
  };
  return { row, before, fields };
}

function factsOf({ fields }: DraftRow, { tlp, exercise }: DecidedCase): Facts {
  const severity = (fields.severity ?? null) as Severity | null;
  const domain = (fields.hazard_domain as string | null | undefined) ?? 'other';
  return { domain, band: bandOf(severity), severity: severityLevel(severity), tlp, exercise };
}
