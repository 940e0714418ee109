// Contests: a node says that a mark against it is wrong, and names what it signed that shows it.
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import type { Evidence } from './ledger.ts';
import { firstFault } from './shapes.ts';

const Digest = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

const SHOWN_AT_MOST = 20;

/** Body of the statement `detente-contest+jwt`; its audience is the node that keeps the ledger. */
export const ContestBody = Type.Object(
  {
    /** Digest of the evidence on which the mark rests, as the standing's reason names it. */
    about: Digest,
    /** Digests of what shows otherwise. */
    shows: Type.Array(Digest, { minItems: 1, maxItems: SHOWN_AT_MOST, uniqueItems: true }),
    /** In words, for the other's officer; null for none. */
    told: Type.Union([
      Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000\\uD800-\\uDFFF]*$' }),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
);
export type ContestBody = Static<typeof ContestBody>;

const validator = compile(ContestBody);

/** @throws ReciprocityError `contest_malformed` with `pointer` and `problem` */
export function parseContest(body: unknown): ContestBody {
  if (validator.check(body)) return body;
  throw new ReciprocityError('contest_malformed', firstFault(validator.errors(body)));
}

/** Digests of what a node signed that answers a digest: its receipts for a record, its answer to a recall; what it names itself, where
 *  that is the node's own. Oldest first. */
export function answersTo(about: string, node: string, evidence: readonly Evidence[]): string[] {
  const own = evidence.filter((one) => {
    if (one.by !== node) return false;
    if (one.kind === 'receipt' && one.records.includes(about)) return true;
    if (one.kind === 'recall_answer' && one.recall === about) return true;
    return one.digest === about;
  });
  const digests = own.toSorted((a, b) => a.at - b.at).map(({ digest }) => digest);
  return [...new Set(digests)].slice(0, SHOWN_AT_MOST);
}
