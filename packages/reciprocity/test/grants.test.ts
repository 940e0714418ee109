import type { Cell, Level } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import { foldGrants, type GrantRow, type Grants, grantAt, grantChanges, terms, why } from '../src/index.ts';
import { inputs, offer, rule, simple } from './samples.ts';

const cell: Cell = 'incident/cyber/2-3';
const record_id = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const value = (level: number | null | undefined) => level ?? -1;
const row = (number: number, from_index: number, level: Level | null, more: Partial<GrantRow> = {}): GrantRow => {
  return {
    number,
    from_index,
    level,
    cell,
    record_id: null,
    rule: `rule_${number}`,
    terms: `terms-${number}`,
    ...more,
  };
};
const own = (number: number, level: Level | null) => row(number, 0, level, { cell: null, record_id, terms: null });
const at = (grants: Grants, index: number | null) => grantAt(grants, { cell, record_id, index })?.level;

test('a widening sets the level from its index on and leaves what was before', async (t) => {
  const grants = foldGrants([row(1, 100, 2), row(2, 200, 4)]);
  t.same(
    [0, 99, 100, 199, 200, 10_000, null].map((index) => at(grants, index)),
    [undefined, undefined, 2, 2, 4, 4, 4],
  );
  t.same(at(foldGrants([row(1, 100, 2), row(2, 0, 4)]), 0), 4);
});

test('a narrowing lowers everything at once, whatever its index, and widens nothing', async (t) => {
  const rows = [row(1, 100, 2), row(2, 200, 4)];
  t.same(
    [0, 100, 200, 400].map((index) => at(foldGrants([...rows, row(3, 300, 3)]), index)),
    [undefined, 2, 3, 3],
  );
  t.same(
    [0, 100, 200, 400].map((index) => at(foldGrants([...rows, row(3, 0, 1)]), index)),
    [undefined, 1, 1, 1],
  );
  t.same(
    [100, 400].map((index) => at(foldGrants([...rows, row(3, 300, null)]), index)),
    [null, null],
  );
});

test('what is widened again after a narrowing is wider only from there on', async (t) => {
  const grants = foldGrants([row(1, 0, 4), row(2, 100, 1), row(3, 200, 4)]);
  t.same(
    [0, 150, 199, 200].map((index) => at(grants, index)),
    [1, 1, 1, 4],
  );
});

test('the row that made the level is named', async (t) => {
  const grants = foldGrants([row(1, 0, 2), row(2, 100, 4), row(3, 200, 2), row(4, 300, 2)]);
  const numbers = [50, 150, 250, 350].map((index) => grantAt(grants, { cell, record_id, index })?.number);
  t.same(numbers, [1, 3, 3, 4]);
  const denied = foldGrants([row(1, 0, 2), row(2, 10, null), row(3, 20, null)]);
  t.equal(grantAt(denied, { cell, record_id, index: 25 })?.number, 3, 'nothing, said again');
  const lowered = foldGrants([row(1, 100, 2), row(2, 200, 4), row(3, 300, 1)]);
  t.equal(grantAt(lowered, { cell, record_id, index: 400 })?.from, 100, 'and from where on it holds');
});

test('rows of one number are folded by their lines, in whatever order they come', async (t) => {
  const rows = [row(1, 0, 5, { line: 0 }), row(1, 0, 1, { line: 1 }), row(1, 9, 3, { line: 2 })];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    const grants = foldGrants(order.map((place) => rows[place]!));
    t.same([at(grants, 0), at(grants, 9)], [1, 3], String(order));
  }
});

const histories = fc.array(
  fc.record({ grow: fc.nat(50), back: fc.boolean(), level: fc.constantFrom<Level | null>(null, 1, 2, 3, 4, 5) }),
  { minLength: 1, maxLength: 12 },
);

/** Rows as `grantChanges` writes them: narrower ones begin at the log's end, wider ones there or at 0. */
function rowsOf(history: readonly { grow: number; back: boolean; level: Level | null }[]) {
  let size = 0;
  let last: Level | null = null;
  return history.map(({ grow, back, level }, number) => {
    size += grow;
    const narrows = value(level) < value(last);
    last = level;
    return { ...row(number, back && !narrows ? 0 : size, level), narrows };
  });
}

test('the fold agrees with a plain reading of the rows, index by index', async () => {
  fc.assert(
    fc.property(histories, fc.nat(700), (history, index) => {
      let level: Level | null = null;
      for (const one of rowsOf(history)) {
        if (one.narrows) level = value(one.level) < value(level) ? one.level : level;
        else if (index >= one.from_index) level = one.level;
      }
      return value(at(foldGrants(rowsOf(history)), index)) === value(level);
    }),
    { numRuns: 500 },
  );
});

test('rows may arrive in any order', async () => {
  const shuffled = histories
    .map(rowsOf)
    .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
  fc.assert(
    fc.property(
      shuffled,
      fc.nat(700),
      ([rows, mixed], index) => at(foldGrants(rows), index) === at(foldGrants(mixed), index),
    ),
  );
});

test('while wider rows are still under way behind a narrower one, never more is given than in the end', async () => {
  fc.assert(
    fc.property(histories, fc.nat(12), fc.nat(700), (history, carried, index) => {
      const rows = rowsOf(history);
      const there = rows.filter(({ narrows }, place) => place < carried || narrows);
      const lastNarrowing = rows.findLastIndex(({ narrows }) => narrows);
      const finally_ = foldGrants(rows.slice(0, Math.max(carried, lastNarrowing + 1)));
      return value(at(foldGrants(there), index)) <= value(at(finally_, index));
    }),
    { numRuns: 500 },
  );
});

test('a row of the record itself stands before its cell, and bows to later narrowings', async (t) => {
  t.equal(at(foldGrants([row(1, 0, 2), own(2, 5)]), 7), 5);
  t.equal(at(foldGrants([row(1, 0, 4), own(2, 0)]), 7), 0);
  t.equal(at(foldGrants([row(1, 0, 4), own(2, null)]), 7), null);
  t.equal(at(foldGrants([row(1, 0, 2), own(2, null), row(3, 0, 5)]), 7), null);
  t.equal(at(foldGrants([row(1, 0, 2), own(2, 5), row(3, 9, 3)]), 7), 5);
  t.equal(at(foldGrants([row(1, 0, 2), own(2, 5), row(3, 9, 1)]), 7), 1);
  t.equal(at(foldGrants([row(1, 0, 2), own(2, 5), row(3, 9, null)]), 7), null);
  t.equal(at(foldGrants([row(1, 0, 4), row(2, 9, 1), own(3, 5)]), 7), 5);
  t.equal(at(foldGrants([row(1, 0, 5), own(2, 1), row(3, 9, 3)]), 7), 1, 'a narrowing never widens it');
});

test('changes of terms become rows: wider ones from where they shall begin, narrower ones from the end of the log', async (t) => {
  const log = { size: 300, widenFrom: 0 };
  const green = simple({ given: offer(rule({ domains: ['cyber'], bands: ['2-3'] })) });
  const first = grantChanges(foldGrants([]), green, log);
  t.equal(first.widening.length, 9, 'one cell of the offer and eight of the floor');
  t.same(
    first.widening.find((one) => one.cell === cell),
    {
      cell,
      record_id: null,
      from_index: 0,
      level: 2,
      rule: 'offer_unconditional',
      terms: green.digest,
    },
  );
  t.same([first.narrowing, first.restated], [[], []]);
  const before = foldGrants(first.widening.map((line, at) => ({ ...line, number: 1, line: at })));
  t.same(grantChanges(before, green, log), { widening: [], narrowing: [], restated: [] });
  const none = grantChanges(before, simple({}), log);
  t.match(none.narrowing, [{ cell, level: null, rule: 'no_offer', from_index: 300 }]);
  t.same(none.widening, []);
  const given = offer(rule({ domains: ['cyber'], bands: ['2-3'], condition: 'as-given' }));
  const same = grantChanges(before, simple({ given, taken: offer(rule()) }), log);
  t.match(same.restated, [{ cell, level: 2, rule: 'offer_as_given', from_index: 300 }]);
  t.same([same.widening, same.narrowing], [[], []]);
});

test('after the rows of a change are folded in, every cell has its terms from the end of the log on', async () => {
  fc.assert(
    fc.property(fc.array(inputs, { minLength: 1, maxLength: 5 }), fc.boolean(), (days, backlog) => {
      const rows: GrantRow[] = [];
      for (const [at, input] of days.entries()) {
        const size = at * 100;
        const { widening, narrowing, restated } = grantChanges(foldGrants(rows), terms(input), {
          size,
          widenFrom: backlog ? 0 : size,
        });
        rows.push(
          ...[...narrowing, ...widening, ...restated].map((line, place) => ({ ...line, number: at, line: place })),
        );
        const grants = foldGrants(rows);
        for (const [cell, { level, rule }] of terms(input).cells) {
          const segment = grantAt(grants, { cell, record_id, index: size });
          if (value(segment?.level) !== value(level)) return false;
          if (segment && segment.rule !== rule.code) return false;
          if (value(grantAt(grants, { cell, record_id, index: 0 })?.level) > value(level)) return false;
        }
      }
      return true;
    }),
    { numRuns: 100 },
  );
});

test('why names the rule that gave or withheld a record', async (t) => {
  const grants = foldGrants([row(4, 100, 3)]);
  const ask = (change: object) =>
    why(grants, { record_id, cell, index: 150, tlp: 'green', earlierGiven: false, expelled: false, ...change });
  const params = { rule: 'rule_4', number: 4, from: 100, cell, terms: 'terms-4', level: 3 };
  t.same(ask({}), { level: 3, reasons: [{ code: 'granted', params }] });
  t.same(ask({ index: 50 }), { level: null, reasons: [{ code: 'not_granted', params: { cell, index: 50 } }] });
  t.equal(ask({ index: null }).level, 3);
  t.same(ask({ tlp: 'red' }), {
    level: null,
    reasons: [
      { code: 'granted', params },
      { code: 'tlp_withholds', params: { tlp: 'red', granted: 3 } },
    ],
  });
  t.same(codes(ask({ tlp: 'red', earlierGiven: true })), [0, 'granted', 'tlp_withholds', 'later_version_of_given']);
  t.same(codes(ask({ index: 50, earlierGiven: true })), [0, 'not_granted', 'later_version_of_given']);
  t.same(codes(ask({ earlierGiven: true, expelled: true })), [null, 'standing_expelled']);
});

test('no label holds a warning back below green', async (t) => {
  const warning: Cell = 'incident/bio/5-7';
  const grants = foldGrants([row(1, 0, 4, { cell: warning })]);
  const asked = { record_id, cell: warning, index: null, earlierGiven: false, expelled: false };
  t.same(codes(why(grants, { ...asked, tlp: 'red' })), [2, 'granted', 'severity_floor_over_tlp']);
  t.same(codes(why(grants, { ...asked, tlp: 'amber-strict' })), [4, 'granted']);
});

test("an officer's row for one record is named as theirs", async (t) => {
  const grants = foldGrants([row(1, 0, 4), own(2, null)]);
  const decision = why(grants, { record_id, cell, index: 5, tlp: 'clear', earlierGiven: false, expelled: false });
  t.same(decision, {
    level: null,
    reasons: [{ code: 'denied', params: { rule: 'rule_2', number: 2, from: 0, record_id } }],
  });
});

function codes({ level, reasons }: ReturnType<typeof why>) {
  return [level, ...reasons.map(({ code }) => code)];
}
