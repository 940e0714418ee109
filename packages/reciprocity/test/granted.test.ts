// How much of a record the grants give, and whom a warning reaches.
import type { Cell } from '@detente/record';
import { test } from 'tap';
import { foldGrants, type GrantRow, grantedLevel, type Logged, warningLevel, wasEverGiven, why } from '../src/index.ts';

const cell: Cell = 'incident/cyber/2-3';
const severe: Cell = 'incident/cyber/5-7';
const record_id = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const row = (number: number, level: GrantRow['level'], more: Partial<GrantRow> = {}): GrantRow => {
  return { number, from_index: 0, level, cell, record_id: null, rule: 'offer_unconditional', terms: 't', ...more };
};
const follow = (number: number) =>
  row(number, 0, { cell: null, record_id, rule: 'later_version_of_given', terms: null });
const version: Logged = { record_id, cell, least: 3, place: 10 };

test('a record is given up to its level where its TLP asks for no more than that', async (t) => {
  const given = (change: Partial<Logged>, ...rows: GrantRow[]) =>
    grantedLevel(foldGrants(rows), { ...version, ...change });
  t.equal(given({}), null);
  t.equal(given({}, row(1, 3)), 3);
  t.equal(given({}, row(1, 5)), 5);
  t.equal(given({}, row(1, 2)), null, 'less than the label asks for is nothing');
  t.equal(given({ least: 1 }, row(1, 1)), 1);
  t.equal(given({ least: 5 }, row(1, 4)), null);
  t.equal(given({ place: 9 }, row(1, 3, { from_index: 10 })), null);
  t.equal(given({ place: null }, row(1, 3, { from_index: 10 })), 3);
  t.equal(given({}, row(1, 2), follow(2)), 0, 'whoever has a version has the signed part of the next');
  t.equal(given({}, row(1, 4), follow(2)), 4);
  t.equal(given({ record_id: record_id.replace('1', '2') }, row(1, 2), follow(2)), null);
  t.equal(given({ cell: severe, least: 5 }, row(1, 3, { cell: severe })), 2, 'no label holds a severe one below green');
});

test('what was given at any time stays given, whatever the rows said later', async (t) => {
  t.equal(wasEverGiven([], version), false);
  t.equal(wasEverGiven([row(1, 2), row(2, 1)], version), false);
  t.equal(wasEverGiven([row(1, 3), row(2, null)], version), true);
  t.equal(wasEverGiven([row(2, null), row(1, 3)], version), true, 'in any order of arrival');
  t.equal(wasEverGiven([row(1, null), row(2, 3)], version), true);
  t.equal(
    wasEverGiven([row(1, 3, { line: 0 }), row(1, 1, { line: 1 })], version),
    false,
    'rows of one number hold together',
  );
  t.equal(wasEverGiven([row(1, 5, { cell: severe })], version), false, 'another cell');
  t.equal(wasEverGiven([row(1, 5, { cell: null, record_id }), row(2, null)], version), true, 'the record by name');
  t.equal(wasEverGiven([row(1, 5, { cell: null, record_id: 'another' })], version), false);
});

test('a warning goes out from severity 4 on, and from 5 on to everyone', async (t) => {
  const levels = ([null, 0, 1, 2, 5] as const).map((granted) =>
    [null, 3, 4, 5, 7].map((severity) => warningLevel({ severity, granted })),
  );
  t.same(levels, [
    [null, null, null, 2, 2],
    [null, null, null, 2, 2],
    [null, null, 1, 2, 2],
    [null, null, 2, 2, 2],
    [null, null, 2, 2, 2],
  ]);
});

test('why gives no floor without a grant, and follows a record that the grants follow', async (t) => {
  const asked = { record_id, index: null, tlp: 'red', earlierGiven: false, expelled: false } as const;
  t.same(why(foldGrants([]), { ...asked, cell: severe }), {
    level: null,
    reasons: [{ code: 'not_granted', params: { cell: severe } }],
  });
  t.same(why(foldGrants([follow(1)]), { ...asked, cell }), {
    level: 0,
    reasons: [
      { code: 'not_granted', params: { cell } },
      { code: 'later_version_of_given', params: {} },
    ],
  });
  t.same(why(foldGrants([follow(1)]), { ...asked, cell, record_id: 'another' }).level, null);
  const wide = why(foldGrants([row(1, 5), follow(2)]), { ...asked, cell, earlierGiven: true });
  t.equal(wide.level, 5, 'an earlier version takes nothing away');
  t.same(
    wide.reasons.map(({ code }) => code),
    ['granted'],
  );
  t.same(why(foldGrants([]), { ...asked, cell, expelled: true }).reasons, [{ code: 'standing_expelled', params: {} }]);
});
