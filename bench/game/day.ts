// What happens in a node on one day of the game: who releases what, and when.
import { hash } from 'node:crypto';
import type { Dice } from './dice.ts';

/** A version of a record on its way into the log. */
export type Release = {
  /** The batch that is next when it is released. */
  at: number;
  leaf: Buffer;
  urgent: boolean;
  /** Granted to the adversary, which knows when it was released. */
  own: boolean;
  /** The version before it. */
  before?: Release;
};

export type Day = { releases: Release[]; ticks: number };

export type Setting = {
  /** Withheld records of the quieter day; the other one has `MORE` more. */
  withheld: number;
  /** All in the first minutes of the morning, or at any time of the working day. */
  when: 'burst' | 'spread';
  /** Every how many-th record is of severity 4 and takes the next batch. */
  urgent: number;
};

export const MORE = 8;
/** Records that the adversary is granted. */
export const OWN = 12;
/** Every so many-th record is corrected some minutes later. */
const CORRECTED = 8;
const MINUTES_TO_CORRECTION = 5;
const WORKING_DAY = 240;
/** Longer than two draws of 60 one after the other. */
const EVENING = 126;

export function nameOf({ withheld, when, urgent }: Setting): string {
  const hurry = urgent === 1 ? ', all of severity 4' : '';
  return `${withheld} or ${withheld + MORE}, ${when}${hurry}`;
}

/** @param busy whether it is the day with more */
export function drawDay(dice: Dice, setting: Setting, busy: boolean): Day {
  const withheld = setting.withheld + (busy ? MORE : 0);
  const shares = dice.shuffle(Array.from({ length: OWN + withheld }, (_, i) => i < OWN));
  const at = () => (setting.when === 'burst' ? 0 : dice.below(WORKING_DAY));
  const leaf = () => hash('sha256', Buffer.from(dice.bytes(32)), 'buffer');
  const first: Release[] = shares.map((own) => ({ at: at(), leaf: leaf(), urgent: dice.once(setting.urgent), own }));
  const corrections = first
    .filter(() => dice.once(CORRECTED))
    .map((before) => ({ ...before, at: before.at + MINUTES_TO_CORRECTION, leaf: leaf(), before }));
  // The root of the private intake tree, every day.
  const root: Release = { at: 0, leaf: leaf(), urgent: false, own: false };
  const last = setting.when === 'burst' ? 0 : WORKING_DAY;
  return { releases: inOrder([root, ...first, ...corrections]), ticks: last + EVENING };
}

/** As the worker takes decisions: by time, severity 4 and above first. */
function inOrder(releases: Release[]): Release[] {
  return releases.sort((a, b) => a.at - b.at || Number(b.urgent) - Number(a.urgent));
}
