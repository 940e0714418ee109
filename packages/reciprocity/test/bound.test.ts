// What bound a node as offers changed, and by which measure it is judged.
import { test } from 'tap';
import { type Bound, boundOver, dayOf, type Evidence, marksOver, type OfferBody, turnsOver } from '../src/index.ts';
import { turnsOf } from './samples.ts';

const [cn, us] = ['https://cn.example', 'https://us.example'];
const DAY = 86_400;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000;
const ack = (hours: number) => ({ code: 'acknowledge_within', params: { hours } });
const healthy = { code: 'log_health', params: { hours: 24, witnesses: 1 } };
type Known = { seq: number; known: number; body: OfferBody };
const offer = (seq: number, day: string, change: Partial<OfferBody> = {}): Known => {
  const body = { gives: [], access: [], obligations: [], waives: [], notice_days: 0, backlog: true, valid_until: null };
  return { seq, known: at(day), body: { ...body, valid_from: day, ...change } };
};
const told = ({ obligation, since, from, until }: Bound) => {
  const day = (time: number) => new Date(time * 1000).toISOString().slice(5, 10);
  return `${obligation.code} ${Object.values(obligation.params)} ${day(since)} ${day(from)} ${day(until)}`;
};
const counted = (offers: Known[]) => {
  const known = offers.map((one, at) => ({ ...one, turns: turnsOf(offers.slice(0, at + 1), dayOf(one.known)) }));
  return turnsOver(known).map(({ from, seq }) => ({ from, ...offers.find((one) => one.seq === seq)! }));
};
const bound = (other: Known[], own: Known[] = [], last = '2026-10-20') =>
  boundOver({ own: counted(own), other: counted(other) }, last);

test('an obligation binds from the day on which the offer was known until the offer ends, and both alike', async (t) => {
  const asked = { obligations: [ack(24)] };
  t.same(bound([offer(1, '2026-10-05', asked)]).map(told), ['acknowledge_within 24 10-05 10-05 10-21']);
  const backdated = offer(1, '2026-10-05', { ...asked, valid_from: '2026-01-01' });
  t.same(bound([backdated]).map(told), ['acknowledge_within 24 10-05 10-05 10-21'], 'nothing binds before it was said');
  const evening = { ...backdated, known: at('2026-10-05') + 70_000 };
  const replaced = { ...offer(2, '2026-10-05'), known: at('2026-10-05') + 80_000 };
  t.match(bound([evening]), [{ since: evening.known, from: evening.known }], 'nor on that day before');
  t.same(bound([evening, replaced]), [], 'of one day the last one counts');
  const ended = offer(1, '2026-10-05', { ...asked, valid_until: '2026-10-08' });
  t.same(bound([ended]).map(told), ['acknowledge_within 24 10-05 10-05 10-09']);
  t.same(bound([], [ended]).map(told), ['acknowledge_within 24 10-05 10-05 10-09'], 'what it asks of others too');
  const waiving = offer(1, '2026-10-07', { waives: ['acknowledge_within'] });
  t.same(bound([waiving], [ended]).map(told), ['acknowledge_within 24 10-05 10-05 10-07'], 'until the other waives it');
  t.same(bound([], []), []);
});

test('a new measure counts from its day on, and the obligation since it first bound', async (t) => {
  const offers = [
    offer(1, '2026-10-01', { obligations: [ack(24)] }),
    offer(2, '2026-10-05', { obligations: [ack(24)], backlog: false }),
    offer(3, '2026-10-10', { obligations: [ack(12)] }),
    offer(4, '2026-10-12'),
    offer(5, '2026-10-15', { obligations: [ack(12)] }),
  ];
  t.same(bound(offers).map(told), [
    'acknowledge_within 24 10-01 10-01 10-10',
    'acknowledge_within 12 10-01 10-10 10-12',
    'acknowledge_within 12 10-15 10-15 10-21',
  ]);
});

test('a stricter offer binds when the notice that was promised has passed', async (t) => {
  const offers = [
    offer(1, '2026-10-01', { obligations: [ack(24)], notice_days: 7 }),
    offer(2, '2026-10-03', { obligations: [ack(12)], notice_days: 7 }),
  ];
  t.same(bound(offers).map(told), [
    'acknowledge_within 24 10-01 10-01 10-10',
    'acknowledge_within 12 10-01 10-10 10-21',
  ]);
});

test('what was broken is not undone by a new offer, and is judged by the measure of its day', async (t) => {
  const record = (digest: string, day: string): Evidence => {
    const there = { at: at(day), ready: at(day) };
    return {
      kind: 'record',
      digest,
      by: cn,
      band: '4',
      detected: null,
      percent: 100,
      isJunk: false,
      isNews: true,
      ...there,
    };
  };
  const evidence: Evidence[] = [
    record('a', '2026-10-02'),
    record('b', '2026-10-11'),
    { kind: 'receipt', digest: 'r', by: us, at: at('2026-10-11') + DAY / 2 + 60, records: ['b'] },
  ];
  const offers = (hours: number) =>
    bound([offer(1, '2026-10-01', { obligations: [ack(24)] }), offer(2, '2026-10-10', { obligations: [ack(hours)] })]);
  const judged = (hours: number) =>
    marksOver({
      ...{ party: us, other: cn, bounds: offers(hours), evidence },
      ...{ witnessedSince: 0, now: at('2026-10-20') },
    }).map(({ isKept, evidence }) => `${isKept} ${evidence}`);
  t.same(judged(24), ['false a', 'true r']);
  t.same(judged(12), ['false a', 'false r']);
});

test('a log is not blamed for the days before cosignatures were kept', async (t) => {
  const bounds = bound([offer(1, '2026-10-01', { obligations: [healthy] })]);
  const missing = (witnessedSince: number) =>
    marksOver({ party: us, other: cn, bounds, evidence: [], witnessedSince, now: at('2026-10-20') }).length;
  t.same([missing(0), missing(at('2026-10-15')), missing(at('2026-10-20'))], [19, 5, 0]);
});

test('however often promises changed, the evidence is put in order once', async (t) => {
  const now = at('2026-10-20');
  const readsFor = (count: number) => {
    let reads = 0;
    const signed = (n: number) => ({
      ...{ kind: 'receipt' as const, digest: `${n}`, by: us, records: [] },
      get at() {
        reads++;
        return now - n;
      },
    });
    const bounds = Array.from({ length: count }, (_, n) => ({
      ...{
        obligation: { code: 'drill' as const, params: { days: 1 + n } },
        since: now - 86_400,
        from: now - 86_400,
        until: now,
      },
    }));
    const evidence = Array.from({ length: 100 }, (_, n) => signed(n));
    marksOver({ party: us, other: cn, bounds, evidence, witnessedSince: 0, now });
    return reads;
  };
  t.equal(readsFor(50), readsFor(1));
});
