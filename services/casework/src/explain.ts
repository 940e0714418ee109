// Why a peer has a record of ours, or has it not: from what both databases know to the chain that an officer reads.

import type { Explanation, Step } from '@detente/contract/casework';
import type { Decision } from '@detente/reciprocity';

/** What a peer's receipts say of a version: stored up to a level; or the receipt for the page it was on, without it; or none.
 *  `disagrees`: it speaks of other fields, or of more, than the peer was given. */
export type Receipted = { seq: number; level: number | null; disagrees?: boolean } | undefined;

export type Way = {
  status: 'pending' | 'active' | 'suspended' | 'expelled';
  sandbox: boolean;
  terms: { day: string; digest: string } | undefined;
  decision: Decision;
  warning: { attempts: number; delivered_at: Date | null; fault: string | null } | undefined;
  tick: number;
  place: number | null;
  /** How far the peer was served, and the number of the version as a late item. */
  mark: number;
  late: number | null;
  receipt: Receipted;
  /** Receipts of the peer that were refused here. */
  refusedReceipts: number;
  recall: { digest: string; answer: string | null; overdue: boolean } | undefined;
};

type Chain = Pick<Explanation, 'level' | 'conclusion' | 'steps'>;

/** The chain in the order in which a record goes its way. */
export function explainWay(way: Way): Chain {
  const { level } = way.decision;
  const steps = [
    peerStep(way),
    termsStep(way),
    grantStep(way),
    warningStep(way),
    logStep(way),
    pageStep(way),
    receiptStep(way),
    quarantineStep(way),
    recallStep(way),
  ];
  return { level, conclusion: conclusionOf(way), steps };
}

function conclusionOf({ decision, warning, receipt }: Way): Explanation['conclusion'] {
  if (receipt?.disagrees) return 'receipt_disagrees';
  if (receipt && receipt.level !== null) return 'stored';
  if (warning?.delivered_at) return 'warned';
  if (receipt) return 'refused_there';
  return decision.level === null && !warning ? 'withheld' : 'under_way';
}

function step(name: Step['step'], state: Step['state'], code: string, params: Step['params'] = {}): Step {
  return { step: name, state, code, params };
}

function peerStep({ status, sandbox }: Way): Step {
  if (sandbox) return step('peer', 'waiting', 'sandbox');
  if (status === 'pending') return step('peer', 'waiting', 'not_enrolled');
  return step('peer', status === 'expelled' ? 'stopped' : 'done', status);
}

function termsStep({ terms }: Way): Step {
  return terms ? step('terms', 'done', 'computed', terms) : step('terms', 'waiting', 'no_terms');
}

/** The rule that decided, with those that spoke before it as parameters. */
function grantStep({ decision: { level, reasons } }: Way): Step {
  const { code, params } = reasons.at(-1)!;
  const before = reasons.slice(0, -1).map((reason, at) => [`before_${at + 1}`, reason.code]);
  return step('grant', level === null ? 'stopped' : 'done', code, { ...params, ...Object.fromEntries(before) });
}

function warningStep({ warning }: Way): Step {
  if (!warning) return step('warning', 'none', 'no_warning');
  const { attempts, delivered_at, fault } = warning;
  if (delivered_at) return step('warning', 'done', 'delivered', { at: delivered_at.toISOString(), attempts });
  return step('warning', 'waiting', 'undelivered', { attempts, ...(fault !== null && { fault }) });
}

function logStep({ place, tick }: Way): Step {
  return place === null
    ? step('log', 'waiting', 'not_logged', { tick })
    : step('log', 'done', 'logged', { index: place });
}

function pageStep({ place, mark, late, decision }: Way): Step {
  if (decision.level === null) return step('page', 'none', 'on_no_page');
  if (late !== null) return step('page', 'done', 'late_item', { number: late });
  if (place === null || place >= mark) return step('page', 'waiting', 'not_asked_for', { served: mark });
  return step('page', 'done', 'composed', { served: mark });
}

function receiptStep({ receipt }: Way): Step {
  if (!receipt) return step('receipt', 'waiting', 'no_receipt');
  if (receipt.level === null) return step('receipt', 'stopped', 'not_in_receipt', { seq: receipt.seq });
  if (receipt.disagrees)
    return step('receipt', 'stopped', 'receipt_disagrees', { seq: receipt.seq, level: receipt.level });
  return step('receipt', 'done', 'stored', { seq: receipt.seq, level: receipt.level });
}

/** What a receipt leaves out of its page lies in quarantine there; and a receipt may lie in ours. */
function quarantineStep({ receipt, refusedReceipts: count }: Way): Step {
  if (receipt?.level === null) return step('quarantine', 'stopped', 'in_the_peers', { receipt: receipt.seq });
  return count > 0
    ? step('quarantine', 'waiting', 'receipts_in_ours', { count })
    : step('quarantine', 'none', 'nothing');
}

function recallStep({ recall }: Way): Step {
  if (!recall) return step('recall', 'none', 'no_recall');
  const named = { recall: recall.digest };
  if (recall.answer !== null) return step('recall', 'done', recall.answer.replaceAll('-', '_'), named);
  return step('recall', 'waiting', recall.overdue ? 'answer_overdue' : 'not_answered', named);
}
