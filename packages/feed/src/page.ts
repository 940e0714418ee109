// The wire form of a feed page. The envelope ignores members that it does not know, so that one country can upgrade
// before another; items have exactly their members.
import { compile, isJsonWithin, type Static, Type } from '@detente/schema';
import { FeedError } from './errors.ts';

/** Where 32 bytes are written as base64url without padding, in the one canonical spelling. */
const Hash = Type.String({ pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' });
const Index = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const LogName = Type.String({ minLength: 1, maxLength: 255 });
const Note = { maxLength: 16_384 } as const;
/** Records of both lists, whatever was asked for. */
const maxRecords = 1000;
/** Complete subtrees that cover a gap: two for each level of a tree of 2^53 leaves. */
const maxGapHashes = 106;
const Presentation = Type.String({
  description:
    'SD-JWT with the disclosures up to one tier: `header.payload.signature~disclosure~…~`. One of more than 262,144 ' +
    'characters goes to quarantine by itself',
});
const exact = { additionalProperties: false } as const;

const GapItem = Type.Object(
  {
    gap: Type.Object(
      {
        to: Index,
        hashes: Type.Array(Hash, {
          maxItems: maxGapHashes,
          description: 'The fewest complete subtrees that cover the gap',
        }),
      },
      exact,
    ),
  },
  exact,
);
const RecordItem = Type.Object({ record: Presentation }, exact);

/** A record granted below what was served before; a relayed one has its origin's `log` and `checkpoint`. */
const LateItem = Type.Object(
  {
    number: Index,
    log: LogName,
    index: Index,
    record: Presentation,
    proof: Type.Array(Hash, { maxItems: 63, description: 'Inclusion proof to the checkpoint' }),
    rule: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,63}$' }),
    checkpoint: Type.Optional(Type.String({ ...Note, description: 'Of the origin of a relayed record' })),
  },
  exact,
);

/** The body of a feed response. Positions run from `after` to `next` without holes: a record takes one, a gap runs up
 *  to its `to`. */
export const FeedPage = Type.Object({
  log: LogName,
  after: Index,
  next: Index,
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'UTC day of the terms' }),
  terms: Type.String({ pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$', description: 'Digest of the terms' }),
  inputs: Type.Optional(
    Type.Array(Type.Union([Hash, Type.Null()]), {
      minItems: 4,
      maxItems: 4,
      description:
        'Digests of the statements that the terms follow from, null for none: the giver’s offer, the taker’s, the giver’s standing of the ' +
        'taker, the taker’s of the giver',
    }),
  ),
  // A gap before each record, and one behind the last.
  items: Type.Array(Type.Union([GapItem, RecordItem]), { maxItems: 2 * maxRecords + 1 }),
  checkpoint: Type.String({ ...Note, description: 'Signed note (C2SP tlog-checkpoint)' }),
  consistency: Type.Array(Hash, { maxItems: 63, description: 'From `next` to the checkpoint; empty when equal' }),
  late: Type.Array(LateItem, { maxItems: maxRecords }),
  late_next: Index,
});
export type FeedPage = Static<typeof FeedPage>;

const validator = compile(FeedPage);
/** The largest page has some 190,000 values: hashes, most of them. What a receiver does not know counts too. */
const most = { values: 250_000, depth: 32 };

/** A page's members, nothing verified.
 *  @throws FeedError `page_malformed`, with the JSON pointer of the first fault as `pointer` */
export function parsePage(text: string): FeedPage {
  if (!isJsonWithin(text, most)) throw new FeedError('page_malformed', { pointer: '', keyword: 'maxValues' });
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch (cause) {
    throw new FeedError('page_malformed', {}, { cause });
  }
  if (!validator.check(page)) {
    const first = validator.errors(page)[0];
    throw new FeedError('page_malformed', { pointer: first?.instancePath ?? '', keyword: first?.keyword ?? '' });
  }
  return page;
}
