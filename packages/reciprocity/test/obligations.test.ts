// Whom an obligation binds, and how strictly.
import fc from 'fast-check';
import { test } from 'tap';
import {
  isKnownObligation,
  type Obligation,
  type OfferBody,
  obligationKey,
  obligationsOf,
  strictest,
} from '../src/index.ts';
import { bodies, offer } from './samples.ts';

const within = (hours: number): Obligation => ({ code: 'acknowledge_within', params: { hours } });
const report = (band: string, hours: number): Obligation => ({ code: 'report_within', params: { band, hours } });
const healthy = (hours: number, witnesses: number): Obligation => ({
  code: 'log_health',
  params: { hours, witnesses },
});
const requiring = (obligations: Obligation[], change: Partial<OfferBody> = {}) => ({
  ...offer(),
  obligations,
  ...change,
});

test('an obligation that one requires of the other binds both alike', async (t) => {
  const [ours, theirs] = [requiring([within(24)]), requiring([report('4', 72)])];
  t.same(obligationsOf({ own: ours, other: theirs }), [within(24), report('4', 72)]);
  t.same(obligationsOf({ own: theirs, other: ours }), [within(24), report('4', 72)]);
  t.same(obligationsOf({ own: ours, other: null }), [within(24)], 'also while the other has no offer');
  t.same(obligationsOf({ own: null, other: ours }), [within(24)]);
  t.same(obligationsOf({ own: null, other: null }), []);
});

test('it need not bind the one who requires it where the other signed so', async (t) => {
  const [ours, theirs] = [requiring([within(24)]), requiring([], { waives: ['acknowledge_within'] })];
  t.same(obligationsOf({ own: ours, other: theirs }), []);
  t.same(obligationsOf({ own: theirs, other: ours }), [within(24)], 'and binds the one who waived it');
  const own = requiring([within(24)], { waives: ['acknowledge_within'] });
  t.same(obligationsOf({ own, other: requiring([]) }), [within(24)], 'nobody waives for himself');
  t.same(obligationsOf({ own, other: requiring([within(48)], { waives: ['acknowledge_within'] }) }), [within(48)]);
});

test('of two about the same the stricter binds, measure by measure', async (t) => {
  t.same(strictest([within(48), within(24), within(72)]), [within(24)]);
  t.same(strictest([report('4', 48), report('5-7', 24), report('4', 72)]), [report('4', 48), report('5-7', 24)]);
  t.same(strictest([healthy(24, 1), healthy(48, 3)]), [healthy(24, 3)]);
  const back = (from: string, percent: number): Obligation => ({ code: 'give_in_return', params: { from, percent } });
  t.same(strictest([back('4', 9), back('2', 10), back('2', 20)]), [back('2', 20), back('4', 9)]);
  t.equal(obligationKey(report('5-7', 24)), 'report_within/5-7');
  t.equal(obligationKey({ code: 'suite_adopted', params: { suite: 'a/1', days: 9 } }), 'suite_adopted/a/1');
});

test('one that is not known here binds nobody', async (t) => {
  const unknown = ['promised_next_year', 'constructor', 'toString'].map((code) => ({ code, params: {} }));
  t.same(unknown.map(isKnownObligation), [false, false, false]);
  t.same(strictest([...unknown, within(1)]), [within(1)]);
});

test('both sides find the same obligations, whatever the order in which they were written', async () => {
  fc.assert(
    fc.property(bodies, bodies, (own, other) => {
      const turned = { ...other, obligations: other.obligations.toReversed() };
      return JSON.stringify(obligationsOf({ own, other })) === JSON.stringify(obligationsOf({ own, other: turned }));
    }),
  );
});
