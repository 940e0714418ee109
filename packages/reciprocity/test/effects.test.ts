// What an offer would change, before it is signed: the same as what the worker does once it is.
import { cellsOfType, type Level } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import {
  type EffectRecord,
  flowUnder,
  foldGrants,
  type GrantRow,
  grantChanges,
  grantedLevel,
  signingEffects,
  singleGrants,
} from '../src/index.ts';
import { bodies, offer, rule, simple } from './samples.ts';

const bio = 'incident/bio/2-3';
const record = (digest: string, place: number, more: Partial<EffectRecord> = {}): EffectRecord => ({
  ...{ record_id: `id-${digest}`, digest, cell: bio, least: 1, place },
  ...more,
});
const given = (tier: 'green' | 'amber' | 'red' | null) => simple({ given: offer(rule({ tier })) });
const rowsUnder = (tier: 'green' | 'amber', size = 0): GrantRow[] =>
  grantChanges(foldGrants([]), given(tier), { size, widenFrom: size }).widening.map((line, at) => ({
    ...line,
    ...{ number: 1, line: at },
  }));
const all = () => true;
const short = (effects: { digest: string; before: Level | null; after: Level | null }[]) =>
  effects.map(({ digest, before, after }) => `${digest} ${before} ${after}`);

test('what is wider releases what was logged before, unless only what comes is meant', async (t) => {
  const records = [record('a', 3), record('b', 30), record('marked', 4, { least: 4 })];
  const input = { rows: rowsUnder('green', 10), after: given('amber'), records, wasServed: all };
  const all0 = signingEffects({ ...input, log: { size: 50, widenFrom: 0 } });
  t.same(short(all0.released), ['a null 3', 'b 2 3'], 'one before the first grant, and no marked one');
  t.same(all0.recalled, []);
  t.same(signingEffects({ ...input, log: { size: 50, widenFrom: 50 } }), { released: [], recalled: [] });
});

test('what is narrower asks back what was served, and no more', async (t) => {
  const records = [record('a', 3), record('b', 30), record('grave', 5, { cell: 'incident/bio/5-7' })];
  const input = { rows: rowsUnder('amber'), records, log: { size: 50, widenFrom: 0 } };
  const { released, recalled } = signingEffects({
    ...{ ...input, after: given(null) },
    wasServed: ({ place }) => (place ?? 0) < 20,
  });
  t.same(short(recalled), ['a 3 null', 'grave 3 2'], 'of a grave one the floor stays');
  t.same(released, []);
  t.match(recalled[0]!.rule, { code: 'offer_withholds' });
});

test('a record given by name is listed beside, with what the narrower offer leaves of it', async (t) => {
  const single = {
    number: 2,
    cell: null,
    record_id: 'id-a',
    from_index: 0,
    level: 5 as Level,
    rule: 'named_disclosure',
  };
  const rows = [...rowsUnder('amber'), { ...single, terms: null }];
  const input = { rows, records: [record('a', 3), record('b', 4)], log: { size: 9, widenFrom: 0 } };
  t.same(short(singleGrants({ ...input, after: given('green') })), ['a 5 2']);
  t.same(short(singleGrants({ ...input, after: given('red') })), ['a 5 5']);
});

test('the effects are those that the grants then have, whatever is offered', async () => {
  const cells = fc.constantFrom(...cellsOfType('incident'));
  const record = fc.record({ cell: cells, least: fc.integer({ min: 1, max: 5 }), place: fc.nat(40) });
  fc.assert(
    fc.property(bodies, bodies, fc.array(record, { maxLength: 10 }), fc.boolean(), (one, two, some, backlog) => {
      const records = some.map((own, at) => ({ ...own, digest: `${at}`, record_id: `id-${at}` }));
      const first = grantChanges(foldGrants([]), simple({ given: one }), { size: 9, widenFrom: 9 }).widening;
      const rows = first.map((line, at) => ({ ...line, number: 1, line: at }));
      const log = { size: 40, widenFrom: backlog ? 0 : 40 };
      const after = simple({ given: two });
      const { released, recalled } = signingEffects({ rows, after, log, records, wasServed: all });
      const { narrowing, widening } = grantChanges(foldGrants(rows), after, log);
      const has = foldGrants([
        ...rows,
        ...[...narrowing, ...widening].map((line, at) => ({ ...line, number: 2, line: at })),
      ]);
      return records.every((own) => {
        const [before, next] = [grantedLevel(foldGrants(rows), own) ?? -1, grantedLevel(has, own) ?? -1];
        const isIn = (list: { digest: string }[]) => list.some(({ digest }) => digest === own.digest);
        return isIn(released) === next > before && isIn(recalled) === (before > next && before > 0);
      });
    }),
    { numRuns: 300 },
  );
});

test('what would have flowed is told by record, the greatest change first, and by cell', async (t) => {
  const before = simple({ given: offer(rule({ tier: 'green' })) });
  const two = offer(rule({ domains: ['bio'], tier: 'red' }), rule({ domains: ['cyber'], tier: 'clear' }), rule());
  const records = [
    ...[record('cyber', 0, { cell: 'incident/cyber/2-3' }), record('marked', 0, { least: 5 }), record('bio', 0)],
    ...[record('other', 0, { cell: 'incident/other/0-1' }), record('grave', 0, { cell: 'incident/cyber/5-7' })],
  ];
  const flow = flowUnder(before, simple({ given: two }), records);
  t.same([flow.more, flow.less], [2, 1]);
  t.same(short(flow.changed), ['marked null 5', 'bio 2 5', 'cyber 2 1']);
  t.same(
    flow.cells.filter(({ cell }) => cell.startsWith('incident/cyber/')).map(({ cell }) => cell.split('/')[2]),
    [...['unrated', '0-1', '2-3', '4']],
  );
});
