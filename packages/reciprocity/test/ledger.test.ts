// What a ledger finds kept and broken, from what both sides signed.
import fc from 'fast-check';
import { test } from 'tap';
import {
  detectionEnd,
  type Evidence,
  keptBy,
  type LedgerInput,
  type Mark,
  marksOf,
  type Obligation,
} from '../src/index.ts';

const [cn, us, sg] = ['https://cn.example', 'https://us.example', 'https://sg.example'];
const HOUR = 3_600;
const DAY = 86_400;
const start = Date.parse('2026-10-01T00:00:00Z') / 1000;
const at = (days: number, hours = 0) => start + days * DAY + hours * HOUR;
const within = (hours: number): Obligation => ({ code: 'acknowledge_within', params: { hours } });
const report: Obligation = { code: 'report_within', params: { band: '4', hours: 24 } };
const healthy: Obligation = { code: 'log_health', params: { hours: 24, witnesses: 2 } };

const record = (digest: string, by: string, days: number, more: object = {}): Evidence => {
  const facts = { band: '4' as const, detected: at(days), percent: 80, isJunk: false, isNews: true };
  const there = { at: at(days), ...more };
  return { kind: 'record', digest, by, ...facts, ready: there.at, ...there };
};
const receipt = (digest: string, when: number, ...records: string[]): Evidence => {
  return { kind: 'receipt', digest, by: us, at: when, records };
};
const ofUs = (obligations: Obligation[], evidence: Evidence[], change: Partial<LedgerInput> = {}) =>
  marksOf({ party: us, other: cn, obligations, evidence, since: start, now: at(10), ...change });
const text = (mark: Mark) =>
  `${mark.isKept ? 'kept' : mark.isShown ? 'broken' : 'missing'} ${mark.evidence}${mark.isContested ? ' contested' : ''}`;

test('a record is to be acknowledged in time; by our clock alone nobody is shown to be late', async (t) => {
  const evidence = [
    record('a', cn, 1),
    record('b', cn, 1),
    record('c', cn, 1),
    record('d', cn, 9, { at: at(9, 23) }),
    record('junk', cn, 1, { isJunk: true }),
    record('own', us, 1),
    receipt('r1', at(1, 2), 'a'),
    receipt('r2', at(1, 3), 'b'),
    receipt('r0', at(5), 'a', 'b'),
    { ...receipt('r3', at(1, 1), 'c'), by: sg },
  ] as Evidence[];
  const marks = ofUs([within(2)], evidence);
  t.same(marks.map(text), ['kept r1', 'missing r2', 'missing c']);
  t.same(keptBy(marks), [
    { obligation: 'acknowledge_within', kept: 1, broken: 2, contested: 0, evidence: ['r2', 'c'] },
  ]);
});

test('an incident is to be reported in time; a record that surfaced late is its own proof', async (t) => {
  const evidence: Evidence[] = [
    record('a', us, 1, { at: at(2) }),
    record('b', us, 1, { at: at(2) + 1 }),
    record('surfaced', us, 1, { at: at(9) }),
    record('by the terms', us, 1, { at: at(9), ready: at(2) }),
    record('low', us, 1, { at: at(9), band: '0-1' }),
    record('undated', us, 1, { at: at(9), detected: null }),
    record('junk', us, 1, { isJunk: true }),
    record('theirs', cn, 1, { at: at(9) }),
  ];
  t.same(ofUs([report], evidence).map(text), ['kept a', 'broken b', 'kept by the terms', 'broken surfaced']);
});

test('what came when no page had come for a while is late only if it was not there before', async (t) => {
  const gap = (digest: string, came: number, unseenSince: number) => record(digest, us, 1, { at: came, unseenSince });
  const evidence = [
    gap('on time all the same', at(2), at(1)),
    gap('perhaps on time', at(5), at(2)),
    gap('late before nobody looked', at(5), at(2) + 1),
  ];
  t.same(ofUs([report], evidence).map(text), ['kept on time all the same', 'broken late before nobody looked']);
});

test('a day of detection that lay ahead when the record was released shows nothing', async (t) => {
  t.equal(detectionEnd('2026-10-05', at(4, 1)), at(5), 'the end of that day');
  t.equal(detectionEnd('2026-10-05', at(3, 10)), at(5), 'in the east it has begun');
  t.equal(detectionEnd('2026-10-05', at(3, 9)), null);
  t.equal(detectionEnd('2027-10-05', at(9)), null);
  t.equal(detectionEnd(null, at(9)), null);
});

test('a record that was given to others alone breaks the promise once, by the signature on it', async (t) => {
  const withheld = (digest: string, by = us, band: '4' | '5-7' = '4'): Evidence => {
    return { kind: 'withheld', digest, by, at: at(1, 5), band, detected: at(1) };
  };
  const counted = (evidence: Evidence[], now = at(10)) => ofUs([report], evidence, { now }).map(text);
  t.same(counted([withheld('w')]), ['broken w']);
  t.same(counted([withheld('w')], at(1, 23)), [], 'before it is due');
  t.same(counted([withheld('w', cn), withheld('x', us, '5-7')]), [], 'of another node or band');
  t.same(counted([withheld('w'), withheld('v')]), ['broken v', 'broken w']);
  t.same(
    counted([withheld('w'), withheld('v'), record('r', us, 1)]),
    ['kept r', 'broken v', 'broken w'],
    'one answers no other',
  );
  t.same(counted([withheld('w'), withheld('v'), record('w', us, 1, { at: at(9) })]), ['broken w', 'broken v']);
  t.same(counted([withheld('w'), record('w', us, 1)]), ['kept w'], 'and each itself');
  const contest: Evidence = { kind: 'contest', digest: 'c', by: us, at: at(3), about: 'w', shows: ['r'] };
  const late = [record('late', us, 1, { at: at(9) }), record('r', us, 1)];
  t.same(counted([withheld('w'), record('r', us, 1), contest]), ['kept r', 'broken w contested']);
  t.same(counted([...late, { ...contest, about: 'late' }]), ['kept r', 'broken late contested'], 'the own word counts');
  t.same(counted([...late, { ...contest, about: 'late', by: sg }]), ['kept r', 'broken late'], 'by another');
  t.same(counted([...late, { ...contest, about: 'late', shows: ['x'] }]), ['kept r', 'broken late'], 'with nothing');
});

test('what a third node saw is another word than the own one, and is contested with a record', async (t) => {
  const sighting = (digest: string, by: string, of = us): Evidence => {
    return { kind: 'sighting', digest, by, of, at: at(1), band: '4', detected: at(1) };
  };
  const contest = (about: string, ...shows: string[]): Evidence => {
    return { kind: 'contest', digest: `of ${about}`, by: us, at: at(3), about, shows };
  };
  const seen = [sighting('s', sg), sighting('own', us), sighting('cn', sg, cn), record('r', us, 1), record('x', cn, 1)];
  const counted = (evidence: Evidence[]) => ofUs([report], evidence).map((mark) => `${text(mark)} ${mark.count}`);
  t.same(counted(seen), ['kept r 1', 'missing s 1']);
  t.same(counted([...seen, contest('s', 'r')]), ['kept r 1', 'missing s contested 0']);
  const twice = [...seen, sighting('t', sg), contest('s', 'r'), contest('t', 'r')];
  t.same(
    counted(twice),
    ['kept r 1', 'missing s contested 0', 'missing t contested 1'],
    'one record answers one of them',
  );
  const both = [...seen, sighting('t', 'https://fr.example'), contest('s', 'r'), contest('t', 'r')];
  t.same(counted(both).slice(1), ['missing s contested 0', 'missing t contested 0'], 'of each node');
  t.same(counted([...seen, contest('s', 'x')]), ['kept r 1', 'missing s 1'], 'with another node’s evidence');
  t.same(counted([...seen, contest('s')]), ['kept r 1', 'missing s 1'], 'with nothing');
  t.same(counted([...seen, { ...contest('s', 'r'), by: sg }]), ['kept r 1', 'missing s 1'], 'by another');
  const fr = sighting('t', 'https://fr.example');
  t.same(counted([sighting('s', sg), fr]), ['broken s 1', 'broken t 1'], 'what two say is shown');
  t.same(counted([sighting('s', sg), sighting('t', sg)]), ['missing s 1', 'missing t 1'], 'what one says twice is not');
  const other = { ...fr, band: '5-7' } as Evidence;
  t.same(counted([sighting('s', sg), other]), ['missing s 1'], 'nor what each says of another band');
  t.same(ofUs([report], seen, { now: at(1, 23) }).map(text), ['kept r'], 'before it is due');
  const late = [record('late', us, 1, { at: at(9) }), record('r', us, 1)];
  t.same(
    counted([...late, contest('late', 'r')]),
    ['kept r 1', 'broken late contested 1'],
    'the own word still counts',
  );
});

test('detail, recalls and what is attested', async (t) => {
  const detail: Obligation = { code: 'minimum_detail', params: { percent: 50 } };
  const records = [
    record('a', us, 1, { percent: 50 }),
    record('b', us, 2, { percent: 49 }),
    record('c', us, 3, { isJunk: true }),
  ];
  t.same(ofUs([detail], records).map(text), ['kept a', 'broken b', 'broken c']);
  const recall = (digest: string, days: number): Evidence => ({ kind: 'recall', digest, by: cn, at: at(days) });
  const answer: Evidence = { kind: 'recall_answer', digest: 'w', by: us, at: at(3), recall: 'q' };
  const recalls: Obligation = { code: 'answer_recalls_within', params: { days: 7 } };
  t.same(ofUs([recalls], [recall('q', 1), recall('p', 2), recall('o', 5), answer]).map(text), ['kept w', 'missing p']);
  const late: Evidence = { kind: 'recall_answer', digest: 'late', by: us, at: at(9, 1), recall: 'p' };
  t.same(
    ofUs([recalls], [recall('p', 2), late]).map(text),
    ['missing late'],
    'an answer has no time but ours, and silence is no better than a late one',
  );
  const suite: Obligation = { code: 'suite_adopted', params: { suite: 'a', days: 4 } };
  const attested: Evidence = { kind: 'attestation', digest: 'v', by: us, at: at(2, 1), obligation: 'suite_adopted/a' };
  const marks = ofUs([suite], [attested, { ...attested, digest: 'u', obligation: 'suite_adopted/b', at: at(8) }]);
  t.same(marks.map(text), [...Array(4).fill('missing null'), ...Array(3).fill('kept v')]);
});

test('a log is healthy where enough others cosigned it of late, and a fork is a habit at once', async (t) => {
  const signed = (digest: string, by: string, when: number, log = us): Evidence => {
    return { kind: 'cosignature', digest, by, at: when, log };
  };
  const evidence = [
    ...[signed('a', cn, at(1, 1)), signed('b', sg, at(1, 2)), signed('c', cn, at(2, 1)), signed('d', cn, at(2, 2))],
    ...[signed('e', cn, at(3, 1)), signed('f', us, at(3, 2)), signed('g', cn, at(4, 1)), signed('h', sg, at(4, 1), cn)],
  ];
  const marks = ofUs([healthy], evidence, { now: at(5) });
  t.same(marks.map(text), [...Array(3).fill('missing null'), 'kept b', 'missing null']);
  const fork: Evidence = { kind: 'fork', digest: 'two', by: us, at: at(2) };
  const [found] = ofUs([healthy], [fork], { now: at(2) });
  t.match(found, { isKept: false, isShown: true, evidence: 'two', count: 90 });
});

test('the ledger looks back ninety days, and not behind the day on which the obligations began to bind', async (t) => {
  const old = [record('a', cn, 1), receipt('r', at(1, 1), 'a')];
  const here = (change: Partial<LedgerInput>) => ofUs([within(2)], old, change).length;
  t.same([here({ now: at(91) }), here({ now: at(91, 1) })], [1, 0]);
  t.same([here({ since: at(1) }), here({ since: at(1, 1) })], [1, 0]);
  t.equal(here({ now: at(1) }), 0, 'and into no future');
});

const evidence: fc.Arbitrary<Evidence> = fc
  .tuple(fc.nat(6), fc.nat(30), fc.constantFrom(cn, us, sg), fc.nat(20), fc.nat(60))
  .map(([kind, id, by, days, delay]): Evidence => {
    const signed = { digest: `${kind}-${id}`, by, at: at(days, delay) };
    if (kind === 0) return { ...signed, ...receipt('', 0, `1-${id}`), ...signed };
    if (kind === 1) return { ...record('', by, days, { isJunk: id % 7 === 0, percent: id * 4 }), ...signed };
    if (kind === 2) return { kind: 'cosignature', log: us, ...signed };
    if (kind === 3) return { kind: 'sighting', of: us, band: '4', detected: at(days), ...signed };
    if (kind === 6) return { kind: 'withheld', band: '4', detected: at(days), ...signed };
    if (kind === 4) return { kind: 'contest', about: `3-${id}`, shows: [`1-${id}`], ...signed };
    return { kind: 'attestation', obligation: 'suite_adopted/a', ...signed };
  });
const all = [within(24), report, healthy, { code: 'suite_adopted', params: { suite: 'a', days: 5 } } as Obligation];

test('evidence in any order, and the same twice, gives the same', async () => {
  const several = fc.uniqueArray(evidence, { maxLength: 40, selector: ({ digest }) => digest });
  const shuffled = several.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([list, mixed]) => {
      const said = (some: Evidence[]) => JSON.stringify(ofUs(all, some, { now: at(25) }));
      return (
        said(list) === said(mixed) &&
        said(list) === said([...mixed, ...list.slice(0, 5).map((one) => ({ ...one, at: one.at + DAY }))])
      );
    }),
    { numRuns: 300 },
  );
});
