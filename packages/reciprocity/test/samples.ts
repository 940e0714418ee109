// Arbitrary offers and standings, and terms from them.

import { BANDS, HAZARD_DOMAINS, TIERS } from '@detente/record';
import fc from 'fast-check';
import { type OfferBody, type OfferRule, STANDINGS, type Standing, type TermsInput, terms } from '../src/index.ts';

export const day = '2026-11-24';
export const giver = 'https://cn.example';
export const taker = 'https://us.example';

const some = <T extends string>(all: readonly T[]): fc.Arbitrary<(T | '*')[]> =>
  fc.oneof(
    fc.constant<(T | '*')[]>(['*']),
    fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: all.length }),
  );

export const rules: fc.Arbitrary<OfferRule> = fc.record({
  type: fc.constantFrom('incident', 'incident', 'safety-card'),
  domains: some(HAZARD_DOMAINS),
  bands: some(BANDS),
  tier: fc.constantFrom(...TIERS, null),
  condition: fc.constantFrom('unconditional', 'as-given'),
  onward: fc.constantFrom(...TIERS, null),
});

export const bodies: fc.Arbitrary<OfferBody> = fc
  .record({
    gives: fc.array(rules, { maxLength: 6 }),
    obligations: fc.constant<OfferBody['obligations']>([]),
    backlog: fc.boolean(),
    valid_from: fc.constantFrom('2026-01-01', day, '2026-11-25'),
    valid_until: fc.constantFrom(null, day, '2026-12-31'),
  })
  .map((body) => {
    const ends = body.valid_until !== null && body.valid_until >= body.valid_from;
    return { ...body, valid_until: ends ? body.valid_until : null };
  });

export const standings = fc.constantFrom(...STANDINGS);
export const digests = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/);

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
  return { gives, obligations: [], backlog: true, valid_from: '2026-01-01', valid_until: null };
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
