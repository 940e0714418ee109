// How many events fit what a tier shows, and what could be told instead.
import fc from 'fast-check';
import { test } from 'tap';
import { groupQuestions, smallGroups, traitsOf } from '../src/events.ts';

type Fields = Record<string, unknown>;
const fields: Fields = {
  title: 'Not counted',
  occurred_month: '2023-05',
  hazard_domain: 'cyber',
  sector: ['education'],
  countries_affected: ['LI'],
  deployment: { breadth: 'pilot', autonomy: null, tasks: [] },
  techniques: ['AML.T0051'],
};

function groups(one: Fields, all: readonly Fields[], k: number) {
  const traits = all.map((event) => new Set(traitsOf(event)));
  const fitting = (asked: readonly string[]) => traits.filter((has) => asked.every((trait) => has.has(trait))).length;
  return smallGroups(groupQuestions(one), fitting, k);
}

test('what an event is known by is JSON that its fields contain, a month its quarter and its year too', (t) => {
  t.strictSame(
    traitsOf({
      ...{
        title: 'Not counted',
        occurred_month: '2023-11',
        hazard_domain: 'cyber',
        sector: ['education', 'construction'],
      },
      ...{ deployment: { breadth: 'pilot', autonomy: null, tasks: ['goal-driven', 'other'] }, techniques: null },
    }),
    [
      'occurred_month:"2023-11"',
      'occurred_month:"2023-10"|"2023-11"|"2023-12"',
      `occurred_month:${Array.from({ length: 12 }, (_, at) => `"2023-${`${at + 101}`.slice(1)}"`).join('|')}`,
      'hazard_domain:"cyber"',
      'sector:["education"]',
      'sector:["construction"]',
      'deployment:{"breadth":"pilot"}',
      'deployment:{"tasks":["goal-driven"]}',
      'deployment:{"tasks":["other"]}',
    ],
  );
  t.end();
});

test('any of the fields may be the one that could be left out, and of two the one that helps more', (t) => {
  for (const name of ['hazard_domain', 'sector', 'deployment', 'countries_affected', 'techniques']) {
    const others = Array(4).fill({ ...fields, [name]: null });
    const found = groups(fields, [fields, ...others], 5).at(-1);
    t.match(found, { fit: 1, rare: [name], offers: [{ place: `/${name}`, instead: null, fit: 5 }] });
    t.equal(found?.offers.length, 1);
  }
  const both = { hazard_domain: 'cyber', sector: ['education'] };
  const all = [both, { ...both, sector: null }, { ...both, sector: null }, { ...both, hazard_domain: 'bio' }];
  t.match(groups(both, all, 9).at(-1), { fit: 1, rare: ['sector'], offers: [{ place: '/sector', fit: 3 }] });
  t.end();
});

test('a tier at which enough fit warns of nothing', (t) => {
  t.strictSame(groups(fields, Array(5).fill(fields), 5), []);
  t.strictSame(groups({ title: 'x' }, [], 5), [], 'what tells nothing tells nobody apart');
  t.end();
});

test('the tier, the rare field, and how many would fit without it are told', (t) => {
  const others = Array(4).fill({ ...fields, countries_affected: ['DE'] });
  t.strictSame(groups(fields, [fields, ...others], 5), [
    {
      code: 'small_group',
      tier: 'green',
      fit: 1,
      k: 5,
      rare: ['countries_affected'],
      offers: [{ place: '/countries_affected', instead: null, fit: 5 }],
    },
    {
      code: 'small_group',
      tier: 'amber',
      fit: 1,
      k: 5,
      rare: ['countries_affected'],
      offers: [{ place: '/countries_affected', instead: null, fit: 5 }],
    },
  ]);
  t.end();
});

test('a month may become its quarter or year, and where nothing is enough what helps most is offered', (t) => {
  const clear = { occurred_month: '2023-05', hazard_domain: 'cyber' };
  const all = [clear, { ...clear, occurred_month: '2023-04' }, { ...clear, occurred_month: '2023-11' }];
  t.strictSame(groups(clear, all, 3), [
    {
      ...{ code: 'small_group', tier: 'clear', fit: 1, k: 3, rare: ['occurred_month'] },
      offers: [
        { place: '/occurred_month', instead: 'quarter', fit: 2 },
        { place: '/occurred_month', instead: 'year', fit: 3 },
        { place: '/occurred_month', instead: null, fit: 3 },
      ],
    },
  ]);
  t.strictSame(groups(clear, all, 9)[0]?.rare, ['occurred_month']);
  t.strictSame(groups(clear, [clear], 5)[0], {
    code: 'small_group',
    tier: 'clear',
    fit: 1,
    k: 5,
    rare: [],
    offers: [],
  });
  t.end();
});

const anyFields = fc.record({
  occurred_month: fc.constantFrom(null, '2023-01', '2023-02', '2023-05', '2024-01'),
  hazard_domain: fc.constantFrom(null, 'cyber', 'bio'),
  sector: fc.constantFrom(null, ['education'], ['education', 'construction']),
  countries_affected: fc.constantFrom(null, ['US'], ['US', 'CN'], ['LI']),
  deployment: fc.constantFrom(null, { breadth: 'pilot' }, { breadth: 'broad', tasks: ['other'] }),
  techniques: fc.constantFrom(null, ['AML.T0051']),
});

test('a higher tier never fits more, what is coarser never fits fewer, and k decides alone', (t) => {
  fc.assert(
    fc.property(fc.array(anyFields, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (all, k) => {
      const found = groups(all[0]!, all, k);
      const rising = found.every(({ fit }, at) => at === 0 || fit <= found[at - 1]!.fit);
      const within = found.every(({ fit, offers }) => fit >= 1 && fit < k && offers.every((offer) => offer.fit >= fit));
      return rising && within && (k > 1 || found.length === 0);
    }),
  );
  t.pass();
  t.end();
});
