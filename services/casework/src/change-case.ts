// Changing what a case says: on the state that the officer has seen, with the act beside it, and a new draft to follow.

import { problem, requireMatch } from '@detente/server';
import { enqueueDraft, lockCase, recordAct } from '@detente/store/casework';
import type { Database, Transaction } from '@detente/store/database';
import { showCase } from './case-view.ts';

export type CaseChange = {
  id: string;
  /** The caller's If-Match. */
  ifMatch: string | undefined;
  actor: string;
  act: 'case.triage' | 'case.correct' | 'case.findings';
  reason: string;
};

/** Locks the case, applies the change, and answers with the case as it is then.
 *  @throws ProblemError `not_found`, `precondition_required`, `precondition_failed`, `conflict` */
export async function changeCase(home: Database, change: CaseChange, apply: (tx: Transaction) => Promise<void>) {
  const { id, ifMatch, actor, act, reason } = change;
  return home.write(async (tx) => {
    const found = await lockCase(tx, id);
    if (!found) throw problem('not_found');
    requireMatch(ifMatch, `"${found.change}"`);
    const detail = whyClosed(found.status);
    if (detail !== undefined) throw problem('conflict', { detail });
    await apply(tx);
    await recordAct(tx, { actor, act, object: id, reason });
    await enqueueDraft(tx, id);
    return (await showCase(tx, id))!;
  });
}

/** Why nobody may touch a case in this status; undefined when one may. */
export function whyClosed(status: string): string | undefined {
  if (status === 'releasing') return 'the case is being released: wait until that is done';
  if (status === 'retracting') return 'the case is being retracted';
  if (status === 'retracted') return 'the case was retracted, which is final';
  return undefined;
}
