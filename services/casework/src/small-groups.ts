// How many events of the node, and of how many organisations, fit what a draft tells at each tier.

import { groupQuestions, type SmallGroup, smallGroups } from '@detente/redaction/events';
import type { Reader } from '@detente/store/database';
import { countFitting } from '@detente/store/evidence';

type Told = { fields: Readonly<Record<string, unknown>>; exercise: boolean };

/** The tiers at which fewer than `k` fit, in one question. */
export async function countSmallGroups(home: Reader, { fields, exercise }: Told, k: number): Promise<SmallGroup[]> {
  const questions = groupQuestions(fields);
  if (questions.length === 0) return [];
  const all = [[], ...questions.flatMap(({ asked, coarser }) => [asked, ...coarser]).map(({ traits }) => traits)];
  const sets = [...new Map(all.map((traits) => [traits.join(), traits])).values()];
  const counts = await countFitting(home, sets, { most: k, exercise });
  const fits = new Map(sets.map((traits, at) => [traits.join(), counts[at]!]));
  return smallGroups(questions, (traits) => fits.get(traits.join())!, k);
}
