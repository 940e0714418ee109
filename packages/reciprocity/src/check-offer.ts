// What an officer should know of an offer before it is signed.
import { cellsOfType, FLOOR_LEVEL, levelOf, parseCell, recordTypes } from '@detente/record';
import { beginOf } from './notice.ts';
import { isKnownObligation, obligationKey, obligationsOf, RETURNED_BANDS } from './obligations.ts';
import { type CellParts, type OfferBody, type OfferRule, offeredAt, ruleAt } from './offer.ts';
import type { Reason } from './shapes.ts';

export const OFFER_FINDINGS = [
  'rule_shadowed',
  'rule_type_unknown',
  'rule_never_returned',
  'rule_below_floor',
  'onward_above_tier',
  'access_twice',
  'obligation_twice',
  'obligation_unknown',
  'obligation_broken_today',
  'return_not_given',
  'waives_nothing',
  'relay_origin_unknown',
  'already_ended',
  'waits_for_notice',
  'backdated',
  'too_many_ahead',
] as const;
export type OfferFinding = Reason<(typeof OFFER_FINDINGS)[number]>;

/** Findings with which an offer is not to be signed: it would say what nobody can mean. The others are for the officer to weigh. */
export const BARS_SIGNING: ReadonlySet<OfferFinding['code']> = new Set([
  'onward_above_tier',
  'access_twice',
  'obligation_twice',
  'obligation_unknown',
  'already_ended',
  'backdated',
  'too_many_ahead',
]);

/** Offers that one node plans ahead: half of what every node keeps. */
const MOST_AHEAD = 16;

export type OfferContext = {
  /** The UTC day on which it is to be signed. */
  day: string;
  /** Our offer to the same node that counts today. */
  previous: OfferBody | null;
  /** How many offers would then wait for the day from which they count. */
  ahead: number;
  /** The other node's offer to us that counts today. */
  other: OfferBody | null;
  /** Origins of the nodes that are enrolled here. */
  enrolled: readonly string[];
  /** How we kept what this offer would bind us to, as `keptBy` finds it over our conduct of late. */
  conduct: readonly { obligation: string; kept: number; broken: number }[];
};

/** Contradictions, rules that no cell reaches, and promises that our conduct of today would already break; in the order of the
 *  offer. Nothing to say is an empty list. */
export function checkOffer(offer: OfferBody, context: OfferContext): OfferFinding[] {
  return [
    ...offer.gives.flatMap((rule, at) => ruleFindings(offer, context, rule, at)),
    ...twice(offer.access.map(({ kind, name }) => `${kind}/${name}`)).map((access) =>
      found('access_twice', { access }),
    ),
    ...obligationFindings(offer, context),
    ...returnFindings(offer, context),
    ...waiverFindings(offer, context),
    ...relayFindings(offer, context),
    ...timeFindings(offer, context),
  ];
}

function found(code: OfferFinding['code'], params: OfferFinding['params']): OfferFinding {
  return { code, params };
}

function ruleFindings(offer: OfferBody, { day, other }: OfferContext, rule: OfferRule, at: number): OfferFinding[] {
  const named = { rule: at };
  if (![...recordTypes.values()].some(({ name }) => name === rule.type))
    return [found('rule_type_unknown', { ...named, type: rule.type })];
  const cells = cellsOfType(rule.type)
    .map(parseCell)
    .filter((cell) => ruleAt(offer.gives, cell) === at);
  if (cells.length === 0) return [found('rule_shadowed', named)];
  const level = rule.tier === null ? 0 : levelOf(rule.tier);
  const isReturned = (cell: CellParts) => offeredAt(other, cell, day).level !== null;
  const findings: [OfferFinding['code'], boolean][] = [
    ['rule_never_returned', rule.condition === 'as-given' && level > 0 && other !== null && !cells.some(isReturned)],
    ['rule_below_floor', level < FLOOR_LEVEL && cells.every(({ band }) => band === '5-7')],
    ['onward_above_tier', rule.onward !== null && levelOf(rule.onward.tier) > level],
  ];
  return findings.filter(([, is]) => is).map(([code]) => found(code, named));
}

function obligationFindings({ obligations }: OfferBody, { conduct }: OfferContext): OfferFinding[] {
  const known = obligations.filter(isKnownObligation).map(obligationKey);
  const unknown = obligations.filter((one) => !isKnownObligation(one));
  return [
    ...unknown.map(({ code: obligation }) => found('obligation_unknown', { obligation })),
    ...twice(known).map((obligation) => found('obligation_twice', { obligation })),
    ...conduct
      .filter(({ broken }) => broken > 0)
      .map(({ obligation, kept, broken }) => found('obligation_broken_today', { obligation, kept, broken })),
  ];
}

/** What is to be given in return begins with a severity of which the offer gives nothing. */
function returnFindings(offer: OfferBody, { other }: OfferContext): OfferFinding[] {
  const given = new Set(
    offer.gives.filter(({ type, tier }) => type === 'incident' && tier !== null).flatMap(({ bands }) => bands),
  );
  return obligationsOf({ own: offer, other })
    .filter(({ code }) => code === 'give_in_return')
    .filter(({ params }) => {
      const first = RETURNED_BANDS[String(params.from)]!.find((band) => band !== 'unrated')!;
      return first !== '5-7' && !given.has('*') && !given.has(first);
    })
    .map((one) => found('return_not_given', { obligation: obligationKey(one) }));
}

function waiverFindings({ waives }: OfferBody, { other }: OfferContext): OfferFinding[] {
  const asked = other?.obligations.map(({ code }) => code) ?? [];
  return waives.filter((code) => !asked.includes(code)).map((obligation) => found('waives_nothing', { obligation }));
}

function relayFindings({ relays = [] }: OfferBody, { enrolled }: OfferContext): OfferFinding[] {
  return relays
    .filter((origin) => !enrolled.includes(origin))
    .map((origin) => found('relay_origin_unknown', { origin }));
}

function timeFindings(offer: OfferBody, { day, previous, ahead }: OfferContext): OfferFinding[] {
  return [...beginFindings(offer, day, previous), ...(ahead > MOST_AHEAD ? [found('too_many_ahead', { ahead })] : [])];
}

function beginFindings(offer: OfferBody, day: string, previous: OfferBody | null): OfferFinding[] {
  const { valid_from: from, valid_until: until } = offer;
  if (until !== null && until < day) return [found('already_ended', { until })];
  const begin = previous === null ? from : beginOf(previous, offer);
  if (begin === from) return [];
  const waits = found('waits_for_notice', { from, until: begin });
  return from < day ? [waits, found('backdated', { from, day })] : [waits];
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}
