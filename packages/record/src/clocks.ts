// Legal clocks: who must report what by when. Data, so that a change of law is a change of a row.
import type { Severity } from './severity.ts';

export type Clock = {
  /** Stable name, for messages. */
  code: string;
  law: 'eu-ai-act' | 'us-ca-sb-53';
  /** Where the period stands in the law. */
  clause: string;
  /** Whose law: ISO 3166-1 or 3166-2. `EU` is the Union, a code that ISO reserves. */
  jurisdiction: string;
  /** Longest time from when the one who must report became aware. */
  hours: number;
  /** The scale's value from which the clock is proposed; an officer decides whether the clause applies. */
  from: { by: 'level' | 'people'; value: number };
  /** First day on which the clause applies, UTC. */
  since: string;
};

const DAY = 24;

/** EU AI Act (Regulation 2024/1689) art. 73: 15 days, 10 for a death, 2 for a widespread infringement or a disruption of
 *  critical infrastructure. California SB 53 (Business and Professions Code §22757.13): 15 days, 24 hours where there is an
 *  imminent risk of death or serious injury. */
export const CLOCKS: readonly Clock[] = [
  clock('eu_serious_incident', 'eu-ai-act', 'art. 73(2)', 15 * DAY, { by: 'level', value: 3 }),
  clock('eu_death', 'eu-ai-act', 'art. 73(4)', 10 * DAY, { by: 'people', value: 4 }),
  clock('eu_widespread_or_critical', 'eu-ai-act', 'art. 73(3)', 2 * DAY, { by: 'people', value: 5 }),
  clock('ca_critical_incident', 'us-ca-sb-53', '22757.13(c)(1)', 15 * DAY, { by: 'level', value: 4 }),
  clock('ca_imminent_danger', 'us-ca-sb-53', '22757.13(c)(2)', DAY, { by: 'people', value: 4 }),
];

function clock(code: string, law: Clock['law'], clause: string, hours: number, from: Clock['from']): Clock {
  const eu = law === 'eu-ai-act';
  return { code, law, clause, jurisdiction: eu ? 'EU' : 'US-CA', hours, from, since: eu ? '2026-08-02' : '2026-01-01' };
}

export type RunningClock = { code: string; law: Clock['law']; clause: string; hours: number; due: Date };

export type ClockInput = {
  severity: Severity | null;
  /** When the one who must report became aware. */
  aware: Date;
  jurisdictions: readonly string[];
};

/** The clocks that a severity sets running under some laws, the one that ends first before the others. */
export function clocksFor({ severity, aware, jurisdictions }: ClockInput): RunningClock[] {
  if (severity === null || severity === 'unrated') return [];
  const values = { level: severity.level, people: severity.axes.people ?? -1 };
  const day = aware.toISOString().slice(0, 10);
  return CLOCKS.filter((one) => jurisdictions.includes(one.jurisdiction) && one.since <= day)
    .filter((one) => values[one.from.by] >= one.from.value)
    .sort((a, b) => a.hours - b.hours)
    .map(({ code, law, clause, hours }) => {
      return { code, law, clause, hours, due: new Date(aware.getTime() + hours * 3_600_000) };
    });
}
