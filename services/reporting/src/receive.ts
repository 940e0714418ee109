// A group of reports and updates in one transaction, with one signature: cases, vault, intake leaves, receipts, stored
// replies and the worker's jobs are there together, or none of them is.

import { type IntakeReceipt, intakeSalt, type Signer, signIntakeGroup } from '@detente/keys';
import { decideIdempotency, problem, type StoredRequest } from '@detente/server';
import type { Database, Transaction } from '@detente/store/database';
import {
  askDrafts,
  casesBySource,
  insertCases,
  insertIntake,
  insertReplies,
  insertUpdates,
  lastUpdates,
  lockUpdates,
  openIntakeDay,
  storedReplies,
} from '@detente/store/reporting';
import type { ReportSubmission, Submission, UpdateSubmission } from './submission.ts';

export type Outcome =
  /** Received now; `reply` is the body of the answer. */
  | { kind: 'received'; id: string; receipt: IntakeReceipt; reply: string }
  /** The same request came before; `reply` is what it was answered. */
  | { kind: 'replayed'; reply: string }
  /** The lab has reported this source before, as this case. */
  | { kind: 'known'; id: string }
  | { kind: 'refused'; code: 'idempotency_conflict' | 'not_found' };

export type Receiving = { database: Database; signer: Signer; iss: string };

/** Another process was first with a key or a source: everything is looked at again. */
class RaceLost extends Error {}

const attempts = 5;

/** Receives a group, whole or not at all.
 *  @param group 1 to 512 submissions
 *  @returns an outcome for each, in order
 *  @throws ProblemError `overloaded` when other processes were first every time */
export async function receiveGroup(
  { database, signer, iss }: Receiving,
  group: readonly Submission[],
): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.write((tx) => receive(tx, group, signer, iss));
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
      if (attempt === attempts) throw problem('overloaded', { cause: error });
    }
  }
}

type Outcomes = Map<Submission, Outcome>;
type Accepted = { submission: Submission; number: number };

async function receive(tx: Transaction, group: readonly Submission[], signer: Signer, iss: string): Promise<Outcome[]> {
  const outcomes: Outcomes = new Map();
  const day = await openIntakeDay(tx);
  const { first, repeats } = await settleKnownRequests(tx, group, outcomes);
  const reports = first.filter((one) => one.kind === 'report');
  const updates = first.filter((one) => one.kind === 'update');
  const accepted = [...(await acceptReports(tx, reports, outcomes)), ...(await acceptUpdates(tx, updates, outcomes))];
  if (accepted.length > 0) await keep(tx, accepted, { day, signer, iss }, outcomes);
  for (const [repeat, leader] of repeats) outcomes.set(repeat, repeated(outcomes.get(leader)!));
  return group.map((submission) => outcomes.get(submission)!);
}

/** Settles what was answered before, or contradicts it. Of requests that come together under one key the first is taken
 *  and the others repeat it. */
async function settleKnownRequests(tx: Transaction, group: readonly Submission[], outcomes: Outcomes) {
  const named = group.flatMap(({ lab, request }) => (request ? [{ lab, key: request.key }] : []));
  const stored = new Map<string, StoredRequest<string>>();
  for (const { lab, key, digest, reply } of await storedReplies(tx, named))
    stored.set(`${lab}/${key}`, { digest, reply });

  const first: Submission[] = [];
  const leaders = new Map<string, Submission>();
  const repeats: [Submission, Submission][] = [];
  for (const submission of group) {
    const { lab, request } = submission;
    const name = `${lab}/${request?.key}`;
    const decision = request ? decideIdempotency(stored.get(name), request.digest) : ({ act: 'run' } as const);
    const leader = request && leaders.get(name);
    if (decision.act === 'replay') outcomes.set(submission, { kind: 'replayed', reply: decision.reply });
    else if (decision.act === 'refuse' || (leader && leader.request?.digest !== request?.digest))
      outcomes.set(submission, { kind: 'refused', code: 'idempotency_conflict' });
    else if (leader) repeats.push([submission, leader]);
    else {
      first.push(submission);
      if (request) leaders.set(name, submission);
    }
  }
  return { first, repeats };
}

async function acceptReports(
  tx: Transaction,
  reports: readonly ReportSubmission[],
  outcomes: Outcomes,
): Promise<Accepted[]> {
  const inserted = await insertCases(
    tx,
    reports.map(({ id, lab, source, fields, proposals, exercise }) => ({
      id,
      lab,
      source,
      fields,
      proposals,
      exercise,
    })),
  );
  const known = reports.filter(({ id }) => !inserted.has(id));
  const found = await casesBySource(
    tx,
    known.flatMap(({ lab, source }) => (source ? [{ lab, registry: source.registry, source: source.id }] : [])),
  );
  for (const report of known) {
    const { lab, source } = report;
    const before = found.find(
      (one) => one.lab === lab && one.registry === source?.registry && one.source === source?.id,
    );
    if (!before) throw new RaceLost();
    outcomes.set(report, { kind: 'known', id: before.id });
  }
  return reports.filter(({ id }) => inserted.has(id)).map((submission) => ({ submission, number: 0 }));
}

async function acceptUpdates(
  tx: Transaction,
  updates: readonly UpdateSubmission[],
  outcomes: Outcomes,
): Promise<Accepted[]> {
  await lockUpdates(
    tx,
    updates.map(({ id }) => id),
  );
  // Keyed by lab as well: a case of another lab is not there.
  const last = new Map<string, number>();
  for (const { lab, id, number } of await lastUpdates(tx, updates)) last.set(`${lab}/${id}`, number);
  const accepted: (Accepted & { submission: UpdateSubmission })[] = [];
  for (const submission of updates) {
    const name = `${submission.lab}/${submission.id}`;
    const before = last.get(name);
    if (before === undefined) outcomes.set(submission, { kind: 'refused', code: 'not_found' });
    else {
      last.set(name, before + 1);
      accepted.push({ submission, number: before + 1 });
    }
  }
  const rows = accepted.map(({ submission: { id, text }, number }) => ({ id, number, text }));
  await insertUpdates(tx, rows);
  return accepted;
}

async function keep(
  tx: Transaction,
  accepted: readonly Accepted[],
  { day, signer, iss }: { day: string; signer: Signer; iss: string },
  outcomes: Outcomes,
): Promise<void> {
  const salted = accepted.map(({ submission: { bodyDigest } }) => ({ salt: intakeSalt(), bodyDigest }));
  const receipts = await signIntakeGroup({ iss, day, reports: salted }, signer);
  const intake = accepted.map(({ submission, number }, at) => {
    const { id, partiesSealed, bodySealed, mediaType } = submission;
    return { case: id, number, partiesSealed, bodySealed, mediaType, receipt: receipts[at]! };
  });
  await insertIntake(tx, day, intake);
  const replies = accepted.flatMap(({ submission }, at) => {
    const { id, lab, request } = submission;
    const reply = JSON.stringify({ id, receipt: receipts[at] });
    outcomes.set(submission, { kind: 'received', id, receipt: receipts[at]!, reply });
    return request ? [{ lab, ...request, status: 201, reply }] : [];
  });
  if ((await insertReplies(tx, replies)) < replies.length) throw new RaceLost();
  const updates = accepted.filter(({ number }) => number > 0);
  await askDrafts(tx, [...new Set(updates.map(({ submission }) => submission.id))]);
}

function repeated(outcome: Outcome): Outcome {
  return outcome.kind === 'received' ? { kind: 'replayed', reply: outcome.reply } : outcome;
}
