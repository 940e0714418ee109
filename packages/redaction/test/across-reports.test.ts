// Reports of one event: what one hides the other must not show.
import fc from 'fast-check';
import { test } from 'tap';
import { type Account, acrossReports } from '../src/events.ts';

const account = (more: Partial<Account> = {}): Account => ({
  ...{ name: 'case b', tlp: 'clear', level: 5, fields: { title: 'A report' }, hidden: [] },
  ...more,
});

test('a field that has no value there is told, and a member of one', (t) => {
  const draft = account({
    fields: { title: 'x', occurred: '2023-05-04', deployment: { breadth: 'pilot', tasks: [] } },
  });
  const other = account({ fields: { title: 'x', deployment: { breadth: null, tasks: ['other'] } } });
  t.strictSame(acrossReports(draft, [other]), [
    { code: 'shown_here', other: 'case b', place: '/occurred', kind: 'field' },
    { code: 'shown_here', other: 'case b', place: '/deployment/breadth', kind: 'field' },
    { code: 'shown_there', other: 'case b', place: '/deployment/tasks', kind: 'field' },
  ]);
  t.strictSame(acrossReports(draft, [account({ level: 1 })]), [], 'what a peer did not give us may be there');
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
    { code: 'shown_here', other: 'case b', place: '/tlp', kind: 'tlp' },
  ]);
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
