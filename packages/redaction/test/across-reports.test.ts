// Reports of one event: what one hides the other must not show.
import fc from 'fast-check';
import { test } from 'tap';
import { type Account, acrossReports } from '../src/events.ts';

const account = (more: Partial<Account> = {}): Account => ({
  ...{ name: 'case b', tlp: 'clear', level: 5, fields: { title: 'A report' }, hidden: [], isOut: false },
  ...more,
});

const places = (draft: Account, other: Account) =>
  acrossReports(draft, [other]).map(
    ({ code, place, kind, holds }) => `${code} ${place} ${kind}${holds ? ' holds' : ''}`,
  );

test('a field that has no value there is told, and a member of one', (t) => {
  const draft = account({
    fields: { title: 'x', occurred: '2023-05-04', deployment: { breadth: 'pilot', tasks: [] } },
  });
  const other = account({ fields: { title: 'x', deployment: { breadth: null, tasks: ['other'] } } });
  t.strictSame(acrossReports(draft, [other]), [
    { code: 'shown_here', other: 'case b', place: '/occurred', kind: 'field', holds: false },
    { code: 'shown_here', other: 'case b', place: '/deployment/breadth', kind: 'field', holds: false },
    { code: 'shown_there', other: 'case b', place: '/deployment/tasks', kind: 'field', holds: false },
  ]);
  t.strictSame(acrossReports(draft, [account({ level: 1 })]), [], 'what a peer did not give us may be there');
  t.end();
});

test('what tells no event apart is not compared, a list is one value, and a field that nobody gave is none that was made coarse', (t) => {
  const general = { kind: 'incident', language: 'en', severity: 3, hazard_domain: 'cyber' };
  const draft = account({ fields: { ...general, title: 'x', sector: ['education', 'construction'] } });
  t.strictSame(places(draft, account({ fields: { title: 'x', sector: ['education'] } })), []);
  t.strictSame(places(draft, account({ fields: { title: 'x', occurred_month: '2023-05' } })), [
    'shown_here /sector field',
    'shown_there /occurred_month field',
  ]);
  t.end();
});

test('words taken out there are told in their place, in any case and form, and a day in any form', (t) => {
  const hidden = [
    { kind: 'place', text: 'Springfield' },
    { kind: 'date', text: '2023年5月4日' },
    { kind: 'person', text: '王伟' },
  ];
  const fields = {
    title: 'SPRINGFIELD: on 4 May 2023',
    summary: 'Springfields, 据王伟称',
    safeguards_bypassed: ['none', '04.05.2023'],
  };
  t.strictSame(
    acrossReports(account({ fields }), [account({ hidden })]).map(({ code, place, kind, start, end }) => [
      code,
      place,
      kind,
      start,
      end,
    ]),
    [
      ['shown_here', '/title', 'place', 0, 11],
      ['shown_here', '/title', 'date', 16, 26],
      ['shown_here', '/summary', 'person', 15, 17],
    ],
  );
  t.end();
});

test('a less strict label is told', (t) => {
  t.strictSame(acrossReports(account(), [account({ tlp: 'amber' })]), [
    { code: 'shown_here', other: 'case b', place: '/tlp', kind: 'tlp', holds: false },
  ]);
  t.end();
});

test('names, days and places that the other hides hold; what the other shows holds when others have it', (t) => {
  const shows = account({
    fields: { title: 'OpenAI in Springfield', occurred: '2023-05-04', countries_affected: ['US'] },
  });
  const hidden = [
    { kind: 'developer', text: 'openai', by: 'term' },
    { kind: 'place', text: 'Springfield', by: 'officer' },
    { kind: 'place', text: '美国', by: 'officer' },
    { kind: 'date', text: '4 May', by: 'policy' },
  ];
  const hides = account({ fields: { title: 'Developer A7F3 in a place', occurred: '2023-05-04' }, hidden });
  t.same(places(shows, hides), [
    'shown_here /countries_affected field',
    'shown_here /occurred date holds',
    'shown_here /countries_affected/0 place holds',
    'shown_here /title developer holds',
    'shown_here /title place holds',
  ]);
  const there = places(hides, { ...shows, isOut: true });
  t.equal(there.filter((one) => /^shown_there .* holds$/.test(one)).length, 4);
  t.notMatch(places(hides, shows).join(), /holds/, 'a draft of ours that waits will be held itself');
  t.end();
});

test('a day that is counted or has a name is compared as a day, and so is one without a year', (t) => {
  const shows = (narrative: string, text: string) =>
    places(account({ fields: { narrative } }), account({ hidden: [{ kind: 'date', text }] }));
  const isShown = (shown: string, hidden: string) =>
    t.same(shows(shown, hidden), ['shown_here /narrative date holds'], shown);
  for (const shown of [
    'on the second Thursday of March 2024',
    'Pi Day 2024',
    '2024-W11-4',
    '2024年3月第二个星期四',
    'on 14 March',
  ]) {
    isShown(`It was ${shown} then.`, '14 March 2024');
    t.same(shows(`It was ${shown} then.`, '15 March 2024'), [], shown);
  }
  isShown('It was 14 March 2024.', 'second Thursday of March 2024');
  isShown('It was 14 March 2024.', 'Pi Day');
  isShown('It was 25 November 2024.', 'last Monday of November 2024');
  for (const [name, day] of [
    ['Thanksgiving Day', '28 November 2024'],
    ['Black Friday', '29 November 2024'],
    ['Cyber Monday', '2 December 2024'],
    ['Memorial Day', '27 May 2024'],
    ['Christmas Eve', '24 December 2024'],
  ] as const)
    isShown(`It was ${name} 2024.`, day);
  isShown('那是2024年平安夜。', '24 December 2024');
  isShown('It was 2027-W01-1.', '4 January 2027');
  t.same(shows('It was Easter Sunday 2024.', '31 March 2024'), [], 'a day that we do not compute');
  t.same(shows('It was in 2024-W11.', '14 March 2024'), [], 'a week is no day');
  t.end();
});

test('the day in one and the month in the other holds, a day that nobody dated does not', (t) => {
  const day = account({ fields: { title: 'x', occurred: '2023-05-04', occurred_month: '2023-05' } });
  t.same(places(day, account({ fields: { title: 'x', occurred_month: '2023-05' } })), [
    'shown_here /occurred date holds',
  ]);
  t.same(places(day, account({ fields: { title: 'x' } })), [
    'shown_here /occurred_month field',
    'shown_here /occurred field',
  ]);
  t.end();
});

test('what its tier tells coarsely is hidden below the exact field, and what an account tells itself is not', (t) => {
  const coarse = account({
    fields: { title: 'In May 2023', narrative: 'Mill Road, 4 May 2023', occurred: '2023-05-04' },
    hidden: [
      { kind: 'date', text: '4 May 2023', by: 'tier' },
      { kind: 'url', text: 'https://a.example/1', by: 'certain' },
      { kind: 'person', text: 'Target', by: 'officer' },
    ],
  });
  const exact = account({
    fields: { title: 'In May 2023', narrative: 'On 4 May 2023, on target', occurred: '2023-05-04' },
  });
  t.same(places(exact, coarse), []);
  t.same(places({ ...exact, fields: { ...exact.fields, title: 'On 4 May 2023' } }, coarse), [
    'shown_here /title date holds',
  ]);
  const evidence = [{ kind: 'url', reference: 'https://a.example/1' }];
  const both = { ...coarse, fields: { ...coarse.fields, evidence } };
  t.same(places({ ...exact, fields: { ...exact.fields, evidence } }, both), []);
  t.end();
});

test('counts, times of day, codes and no words at all are looked for nowhere', (t) => {
  const fields = { title: 'At 14:32 17 people', sector: ['education'], countries_affected: ['CN'] };
  const hidden = [
    { kind: 'count', text: '17' },
    { kind: 'time', text: '14:32' },
    { kind: 'person', text: '' },
    { kind: 'person', text: ' ' },
    { kind: 'organisation', text: 'education' },
    { kind: 'organisation', text: 'China' },
  ];
  t.strictSame(places(account({ fields }), account({ fields: { ...fields, title: 'x' }, hidden })), []);
  t.end();
});

test('a day is told from others beside it, and no day that nobody can read is taken for another', (t) => {
  const shown = (title: string, hidden: string, kind = 'date') =>
    acrossReports(account({ fields: { title } }), [account({ hidden: [{ kind, text: hidden }] })]).map(
      ({ start, end }) => title.slice(start, end),
    );
  t.strictSame(shown('On 4 May 2023 at 14:32, not on 9 June 2023', '2023-06-09'), ['9 June 2023']);
  t.strictSame(shown('On 4 May 2023, not on 9 June 2023', '2023-06-08'), []);
  t.strictSame(shown('On 03/05/2024', '04/06/2024'), [], 'a month or a day');
  t.strictSame(shown('On 4 June it fell', 'June 4th Museum', 'organisation'), []);
  t.end();
});

test('the day and the countries of a record are those that were hidden, and what is no country is none', (t) => {
  const day = account({ fields: { occurred: '2023-05-04', countries_affected: ['USA', 'xUS', 'US', 'DE'] } });
  const hides = (...texts: string[]) =>
    places(day, { ...day, hidden: texts.map((text) => ({ kind: /\d/.test(text) ? 'date' : 'place', text })) });
  t.strictSame(hides('2023年5月4日'), ['shown_here /occurred date holds']);
  t.strictSame(hides('5 May 2023', '4 June', '03/05/2023', 'France'), []);
  t.strictSame(hides('Germany'), ['shown_here /countries_affected/3 place holds']);
  t.end();
});

test('other words at the same place are another difference, the same words are the same in any text', (t) => {
  const words = (fields: Account['fields'], hidden: string[]) =>
    acrossReports(account({ fields }), [
      account({
        fields: { occurred_month: '2023-05' },
        hidden: hidden.map((text) => ({ kind: 'person', text })),
      }),
    ]).flatMap((one) => one.words ?? []);
  const [ada, bob] = [words({ title: 'Ada' }, ['Ada']), words({ title: 'Bob' }, ['Bob'])];
  t.match(ada, [/^[\w-]{43}$/]);
  t.notSame(ada, bob);
  t.strictSame(words({ title: 'Told by Ada' }, ['Ada']), ada);
  const [fourth, fifth] = ['2023-05-04', '2023-05-05'].map((occurred) => words({ occurred }, []));
  t.match(fourth, [/^[\w-]{43}$/]);
  t.notSame(fourth, fifth);
  t.end();
});

const anyAccount = fc.record({
  name: fc.constantFrom('a', 'b'),
  tlp: fc.constantFrom('clear', 'green', 'amber', 'red'),
  level: fc.constantFrom(1, 2, 3, 4, 5),
  fields: fc.record({
    title: fc.constantFrom('A bus in Springfield', 'On 4 May 2023', '2023年5月4日', 'A bus'),
    occurred: fc.constantFrom(null, '2023-05-04'),
    countries_affected: fc.constantFrom(null, ['US']),
    deployment: fc.constantFrom(null, { breadth: null }, { breadth: 'pilot' }),
  }),
  hidden: fc.subarray([
    { kind: 'place', text: 'Springfield' },
    { kind: 'date', text: '2023-05-04' },
  ]),
  isOut: fc.boolean(),
}) as fc.Arbitrary<Account>;

test('each sees the same from its side, and who hides as much as the other differs in nothing', (t) => {
  fc.assert(
    fc.property(anyAccount, anyAccount, (one, other) => {
      const from = (a: Account, b: Account, code: string) =>
        JSON.stringify(
          acrossReports(a, [b])
            .filter((found) => found.code === code)
            .map(({ place, kind, start }) => [place, kind, start]),
        );
      return (
        from(one, other, 'shown_here') === from(other, one, 'shown_there') &&
        acrossReports({ ...one, hidden: [] }, [{ ...one, hidden: [] }]).length === 0
      );
    }),
  );
  t.pass();
  t.end();
});

test('words are the same over a line, with other blanks, marks, dashes and characters', (t) => {
  const hidden = ['Renée O’Pellworth-Vance', '张伟', 'Brixholm (Holding) +'].map((text) => ({ kind: 'person', text }));
  const placesIn = (title: string) =>
    acrossReports(account({ fields: { title } }), [account({ hidden })]).map(({ start, end }) =>
      title.slice(start, end),
    );
  for (const words of ['Renée\nO’Pellworth-Vance', "renee  o'pellworth‑vance", 'Renée \u00a0O’Pellworth–Vance', '張偉'])
    t.strictSame(placesIn(`by ${words} then`), [words]);
  t.strictSame(
    placesIn('the Brixholm  (Holding) + of Renée'),
    ['Brixholm  (Holding'],
    'a sign at its end tells nothing',
  );
  t.strictSame(placesIn('The oﬃce of “Brixholm (Holding) +”'), ['Brixholm (Holding'], 'a letter that is three');
  const other = (title: string, text: string) =>
    acrossReports(account({ fields: { title } }), [account({ hidden: [{ kind: 'address', text }] })]).length;
  t.equal(other('at 12 Mill Road.', ' 12 Mill  Road\n'), 1);
  t.equal(other('(12 Mill Road)', '12 Mill Road'), 1);
  t.equal(other('at 212 Mill Road', '12 Mill Road'), 0);
  t.end();
});

test('words are compared as known terms are: folded, where words begin and end', (t) => {
  const shown = (title: string, text: string, kind = 'place') =>
    acrossReports(account({ fields: { title } }), [account({ hidden: [{ kind, text }] })]).map(({ start, end }) =>
      title.slice(start, end),
    );
  for (const words of ['Mu\u200bnich', 'ＭＵＮＩＣＨ', 'munich', 'Мunich', 'Mun-ich', 'Münich'])
    for (const [before, behind] of ['in / then', '/.txt', 'to_/_centre', '在/的', '/’s mayor', 'the /-based'].map(
      (one) => one.split('/'),
    ))
      t.strictSame(shown(before + words + behind, 'Munich'), [words], words);
  for (const words of ['München', 'Muenchen', 'MÜNCHEN'])
    for (const hidden of ['München', 'Muenchen', 'muenchen'])
      t.strictSame(shown(`in ${words}.`, hidden), [words], words);
  t.strictSame(shown('see mill_road.pdf and MillRoad', 'Mill Road'), ['mill_road', 'MillRoad']);
  t.strictSame(shown('call 5551234567', '555 123-4567', 'phone'), ['5551234567']);
  for (const [title, hidden, kind] of [
    ['Munichs and Unmunich', 'Munich'],
    ['mu nich', 'Munich'],
    ['it was on target', 'Target'],
    ['MayDay, or li', 'Li'],
    ['for 314 people', '3/14', 'date'],
    ['3.14 m', '314', 'date'],
  ] as const)
    t.strictSame(shown(title, hidden, kind), [], title);
  t.end();
});
