// Attestations: a node's word that it keeps what no record shows.
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { isAttested } from './obligations.ts';
import { Day, firstFault, isDay } from './shapes.ts';

/** Body of the statement `detente-attestation+jwt`. */
export const AttestationBody = Type.Object(
  {
    /** Key of the obligation, such as `suite_adopted/frontier-bio`. */
    obligation: Type.String({ maxLength: 120, pattern: '^[a-z][a-z0-9_]*(/[a-z0-9][a-z0-9./-]*)?$' }),
    /** UTC day of the word. */
    day: Day,
  },
  { additionalProperties: false },
);
export type AttestationBody = Static<typeof AttestationBody>;

const validator = compile(AttestationBody);

/** @throws ReciprocityError `attestation_malformed` with `pointer` and `problem` */
export function parseAttestation(body: unknown): AttestationBody {
  if (!validator.check(body)) throw new ReciprocityError('attestation_malformed', firstFault(validator.errors(body)));
  if (!isAttested(body.obligation)) throw fault('/obligation', 'not_attested');
  if (!isDay(body.day)) throw fault('/day', 'day_not_in_calendar');
  return body;
}

function fault(pointer: string, problem: string): ReciprocityError {
  return new ReciprocityError('attestation_malformed', { pointer, problem });
}
