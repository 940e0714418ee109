// What an officer is told of an offer before it is signed.
import { test } from 'tap';
import {
  BARS_SIGNING,
  checkOffer,
  OFFER_FINDINGS,
  type OfferBody,
  offerFrom,
  parseOffer,
  TEMPLATES,
  terms,
} from '../src/index.ts';
import { day, giver, offer, rule, taker } from './samples.ts';

const nobody = { day, previous: null, ahead: 0, other: null, enrolled: ['https://cn.example'], conduct: [] };
const said = (body: OfferBody, context: Partial<Parameters<typeof checkOffer>[1]> = {}) =>
  checkOffer(body, { ...nobody, ...context }).map(({ code, params }) => [code, ...Object.values(params)].join(' '));

test('rules that no cell reaches, or that say what nobody can mean', async (t) => {
  t.same(said(offer(rule(), rule({ bands: ['4'] }))), ['rule_shadowed 1']);
  t.same(said(offer(rule({ bands: ['4'] }), rule({ bands: ['4', '2-3'] }), rule())), []);
  t.same(said(offer(rule({ type: 'of-next-year' }))), ['rule_type_unknown 0 of-next-year']);
  t.same(said(offer(rule({ bands: ['5-7'], tier: 'clear' }))), ['rule_below_floor 0']);
  t.same(said(offer(rule({ bands: ['5-7', '4'], tier: 'clear' }))), []);
  t.same(said(offer(rule({ onward: { to: ['*'], tier: 'amber' } }))), ['onward_above_tier 0']);
  t.same(said(offer(rule({ onward: { to: ['*'], tier: 'green' } }))), []);
  t.same(said(offer(rule({ tier: null, onward: { to: ['*'], tier: 'clear' } }))), ['onward_above_tier 0']);
  const asGiven = offer(rule({ domains: ['bio'], condition: 'as-given' }), rule({ condition: 'as-given' }));
  t.same(said(asGiven, { other: offer(rule({ domains: ['cyber'] })) }), ['rule_never_returned 0']);
  t.same(said(asGiven), [], 'the other has not spoken yet');
  const drill = { kind: 'drill', name: 'a', condition: 'unconditional' } as const;
  t.same(said({ ...offer(), access: [drill, { ...drill, condition: 'as-given' }] }), ['access_twice drill/a']);
});

test('promises that are made twice, that nobody here can measure, or that conduct would already break', async (t) => {
  const within = (hours: number) => ({ code: 'acknowledge_within', params: { hours } });
  const body = { ...offer(), obligations: [within(1), within(2), { code: 'of_next_year', params: {} }] };
  const conduct = [
    { obligation: 'acknowledge_within', kept: 9, broken: 2 },
    { obligation: 'drill', kept: 0, broken: 0 },
  ];
  t.same(said(body, { conduct }), [
    'obligation_unknown of_next_year',
    'obligation_twice acknowledge_within',
    'obligation_broken_today acknowledge_within 9 2',
  ]);
  t.same(said({ ...offer(), waives: ['drill'] }, { other: body }), ['waives_nothing drill']);
  t.same(said({ ...offer(), waives: ['acknowledge_within'] }, { other: body }), []);
});

test('a promise to give in return what no rule gives', async (t) => {
  const back = (from: string) => ({ code: 'give_in_return', params: { from, percent: 20 } });
  const grave = offer(rule({ bands: ['5-7', '4'] }));
  const asking = (...from: string[]) => ({ ...offer(), obligations: from.map(back) });
  t.same(said({ ...grave, obligations: [back('2')] }), ['return_not_given give_in_return/2']);
  t.same(said(grave, { other: asking('2', '4', '5') }), ['return_not_given give_in_return/2'], 'the other asks it');
  t.same(said(offer(rule({ bands: ['2-3'] })), { other: asking('2', '4', '5') }), [
    'return_not_given give_in_return/4',
  ]);
  t.same(said(offer(rule()), { other: asking('2', '4') }), []);
  t.same(said({ ...grave, obligations: [back('2')] }, { other: { ...offer(), waives: ['give_in_return'] } }), []);
  const nothing = offer(rule({ bands: ['2-3'], tier: null }), rule({ bands: ['4'] }));
  t.same(said(nothing, { other: asking('2') }), ['return_not_given give_in_return/2']);
});

test('when it begins, and that it is not dated back to evade the notice', async (t) => {
  const previous = { ...offer(rule({ tier: 'red' })), notice_days: 10 };
  const less = { ...offer(rule()), notice_days: 10 };
  t.same(said({ ...less, valid_from: day }, { previous }), ['waits_for_notice 2026-11-24 2026-12-04']);
  t.same(said({ ...less, valid_from: '2026-11-23' }, { previous }), [
    'waits_for_notice 2026-11-23 2026-12-03',
    'backdated 2026-11-23 2026-11-24',
  ]);
  t.same(said(previous, { previous: less }), [], 'what widens waits for nothing');
  t.same(said({ ...offer(), valid_until: '2026-11-23' }), ['already_ended 2026-11-23']);
  t.same(said({ ...offer(), valid_until: day }), []);
});

test('no more than sixteen offers wait for their day', async (t) => {
  t.same(said(offer(), { ahead: 16 }), []);
  t.same(said(offer(), { ahead: 17 }), ['too_many_ahead 17']);
});

test('the findings that bar signing are among the findings', async (t) => {
  t.same(
    [...BARS_SIGNING].filter((code) => !OFFER_FINDINGS.includes(code)),
    [],
  );
});

test('each template is an offer without a fault, also towards each other one', async (t) => {
  for (const name of TEMPLATES) {
    const body = offerFrom(name, day);
    t.same(parseOffer(JSON.parse(JSON.stringify(body))), body);
    t.same(said(body), [], name);
    t.same(said(body, { previous: body, other: offerFrom('open', day) }), [], name);
  }
});

test('two nodes with one template give each other what it says', async (t) => {
  const levels = TEMPLATES.map((name) => {
    const held = { digest: 'o'.repeat(43), body: offerFrom(name, day) };
    const standing = { digest: 's'.repeat(43), standing: 'good' } as const;
    const { cells } = terms({
      ...{ giver, taker, day },
      offers: { giver: held, taker: held },
      standings: { giver: standing, taker: standing },
    });
    return [name, ...(['0-1', '2-3', '4', '5-7'] as const).map((band) => cells.get(`incident/bio/${band}`)?.level)];
  });
  t.same(levels, [
    ['balanced', 4, 4, 4, 4],
    ['open', 3, 3, 3, 3],
    ['cautious', 1, 2, 2, 2],
    ['floor-only', null, null, null, 2],
    ['clearinghouse', 4, 4, 4, 4],
  ]);
});

test('a relay is of use for nodes that are enrolled', async (t) => {
  const relays = ['https://cn.example', 'https://br.example'];
  t.same(checkOffer({ ...offer(rule()), relays }, nobody), [
    { code: 'relay_origin_unknown', params: { origin: 'https://br.example' } },
  ]);
});
