// What an officer is warned of in a draft, a line each.

import type { Draft } from '@detente/contract/casework';

export function warningLines({ small_groups, across }: Pick<Draft, 'small_groups' | 'across'>): string[] {
  return [
    ...small_groups.flatMap(({ tier, fit, k, rare, offers }) => [
      `  warning: ${fit} of the ${k} events that should fit what ${tier} shows${rare.length > 0 ? `; rare: ${rare.join(', ')}` : ''}`,
      ...offers.map(
        ({ place, instead, fit: then }) =>
          `    ${instead === null ? `leave out ${place}` : `tell the ${instead} in ${place}`}: ${then === k ? `${k} or more` : then} fit`,
      ),
    ]),
    ...across.map(({ code, other, place, kind }) =>
      code === 'shown_here'
        ? `  warning: ${place} shows what ${other} hides (${kind})`
        : `  warning: ${other} shows in ${place} what this draft hides (${kind})`,
    ),
  ];
}
