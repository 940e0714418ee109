// How nodes behave: what becomes of an incident, and of a record that another node gives. All promise the same.
import type { Band, Cell } from '@detente/record';

export const STRATEGIES = ['honest', 'lazy', 'free-riding', 'flooding', 'withholding', 'lying'] as const;
/** What becomes of a strategy once a rule is made against it, and whom a rule may hit that is not meant. `sparing` withholds the same as
 *  `withholding`, and signs nothing of it; `trifling` is a free rider that reports a trifle a month as severity 2, and `token` one that
 *  reports something of severity 4 a month, which is all that is due in return; `quiet` is honest, and hardly anything happens there. */
export type Strategy = (typeof STRATEGIES)[number] | 'sparing' | 'trifling' | 'token' | 'quiet';

/** What a node does with an incident of its own. */
export type Deed = {
  /** `given`; `withheld`: a record is signed and logged, and nobody gets it; `none`: there is no record. */
  kind: 'given' | 'withheld' | 'none';
  /** Hours from the end of the day on which it was detected, in parts of the time that was promised. */
  delay: number;
  /** Share of the fields that are filled in. */
  percent: number;
  /** A record that says what is not so is worth nothing to whoever holds it. */
  isTrue: boolean;
};

export type Habits = {
  /** @param luck three numbers from 0 to 1 that the incident brings along, the same whatever the strategy
   *  @param neighbour another node that knows of it, and reports it in its own time */
  deed(incident: { severity: number; luck: readonly [number, number, number]; neighbour: number | null }): Deed;
  /** Hours after which a record is receipted. */
  acknowledgeHours(luck: number): number;
  /** How many incidents there are in place of one. */
  happens: number;
  /** Records a day that say nothing. */
  junkADay: number;
  /** Records beside its incidents that are given so often on average, in time and with just enough detail. */
  tokens: { aDay: number; cell: Cell };
  /** How often a day on average it shows two histories of its log. */
  forksADay: number;
  /** How often a day on average it says of another that it kept an incident back which never was. */
  slandersADay: number;
};

/** A neighbour reports within so much of the time that was promised. */
export const NEIGHBOUR = 0.9;

/** Of a hundred reports of an honest node three come late, of a hundred receipts two; that is how people are. */
const honest: Habits = {
  deed: ({ luck: [a, b, c] }) => {
    return { kind: 'given', delay: a < 0.03 ? 1 + b : b * 0.9, percent: c < 0.03 ? 40 : 75, isTrue: true };
  },
  acknowledgeHours: (luck) => (luck < 0.02 ? 36 : 1),
  ...{ happens: 1, junkADay: 0, forksADay: 0, slandersADay: 0 },
  tokens: { aDay: 0, cell: 'incident/other/2-3' },
};

const freeRiding: Habits = { ...honest, deed: () => ({ kind: 'none', delay: 0, percent: 0, isTrue: true }) };

export const habits: Readonly<Record<Strategy, Habits>> = {
  honest,
  lazy: {
    ...honest,
    deed: ({ luck: [, b, c] }) => ({ kind: 'given', delay: b * 3, percent: c < 0.3 ? 40 : 60, isTrue: true }),
    acknowledgeHours: (luck) => 4 + luck * 60,
  },
  'free-riding': freeRiding,
  trifling: { ...freeRiding, tokens: { aDay: 1 / 30, cell: 'incident/other/2-3' } },
  token: { ...freeRiding, tokens: { aDay: 1 / 30, cell: 'incident/other/4' } },
  quiet: { ...honest, happens: 0.1 },
  flooding: {
    ...honest,
    deed: ({ severity, luck: [a, b] }) => {
      return { kind: severity <= 1 || a < 0.4 ? 'given' : 'none', delay: b, percent: 55, isTrue: true };
    },
    junkADay: 6,
  },
  withholding: {
    ...honest,
    deed: (incident) =>
      incident.severity >= 3 ? { ...honest.deed(incident), kind: 'withheld' } : honest.deed(incident),
  },
  sparing: {
    ...honest,
    deed: (incident) => (incident.severity >= 3 ? { ...honest.deed(incident), kind: 'none' } : honest.deed(incident)),
  },
  lying: {
    ...honest,
    deed: (incident) => ({ ...honest.deed(incident), delay: 0.5, isTrue: incident.luck[2] < 0.5 }),
    ...{ forksADay: 1 / 90, slandersADay: 1 / 30 },
  },
};

/** Hours in which incidents of a band are to be reported, as the template promises; none is promised below 2. */
export const PROMISED_HOURS: Readonly<Record<Band, number>> = {
  unrated: 360,
  '0-1': 360,
  '2-3': 360,
  '4': 72,
  '5-7': 24,
};
