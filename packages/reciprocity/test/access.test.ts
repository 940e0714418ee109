// Which testbeds, suites, joint tests and drills terms open.
import { test } from 'tap';
import { type AccessRule, type OfferBody, parseOffer } from '../src/index.ts';
import { offer, simple } from './samples.ts';

const opening = (change: Partial<AccessRule> = {}): OfferBody => {
  return { ...offer(), access: [{ kind: 'testbed', name: 'range-1', condition: 'unconditional', ...change }] };
};
const asGiven = opening({ condition: 'as-given' });
const found = (input: Parameters<typeof simple>[0]) =>
  simple(input).access.map(({ isOpen, rule }) => `${isOpen ? 'open' : 'closed'} ${rule.code}`);

test('access is open without condition, or as far as the same kind is opened in return', async (t) => {
  t.same(parseOffer(asGiven), asGiven);
  t.same(simple({ given: opening() }).access, [
    {
      ...{ kind: 'testbed', name: 'range-1', isOpen: true },
      rule: { code: 'access_open', params: { kind: 'testbed', name: 'range-1' } },
    },
  ]);
  t.same(found({}), []);
  t.same(found({ given: asGiven }), ['closed access_not_returned']);
  t.same(found({ given: asGiven, taken: opening({ kind: 'drill' }) }), ['closed access_not_returned']);
  t.same(found({ given: asGiven, taken: opening({ name: 'other' }) }), ['open access_as_given']);
  t.same(found({ given: asGiven, taken: { ...opening(), valid_until: '2026-11-23' } }), ['closed access_not_returned']);
  t.same(found({ given: { ...opening(), valid_until: '2026-11-23' } }), ['closed access_not_in_force']);
});

test('whoever stands below probation is let into nothing, and what it withholds by a standing is not returned', async (t) => {
  const standings = ['good', 'probation', 'restricted', 'suspended', 'expelled'] as const;
  t.same(
    standings.map((standing) => found({ given: opening(), standing })[0]),
    [...Array(2).fill('open access_open'), ...Array(3).fill('closed access_standing')],
  );
  t.same(
    standings.map((returned) => found({ given: asGiven, taken: opening(), returned })[0]),
    [...Array(2).fill('open access_as_given'), ...Array(3).fill('closed access_not_returned')],
  );
});
