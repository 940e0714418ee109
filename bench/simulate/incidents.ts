// What happens in a year, by a seed: the same incidents whatever the nodes do about them.
import { type bandOf, type Cell, cellOf, HAZARD_DOMAINS } from '@detente/record';
import { type Dice, diceOf } from '../game/dice.ts';

export type Incident = {
  day: number;
  severity: number;
  cell: Cell;
  luck: readonly [number, number, number];
  /** Another node that knows of it too; null for none. */
  neighbour: number | null;
  /** Day on which a record of it that was withheld surfaces all the same; null for never. */
  surfaces: number | null;
};

export type Chances = {
  /** Incidents of a node a day. */
  rate: number;
  /** That another node knows of an incident too. */
  neighbour: number;
  /** That a withheld record surfaces: a leak, a public edition, a wider grant. It takes up to sixty days. */
  surfacing: number;
};
export const CHANCES: Chances = { rate: 0.5, neighbour: 0.25, surfacing: 0.25 };

/** Of a hundred incidents, how many have each severity. */
const SEVERITIES = [25, 25, 15, 15, 12, 5, 2, 1];

export const chance = (dice: Dice) => dice.below(1_000_000) / 1_000_000;

/** One node's incidents of `days` days. */
export function incidentsOf(
  seed: string,
  node: number,
  options: { nodes: number; days: number; chances: Chances },
): Incident[] {
  const { nodes, days, chances } = options;
  const dice = diceOf(`${seed}/incidents/${node}`);
  const incidents: Incident[] = [];
  for (let day = 0; day < days; day++) {
    // Two draws a day, so that the days differ in number too.
    for (let draw = 0; draw < 2; draw++) if (chance(dice) < chances.rate / 2) incidents.push(incident(day));
  }
  return incidents;

  function incident(day: number): Incident {
    const severity = severityOf(dice.below(100));
    const hazard_domain = HAZARD_DOMAINS[dice.below(HAZARD_DOMAINS.length)]!;
    const other = (node + 1 + dice.below(nodes - 1)) % nodes;
    const axes = { people: severity, safeguards: severity, reach: severity };
    return {
      day,
      severity,
      cell: cellOf({
        type: 'incident',
        hazard_domain,
        severity: { level: severity, axes } as Parameters<typeof bandOf>[0],
      }),
      luck: [chance(dice), chance(dice), chance(dice)],
      neighbour: chance(dice) < chances.neighbour ? other : null,
      surfaces: chance(dice) < chances.surfacing ? day + 1 + dice.below(60) : null,
    };
  }
}

function severityOf(percent: number): number {
  let sum = 0;
  return SEVERITIES.findIndex((count) => {
    sum += count;
    return percent < sum;
  });
}
