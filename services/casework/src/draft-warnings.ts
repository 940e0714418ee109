// What an officer is told beside a draft: small groups, and what other accounts of the event hide or show.

import type { Difference, SmallGroup } from '@detente/redaction/events';
import type { Reader } from '@detente/store/database';
import { eventAccounts } from '@detente/store/evidence';
import { type DraftedCase, eventDifferences } from './event-differences.ts';
import { countSmallGroups } from './small-groups.ts';

/** @param k how many events should fit; asked in two questions, however many there are */
export async function draftWarnings(
  home: Reader,
  draft: DraftedCase & { exercise: boolean },
  k: number,
): Promise<{ small_groups: SmallGroup[]; across: Difference[] }> {
  const accounts = await eventAccounts(home, [draft.id]);
  return {
    small_groups: await countSmallGroups(home, draft, k),
    across: eventDifferences(draft, accounts.get(draft.id) ?? []),
  };
}
