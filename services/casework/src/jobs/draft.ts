// A draft: what would leave, scrubbed and checked, before anybody decides on it. The policy may decide at once.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { pseudonym } from '@detente/keys';
import { bandOf, fieldProblems, fieldsOfLevel, recordType, type Severity } from '@detente/record';
import { leakCheck, neutralNames, pseudonyms, scrub, type TermIndex } from '@detente/redaction';
import type { Transaction } from '@detente/store/database';
import {
  type DraftSource,
  enqueueDecision,
  insertDecision,
  insertDraft,
  lockDraftSource,
  newestDraft,
  recordAct,
  setCaseStatus,
  setTriage,
} from '@detente/store/worker';
import { type PolicyRule, ruleFor } from '../policy.ts';
import type { Worker } from '../worker-context.ts';

const TYPE = 'incident/1';

export type Hold = { code: string; place: string; kind?: string; start?: number; end?: number };
type Triage = { severity: Severity; hazard_domain: string | null };
type Fields = Record<string, unknown>;

/** Makes the draft of a case as it now is. Repeating it adds nothing. */
export async function makeDraft(worker: Worker, caseId: string): Promise<void> {
  const index = await worker.terms.current();
  await worker.home.write(async (tx) => {
    const source = await lockDraftSource(tx, caseId);
    if (!source || source.status.startsWith('retract') || source.status === 'releasing') return;
    const { triage, rule } = triageOf(worker, source);
    const draft = draftOf(worker, source, triage, index);
    const before = await newestDraft(tx, caseId);
    const same = before?.digest === draft.digest && isDeepStrictEqual(before.holds, draft.holds);
    if (!same) await insertDraft(tx, { case_id: caseId, ...draft });
    // Officers hear of it all the same: something came in.
    if (source.status === 'released' && same) return setCaseStatus(tx, caseId, 'released');
    if (source.status === 'received' && rule && draft.holds.length === 0) {
      await decideByPolicy(tx, source, { triage, rule, draft: draft.digest });
    } else await setCaseStatus(tx, caseId, draft.holds.length > 0 ? 'held' : 'drafted');
  });
}

/** The officer's triage; or, before there is one, what was proposed, if a rule of the policy takes it. */
function triageOf(worker: Worker, source: DraftSource): { triage: Triage; rule: PolicyRule | undefined } {
  const set: Triage = {
    severity: source.severity as Severity,
    hazard_domain: source.hazard_domain ?? (source.fields.hazard_domain as string | undefined) ?? null,
  };
  const registry = source.source?.registry ?? 'lab';
  const ask = ({ severity, hazard_domain }: Triage) =>
    ruleFor(worker.policy, { source: registry, domain: hazard_domain ?? 'other', band: bandOf(severity) });
  if (source.status !== 'received') return { triage: set, rule: undefined };
  const proposed: Triage = {
    severity: (proposedValue(source, 'severity') as Severity | undefined) ?? set.severity,
    hazard_domain: (proposedValue(source, 'hazard_domain') as string | undefined) ?? set.hazard_domain,
  };
  const rule = ask(proposed);
  if (rule?.take_proposals) return { triage: proposed, rule };
  return { triage: set, rule: ask(set) };
}

function proposedValue({ proposals, fields }: DraftSource, field: string): unknown {
  return proposals.find((one) => one.field === field)?.value ?? fields[field];
}

function draftOf(worker: Worker, source: DraftSource, triage: Triage, index: TermIndex) {
  const secret = worker.keys.pseudonymSecret();
  const raw: Fields = { ...source.fields, ...triage };
  const fields = scrub(
    raw,
    index,
    pseudonyms((kind, name) => pseudonym(secret, kind, name)),
  ).fields;
  const clear = fieldsOfLevel(recordType(TYPE), 1);
  const shown = Object.fromEntries(clear.map((name) => [name, raw[name] ?? null]));
  const public_fields = scrub(shown, index, neutralNames).fields;
  const { tlp, exercise } = source;
  const digest = createHash('sha256')
    .update(JSON.stringify({ type: TYPE, tlp, exercise, fields, public_fields }))
    .digest('base64url');
  const holds = [...holdsOf(fields, index, ''), ...holdsOf(public_fields, index, 'public:')];
  return { digest, fields, public_fields, holds };
}

/** Why the fields may not leave: names that still stand in them, and what the record type refuses. */
function holdsOf(fields: Fields, index: TermIndex, prefix: string): Hold[] {
  const leaks = leakCheck(fields, index).map(
    ({ at, kind, start, end }): Hold => ({ code: 'protected_term', place: prefix + at, kind, start, end }),
  );
  const faults = fieldProblems(recordType(TYPE), fields).map(
    ({ pointer, code }): Hold => ({ code, place: prefix + pointer }),
  );
  return [...leaks, ...faults];
}

async function decideByPolicy(
  tx: Transaction,
  source: DraftSource,
  { triage, rule, draft }: { triage: Triage; rule: PolicyRule; draft: string },
): Promise<void> {
  const { id } = source;
  const reason = `policy: ${source.source?.registry ?? 'lab'}, ${triage.hazard_domain ?? 'other'}, ${bandOf(triage.severity)}`;
  if (rule.take_proposals) await setTriage(tx, id, triage);
  const decision = { case_id: id, draft, public: rule.public_edition, actor: 'policy', reason };
  const number = await insertDecision(tx, decision);
  await recordAct(tx, { actor: 'policy', act: 'case.release', object: id, reason });
  await setCaseStatus(tx, id, 'releasing');
  await enqueueDecision(tx, number);
}
