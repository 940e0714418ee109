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

const both = (count: number) => ({ fit: count, organisations: count });
const alone = both(1);

function groups(one: Fields, all: readonly Fields[], k: number) {
  const traits = all.map((event) => new Set(traitsOf(event)));
  const fitting = (asked: readonly string[]) => {
    const fit = [...all.keys()].filter((nth) => asked.every((trait) => traits[nth]!.has(trait)));
    const organisations = new Set(fit.map((nth) => all[nth]!.organisation ?? nth)).size;
    return { fit: Math.min(k, fit.length), organisations: Math.min(k, organisations) };
  };
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
      ...alone,
      k: 5,
      all: both(5),
      rare: ['countries_affected'],
      offers: [{ place: '/countries_affected', instead: null, ...both(5) }],
    },
    {
      code: 'small_group',
      tier: 'amber',
      ...alone,
      k: 5,
      all: both(5),
      rare: ['countries_affected'],
      offers: [{ place: '/countries_affected', instead: null, ...both(5) }],
    },
  ]);
  t.end();
});

test('a month may become its quarter or year, and where nothing is enough what helps most is offered', (t) => {
  const clear = { occurred_month: '2023-05', hazard_domain: 'cyber' };
  const all = [clear, { ...clear, occurred_month: '2023-04' }, { ...clear, occurred_month: '2023-11' }];
  t.strictSame(groups(clear, all, 3), [
    {
      ...{ code: 'small_group', tier: 'clear', ...alone, k: 3, all: both(3), rare: ['occurred_month'] },
      offers: [
        { place: '/occurred_month', instead: 'quarter', ...both(2) },
        { place: '/occurred_month', instead: 'year', ...both(3) },
        { place: '/occurred_month', instead: null, ...both(3) },
      ],
    },
  ]);
  t.strictSame(groups(clear, all, 9)[0]?.rare, ['occurred_month']);
  t.strictSame(groups(clear, [clear], 5)[0], {
    code: 'small_group',
    tier: 'clear',
    ...alone,
    k: 5,
    all: alone,
    rare: [],
    offers: [],
  });
  t.end();
});

test('events of one organisation are as few as it is', (t) => {
  const told = { occurred_month: '2026-11', sector: ['mining-and-quarrying'] };
  const ours = Array(6).fill({ ...told, organisation: 'Brixholm' });
  t.match(groups(told, ours, 5), [
    { tier: 'clear', fit: 5, organisations: 1, all: { fit: 5, organisations: 1 }, rare: [], offers: [] },
    { tier: 'green', fit: 5, organisations: 1 },
  ]);
  const others = Array(4).fill({ ...told, occurred_month: '2026-10' });
  t.match(groups(told, [...ours, ...others], 5)[0], {
    ...{ fit: 5, organisations: 1, rare: ['occurred_month'] },
    offers: [{ instead: 'quarter', fit: 5, organisations: 5 }, {}, {}],
  });
  t.strictSame(groups(told, [...ours, ...Array(4).fill(told)], 5), []);
  t.end();
});

test('a technique that is a part of another may become it, and of several items or members one may be left out', (t) => {
  const offersOf = (one: Fields, all: readonly Fields[]) =>
    groups(one, [one, ...all], 5)
      .at(-1)!
      .offers.map(({ place, instead, fit }) => `${place} ${instead} ${fit}`);
  const part = { techniques: ['AML.T0051.001'] };
  t.strictSame(offersOf(part, Array(4).fill({ techniques: ['AML.T0051'] })), [
    '/techniques technique 5',
    '/techniques null 5',
  ]);
  t.strictSame(offersOf(part, Array(4).fill({ techniques: ['AML.T0051.000'] }))[0], '/techniques technique 5');
  t.strictSame(offersOf(part, Array(4).fill({ techniques: ['AML.T0052'] })), [
    '/techniques technique 1',
    '/techniques null 5',
  ]);
  const whole = { techniques: ['AML.T0051'] };
  t.strictSame(groups(whole, [whole, ...Array(4).fill(part)], 5), [], 'what is offered fits as many when it is told');
  t.strictSame(offersOf({ countries_affected: ['US', 'LI'] }, Array(4).fill({ countries_affected: ['US'] })), [
    '/countries_affected/1 null 5',
    '/countries_affected null 5',
  ]);
  const deployment = { breadth: 'pilot', autonomy: null, tasks: ['other'] };
  t.strictSame(offersOf({ deployment }, Array(4).fill({ deployment: { breadth: 'pilot' } })), [
    '/deployment/tasks null 5',
    '/deployment null 5',
  ]);
  const many = Array.from({ length: 9 }, (_, nth) => `A${String.fromCharCode(65 + nth)}`);
  t.strictSame(offersOf({ countries_affected: many }, Array(4).fill({})), ['/countries_affected null 5']);
  t.end();
});

test('a day tells its month where no month stands beside it, and the tier is that of the day', (t) => {
  const day = { occurred: '1999-12-31' };
  const [found, ...others] = groups(
    day,
    [day, { occurred_month: '1999-12' }, ...Array(4).fill({ occurred_month: '1999-11' })],
    5,
  );
  t.strictSame(others, []);
  t.match(found, { tier: 'green', fit: 2, rare: ['occurred_month'] });
  t.same(
    found!.offers.map(({ place, instead, fit }) => `${place} ${instead} ${fit}`),
    ['/occurred quarter 5', '/occurred year 5', '/occurred null 5'],
  );
  t.end();
});

const anyFields = fc.record({
  occurred_month: fc.constantFrom(null, '2023-01', '2023-02', '2023-05', '2024-01'),
  hazard_domain: fc.constantFrom(null, 'cyber', 'bio'),
  sector: fc.constantFrom(null, ['education'], ['education', 'construction']),
  countries_affected: fc.constantFrom(null, ['US'], ['US', 'CN'], ['LI']),
  deployment: fc.constantFrom(null, { breadth: 'pilot' }, { breadth: 'broad', tasks: ['other'] }),
  techniques: fc.constantFrom(null, ['AML.T0051'], ['AML.T0051.001'], ['AML.T0051.001', 'AML.T0043']),
  organisation: fc.constantFrom(null, 'Brixholm', 'Quillmark'),
});

test('a higher tier never fits more, what is coarser never fits fewer, and k decides alone', (t) => {
  fc.assert(
    fc.property(fc.array(anyFields, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (all, k) => {
      const found = groups(all[0]!, all, k);
      const rising = found.every(({ fit }, at) => at === 0 || fit <= found[at - 1]!.fit);
      const few = found.every(({ fit, organisations }) => Math.min(fit, organisations) < k && organisations <= fit);
      const within = found.every(
        ({ fit, offers }) => fit >= 1 && fit <= k && offers.every((offer) => offer.fit >= fit),
      );
      return rising && few && within && (k > 1 || found.length === 0);
    }),
  );
  t.pass();
  t.end();
});
