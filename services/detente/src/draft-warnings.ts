// What an officer is warned of in a draft, a line each.

import type { Draft } from '@detente/contract/casework';

type SmallGroup = Draft['small_groups'][number];
type Fitting = Pick<SmallGroup, 'fit' | 'organisations'>;

export function warningLines({ small_groups, across }: Pick<Draft, 'small_groups' | 'across'>): string[] {
  return [
    ...small_groups.flatMap((group) => [
      `  warning: ${fewOf(group)} that should fit what ${group.tier} shows${group.rare.length > 0 ? `; rare: ${group.rare.join(', ')}` : ''}`,
      ...group.offers.map(
        (offer) => `    ${wayOf(offer)}: ${leastOf(offer) === group.k ? `${group.k} or more` : leastOf(offer)} fit`,
      ),
      ...whyLine(group),
    ]),
    ...across.map(({ code, other, place, kind }) =>
      code === 'shown_here'
        ? `  warning: ${place} shows what ${other} hides (${kind})`
        : `  warning: ${other} shows in ${place} what this draft hides (${kind})`,
    ),
  ];
}

function leastOf({ fit, organisations }: Fitting): number {
  return Math.min(fit, organisations);
}

function fewOf(group: Fitting & { k: number }): string {
  const { fit, organisations, k } = group;
  return organisations < fit ? `events of ${organisations} of the ${k} organisations` : `${fit} of the ${k} events`;
}

function wayOf({ place, instead }: SmallGroup['offers'][number]): string {
  return instead === null ? `leave out ${place}` : `tell the ${instead} in ${place}`;
}

/** Where no single step is enough: that it is so, and what is left to an officer. */
function whyLine({ k, all, offers }: SmallGroup): string[] {
  if (leastOf(all) < k)
    return [`    the node has ${fewOf({ ...all, k })}: whatever is left out, fewer than ${k} fit until it knows more`];
  if (offers.some((offer) => leastOf(offer) === k)) return [];
  return [`    no single step makes ${k} fit: take several, or release as it is`];
}
