// Drafts: what would leave, scrubbed and checked, before anybody decides on it. The policy may decide at once.

import { isDeepStrictEqual } from 'node:util';
import { bandOf, type Severity } from '@detente/record';
import type { Transaction } from '@detente/store/database';
import {
  type DraftRow,
  type DraftSource,
  dueDrafts,
  enqueueDecisions,
  enqueueDrafts,
  insertDecisions,
  insertDrafts,
  lockUnchanged,
  newestDrafts,
  recordActs,
  renewClosed,
  settleDrafted,
  settleUnchanged,
  verdictsOf,
} from '@detente/store/worker';
import { isGrave } from '../event-differences.ts';
import { inGroups } from '../in-groups.ts';
import { openInEdition, tellOpen } from '../open-in-edition.ts';
import { type PolicyRule, ruleFor } from '../policy.ts';
import { ClosedError } from '../term-keeper.ts';
import type { Worker } from '../worker-context.ts';
import { type Draft, draftsOf, type Triage } from './draft-fields.ts';
import { heldByEvents, isRare } from './hold-doubtful.ts';

/** Does what waits for names that did not open, once they do, and drafts anew what was drafted without them.
 *  @returns what is to be called again and again */
export function reopening(worker: Worker): () => Promise<void> {
  // Nobody knows what was so before the start.
  let wasClosed = true;
  return async () => {
    const { closed } = await worker.terms.known();
    if (wasClosed && closed.length === 0)
      await worker.home.write(async (tx) => {
        await renewClosed(tx);
        await enqueueDrafts(tx);
        await enqueueDecisions(tx);
      });
    wasClosed = closed.length > 0;
  };
}

/** What the draft of a case is, and what follows from it. */
type Drafted = { source: DraftSource; triage: Triage; rule: PolicyRule | undefined; draft: Draft; isRare?: boolean };

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
  const open = sources.filter(({ status }) => !status.startsWith('retract'));
  const ids = open.map(({ id }) => id);
  // After the cases were read: the index knows the names in all of them.
  const [{ index, closed: unread }, verdicts, before] = await Promise.all([
    worker.terms.known(),
    verdictsOf(worker.home.now, ids),
    newestDrafts(worker.home.now, ids),
  ]);
  // Only here: what it reads by takes a while to load.
  const { findAll } = await import('@detente/redaction/findings');
  const triaged = open.map((source) => ({ source, ...triageOf(worker, source) }));
  if (unread.length > 0 && !triaged.every(({ triage }) => isGrave(triage))) throw new ClosedError(unread);
  const draftings = triaged.map(({ source, triage, rule }) => ({
    source,
    triage,
    parties: worker.terms.partiesOf(source.id),
    ...verdicts.get(source.id)!,
    before: before.get(source.id),
    policy: rule?.findings === 'redact',
  }));
  const drafts = draftsOf(worker.names, draftings, { index, read: findAll });
  const blind = unread.length > 0 ? [{ code: 'vault_closed', place: '' }] : [];
  const alone = triaged.map((one, nth) => {
    const draft = drafts[nth]!;
    return { ...one, draft: { ...draft, holds: [...draft.holds, ...blind] } };
  });
  const made = await worker.home.read(async (reader) => {
    const held = await heldByEvents(reader, alone);
    // The policy does not release what may tell which event is meant; one that takes out what is in doubt waits for nobody.
    const asked = held.map(
      async (one): Promise<Drafted> =>
        isDecided(one) && one.rule?.findings !== 'redact'
          ? { ...one, isRare: await isRare(reader, one, worker.settings.DETENTE_K) }
          : one,
    );
    return Promise.all(asked);
  });
  await worker.home.write(async (tx) => {
    const unchanged = await lockUnchanged(tx, sources);
    const mine = made.filter(({ source }) => unchanged.has(source.id));
    const closed = sources.filter((source) => !open.includes(source) && unchanged.has(source.id));
    await keepDrafts(tx, mine, { before, closed: closed.map(({ id }) => id) });
  });
}

/** @param before the drafts of cases that still say what they said when these were read
 *  @param closed cases that need no draft any more */
async function keepDrafts(
  tx: Transaction,
  made: readonly Drafted[],
  { before, closed }: { before: ReadonlyMap<string, DraftRow>; closed: readonly string[] },
): Promise<void> {
  const saysSame = ({ source, draft }: Drafted) => isSame(before.get(source.id), draft);
  // What came in may have changed where what leaves says the same: then the findings have, or the changes.
  const isNew = (one: Drafted) => {
    const { findings, changes } = before.get(one.source.id) ?? {};
    return (
      !saysSame(one) ||
      !isDeepStrictEqual({ findings, changes }, { findings: one.draft.findings, changes: one.draft.changes })
    );
  };
  const news = made.filter(isNew);
  // What was released says nothing new: it stays released, and is not held for less than it was.
  const isClean = ({ source, draft }: Drafted) =>
    before.get(source.id)?.digest === draft.digest && draft.holds.length === 0;
  const asBefore = made.filter((one) => one.source.status === 'released' && (saysSame(one) || isClean(one)));
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
function isDecided({ source, rule, draft, isRare }: Drafted): boolean {
  return source.status === 'received' && rule !== undefined && draft.holds.length === 0 && !isRare;
}

function settledOf(one: Drafted) {
  const { source, triage, draft } = one;
  const status = isDecided(one) ? 'releasing' : draft.holds.length > 0 ? 'held' : 'drafted';
  // What the first draft says is what the case says, so that an officer who changes it changes both.
  return { id: source.id, status, ...(source.status === 'received' && { triage }) };
}

function decisionOf({ source, triage, rule, draft }: Drafted) {
  const asked = `policy: ${source.source?.registry ?? 'lab'}, ${triage.hazard_domain ?? 'other'}, ${bandOf(triage.severity)}`;
  const open = rule!.public_edition ? openInEdition(draft.findings) : [];
  const reason = open.length === 0 ? asked : `${asked}; no public edition, which may name somebody: ${tellOpen(open)}`;
  return {
    case_id: source.id,
    draft: draft.digest,
    public: rule!.public_edition && open.length === 0,
    actor: 'policy',
    reason,
  };
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
