// Carries out decisions: each record is signed once, and in the same transaction goes on its way to border.

import { randomBytes } from 'node:crypto';
import { leakCheck, type TermIndex } from '@detente/redaction';
import type { Transaction } from '@detente/store/database';
import {
  type DecidedCase,
  type Decision,
  type DraftRow,
  enqueueDrafts,
  finishDecisions,
  lockCases,
  lockStatements,
  lockWidening,
  newestDrafts,
  newestVersions,
  openDecisions,
  overruledDrafts,
  promiseRooms,
  type RecordRow,
  readPeers,
  recordActs,
  renewDrafts,
  rhythmOf,
  setCaseStatuses,
  takeDecisions,
} from '@detente/store/worker';
import type { LogRhythm } from '@detente/tlog';
import { type EventHold, isEventHold, isGrave, isNameHold } from '../event-differences.ts';
import { inGroups } from '../in-groups.ts';
import { leaksOf, tellLeaks } from '../leaks.ts';
import { keepSigned } from '../log-damage.ts';
import { openInEdition, tellOpen } from '../open-in-edition.ts';
import { ownKeys } from '../own-keys.ts';
import { ClosedError } from '../term-keeper.ts';
import type { Worker } from '../worker-context.ts';
import { unseenInEvents } from './hold-doubtful.ts';
import { recallRetracted } from './recalls.ts';
import { sendVersions } from './send-versions.ts';
import { treeOf } from './statements.ts';
import { issueVersion, type NewVersion, planRelease, planRetraction, roomOf, type VersionPlan } from './versions.ts';

/** Carries out all that is decided. */
export async function carryOutDecisions(worker: Worker): Promise<void> {
  await inGroups({
    take: async (limit, but: readonly number[]) => oneACase(await openDecisions(worker.home.now, limit, but)),
    nameOf: ({ number }) => number,
    failed: (err, number) =>
      worker.log.error({ err, decision: number }, 'a decision could not be carried out and is tried again'),
    work: (open) =>
      carryOutGroup(
        worker,
        open.map(({ number }) => number),
      ),
  });
}

/** A second decision on a case is looked at when the first one is done. */
function oneACase<T extends { case_id: string }>(open: readonly T[]): T[] {
  const seen = new Set<string>();
  return open.filter(({ case_id }) => !seen.has(case_id) && seen.add(case_id));
}

async function carryOutGroup(worker: Worker, numbers: readonly number[]): Promise<void> {
  await worker.home.write(async (tx) => {
    await lockWidening(tx);
    // Read under the lock, which may have been waited for: nothing that was known before may be missed.
    const [tree, all, { index, closed }, keys] = await Promise.all([
      treeOf(worker),
      readPeers(worker.border.now),
      worker.terms.known(),
      ownKeys(worker, worker.border.now),
    ]);
    const rhythm = rhythmOf(tree, worker.settings.DETENTE_DRAW);
    const peers = all.filter((peer) => peer.status !== 'expelled' && !peer.sandbox);
    const decisions = await takeDecisions(tx, numbers);
    if (decisions.length === 0) return;
    const known = await readKnown(tx, decisions);
    // Before the room in the log: whoever signs an offer takes both in this order.
    if (decisions.some(({ kind }) => kind === 'retraction')) await lockStatements(tx);
    const planned = decisions.map((decision) => ({ decision, ...planOf(decision, known) }));
    if (closed.length > 0 && planned.some(({ outcome, isBlind }) => outcome === 'released' && !isBlind))
      throw new ClosedError(closed);
    const issued = await issueAll(tx, { worker, rhythm, index }, planned);
    const versions = issued.flatMap((one) => one.versions);
    const origins = peers.map(({ origin }) => origin);
    const rows = await sendVersions(tx, versions, origins);
    await recallRetracted(worker, tx, versions, origins);
    await finish(tx, issued, known);
    keepSigned(worker.verified, { origin: worker.origin, keys }, rows);
  });
}

type Known = {
  cases: ReadonlyMap<string, DecidedCase>;
  drafts: ReadonlyMap<string, DraftRow>;
  versions: readonly RecordRow[];
  overruled: ReadonlySet<string>;
  /** By case: what other accounts of its event hide or show since it was drafted. */
  unseen: ReadonlyMap<string, readonly EventHold[]>;
};

async function readKnown(tx: Transaction, decisions: readonly Decision[]): Promise<Known> {
  const ids = decisions.map(({ case_id }) => case_id);
  const cases = await lockCases(tx, ids);
  const drafts = await newestDrafts(tx, ids);
  const overruled = await overruledDrafts(tx, decisions.filter(isOfficers).map(overruleOf));
  const asked = decisions.filter(({ kind }) => kind === 'release').flatMap(({ case_id }) => drafts.get(case_id) ?? []);
  const unseen = await unseenInEvents(
    tx,
    asked.map((draft) => ({ ...draft, tlp: cases.get(draft.case_id)!.tlp })),
  );
  return { cases, drafts, versions: await newestVersions(tx, ids), overruled, unseen };
}

function isOfficers({ kind, actor }: Decision): boolean {
  return kind === 'release' && actor !== 'policy';
}

/** Of what is grave, and has no public edition, an officer may overrule the check. */
function isWarning(decision: Decision, draft: DraftRow): boolean {
  return isOfficers(decision) && !decision.public && isGrave(draft.fields);
}

/** As the act names it: for the draft that the officer saw, and no other. */
function overruleOf({ case_id, draft }: Decision): string {
  return `${case_id} ${draft}`;
}

/** What a decision asks for, and what its case is afterwards. */
type Plan = {
  plans: VersionPlan[];
  outcome: string;
  status: string;
  /** Where the draft that was released over them has names: an officer saw these, and no others. */
  seen?: ReadonlySet<string>;
  /** Whether an officer released it although names did not open. */
  isBlind?: boolean;
  renew?: boolean;
  found?: string;
};

function planOf(decision: Decision, { cases, drafts, versions, overruled, unseen }: Known): Plan {
  const own = versions.filter(({ case_id }) => case_id === decision.case_id);
  const newest = { record: own.find(({ edition }) => !edition), edition: own.find(({ edition }) => edition) };
  if (decision.kind === 'retraction')
    return { plans: planRetraction(newest), outcome: 'retracted', status: 'retracted' };
  const draft = drafts.get(decision.case_id);
  const isAllowed = overruled.has(overruleOf(decision));
  const isOverruled = isAllowed && draft !== undefined && isWarning(decision, draft);
  const isStanding = (hold: { code: string }) => !(isEventHold(hold) ? isAllowed : isOverruled && isNameHold(hold));
  const holds = draft?.holds.filter(isStanding).length ?? 1;
  if (!draft || draft.digest !== decision.draft || holds > 0)
    return { plans: [], outcome: 'draft-changed', status: draft?.holds.length === 0 ? 'drafted' : 'held' };
  const open = decision.public ? openInEdition(draft.findings) : [];
  if (open.length > 0)
    return {
      plans: [],
      outcome: 'held',
      status: 'drafted',
      found: `the public edition may name somebody: ${tellOpen(open)}`,
    };
  const others = unseen.get(decision.case_id);
  if (others !== undefined)
    return { plans: [], outcome: 'held', status: 'held', renew: true, found: tellDifferences(others) };
  const plans = planRelease(decision, { draft, found: cases.get(decision.case_id)!, newest });
  const seen = isOverruled ? draft.holds.filter(({ code }) => code === 'protected_term').map(placeOfHold) : [];
  const isBlind = draft.holds.some(({ code }) => code === 'vault_closed');
  return { plans, outcome: 'released', status: 'released', seen: new Set(seen), isBlind };
}

function placeOfHold({ place, kind, start, end }: Omit<DraftRow['holds'][number], 'code'>): string {
  return `${kind} at ${place}, ${start} to ${end}`;
}

function tellDifferences(differences: readonly EventHold[]): string {
  const told = differences.slice(0, 5).map(({ code, other, place, kind }) => `${place} (${kind}) ${code} ${other}`);
  return `${told.join(', ')}; a new draft says so: correct one of the two, or overrule it`;
}

type Planned = Plan & { decision: Decision };
/** `renew`: names became known since the draft, so that another one is to be made. `found`: where and of which kind, for the officer. */
type Issued = Omit<Planned, 'plans'> & { versions: NewVersion[]; renew: boolean; found?: string };
type Issuing = { worker: Worker; rhythm: LogRhythm; index: TermIndex };

async function issueAll(
  tx: Transaction,
  { worker, rhythm, index }: Issuing,
  planned: readonly Planned[],
): Promise<Issued[]> {
  const rooms = planned.flatMap(({ plans }) => plans.map(roomOf));
  const ticks = await promiseRooms(tx, rhythm, rooms, randomBytes);
  // All are signed before the first is checked: a step is quicker behind one of its kind.
  const issued = planned.map((plan) => ({
    ...plan,
    versions: plan.plans.map((one) => issueVersion(worker, one, ticks.shift()!)),
  }));
  return issued.map(({ plans, versions, ...rest }) => {
    // The last check is on the exact bytes, against what the vault holds now, and fails closed. A withdrawal has no text.
    const leaks = versions
      .flatMap(({ row }) => (row.retracted ? [] : leaksOf(row, index)))
      .filter(({ at, ...leak }) => !rest.seen?.has(placeOfHold({ ...leak, place: at })));
    if (leaks.length === 0) return { ...rest, versions, renew: rest.renew ?? false };
    const found = tellLeaks(leaks);
    // A new draft is without the names that became known since; the policy looks at that one as at the first.
    const renew = plans.some(({ fields = {} }) => leakCheck(fields, index).length > 0);
    const status = renew && rest.decision.actor === 'policy' ? 'received' : 'held';
    const way = renew ? 'a new draft is made without it' : 'correct the fields, and release the draft that follows';
    return { ...rest, versions: [], outcome: 'held', status, renew, found: `${found}; ${way}` };
  });
}

async function finish(tx: Transaction, issued: readonly Issued[], { cases }: Known): Promise<void> {
  await setCaseStatuses(
    tx,
    issued.map(({ decision, status }) => ({ id: decision.case_id, status })),
  );
  await finishDecisions(
    tx,
    issued.map(({ decision, outcome }) => ({ number: decision.number, outcome })),
  );
  await recordActs(
    tx,
    issued.map(({ decision: { case_id, reason }, outcome, found }) => ({
      actor: 'worker',
      act: `case.${outcome}`,
      object: case_id,
      reason: found ?? reason,
    })),
  );
  const stopped = issued.filter(({ renew }) => renew).map(({ decision }) => decision.case_id);
  if (stopped.length > 0) await renewDrafts(tx, stopped);
  // What came in while a case was being decided on was not drafted: it is now.
  if (stopped.length > 0 || [...cases.values()].some(({ draft_due }) => draft_due)) await enqueueDrafts(tx);
}
