// Arbitrary offers and standings, and terms from them.

import { BANDS, HAZARD_DOMAINS, TIERS } from '@detente/record';
import fc from 'fast-check';
import {
  type AccessRule,
  type Obligation,
  type OfferBody,
  type OfferRule,
  type OfferTurn,
  offerOn,
  STANDINGS,
  type Standing,
  type TermsInput,
  terms,
  turnOffers,
} from '../src/index.ts';

export const day = '2026-11-24';
export const giver = 'https://cn.example';
export const taker = 'https://us.example';

const domains: OfferRule['domains'][] = [['*'], ['cyber'], ['bio', 'cyber'], ['other'], [...HAZARD_DOMAINS.slice(1)]];
const bands: OfferRule['bands'][] = [['*'], ['5-7'], ['2-3'], ['4', '5-7'], ['unrated', '0-1', '2-3'], [...BANDS]];
const conditions = fc.constantFrom<OfferRule['condition'][]>('unconditional', 'as-given');

/** Rules over few lists of domains and bands, so that two offers often speak of the same cells and shadow their own rules. */
export const rules: fc.Arbitrary<OfferRule> = fc.record({
  type: fc.constantFrom('incident', 'incident', 'incident', 'safety-card'),
  domains: fc.constantFrom(...domains),
  bands: fc.constantFrom(...bands),
  tier: fc.constantFrom(...TIERS, null),
  condition: conditions,
  onward: fc.constantFrom<OfferRule['onward'][]>(
    null,
    { to: ['*'], tier: 'green' },
    { to: ['https://sg.example'], tier: 'amber' },
    { to: ['https://fr.example', 'https://sg.example'], tier: 'green' },
  ),
});

const access = fc.record({
  kind: fc.constantFrom<AccessRule['kind'][]>('testbed', 'drill'),
  name: fc.constantFrom('a', 'b'),
  condition: conditions,
});

const obligations: fc.Arbitrary<Obligation> = fc.oneof(
  fc.record({ code: fc.constant('acknowledge_within'), params: fc.record({ hours: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({
    code: fc.constant('report_within'),
    params: fc.record({ band: fc.constantFrom('4', '5-7'), hours: fc.integer({ min: 1, max: 3 }) }),
  }),
  fc.record({
    code: fc.constant('log_health'),
    params: fc.record({ hours: fc.integer({ min: 1, max: 3 }), witnesses: fc.integer({ min: 1, max: 3 }) }),
  }),
);

/** Offers that are in force on the day, not yet, no longer, on their first day or on their last. */
export const bodies: fc.Arbitrary<OfferBody> = fc
  .record({
    gives: fc.array(rules, { maxLength: 3 }),
    access: fc.array(access, { maxLength: 2 }),
    obligations: fc.array(obligations, { maxLength: 2 }),
    waives: fc.constantFrom<OfferBody['waives'][]>([], ['log_health']),
    notice_days: fc.constantFrom(0, 1, 30),
    backlog: fc.boolean(),
    valid_from: fc.constantFrom('2026-01-01', '2026-01-01', '2026-11-23', day, '2026-11-25'),
    valid_until: fc.constantFrom(null, null, '2026-11-23', day, '2026-12-31'),
  })
  .map((body) => {
    const ends = body.valid_until !== null && body.valid_until >= body.valid_from;
    return { ...body, valid_until: ends ? body.valid_until : null };
  });

export const standings = fc.constantFrom(...STANDINGS);
export const digests = fc.nat(1_000_000).map((number) => `${number}`.padStart(43, 'd'));

export const inputs: fc.Arbitrary<TermsInput> = fc.record({
  giver: fc.constant(giver),
  taker: fc.constant(taker),
  day: fc.constant(day),
  offers: fc.record({
    giver: fc.option(fc.record({ digest: digests, body: bodies })),
    taker: fc.option(fc.record({ digest: digests, body: bodies })),
  }),
  standings: fc.record({
    giver: fc.option(fc.record({ digest: digests, standing: standings })),
    taker: fc.option(fc.record({ digest: digests, standing: standings })),
  }),
});

export function rule(change: Partial<OfferRule> = {}): OfferRule {
  return {
    type: 'incident',
    domains: ['*'],
    bands: ['*'],
    tier: 'green',
    condition: 'unconditional',
    onward: null,
    ...change,
  };
}

export function offer(...gives: OfferRule[]): OfferBody {
  return {
    gives,
    access: [],
    obligations: [],
    waives: [],
    notice_days: 0,
    backlog: true,
    valid_from: '2026-01-01',
    valid_until: null,
  };
}

type Simple = { given?: OfferBody; taken?: OfferBody; standing?: Standing; returned?: Standing };

/** Terms from bodies alone; the taker is in good standing unless another is named. */
export function simple({ given, taken, standing = 'good', returned }: Simple) {
  const held = (body: OfferBody | undefined) => (body ? { digest: 'o'.repeat(43), body } : null);
  const of = (one: Standing | undefined) => (one ? { digest: 's'.repeat(43), standing: one } : null);
  return terms({
    giver,
    taker,
    day,
    offers: { giver: held(given), taker: held(taken) },
    standings: { giver: of(standing), taker: of(returned) },
  });
}

/** The turns after offers that came in any order, none of them long ago. */
export function turnsOf(offers: readonly { seq: number; body: OfferBody }[], known = '2020-01-01'): OfferTurn[] {
  const bySeq = new Map(offers.map(({ seq, body }) => [seq, body]));
  const ordered = [...offers].sort((a, b) => a.seq - b.seq);
  return ordered.reduce<OfferTurn[]>(
    (turns, one) => turnOffers(turns, { ...one, known }, (seq) => bySeq.get(seq)!),
    [],
  );
}

export function currentOffer<Held extends { seq: number; body: OfferBody }>(offers: readonly Held[], day: string) {
  const seq = offerOn(turnsOf(offers), day);
  return offers.find((one) => one.seq === seq);
}
