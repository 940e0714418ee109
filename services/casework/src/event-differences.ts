// A draft beside other accounts of its event (decision 44).

import { FLOOR_SEVERITY, type Level, levelOf, type Severity, severityLevel, type Tlp } from '@detente/record';
import { type Account, acrossReports, type Difference } from '@detente/redaction/events';
import type { EventAccount } from '@detente/store/evidence';

/** A case and its draft, as they are stored or will be. */
export type DraftedCase = Pick<EventAccount, 'findings' | 'changes'> & {
  id: string;
  tlp: string;
  fields: Readonly<Record<string, unknown>>;
};

/** Why a draft waits; of what is shown, `other` is the account that hides it, or shows it. */
export type EventHold = Omit<Difference, 'holds'>;

export function eventDifferences(draft: DraftedCase, accounts: readonly EventAccount[]): Difference[] {
  if (accounts.length === 0) return [];
  const own = { ...draft, name: draft.id, level: levelOf('red'), isOut: false };
  return acrossReports(accountOf(own), accounts.map(accountOf));
}

/** What of it holds the draft until an officer has corrected one of the two, or overruled it. A warning waits for nothing. */
export function eventHolds(draft: DraftedCase, accounts: readonly EventAccount[]): EventHold[] {
  if (isGrave(draft.fields)) return [];
  return eventDifferences(draft, accounts).flatMap(({ holds, ...difference }) => (holds ? [difference] : []));
}

/** Whether a record of these fields is a warning, which waits for nothing that is only likely. */
export function isGrave(fields: Readonly<Record<string, unknown>>): boolean {
  return (severityLevel((fields.severity ?? null) as Severity | null) ?? 0) >= FLOOR_SEVERITY;
}

/** What holds a warning too, until an officer overrules it: names that are known, and that those of a case do not open. */
export function isNameHold({ code }: { code: string }): boolean {
  return code === 'protected_term' || code === 'vault_closed';
}

/** Whether a hold says that two accounts of an event differ. */
export function isEventHold({ code }: { code: string }): boolean {
  return code === 'shown_here' || code === 'shown_there';
}

/** What was taken out: what reading found, and the names of the vaults. The public edition has the same. */
function accountOf({
  name,
  tlp,
  level,
  fields,
  findings,
  changes,
  isOut,
}: Omit<EventAccount, 'fields'> & Pick<DraftedCase, 'fields'>): Account {
  const isOfRecord = ({ place }: { place: string }) => !place.startsWith('public:');
  const hidden = [
    ...findings.filter((one) => isOfRecord(one) && one.done === 'removed'),
    ...changes
      .filter((one) => isOfRecord(one) && one.by === 'term')
      .map(({ kind, was, by }) => ({ kind, text: was, by })),
  ].map(({ kind, text, by }) => ({ kind, text, ...(by !== undefined && { by }) }));
  return { name, tlp: tlp as Tlp, level: level as Level, fields, hidden, isOut };
}
