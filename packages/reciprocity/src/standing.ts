// Standings: what one node thinks of another's conduct, and how much of an offer that leaves.
import { type Level, levelOf } from '@detente/record';
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { Coded, Day, firstFault, isDay, latest } from './shapes.ts';

/** From best to worst. */
export const STANDINGS = ['good', 'probation', 'restricted', 'suspended', 'expelled'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Body of the statement `detente-standing+jwt`; its audience is the node that it is about. */
export const StandingBody = Type.Object(
  {
    standing: Type.Enum([...STANDINGS]),
    /** UTC day from which it holds. */
    since: Day,
    reason: Coded,
    /** Whether an officer set it against what was computed. */
    overridden: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type StandingBody = Static<typeof StandingBody>;

const validator = compile(StandingBody);

/** @throws ReciprocityError `standing_malformed` with `pointer` and `problem` */
export function parseStanding(body: unknown): StandingBody {
  if (!validator.check(body)) {
    throw new ReciprocityError('standing_malformed', firstFault(validator.errors(body)));
  }
  if (!isDay(body.since)) {
    throw new ReciprocityError('standing_malformed', { pointer: '/since', problem: 'day_not_in_calendar' });
  }
  return body;
}

/** The standing that counts on a day: of those that have begun, the one with the highest sequence. */
export function currentStanding<Held extends { seq: number; body: StandingBody }>(
  standings: readonly Held[],
  day: string,
): Held | undefined {
  return latest(standings.filter(({ body }) => body.since <= day));
}

const caps: Readonly<Record<Standing, Level | null>> = {
  good: levelOf('red'),
  probation: levelOf('amber'),
  restricted: levelOf('green'),
  suspended: null,
  expelled: null,
};

/** The most that any offer is worth under a standing. The floor is not an offer: only `expelled` ends it. */
export function capOf(standing: Standing): Level | null {
  return caps[standing];
}
