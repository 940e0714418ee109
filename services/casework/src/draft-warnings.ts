// What an officer is warned of in a draft: small groups, and what other accounts of the event hide or show.

import { type Level, levelOf, type Tlp } from '@detente/record';
import {
  type Account,
  acrossReports,
  type Difference,
  groupQuestions,
  type SmallGroup,
  smallGroups,
} from '@detente/redaction/events';
import { countFitting, eventAccounts } from '@detente/store/casework';
import type { Reader } from '@detente/store/database';

/** Rows of a case and its draft, as they are stored. */
type Drafted = { id: string; tlp: string; exercise: boolean; fields: unknown; findings: unknown };

/** @param k how many events should fit; asked in two questions, however many there are */
export async function draftWarnings(
  home: Reader,
  draft: Drafted,
  k: number,
): Promise<{ small_groups: SmallGroup[]; across: Difference[] }> {
  const accounts = await eventAccounts(home, draft.id);
  const own: Account = {
    name: draft.id,
    tlp: draft.tlp as Tlp,
    level: levelOf('red'),
    fields: draft.fields as Record<string, unknown>,
    hidden: removed(draft),
  };
  return {
    small_groups: await smallGroupsOf(home, draft, k),
    across: acrossReports(own, accounts as (Account & { level: Level })[]),
  };
}

async function smallGroupsOf(home: Reader, { fields, exercise }: Drafted, k: number): Promise<SmallGroup[]> {
  const questions = groupQuestions(fields as Record<string, unknown>);
  const all = questions.flatMap(({ asked, coarser }) => [asked, ...coarser]).map(({ traits }) => traits);
  const sets = [...new Map(all.map((traits) => [traits.join(), traits])).values()];
  const counts = await countFitting(home, sets, { most: k, exercise });
  const fits = new Map(sets.map((traits, at) => [traits.join(), counts[at]!]));
  return smallGroups(questions, (traits) => fits.get(traits.join())!, k);
}

function removed({ findings }: Drafted): Account['hidden'] {
  return (findings as { kind: string; text: string; done: string }[]).filter(({ done }) => done === 'removed');
}
