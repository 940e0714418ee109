// Recalls: a node asks a peer to give up what it was given, and the peer says what it did.
import { RECORD_ID } from '@detente/record';
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { firstFault } from './shapes.ts';

const closed = { additionalProperties: false };
const Digest = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const Text = Type.String({ minLength: 1, maxLength: 2000, pattern: '^[^\\u0000\\uD800-\\uDFFF]*$' });

/** Record versions that one statement recalls at most: so many fit into a notice. */
export const RECALLED_AT_ONCE = 400;
/** Days in which a recall is to be answered. */
export const RECALL_DAYS = 7;

/** Body of the statement `detente-recall+jwt`. */
export const RecallBody = Type.Object(
  {
    /** The record was withdrawn, the terms give less than before, or the peering ends. */
    cause: Type.Enum(['retracted', 'narrowed', 'ended']),
    /** Up to which level the fields may be kept; 0 for the signed part alone. */
    level: Type.Integer({ minimum: 0, maximum: 5 }),
    records: Type.Array(Type.Object({ id: Type.String({ pattern: RECORD_ID }), digest: Digest }, closed), {
      minItems: 1,
      maxItems: RECALLED_AT_ONCE,
    }),
  },
  closed,
);
export type RecallBody = Static<typeof RecallBody>;

export const RECALL_ANSWERS = ['purged', 'kept', 'passed-on'] as const;

/** Body of the statement `detente-recall-answer+jwt`. */
export const RecallAnswerBody = Type.Object(
  {
    /** Digest of the recall. */
    recall: Digest,
    answer: Type.Enum([...RECALL_ANSWERS]),
    /** Why it is kept, in law; null when it is not. */
    legal_basis: Type.Union([Text, Type.Null()]),
    /** To whom it was passed on before; empty when to nobody. */
    passed_to: Type.Array(Text, { maxItems: 100 }),
  },
  closed,
);
export type RecallAnswerBody = Static<typeof RecallAnswerBody>;

const recalls = compile(RecallBody);
const answers = compile(RecallAnswerBody);

/** @throws ReciprocityError `recall_malformed` with `pointer` and `problem` */
export function parseRecall(body: unknown): RecallBody {
  if (recalls.check(body)) return body;
  throw new ReciprocityError('recall_malformed', firstFault(recalls.errors(body)));
}

/** An answer says why something is kept if it is, and to whom it was passed on if it was.
 *  @throws ReciprocityError `recall_malformed` with `pointer` and `problem` */
export function parseRecallAnswer(body: unknown): RecallAnswerBody {
  if (!answers.check(body)) throw new ReciprocityError('recall_malformed', firstFault(answers.errors(body)));
  const { answer, legal_basis, passed_to } = body;
  if ((answer === 'kept') !== (legal_basis !== null)) throw fault('/legal_basis', 'only_and_always_when_kept');
  if (answer === 'passed-on' && passed_to.length === 0) throw fault('/passed_to', 'missing');
  return body;
}

function fault(pointer: string, problem: string): ReciprocityError {
  return new ReciprocityError('recall_malformed', { pointer, problem });
}
