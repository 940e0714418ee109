// When an offer that narrows another begins to count.
import fc from 'fast-check';
import { test } from 'tap';
import { beginOf, narrowings, type OfferBody } from '../src/index.ts';
import { bodies, currentOffer, offer, rule } from './samples.ts';

const wide = { ...offer(rule({ tier: 'amber', onward: { to: ['*'], tier: 'green' } })), notice_days: 30 };
const from = (valid_from: string, body: OfferBody = wide, change: Partial<OfferBody> = {}) => {
  return { ...body, ...change, valid_from };
};
const narrow = offer(rule({ tier: 'green' }));
const codes = (before: OfferBody, after: OfferBody) => [...new Set(narrowings(before, after).map(({ code }) => code))];
const seqOn = (day: string, ...offers: OfferBody[]) =>
  currentOffer(
    offers.map((body, at) => ({ seq: at + 1, body })),
    day,
  )?.seq;

test('everything by which an offer gives less or asks more narrows it', async (t) => {
  const onward = (to: ['*'] | string[], tier: 'clear' | 'green' = 'green') =>
    offer(rule({ tier: 'amber', onward: { to: to as ['*'], tier } }));
  const drill = { kind: 'drill', name: 'a', condition: 'unconditional' } as const;
  const within = (hours: number) => [{ code: 'acknowledge_within', params: { hours } }];
  t.same(codes(wide, { ...wide, gives: [] }), ['gives_less']);
  t.same(codes(wide, { ...wide, gives: [rule({ tier: null })] }), ['gives_less']);
  t.same(codes(wide, { ...wide, gives: onward(['*'], 'green').gives }), []);
  t.same(codes(wide, { ...wide, gives: onward(['*'], 'clear').gives }), ['onward_less']);
  t.same(codes(wide, { ...wide, gives: onward(['https://sg.example']).gives }), ['onward_less']);
  t.same(codes(onward(['https://sg.example']), { ...wide }), []);
  t.same(codes(wide, { ...wide, gives: [rule({ ...wide.gives[0], condition: 'as-given' })] }), ['condition_added']);
  t.same(codes(wide, { ...wide, notice_days: 29 }), ['notice_shorter']);
  t.same(codes(wide, { ...wide, notice_days: 31, valid_until: '2027-01-01' }), ['ends_earlier']);
  t.same(codes({ ...wide, valid_until: '2027-01-01' }, { ...wide, valid_until: '2027-01-01' }), []);
  t.same(codes(wide, { ...wide, backlog: false }), ['backlog_ended']);
  t.same(codes({ ...wide, access: [drill] }, wide), ['access_less']);
  t.same(codes({ ...wide, access: [drill] }, { ...wide, access: [{ ...drill, condition: 'as-given' }] }), [
    'access_less',
  ]);
  t.same(codes({ ...wide, access: [{ ...drill, condition: 'as-given' }] }, { ...wide, access: [drill] }), []);
  t.same(codes({ ...wide, obligations: within(24) }, { ...wide, obligations: within(23) }), ['obligations_more']);
  t.same(codes({ ...wide, obligations: within(24) }, { ...wide, obligations: within(25) }), []);
  t.same(codes({ ...wide, waives: ['drill'] }, wide), ['waiver_withdrawn']);
  t.same(
    narrowings(wide, { ...wide, gives: [rule({ bands: ['4'], domains: ['bio'], tier: 'green' }), ...wide.gives] }),
    [{ code: 'gives_less', params: { cell: 'incident/bio/4' } }],
  );
});

test('what narrows a type of records that nobody here knows is found too', async (t) => {
  const card = offer(rule({ type: 'of-next-year' }));
  t.same(codes(card, offer(rule())), ['gives_less']);
});

test('so does an obligation that nobody here knows, which a later version finds to ask more', async (t) => {
  const asking = (params: Record<string, number>) => ({ ...wide, obligations: [{ code: 'of_next_year', params }] });
  t.same(codes(wide, asking({ days: 1, least: 2 })), ['obligations_more']);
  t.same(codes(asking({ days: 1 }), asking({ days: 2 })), ['obligations_more']);
  t.same(codes(asking({ days: 1, least: 2 }), asking({ least: 2, days: 1 })), []);
  t.same(codes(asking({ days: 1 }), wide), []);
});

test('a narrower offer counts when the notice that the other promised has passed, a wider one at once', async (t) => {
  const [first, less] = [from('2026-01-01'), from('2026-11-01', narrow)];
  t.equal(beginOf(first, less), '2026-12-01');
  t.equal(seqOn('2026-11-30', first, less), 1);
  t.equal(seqOn('2026-12-01', first, less), 2);
  t.equal(seqOn('2026-11-01', from('2026-01-01', { ...wide, notice_days: 0 }), less), 2, 'no notice was promised');
  const more = from('2026-11-10', wide, { gives: [rule({ tier: 'red', onward: wide.gives[0]!.onward })] });
  t.equal(seqOn('2026-11-10', first, more), 2);
  t.equal(seqOn('2026-11-10', first, less, more), 3, 'also behind one that still waits');
});

test('shortening the notice is itself under notice', async (t) => {
  const [first, hasty] = [from('2026-01-01'), from('2026-11-01', wide, { notice_days: 0 })];
  const less = from('2026-11-02', narrow);
  t.equal(seqOn('2026-11-30', first, hasty, less), 1);
  t.equal(seqOn('2026-12-01', first, hasty, less), 3);
});

test('an offer that has expired promises nothing more', async (t) => {
  const first = from('2026-01-01', { ...wide, valid_until: '2026-11-15' });
  t.equal(seqOn('2026-11-15', first, from('2026-11-10', narrow)), 1);
  t.equal(seqOn('2026-11-16', first, from('2026-11-10', narrow)), 2);
  t.equal(beginOf(first, from('2026-11-10', narrow)), '2026-11-16');
  t.equal(beginOf(first, from('2026-11-20', narrow)), '2026-11-20');
  t.equal(beginOf({ ...first, valid_until: '2026-12-10' }, from('2026-11-10', narrow)), '2026-12-10');
});

test('at the end of the calendar a day stays one', async (t) => {
  const last = from('9999-12-31', narrow);
  t.equal(beginOf(from('2026-01-01'), last), '9999-12-31');
  t.equal(beginOf(from('2026-01-01', wide, { valid_until: '9999-12-31' }), last), '9999-12-31');
  t.equal(seqOn('2026-02-01', from('2026-01-01', wide, { valid_until: '9999-12-31' }), from('2026-01-15', narrow)), 1);
});

test('an offer never narrows itself, and whoever holds the same offers finds the same one', async () => {
  fc.assert(fc.property(bodies, (body) => narrowings(body, JSON.parse(JSON.stringify(body))).length === 0));
  const several = fc.array(bodies, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(several, fc.constantFrom('2026-01-15', '2026-11-24', '2026-12-25', '2027-06-01'), (all, day) => {
      const held = all.map((body, at) => ({ seq: at + 1, body }));
      return currentOffer(held, day) === currentOffer(held.toReversed(), day);
    }),
  );
});

test('no day before its notice has passed gives less than the offer that promised it', async () => {
  fc.assert(
    fc.property(bodies, bodies, fc.integer({ min: 0, max: 40 }), (first, second, days) => {
      const before = { ...first, valid_from: '2026-01-01', valid_until: null };
      const after = { ...second, valid_from: '2026-11-01', valid_until: null };
      const day = new Date(Date.UTC(2026, 10, 1 + days)).toISOString().slice(0, 10);
      const counts = currentOffer(
        [before, after].map((body, seq) => ({ seq, body })),
        day,
      )!.body;
      return days >= before.notice_days || narrowings(before, counts).length === 0;
    }),
  );
});
