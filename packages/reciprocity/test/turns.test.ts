// Which offer counts from which day on, found offer by offer.
import fc from 'fast-check';
import { test } from 'tap';
import { beginOf, type OfferBody, offerOn, turnOffers, turnsAhead, turnsOver } from '../src/index.ts';
import { bodies, offer, rule, turnsOf } from './samples.ts';

type Held = { seq: number; body: OfferBody };
const dayIn = (days: number) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);

/** The rule as it is written: for one day, over all the offers there ever were. */
function countsOn(offers: readonly Held[], day: string): number | undefined {
  return offers
    .filter(({ body }) => body.valid_from <= day)
    .sort((a, b) => a.seq - b.seq)
    .reduce<Held | undefined>((held, next) => (held && day < beginOf(held.body, next.body) ? held : next), undefined)
    ?.seq;
}

const several = fc
  .array(fc.tuple(bodies, fc.nat(40), fc.option(fc.nat(40)), fc.constantFrom(0, 3, 20)), { maxLength: 12 })
  .map((all) =>
    all.map(([body, from, lasts, notice_days], at): Held => {
      const valid_until = lasts === null ? null : dayIn(from + lasts);
      return { seq: at + 1, body: { ...body, notice_days, valid_from: dayIn(from), valid_until } };
    }),
  );

test('offer by offer the same is found as over all of them, for every day', async () => {
  fc.assert(
    fc.property(several, (all) => {
      const turns = turnsOf(all);
      return Array.from({ length: 90 }, (_, at) => dayIn(at)).every(
        (day) => offerOn(turns, day) === countsOn(all, day),
      );
    }),
    { numRuns: 300 },
  );
});

const wide = { ...offer(rule({ tier: 'amber' })), notice_days: 30 };

test('the notice holds however many offers are signed in a row, and a few turns are all that is kept', async (t) => {
  const promised = { seq: 1, body: { ...wide, valid_from: '2026-01-01' } };
  const narrow = Array.from({ length: 500 }, (_, at) => ({
    seq: at + 2,
    body: { ...offer(rule({ tier: null })), valid_from: '2026-11-01' },
  }));
  const turns = turnsOf([promised, ...narrow], '2026-11-01');
  t.same(turns, [
    { from: '2026-01-01', seq: 1 },
    { from: '2026-12-01', seq: 501 },
  ]);
});

test('of plans far ahead the farthest are forgotten, and never the offer that counts', async (t) => {
  const plans = Array.from({ length: 60 }, (_, at) => ({ seq: at + 1, body: { ...wide, valid_from: dayIn(at) } }));
  const turns = turnsOf(plans, dayIn(0));
  t.equal(turns.length, 32);
  t.equal(offerOn(turns, dayIn(0)), 1);
  t.equal(offerOn(turns, dayIn(59)), 32);
  t.equal(turnsAhead(turns, dayIn(0)), 31);
});

test('what is over is forgotten when the next offer comes, but for two days', async (t) => {
  const plans = [0, 10, 20].map((at) => ({ seq: at + 1, body: { ...wide, valid_from: dayIn(at) } }));
  const bodyOf = () => wide;
  const after = (known: string) =>
    turnOffers(turnsOf(plans), { seq: 30, body: { ...wide, valid_from: dayIn(40) }, known }, bodyOf).map(
      ({ seq }) => seq,
    );
  t.same(after(dayIn(12)), [11, 21, 30]);
  t.same(after(dayIn(11)), [1, 11, 21, 30]);
});

test('what counted over a time is what each day knew', async (t) => {
  const at = (day: number) => Date.parse(dayIn(day)) / 1000;
  const of = (...turns: [number, number][]) => turns.map(([from, seq]) => ({ from: dayIn(from), seq }));
  const over = turnsOver([
    { seq: 2, known: at(5) + 60, turns: of([0, 1], [8, 2]) },
    { seq: 1, known: at(3), turns: of([0, 1]) },
    { seq: 4, known: at(7), turns: of([6, 4]) },
    { seq: 3, known: at(9), turns: of([0, 3]) },
  ]);
  t.same(over, of([3, 1], [7, 4]), 'what came late behind a higher number is in the turns of that one');
});
