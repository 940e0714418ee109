import type { CaseStatus } from '@detente/contract/reporting';

const told: Record<string, CaseStatus['status']> = {
  received: 'received',
  drafted: 'in-review',
  held: 'in-review',
  releasing: 'in-review',
  released: 'released',
  retracting: 'released',
  retracted: 'retracted',
};

/** How far a case is, in the words a lab may know: nothing of what officers or checks found. */
export function statusForLab(status: string): CaseStatus['status'] {
  return told[status] ?? 'in-review';
}
