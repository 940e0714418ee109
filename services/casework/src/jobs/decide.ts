// Carries out a decision: the record is signed once, and in the same transaction goes on its way to border.

import { randomBytes, randomUUID } from 'node:crypto';
import { foldGrants, type GrantRow } from '@detente/reciprocity';
import { bandOf, issueRecord, type Level, type Severity, severityLevel, type Tlp } from '@detente/record';
import { leakCheckBytes } from '@detente/redaction';
import type { Transaction } from '@detente/store/database';
import {
  type DecidedCase,
  type Decision,
  type DraftRow,
  enqueueDraft,
  finishDecision,
  type GrantLine,
  insertRecord,
  isBehindUpdates,
  levelOf,
  lockCase,
  lockWidening,
  newestDraft,
  newestVersion,
  promiseRoom,
  type RecordRow,
  readGrants,
  readPeers,
  recordAct,
  setCaseStatus,
  storeGrants,
  takeDecision,
  writeOutgoing,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { factsOf, outgoingRecord } from './outgoing-record.ts';
import { treeOf } from './statements.ts';

const TYPE = 'incident/1';
const URGENT = 4;

type Content = { fields: Record<string, unknown>; retracted: boolean };
type Facts = Pick<RecordRow, 'domain' | 'band' | 'severity' | 'tlp' | 'exercise'>;

/** Carries out one decision, unless it is done. */
export async function carryOutDecision(worker: Worker, number: number): Promise<void> {
  await worker.home.write(async (tx) => {
    await lockWidening(tx);
    // Read under the lock, which may have been waited for: nothing that was known before may be missed.
    const tree = await treeOf(worker);
    const peers = (await worker.border.read(readPeers)).filter(({ status }) => status !== 'expelled');
    const index = await worker.terms.current();
    const decision = await takeDecision(tx, number);
    if (!decision) return;
    const found = await lockCase(tx, decision.case_id);
    const issuing = { worker, tx, tree, origins: peers.map(({ origin }) => origin) };
    const outcome =
      decision.kind === 'release'
        ? await release(issuing, decision, found!, (token) => leakCheckBytes(token, index).length === 0)
        : await retract(issuing, decision);
    await finishDecision(tx, number, outcome);
    // What came in while the case was being decided on was not drafted: it is now.
    if (await isBehindUpdates(tx, decision.case_id)) await enqueueDraft(tx, decision.case_id);
    await recordAct(tx, { actor: 'worker', act: `case.${outcome}`, object: decision.case_id, reason: decision.reason });
  });
}

type Issuing = {
  worker: Worker;
  tx: Transaction;
  tree: { tick: number; batchSize: number };
  /** Peers that are not expelled. */
  origins: readonly string[];
};

async function release(
  issuing: Issuing,
  decision: Decision,
  found: DecidedCase,
  isClean: (token: string) => boolean,
): Promise<string> {
  const { tx } = issuing;
  const draft = await newestDraft(tx, decision.case_id);
  if (!draft || draft.digest !== decision.draft || draft.holds.length > 0) {
    await setCaseStatus(tx, decision.case_id, draft?.holds.length === 0 ? 'drafted' : 'held');
    return 'draft-changed';
  }
  const versions = [
    await makeVersion(issuing, decision, factsOfDraft(draft, found), draft.version, false, draft.fields),
  ];
  const shown = await newestVersion(tx, decision.case_id, true);
  if (decision.public && found.tlp === 'clear') {
    const facts = { ...factsOfDraft(draft, found), tlp: 'clear' };
    versions.push(await makeVersion(issuing, decision, facts, draft.version, true, draft.public_fields));
  } else if (shown && !shown.retracted)
    // What the public may not see any more is withdrawn with the version that says so.
    versions.push(await makeVersion(issuing, decision, shown, null, true, undefined));
  // The last check is on the exact bytes, against what the vault holds now, and fails closed.
  if (!versions.every(({ row }) => isClean(row.token))) {
    await setCaseStatus(tx, decision.case_id, 'held');
    return 'held';
  }
  for (const version of versions) await sendVersion(issuing, version);
  await setCaseStatus(tx, decision.case_id, 'released');
  return 'released';
}

/** A withdrawal goes to everybody who was given a version, with the public edition's if there is one. */
async function retract(issuing: Issuing, decision: Decision): Promise<string> {
  const { tx } = issuing;
  for (const edition of [false, true]) {
    const before = await newestVersion(tx, decision.case_id, edition);
    if (!before || before.retracted) continue;
    await sendVersion(issuing, await makeVersion(issuing, decision, before, null, edition, undefined));
  }
  await setCaseStatus(tx, decision.case_id, 'retracted');
  return 'retracted';
}

function factsOfDraft(draft: DraftRow, found: DecidedCase): Facts {
  const severity = (draft.fields.severity ?? null) as Severity | null;
  return {
    domain: (draft.fields.hazard_domain as string | null | undefined) ?? 'other',
    band: bandOf(severity),
    severity: severityLevel(severity),
    tlp: found.tlp,
    exercise: found.exercise,
  };
}

type NewVersion = { row: RecordRow; before: RecordRow | undefined; content: Content };

async function makeVersion(
  { worker, tx, tree }: Issuing,
  decision: Decision,
  facts: Facts,
  draft: number | null,
  edition: boolean,
  fields: Record<string, unknown> | undefined,
): Promise<NewVersion> {
  const before = await newestVersion(tx, decision.case_id, edition);
  const urgent = (facts.severity ?? 0) >= URGENT;
  const room = { ...tree, draw: worker.settings.DETENTE_DRAW, urgent };
  const tick = await promiseRoom(tx, before ? { ...room, after: before.tick } : room, randomBytes);
  const content = { fields: fields ?? {}, retracted: fields === undefined };
  const id = before?.id ?? randomUUID();
  const { domain, band, severity, exercise } = facts;
  const tlp = facts.tlp as Tlp;
  const part = { iss: worker.origin, id, type: TYPE, tlp, tick, exercise };
  const issued = issueRecord({ ...part, ...content }, worker.keys.signer('record'));
  const row: RecordRow = {
    ...{ id, type: TYPE, tlp, tick, exercise, domain, band, severity, draft, edition },
    ...{ digest: issued.digest, token: issued.token, lengths: issued.lengths },
    ...{ case_id: decision.case_id, retracted: content.retracted, border_level: null, place: null },
  };
  return { row, before, content };
}

async function sendVersion(issuing: Issuing, { row, before, content }: NewVersion): Promise<void> {
  const { tx } = issuing;
  const after = before?.digest ?? null;
  if (row.edition) {
    await insertRecord(tx, row);
    await writeOutgoing(tx, 'edition', { ...editionOf(row, content), after });
    return;
  }
  const { level, lines } = await grantedOf(issuing, row, before);
  await insertRecord(tx, { ...row, border_level: level });
  const number = await writeOutgoing(tx, 'record', outgoingRecord(row, level, after, lines));
  await storeGrants(tx, number, lines);
}

/** The longest prefix that any peer is granted; and, for peers that were given the version before and are granted nothing of
 *  this one, its signed part alone, so that a correction or withdrawal reaches them. */
async function grantedOf(
  { tx, origins }: Issuing,
  row: RecordRow,
  before: RecordRow | undefined,
): Promise<{ level: Level | null; lines: GrantLine[] }> {
  let highest: Level | null = null;
  const lines: GrantLine[] = [];
  for (const peer of origins) {
    const rows = await readGrants(tx, peer);
    let level = levelOf(foldGrants(rows), { ...factsOf(row), place: null });
    const wasGiven = before !== undefined && wasEverGiven(rows, before);
    if (level === null && wasGiven) {
      level = 0;
      const from_index = before.place ?? 0;
      lines.push({
        peer,
        cell: null,
        record_id: row.id,
        from_index,
        level,
        rule: 'later_version_of_given',
        terms: null,
      });
    }
    if (level !== null && (highest === null || level > highest)) highest = level;
  }
  return { level: highest, lines };
}

/** Whether the grants, at any time, gave anything of a version: what was given cannot be ungiven by narrower terms. */
function wasEverGiven(rows: readonly GrantRow[], version: RecordRow): boolean {
  const facts = { ...factsOf(version), place: version.place };
  const about = rows.filter(({ cell, record_id }) => cell === facts.cell || record_id === facts.record_id);
  const numbers = about.map(({ number }) => number);
  return numbers.some((last) => levelOf(foldGrants(about.filter(({ number }) => number <= last)), facts) !== null);
}

function editionOf(row: RecordRow, { fields }: Content) {
  const shown = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
  const { id, digest, tick, retracted, exercise, domain, band, severity } = row;
  return {
    ...{ id, digest, tick, retracted, exercise, domain, band, severity },
    kind: (fields.kind as string | undefined) ?? null,
    month: (fields.occurred_month as string | null | undefined) ?? null,
    fields: shown,
    token: row.token.slice(0, row.lengths[1]),
  };
}
