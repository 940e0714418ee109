// What holds a draft beside its own words: other accounts of its event, and, where the policy would release it, that few events fit it.

import { isDeepStrictEqual } from 'node:util';
import type { Reader } from '@detente/store/database';
import { eventAccounts } from '@detente/store/evidence';
import type { DraftRow } from '@detente/store/worker';
import { type DraftedCase, type EventHold, eventHolds, isGrave } from '../event-differences.ts';
import { countSmallGroups } from '../small-groups.ts';
import type { Draft } from './draft-fields.ts';

type Made = { source: { id: string; tlp: string }; draft: Draft };

/** The same drafts, each with what other accounts of its event hide or show. One question for all. */
export async function heldByEvents<One extends Made>(home: Reader, made: readonly One[]): Promise<One[]> {
  const accounts = await eventAccounts(
    home,
    made.map(({ source }) => source.id),
  );
  return made.map((one) => {
    const { source, draft } = one;
    const holds = eventHolds({ ...draft, id: source.id, tlp: source.tlp }, accounts.get(source.id) ?? []);
    return holds.length === 0 ? one : { ...one, draft: { ...draft, holds: [...draft.holds, ...holds] } };
  });
}

/** Of drafts that are to be released, what other accounts of their events say by now and the draft does not say yet. */
export async function unseenInEvents(
  home: Reader,
  drafts: readonly (DraftRow & { tlp: string })[],
): Promise<Map<string, EventHold[]>> {
  const accounts = await eventAccounts(
    home,
    drafts.map(({ case_id }) => case_id),
  );
  return new Map(
    drafts.flatMap((draft) => {
      const own = { ...draft, id: draft.case_id } as DraftedCase;
      const isSeen = (hold: EventHold) => draft.holds.some((one) => isDeepStrictEqual(one, { ...hold }));
      const unseen = eventHolds(own, accounts.get(draft.case_id) ?? []).filter((hold) => !isSeen(hold));
      return unseen.length === 0 ? [] : [[draft.case_id, unseen] as const];
    }),
  );
}

/** Whether fewer than `k` events fit what a tier shows of the draft. A warning waits for nothing. */
export async function isRare(
  home: Reader,
  { source, draft }: { source: { exercise: boolean }; draft: Draft },
  k: number,
): Promise<boolean> {
  if (isGrave(draft.fields)) return false;
  return (await countSmallGroups(home, { fields: draft.fields, exercise: source.exercise }, k)).length > 0;
}
