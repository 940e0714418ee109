// From the ledger to the standing: how much of what was promised was broken of late, and what mends it.
import { type Mark, WINDOW_DAYS } from './ledger.ts';
import type { ObligationCode } from './obligations.ts';
import { type Coded, laterDay, type Reason } from './shapes.ts';
import { STANDINGS, type Standing } from './standing.ts';

export const STANDING_REASONS = [
  'conduct_good',
  'conduct_broken',
  'conduct_missing',
  'conduct_owing',
  'conduct_mending',
  'officer',
] as const;

/** Share of the occasions, weighted, from which on a standing is given. */
const THRESHOLDS = { probation: 0.15, restricted: 0.35, suspended: 0.6 } as const;
/** A standing is left for a better one below this part of its threshold, after so many days, one step at a time. */
const LEAVE = 0.5;
const REST_DAYS = 14;
/** Marks of the last days count whole, those before them half. */
const RECENT_DAYS = 30;
/** Occasions kept that everybody is credited with, so that one slip is not a habit. */
const CREDIT = 14;
/** Of one obligation, so many occasions kept count in a day: a flood of easy ones buries nothing. */
const KEPT_A_DAY = 4;
const DAY = 86_400;

/** How grave it is to break an obligation. */
const WEIGHTS: Readonly<Record<ObligationCode, number>> = {
  // One of it stands for a whole window in which nothing came back.
  give_in_return: 2.3,
  report_within: 2,
  log_health: 2,
  answer_recalls_within: 1.5,
  acknowledge_within: 1,
  minimum_detail: 1,
  suite_adopted: 0.5,
  safety_cards: 0.5,
  drill: 0.5,
};

export type Override = { standing: Standing; told: string; since: string; until: string | null };

export type ConductInput = {
  marks: readonly Mark[];
  /** The standing that was signed last; null for none. */
  previous: { standing: Standing; since: string } | null;
  /** An officer's decision, which wins while it lasts. */
  override: Override | null;
  /** UTC day. */
  day: string;
};

export type Conduct = {
  standing: Standing;
  since: string;
  reason: Reason<(typeof STANDING_REASONS)[number]>;
  overridden: boolean;
  /** What conduct alone would make of it. */
  computed: Standing;
  /** Latest day on which it is `good` again if nothing more is broken; null when it is good, or when an officer decides. */
  mended_by: string | null;
};

/** The standing of a day. It falls at once, as far as conduct goes, and rises by a step every `REST_DAYS` at most. What is
 *  missing, or what others say, brings nobody below probation, and nothing but an officer expels. */
export function standingOf(input: ConductInput): Conduct {
  const { override, previous, day } = input;
  const worst = worstOf(input.marks, day);
  const computed = computedStanding(worst, previous, day);
  const isOverridden = override !== null && override.since <= day && (override.until === null || day <= override.until);
  if (isOverridden) {
    const reason = { code: 'officer' as const, params: { told: override.told } };
    return { standing: override.standing, since: override.since, reason, overridden: true, computed, mended_by: null };
  }
  const since = previous !== null && computed === previous.standing ? previous.since : day;
  const mended_by = mendedBy(input.marks, { standing: computed, since }, day);
  const reason = reasonOf(worst, computed, mended_by);
  return { standing: computed, since, reason, overridden: false, computed, mended_by };
}

/** What counts of one obligation. */
type Tally = {
  obligation: string;
  weight: number;
  kept: number;
  broken: number;
  shown: number;
  /** Of the broken ones, as many as they are. */
  missing: number;
  evidence: string | null;
};
/** Of all obligations the worst, for falling and for staying. */
type Worst = { enter: number; stay: number; tally: Tally | null };

function worstOf(marks: readonly Mark[], day: string): Worst {
  const end = Date.parse(`${day}T00:00:00Z`) / 1000 + DAY;
  const tallies = [...Map.groupBy(marks, ({ obligation }) => obligation)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([obligation, own]) => tallyOf(obligation, own, end));
  return {
    enter: Math.max(0, ...tallies.map((tally) => gradeOf(tally, 1))),
    stay: Math.max(0, ...tallies.map((tally) => gradeOf(tally, 1 / LEAVE))),
    tally: tallies.filter(({ broken }) => broken > 0).reduce<Tally | null>(worseOf, null),
  };
}

/** The one that asks for the lower standing, or would hold it there for longer; else the one that weighs more. */
function worseOf(worst: Tally | null, tally: Tally): Tally {
  if (worst === null) return tally;
  const ranks = (one: Tally) => [gradeOf(one, 1), gradeOf(one, 1 / LEAVE), burden(one)];
  const [had, has] = [ranks(worst), ranks(tally)];
  const place = has.findIndex((rank, at) => rank !== had[at]);
  return place >= 0 && has[place]! > had[place]! ? tally : worst;
}

function tallyOf(obligation: string, marks: readonly Mark[], end: number): Tally {
  const weigh = ({ at, count }: Mark) => (end - at > RECENT_DAYS * DAY ? count / 2 : count);
  const sum = (some: readonly Mark[]) => some.reduce((total, mark) => total + weigh(mark), 0);
  const broken = marks.filter(({ isKept }) => !isKept);
  const keptByDay = Map.groupBy(
    marks.filter(({ isKept }) => isKept),
    ({ at }) => Math.floor(at / DAY),
  );
  const kept = [...keptByDay.values()].flatMap((all) => all.toSorted((a, b) => b.at - a.at).slice(0, KEPT_A_DAY));
  const newest = broken.reduce<Mark | null>(
    (best, one) =>
      best === null || one.at > best.at || (one.at === best.at && `${one.evidence}` < `${best.evidence}`) ? one : best,
    null,
  );
  return {
    obligation,
    weight: WEIGHTS[obligation.split('/', 1)[0] as ObligationCode],
    kept: sum(kept),
    broken: sum(broken),
    shown: sum(broken.filter(({ isShown }) => isShown)),
    missing: broken.length,
    evidence: newest?.evidence ?? null,
  };
}

/** Rank of the standing that a tally asks for: what is missing counts as far as probation. */
function gradeOf({ kept, broken, shown, weight }: Tally, factor: number): number {
  const rank = (count: number) => {
    const share = (factor * weight * count) / (kept + count + CREDIT);
    return [THRESHOLDS.suspended, THRESHOLDS.restricted, THRESHOLDS.probation].filter((from) => share >= from).length;
  };
  return Math.max(Math.min(1, rank(broken)), rank(shown));
}

function burden({ kept, broken, shown, weight }: Tally): number {
  return (weight * (broken + shown)) / (kept + broken + CREDIT);
}

function computedStanding({ enter, stay }: Worst, previous: ConductInput['previous'], day: string): Standing {
  const held = previous?.standing ?? 'good';
  const rank = STANDINGS.indexOf(held);
  if (held === 'expelled' || enter > rank) return STANDINGS[Math.max(rank, enter)]!;
  const hasRested = previous === null || laterDay(previous.since, REST_DAYS) <= day;
  return stay < rank && hasRested ? STANDINGS[rank - 1]! : held;
}

function reasonOf({ enter, tally }: Worst, standing: Standing, by: string | null): Conduct['reason'] {
  const rank = STANDINGS.indexOf(standing);
  if (rank === 0 || by === null) return { code: 'conduct_good', params: {} };
  if (tally === null) return { code: 'conduct_mending', params: { by } };
  const { obligation, kept, broken, shown, evidence } = tally;
  const counted = { obligation, kept: Math.floor(kept), broken: Math.ceil(broken) };
  // What is owed is mended by giving it, even late: what is given counts from then on as kept.
  const isOwed = obligation.startsWith('give_in_return/');
  const needed = isOwed ? tally.missing : neededFor(tally, rank);
  const params = { ...counted, ...(evidence !== null && { evidence }), needed, by };
  if (enter < rank) return { code: 'conduct_mending', params };
  if (isOwed) return { code: 'conduct_owing', params };
  return { code: shown > 0 ? 'conduct_broken' : 'conduct_missing', params };
}

/** Occasions kept, more than now, that bring the tally below what its rank is left at. */
function neededFor({ weight, kept, broken, shown }: Tally, rank: number): number {
  const from = [THRESHOLDS.probation, THRESHOLDS.restricted, THRESHOLDS.suspended][Math.min(rank, 3) - 1]!;
  const count = rank > 1 ? shown : broken;
  return Math.max(0, Math.floor((weight * count) / (LEAVE * from) - kept - count - CREDIT) + 1);
}

/** When the last that was broken has left the window, the rest is a matter of days. */
function mendedBy(
  marks: readonly Mark[],
  { standing, since }: { standing: Standing; since: string },
  day: string,
): string | null {
  const steps = STANDINGS.indexOf(standing);
  if (steps === 0 || standing === 'expelled') return null;
  const last = marks.filter(({ isKept }) => !isKept).reduce((newest, { at }) => Math.max(newest, at), 0);
  const gone = laterDay(new Date(last * 1000).toISOString().slice(0, 10), WINDOW_DAYS + 1);
  const rested = laterDay(since, REST_DAYS);
  const first = [gone, rested, laterDay(day, 1)].sort().at(-1)!;
  return laterDay(first, REST_DAYS * (steps - 1));
}

/** Body of the statement that tells the peer. */
export function standingBody({ standing, since, reason, overridden }: Conduct): {
  standing: Standing;
  since: string;
  reason: Coded;
  overridden: boolean;
} {
  return { standing, since, reason, overridden };
}
