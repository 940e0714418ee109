// Offers: what a node will give one peer, per cell, on which condition, under which obligations.
import { BANDS, type Cell, HAZARD_DOMAINS, type Level, levelOf, parseCell, TIERS } from '@detente/record';
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { obligationFault } from './obligations.ts';
import { Coded, Day, firstFault, isDay, type Reason } from './shapes.ts';

const closed = { additionalProperties: false };
const Condition = Type.Enum(['unconditional', 'as-given']);
const Origin = Type.String({ maxLength: 300, pattern: '^https?://[^/?#\\s]+$' });

/** One rule of an offer, over the cells that its lists span; `*` stands alone for all. */
export const OfferRule = Type.Object(
  {
    /** Record type without its version. Types that a reader does not know are read past. */
    type: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    domains: Type.Array(Type.Enum(['*', ...HAZARD_DOMAINS]), { minItems: 1, maxItems: 8, uniqueItems: true }),
    bands: Type.Array(Type.Enum(['*', ...BANDS]), { minItems: 1, maxItems: 5, uniqueItems: true }),
    /** The highest tier given; null for nothing, which ends the search for a rule. */
    tier: Type.Union([Type.Enum([...TIERS]), Type.Null()]),
    /** `as-given`: as much as the taker offers for the same cell, at most this tier. */
    condition: Condition,
    /** To which nodes the taker may pass the records on, `*` alone for all, and up to which tier; null for not at all. */
    onward: Type.Union([
      Type.Object(
        {
          to: Type.Array(Type.Union([Type.Literal('*'), Origin]), { minItems: 1, maxItems: 100, uniqueItems: true }),
          tier: Type.Enum([...TIERS]),
        },
        closed,
      ),
      Type.Null(),
    ]),
  },
  closed,
);
export type OfferRule = Static<typeof OfferRule>;

export const ACCESS_KINDS = ['testbed', 'evaluation-suite', 'joint-test', 'drill'] as const;

/** What the taker may use or take part in, beside records. */
export const AccessRule = Type.Object(
  {
    kind: Type.Enum([...ACCESS_KINDS]),
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,99}$' }),
    /** `as-given`: while the taker opens something of the same kind to the giver. */
    condition: Condition,
  },
  closed,
);
export type AccessRule = Static<typeof AccessRule>;

/** Body of the statement `detente-offer+jwt`. The first rule that spans a cell decides for it. */
export const OfferBody = Type.Object(
  {
    gives: Type.Array(OfferRule, { maxItems: 256 }),
    access: Type.Array(AccessRule, { maxItems: 64 }),
    /** What the issuer requires of the taker; it binds the issuer alike. A code that a reader does not know binds nobody there. */
    obligations: Type.Array(Coded, { maxItems: 64 }),
    /** Codes of obligations that the taker's own offer requires and that, as far as the issuer is concerned, need not bind the
     *  taker itself. */
    waives: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }), { maxItems: 64, uniqueItems: true }),
    /** Origins whose records the issuer takes from the taker as their relay; none when absent. */
    relays: Type.Optional(Type.Array(Origin, { maxItems: 100, uniqueItems: true })),
    /** Days between the `valid_from` of a later, narrower offer and the day from which it counts. */
    notice_days: Type.Integer({ minimum: 0, maximum: 365 }),
    /** Whether what is wider now also holds for what was logged before: then it comes as late items. */
    backlog: Type.Boolean(),
    /** First and last UTC day; no last day when null. */
    valid_from: Day,
    valid_until: Type.Union([Day, Type.Null()]),
  },
  closed,
);
export type OfferBody = Static<typeof OfferBody>;

const validator = compile(OfferBody);

/** The body of an offer, as it was signed or is to be signed. Unknown members are refused.
 *  @throws ReciprocityError `offer_malformed` with `pointer` and `problem` */
export function parseOffer(body: unknown): OfferBody {
  if (!validator.check(body)) throw new ReciprocityError('offer_malformed', firstFault(validator.errors(body)));
  for (const [at, { domains, bands, onward }] of body.gives.entries()) {
    if (isMixedStar(domains)) throw malformed(`/gives/${at}/domains`, 'star_beside_others');
    if (isMixedStar(bands)) throw malformed(`/gives/${at}/bands`, 'star_beside_others');
    if (onward && isMixedStar(onward.to)) throw malformed(`/gives/${at}/onward/to`, 'star_beside_others');
  }
  for (const [at, one] of body.obligations.entries()) {
    const fault = obligationFault(one);
    if (fault) throw malformed(`/obligations/${at}${fault.pointer}`, fault.problem);
  }
  const { valid_from: from, valid_until: until } = body;
  if (!isDay(from)) throw malformed('/valid_from', 'day_not_in_calendar');
  if (until !== null && !isDay(until)) throw malformed('/valid_until', 'day_not_in_calendar');
  if (until !== null && until < from) throw malformed('/valid_until', 'before_valid_from');
  return body;
}

function isMixedStar(list: readonly string[]): boolean {
  return list.length > 1 && list.includes('*');
}

export const NO_OFFER_CODES = [
  'no_offer',
  'offer_not_yet_valid',
  'offer_expired',
  'not_offered',
  'offer_withholds',
] as const;

export type Offered =
  | { level: Level; condition: OfferRule['condition']; rule: number }
  | { level: null; reason: Reason<(typeof NO_OFFER_CODES)[number]> };

/** What an offer says of a cell on a day; levels 1 to 5, or nothing and why. */
export function offeredLevel(offer: OfferBody | null, cell: Cell, day: string): Offered {
  return offeredAt(offer, parseCell(cell), day);
}

export function offeredAt(offer: OfferBody | null, cell: CellParts, day: string): Offered {
  if (offer === null) return { level: null, reason: { code: 'no_offer', params: {} } };
  const { valid_from: from, valid_until: until } = offer;
  if (day < from) return { level: null, reason: { code: 'offer_not_yet_valid', params: { from } } };
  if (until !== null && day > until) return { level: null, reason: { code: 'offer_expired', params: { until } } };
  const rule = ruleAt(offer.gives, cell);
  const found = offer.gives[rule];
  if (!found) return { level: null, reason: { code: 'not_offered', params: {} } };
  if (found.tier === null) return { level: null, reason: { code: 'offer_withholds', params: { rule } } };
  return { level: levelOf(found.tier), condition: found.condition, rule };
}

export type CellParts = ReturnType<typeof parseCell>;

/** Place of the first rule that spans a cell; -1 for none. */
export function ruleAt(gives: readonly OfferRule[], { type, domain, band }: CellParts): number {
  return gives.findIndex(
    (rule) =>
      rule.type === type &&
      (rule.domains[0] === '*' || rule.domains.includes(domain)) &&
      (rule.bands[0] === '*' || rule.bands.includes(band)),
  );
}

/** Whether a day lies within an offer's validity. */
export function isInForce({ valid_from: from, valid_until: until }: OfferBody, day: string): boolean {
  return from <= day && (until === null || day <= until);
}

function malformed(pointer: string, problem: string): ReciprocityError {
  return new ReciprocityError('offer_malformed', { pointer, problem });
}
