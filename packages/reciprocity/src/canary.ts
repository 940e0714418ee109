// Canaries: a word a day that goes the whole way of a warning, so that a way that is broken is seen before it is needed.
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { Day, firstFault, isDay } from './shapes.ts';

/** Body of the statement `detente-canary+jwt`. */
export const CanaryBody = Type.Object({ day: Day }, { additionalProperties: false });
export type CanaryBody = Static<typeof CanaryBody>;

const validator = compile(CanaryBody);

/** @throws ReciprocityError `canary_malformed` with `pointer` and `problem` */
export function parseCanary(body: unknown): CanaryBody {
  if (!validator.check(body)) {
    throw new ReciprocityError('canary_malformed', firstFault(validator.errors(body)));
  }
  if (!isDay(body.day))
    throw new ReciprocityError('canary_malformed', { pointer: '/day', problem: 'day_not_in_calendar' });
  return body;
}
