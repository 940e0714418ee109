// Offers: what a node will give one peer, per cell, on which condition, under which obligations.
import { BANDS, type Cell, HAZARD_DOMAINS, type Level, levelOf, parseCell, TIERS } from '@detente/record';
import { compile, type Static, Type } from '@detente/schema';
import { ReciprocityError } from './errors.ts';
import { Coded, Day, firstFault, isDay, latest } from './shapes.ts';

const closed = { additionalProperties: false };
const Tier = Type.Union([Type.Enum([...TIERS]), Type.Null()]);

/** One rule of an offer, over the cells that its lists span; `*` stands alone for all. */
export const OfferRule = Type.Object(
  {
    /** Record type without its version. Types that a reader does not know are read past. */
    type: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    domains: Type.Array(Type.Enum(['*', ...HAZARD_DOMAINS]), { minItems: 1, maxItems: 8, uniqueItems: true }),
    bands: Type.Array(Type.Enum(['*', ...BANDS]), { minItems: 1, maxItems: 5, uniqueItems: true }),
    /** The highest tier given; null for nothing, which ends the search for a rule. */
    tier: Tier,
    /** `as-given`: up to what the taker offers for the same cell. */
    condition: Type.Enum(['unconditional', 'as-given']),
    /** Up to which tier the taker may pass the records on; null for not at all. */
    onward: Tier,
  },
  closed,
);
export type OfferRule = Static<typeof OfferRule>;

/** Body of the statement `detente-offer+jwt`. The first rule that spans a cell decides for it. */
export const OfferBody = Type.Object(
  {
    gives: Type.Array(OfferRule, { maxItems: 256 }),
    /** Promises that bind both sides alike, measured or attested, by their codes. */
    obligations: Type.Array(Coded, { maxItems: 64 }),
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
  for (const [at, { domains, bands }] of body.gives.entries()) {
    if (domains.length > 1 && domains.includes('*')) throw malformed(`/gives/${at}/domains`, 'star_beside_others');
    if (bands.length > 1 && bands.includes('*')) throw malformed(`/gives/${at}/bands`, 'star_beside_others');
  }
  const { valid_from: from, valid_until: until } = body;
  if (!isDay(from)) throw malformed('/valid_from', 'day_not_in_calendar');
  if (until !== null && !isDay(until)) throw malformed('/valid_until', 'day_not_in_calendar');
  if (until !== null && until < from) throw malformed('/valid_until', 'before_valid_from');
  return body;
}

/** The offer that counts on a day: of those that have begun, the one with the highest sequence, even when it has expired: an
 *  offer that was replaced does not come back. */
export function currentOffer<Held extends { seq: number; body: OfferBody }>(
  offers: readonly Held[],
  day: string,
): Held | undefined {
  return latest(offers.filter(({ body }) => body.valid_from <= day));
}

export type Offered =
  | { level: Level; condition: OfferRule['condition']; rule: number }
  | { level: null; reason: Coded };

/** What an offer says of a cell on a day; levels 1 to 5, or nothing and why. */
export function offeredLevel(offer: OfferBody | null, cell: Cell, day: string): Offered {
  if (offer === null) return { level: null, reason: { code: 'no_offer', params: {} } };
  const { valid_from: from, valid_until: until } = offer;
  if (day < from) return { level: null, reason: { code: 'offer_not_yet_valid', params: { from } } };
  if (until !== null && day > until) return { level: null, reason: { code: 'offer_expired', params: { until } } };
  const rule = offer.gives.findIndex((one) => spans(one, cell));
  const found = offer.gives[rule];
  if (!found) return { level: null, reason: { code: 'not_offered', params: {} } };
  if (found.tier === null) return { level: null, reason: { code: 'offer_withholds', params: { rule } } };
  return { level: levelOf(found.tier), condition: found.condition, rule };
}

function spans(rule: OfferRule, cell: Cell): boolean {
  const { type, domain, band } = parseCell(cell);
  return (
    rule.type === type &&
    (rule.domains[0] === '*' || rule.domains.includes(domain)) &&
    (rule.bands[0] === '*' || rule.bands.includes(band))
  );
}

function malformed(pointer: string, problem: string): ReciprocityError {
  return new ReciprocityError('offer_malformed', { pointer, problem });
}
