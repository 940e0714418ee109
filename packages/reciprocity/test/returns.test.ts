// What is due in return for what was given, and what becomes of a node that gives nothing back.
import fc from 'fast-check';
import { test } from 'tap';
import {
  checkOffer,
  type Evidence,
  keptBy,
  type Mark,
  marksOf,
  marksOver,
  type Obligation,
  obligationsOf,
  STANDINGS,
  type Standing,
  standingOf,
} from '../src/index.ts';
import { offer, rule } from './samples.ts';

const [cn, us] = ['https://cn.example', 'https://us.example'];
const DAY = 86_400;
/** A day on which a week ends, as they are reckoned. */
const start = Date.parse('2026-10-01T00:00:00Z') / 1000;
const at = (days: number) => start + days * DAY;
const dayOf = (days: number) => new Date(at(days) * 1000).toISOString().slice(0, 10);
const asked = (from: string, percent: number): Obligation => ({ code: 'give_in_return', params: { from, percent } });
type Report = Extract<Evidence, { kind: 'record' }>;
const record = (digest: string, by: string, days: number, more: Partial<Report> = {}): Report => {
  const facts = { band: '4' as const, detected: at(days), percent: 80, isJunk: false, isNews: true };
  return { kind: 'record', digest, by, at: at(days), ready: at(days), ...facts, ...more };
};
const several = (count: number, by: string, days: number, more: Partial<Report> = {}) =>
  Array.from({ length: count }, (_, n) => record(`${by} ${days} ${n}`, by, days + n / 100, more));
/** Of `us`, which was given something by `cn`. */
const ofUs = (evidence: Evidence[], days = 84, obligation = asked('2', 10), since = start - 1) =>
  marksOf({ party: us, other: cn, obligations: [obligation], evidence, since, now: at(days) });
const due = (marks: Mark[]) => [marks.filter(({ isKept }) => isKept).length, marks.filter((one) => !one.isKept).length];

test('of what was given a share is due in return after thirty days', async (t) => {
  const forty = several(40, cn, 40);
  t.same(keptBy(ofUs(forty)), [
    ...[{ obligation: 'give_in_return/2', kept: 0, broken: 4, contested: 0 }].map((one) => ({
      ...one,
      evidence: [39, 38, 37, 36].map((n) => `${cn} 40 ${n}`),
    })),
  ]);
  t.same(due(ofUs([...forty, ...several(3, us, 80)])), [3, 1], 'given at any time of the ninety days');
  t.same(due(ofUs([...forty, ...several(9, us, 80)])), [4, 0], 'more than is due counts for nothing');
  const [kept, missing] = ofUs([...several(20, cn, 40), record('back', us, 3)]);
  t.match(kept, { isKept: true, isShown: true, evidence: 'back', at: at(70.18) });
  t.match(missing, { isKept: false, isShown: false, evidence: `${cn} 40 19`, at: at(70.19) });
  t.same(due(ofUs(several(9, cn, 40))), [0, 0], 'between quiet countries nothing is due');
  t.same(due(ofUs(several(40, us, 40))), [0, 0], 'nor from who was given nothing');
  const turned = marksOf({
    ...{ party: cn, other: us, obligations: [asked('2', 10)], since: start - 1, now: at(84) },
    evidence: several(10, us, 40),
  });
  t.same(due(turned), [0, 1], 'the other is bound alike');
});

test('trifles, junk, what says next to nothing, later versions and what was withdrawn count on neither side', async (t) => {
  const nothing: Partial<Report>[] = [
    { band: '0-1' },
    { isJunk: true },
    { isNews: false },
    { percent: 24 },
    { percent: null },
  ];
  for (const more of nothing) {
    t.same(due(ofUs(several(40, cn, 40, more))), [0, 0], JSON.stringify(more));
    t.same(due(ofUs([...several(10, cn, 40), ...several(9, us, 70, more)])), [0, 1], JSON.stringify(more));
  }
  const counted: Partial<Report>[] = [{ band: 'unrated' }, { band: '2-3' }, { percent: 25 }];
  for (const more of counted) t.same(due(ofUs(several(10, cn, 40, more))), [0, 1], JSON.stringify(more));
  const trifles = several(10, us, 70, { band: '2-3' });
  const grave = asked('4', 10);
  t.same(due(ofUs([...several(10, cn, 40), ...trifles], 84, grave)), [0, 1], 'what is graver is asked for apart');
  t.same(due(ofUs(several(10, cn, 40, { band: 'unrated' }), 84, grave)), [0, 0]);
  t.same(due(ofUs(several(10, cn, 40, { band: '4' }), 84, asked('5', 10))), [0, 0]);
});

test('what was known before it bound obliges nobody, nor what tells no day; in return both count', async (t) => {
  const since = at(20);
  const bound = (evidence: Evidence[]) => due(ofUs(evidence, 84, asked('2', 10), since));
  t.same(bound(several(10, cn, 19)), [0, 0]);
  t.same(bound(several(10, cn, 21)), [0, 1]);
  t.same(bound(several(10, cn, 21, { detected: at(20) })), [0, 0], 'a backlog is a present');
  t.same(bound(several(10, cn, 21, { detected: null })), [0, 0]);
  t.same(bound([...several(10, cn, 21), record('r', us, 10, { detected: null })]), [1, 0]);
  t.same(due(ofUs([...several(10, cn, 70), record('r', us, 9)], 105)), [0, 1], 'but not of before the window');
});

test('it is reckoned once a week, and who owes for long is told anew as often', async (t) => {
  const counts = [0, 6, 7, 13, 14].map((days) => due(ofUs(several(10, cn, 40, { at: at(40.5) }), 70 + days))[1]);
  t.same(counts, [0, 0, 1, 1, 1]);
  let previous: { standing: Standing; since: string } | null = null;
  const said = new Set<string>();
  const gifts = Array.from({ length: 400 }, (_, n) => record(`g${n}`, cn, n / 2));
  for (let days = 84; days < 84 + 70; days++) {
    const marks = ofUs(gifts, days, asked('2', 10));
    const found = standingOf({ marks, previous, override: null, day: dayOf(days) });
    previous = found;
    t.match(found, { standing: 'probation', reason: { code: 'conduct_owing' } });
    said.add(JSON.stringify([found.reason.params.evidence, found.reason.params.by]));
  }
  t.equal(said.size, 10);
});

test('as many as are said to be due mend it, and so does the end of what is given', async (t) => {
  const gifts = Array.from({ length: 100 }, (_, n) => record(`g${n}`, cn, n / 2));
  const on = (days: number, back: number, previous: { standing: Standing; since: string } | null) => {
    const marks = ofUs([...gifts, ...several(back, us, days - 1)], days, asked('2', 20));
    return standingOf({ marks, previous, override: null, day: dayOf(days) });
  };
  const fallen = on(70, 0, null);
  const { needed, by } = fallen.reason.params;
  t.match([fallen.standing, needed, by], ['probation', 16, dayOf(70 + 91)]);
  t.match(on(70, 15, null).reason, { code: 'conduct_good' }, 'one of many may be missing');
  const held = { standing: fallen.standing, since: dayOf(56) };
  t.equal(on(70, 16, held).standing, 'good');
  t.equal(on(70, 0, held).standing, 'probation');
  let last = fallen;
  for (let days = 71; days <= 161 && last.standing !== 'good'; days++) last = on(days, 0, last);
  t.equal(last.standing, 'good');
});

test('who is excused owes nothing of what falls due from then on, and what was owed before fades behind it', async (t) => {
  const evidence = Array.from({ length: 200 }, (_, n) => record(`g${n}`, cn, n / 2));
  const excused = { obligation: asked('2', 10), since: start - 1, from: start - 1, until: at(77) };
  const owed = (days: number) => {
    const ledger = { party: us, other: cn, bounds: [excused], evidence, witnessedSince: 0, now: at(days) };
    return due(marksOver(ledger))[1];
  };
  t.same([77, 83, 84, 91].map(owed), [9, 9, 0, 0]);
  t.equal(due(ofUs(evidence, 91))[1], 12, 'unless it is bound on');
});

test('before an offer is signed its officer learns that it would already leave the node owing', async (t) => {
  const body = { ...offer(rule()), obligations: [asked('2', 10)] };
  const found = (evidence: Evidence[]) => {
    const context = { day: dayOf(84), previous: null, ahead: 0, other: null, enrolled: [] };
    return checkOffer(body, { ...context, conduct: keptBy(ofUs(evidence)) });
  };
  const owing = { obligation: 'give_in_return/2', kept: 0, broken: 1 };
  t.same(found(several(10, cn, 40)), [{ code: 'obligation_broken_today', params: owing }]);
  t.same(found([...several(10, cn, 40), record('back', us, 80)]), []);
});

const bands = fc.constantFrom<Report['band'][]>('unrated', '0-1', '2-3', '4', '5-7');
const anyRecord = (by: string, last = 120) =>
  fc
    .record({
      id: fc.nat(1_000_000),
      days: fc.nat(last * 4).map((quarters) => quarters / 4),
      band: bands,
      percent: fc.constantFrom(null, 10, 25, 75),
      isJunk: fc.nat(9).map((n) => n === 0),
      isNews: fc.nat(9).map((n) => n > 0),
      old: fc.constantFrom(0, 0, 0, 20),
    })
    .map(({ id, days, old, ...more }) => record(`${by}/${id}`, by, days, { ...more, detected: at(days - old) }));
const gifts = fc.array(anyRecord(cn), { maxLength: 60 });
const returned = fc.array(anyRecord(us), { maxLength: 12 });
const obligations = fc
  .record({ from: fc.constantFrom('2', '4', '5'), percent: fc.integer({ min: 1, max: 100 }) })
  .map(({ from, percent }) => asked(from, percent));
const held = fc.option(
  fc.record({ standing: fc.constantFrom(...STANDINGS.slice(0, 4)), since: fc.nat(120).map(dayOf) }),
);
const NOW = 120;
const RUNS = { numRuns: 10_000 };
const rankOf = (marks: Mark[], previous: { standing: Standing; since: string } | null) =>
  STANDINGS.indexOf(standingOf({ marks, previous, override: null, day: dayOf(NOW) }).standing);

test('who gives more in return never stands worse, and never owes more', async () => {
  fc.assert(
    fc.property(gifts, returned, returned, obligations, held, (given, back, more, obligation, previous) => {
      const [before, after] = [
        [...given, ...back],
        [...given, ...back, ...more],
      ].map((all) => ofUs(all, NOW, obligation));
      return due(after!)[1]! <= due(before!)[1]! && rankOf(after!, previous) <= rankOf(before!, previous);
    }),
    RUNS,
  );
});

test('it brings nobody below probation, and who was given nothing owes nothing', async () => {
  fc.assert(
    fc.property(gifts, returned, obligations, (given, back, obligation) => {
      const marks = ofUs([...given, ...back], NOW, obligation);
      return rankOf(marks, null) <= 1 && ofUs(back, NOW, obligation).length === 0;
    }),
    RUNS,
  );
});

test('what was given less than thirty days ago is never owed', async () => {
  const recent = fc.array(
    anyRecord(cn, 29).map((one) => record(one.digest, cn, (one.at - start) / DAY + NOW - 29.9)),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(gifts, recent, returned, obligations, (given, late, back, obligation) => {
      const said = (all: Evidence[]) => JSON.stringify(ofUs(all, NOW, obligation));
      return said([...given, ...late, ...back]) === said([...given, ...back]);
    }),
    RUNS,
  );
});

test('both find the same from the same evidence, in any order and doubled', async () => {
  const mixed = fc.tuple(gifts, returned).chain(([given, back]) => {
    const all = [...new Map([...given, ...back].map((one) => [one.digest, one])).values()];
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }));
  });
  fc.assert(
    fc.property(mixed, obligations, ([all, shuffled], obligation) => {
      const doubled = [...shuffled, ...all.slice(0, 9).map((one) => ({ ...one, at: one.at + DAY }))];
      const said = [all, shuffled, doubled].map((some) => JSON.stringify(ofUs(some, NOW, obligation)));
      return new Set(said).size === 1;
    }),
    RUNS,
  );
});

test('junk and trifles earn nothing', async () => {
  const worthless = fc.array(
    fc.tuple(anyRecord(us), fc.constantFrom<Partial<Report>[]>({ isJunk: true }, { band: '0-1' }, { percent: 24 })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(gifts, returned, worthless, obligations, (given, back, more, obligation) => {
      const junk = more.map(([one, fault]) => ({ ...one, digest: `junk ${one.digest}`, ...fault }));
      const said = (all: Evidence[]) => JSON.stringify(ofUs(all, NOW, obligation));
      return said([...given, ...back]) === said([...given, ...back, ...junk]);
    }),
    RUNS,
  );
});

test('who asks for it owes it too, unless the other waived it; and so the other way', async () => {
  const lists = fc.array(obligations, { maxLength: 3 });
  const waives = fc.constantFrom([], ['give_in_return']);
  fc.assert(
    fc.property(lists, waives, lists, waives, (ours, oursWaived, theirs, theirsWaived) => {
      const own = { ...offer(), obligations: ours, waives: oursWaived };
      const other = { ...offer(), obligations: theirs, waives: theirsWaived };
      const owes = (of: typeof own, to: typeof own) => obligationsOf({ own: of, other: to }).length > 0;
      const expected = (asks: Obligation[], asked: Obligation[], isWaived: boolean) =>
        asked.length > 0 || (asks.length > 0 && !isWaived);
      return (
        owes(own, other) === expected(ours, theirs, theirsWaived.length > 0) &&
        owes(other, own) === expected(theirs, ours, oursWaived.length > 0)
      );
    }),
    RUNS,
  );
});
