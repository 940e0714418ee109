import fc from 'fast-check';
import { test } from 'tap';
import {
  AXIS_CHOICES,
  type Axes,
  BANDS,
  bandOf,
  CLOCKS,
  cellOf,
  cellsOfType,
  clocksFor,
  isConsistentSeverity,
  parseCell,
  rateSeverity,
  severityOf,
} from '../src/index.ts';

const rows = [0, 1, 2, 3, 4, 5, 6, 7];

test('the level is the higher of people and safeguards, raised by one when the reach stands above it', async (t) => {
  for (const people of rows) {
    for (const safeguards of rows) {
      for (const reach of rows) {
        const higher = Math.max(people, safeguards);
        const expected = reach > higher ? Math.min(higher + 1, 7) : higher;
        const { level } = rateSeverity({ people, safeguards, reach });
        if (level !== expected) t.fail(`${people} ${safeguards} ${reach}: ${level}, not ${expected}`);
      }
    }
  }
  t.equal(rateSeverity({ people: 6, safeguards: 6, reach: 7 }).level, 7);
  t.equal(rateSeverity({ people: 7, safeguards: 0, reach: 7 }).level, 7);
});

test('the deciding axis and the reason say which value made the level', async (t) => {
  t.same(rateSeverity({ people: 4, safeguards: 2, reach: 3 }), {
    level: 4,
    decidingAxis: 'people',
    reason: { code: 'severity_highest_axis', params: { axis: 'people', value: 4 } },
  });
  t.same(rateSeverity({ people: 0, safeguards: 3, reach: 5 }), {
    level: 4,
    decidingAxis: 'reach',
    reason: { code: 'severity_raised_by_reach', params: { axis: 'safeguards', value: 3, reach: 5 } },
  });
  t.same(rateSeverity({ people: 2, safeguards: 2, reach: 0 }).reason, {
    code: 'severity_axes_agree',
    params: { value: 2 },
  });
});

test('an axis that was not assessed counts for nothing, and without people and safeguards there is no level', async (t) => {
  t.equal(rateSeverity({ people: 4, safeguards: null, reach: null }).level, 4);
  t.equal(rateSeverity({ people: null, safeguards: 0, reach: 2 }).level, 1);
  t.throws(() => rateSeverity({ people: null, safeguards: null, reach: 7 }), { code: 'axes_malformed' });
  for (const bad of [-1, 8, 1.5, Number.NaN, '3']) {
    t.throws(() => rateSeverity({ people: bad as number, safeguards: 0, reach: 0 }), { code: 'axes_malformed' });
  }
});

test('a worse axis never lowers the level', async () => {
  const axes = fc.record({ people: fc.nat(7), safeguards: fc.nat(7), reach: fc.nat(7) });
  fc.assert(
    fc.property(axes, fc.constantFrom('people', 'safeguards', 'reach'), (before: Axes, axis) => {
      const after = { ...before, [axis]: Math.min(7, before[axis]! + 1) };
      return rateSeverity(after).level >= rateSeverity(before).level;
    }),
  );
});

test('a severity is consistent only with the level of its axes', async (t) => {
  const severity = severityOf({ people: 3, safeguards: 4, reach: 6 });
  t.same(severity, { level: 5, axes: { people: 3, safeguards: 4, reach: 6 } });
  t.ok(isConsistentSeverity(severity));
  t.ok(isConsistentSeverity('unrated'));
  for (const level of rows.filter((row) => row !== 5)) t.notOk(isConsistentSeverity({ ...severity, level }));
  t.notOk(isConsistentSeverity({ level: 0, axes: { people: null, safeguards: null, reach: null } }));
});

test('rows that read the same are offered once', async (t) => {
  t.same(AXIS_CHOICES.people, [0, 2, 3, 4, 5, 6, 7]);
  t.same(AXIS_CHOICES.reach, [0, 2, 3, 4, 5, 6, 7]);
});

test('every level has one band, and a cell names type, domain and band', async (t) => {
  const bands = rows.map((people) => bandOf(severityOf({ people, safeguards: 0, reach: 0 })));
  t.same(bands, ['0-1', '0-1', '2-3', '2-3', '4', '5-7', '5-7', '5-7']);
  t.equal(bandOf('unrated'), 'unrated');
  t.equal(bandOf(null), 'unrated');
  const severity = severityOf({ people: 3, safeguards: 0, reach: 0 });
  t.equal(cellOf({ type: 'incident/1', hazard_domain: 'cyber', severity }), 'incident/cyber/2-3');
  t.equal(cellOf({ type: 'incident', hazard_domain: null }), 'incident/other/unrated');
  const cells = cellsOfType('incident/1');
  t.equal(new Set(cells).size, 8 * BANDS.length);
  for (const cell of cells) {
    const { type, domain, band } = parseCell(cell);
    t.equal(`${type}/${domain}/${band}`, cell);
  }
  for (const bad of ['incident/cyber', 'incident/cyber/2-3/x', 'incident/cyber/6', '/cyber/4', 'incident/none/4']) {
    t.throws(() => parseCell(bad), { code: 'type_unknown' });
  }
});

test('legal clocks follow from level, axis and law, the shortest first', async (t) => {
  const aware = new Date('2026-11-24T12:00:00Z');
  const codes = (axes: Axes, jurisdictions: string[], at = aware) =>
    clocksFor({ severity: severityOf(axes), aware: at, jurisdictions }).map(({ code }) => code);
  t.same(codes({ people: 3, safeguards: 0, reach: 0 }, ['EU', 'US-CA']), ['eu_serious_incident']);
  t.same(codes({ people: 4, safeguards: 0, reach: 0 }, ['EU']), ['eu_death', 'eu_serious_incident']);
  t.same(codes({ people: 5, safeguards: 0, reach: 0 }, ['US-CA']), ['ca_imminent_danger', 'ca_critical_incident']);
  t.same(codes({ people: 5, safeguards: 0, reach: 0 }, ['EU'], new Date('2026-08-01T23:00:00Z')), []);
  t.same(clocksFor({ severity: 'unrated', aware, jurisdictions: ['EU'] }), []);
  const [first] = clocksFor({
    severity: severityOf({ people: 5, safeguards: 0, reach: 0 }),
    aware,
    jurisdictions: ['EU'],
  });
  t.equal(first?.due.toISOString(), '2026-11-26T12:00:00.000Z');
  t.same(
    CLOCKS.map(({ hours }) => hours).sort((a, b) => a - b),
    [24, 48, 240, 360, 360],
  );
});
