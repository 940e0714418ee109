// Drafts: what would leave, scrubbed and checked, before anybody decides on it. The policy may decide at once.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { pseudonym } from '@detente/keys';
import { bandOf, fieldProblems, fieldsOfLevel, recordType, type Severity } from '@detente/record';
import { leakCheck, neutralNames, pseudonyms, scrub, type TermIndex } from '@detente/redaction';
import type { Transaction } from '@detente/store/database';
import {
  type DraftRow,
  type DraftSource,
  dueDrafts,
  enqueueDecisions,
  insertDecisions,
  insertDrafts,
  lockUnchanged,
  newestDrafts,
  recordActs,
  settleDrafted,
  settleUnchanged,
} from '@detente/store/worker';
import { inGroups } from '../in-groups.ts';
import { type PolicyRule, ruleFor } from '../policy.ts';
import type { Worker } from '../worker-context.ts';

const TYPE = 'incident/1';

export type Hold = { code: string; place: string; kind?: string; start?: number; end?: number };
type Triage = { severity: Severity; hazard_domain: string | null };
type Fields = Record<string, unknown>;
type Draft = { digest: string; fields: Fields; public_fields: Fields; holds: Hold[] };
/** What the draft of a case is, and what follows from it. */
type Drafted = { source: DraftSource; triage: Triage; rule: PolicyRule | undefined; draft: Draft };

/** Makes the drafts that are due, of cases as they now are. Repeating it adds nothing. */
export async function makeDrafts(worker: Worker): Promise<void> {
  await inGroups({
    take: (limit, but: readonly string[]) => dueDrafts(worker.home.now, limit, but),
    nameOf: ({ id }) => id,
    work: (sources) => draftGroup(worker, sources),
    failed: (err, id) => worker.log.error({ err, case: id }, 'a case could not be drafted and is tried again'),
  });
}

async function draftGroup(worker: Worker, sources: readonly DraftSource[]): Promise<void> {
  // After the cases were read: the index knows the names in all of them.
  const index = await worker.terms.current();
  const open = sources.filter(({ status }) => !status.startsWith('retract'));
  const made = open.map((source) => {
    const { triage, rule } = triageOf(worker, source);
    return { source, triage, rule, draft: draftOf(worker, source, triage, index) };
  });
  await worker.home.write(async (tx) => {
    const unchanged = await lockUnchanged(tx, sources);
    const mine = made.filter(({ source }) => unchanged.has(source.id));
    const closed = sources.filter((source) => !open.includes(source) && unchanged.has(source.id));
    await keepDrafts(
      tx,
      mine,
      closed.map(({ id }) => id),
    );
  });
}

/** @param closed cases that need no draft any more */
async function keepDrafts(tx: Transaction, made: readonly Drafted[], closed: readonly string[]): Promise<void> {
  const before = await newestDrafts(
    tx,
    made.map(({ source }) => source.id),
  );
  const isKnown = ({ source, draft }: Drafted) => isSame(before.get(source.id), draft);
  const news = made.filter((one) => !isKnown(one));
  // What was released says nothing new: it stays released.
  const asBefore = made.filter((one) => one.source.status === 'released' && isKnown(one));
  const changed = made.filter((one) => !asBefore.includes(one));
  await insertDrafts(
    tx,
    news.map(({ source, draft }) => ({ case_id: source.id, ...draft })),
  );
  await settleUnchanged(tx, [...closed, ...asBefore.map(({ source }) => source.id)]);
  await settleDrafted(tx, changed.map(settledOf));
  const decided = changed.filter(isDecided);
  if (decided.length === 0) return;
  const decisions = decided.map(decisionOf);
  await insertDecisions(tx, decisions);
  await recordActs(
    tx,
    decisions.map(({ actor, case_id, reason }) => ({ actor, act: 'case.release', object: case_id, reason })),
  );
  await enqueueDecisions(tx);
}

function isSame(before: DraftRow | undefined, draft: Draft): boolean {
  return before?.digest === draft.digest && isDeepStrictEqual(before.holds, draft.holds);
}

/** Whether the policy decides at once. */
function isDecided({ source, rule, draft }: Drafted): boolean {
  return source.status === 'received' && rule !== undefined && draft.holds.length === 0;
}

function settledOf(one: Drafted) {
  const { source, triage, draft } = one;
  const status = isDecided(one) ? 'releasing' : draft.holds.length > 0 ? 'held' : 'drafted';
  // What the first draft says is what the case says, so that an officer who changes it changes both.
  return { id: source.id, status, ...(source.status === 'received' && { triage }) };
}

function decisionOf({ source, triage, rule, draft }: Drafted) {
  const reason = `policy: ${source.source?.registry ?? 'lab'}, ${triage.hazard_domain ?? 'other'}, ${bandOf(triage.severity)}`;
  return { case_id: source.id, draft: draft.digest, public: rule!.public_edition, actor: 'policy', reason };
}

/** The officer's triage; or, before there is one, what was proposed, if a rule of the policy takes it. */
function triageOf(worker: Worker, source: DraftSource): { triage: Triage; rule: PolicyRule | undefined } {
  const untouched = source.status === 'received';
  const reported = untouched ? (source.fields.hazard_domain as string | undefined) : undefined;
  const set: Triage = {
    severity: source.severity as Severity,
    hazard_domain: source.hazard_domain ?? reported ?? null,
  };
  const registry = source.source?.registry ?? 'lab';
  const ask = ({ severity, hazard_domain }: Triage) =>
    ruleFor(worker.policy, { source: registry, domain: hazard_domain ?? 'other', band: bandOf(severity) });
  if (!untouched) return { triage: set, rule: undefined };
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

function draftOf(worker: Worker, source: DraftSource, triage: Triage, index: TermIndex): Draft {
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
