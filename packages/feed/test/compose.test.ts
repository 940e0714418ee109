// verify(compose(x)) = x, and what composing takes from the tree.
import { deepEqual, equal, ok } from 'node:assert/strict';
import type { IssuedRecord, Level } from '@detente/record';
import { cover, nodesForConsistency, nodesForInclusion } from '@detente/tlog';
import fc from 'fast-check';
import { test } from 'tap';
import { composeItems, planPage, sharePage, verifyPage } from '../src/index.ts';
import { presentationOf, TestLog, TestNode } from './federation.ts';

const cn = new TestNode('cn.example', 20);
const sg = new TestNode('sg.example:8443', 3);

/** A log of some size with records at some places, the level at which the peer is granted each (or null), where the
 *  peer's cursor is, and how the log grows between pages. */
const worlds = fc.record({
  size: fc.integer({ min: 1, max: 700 }),
  places: fc.uniqueArray(fc.nat({ max: 699 }), { maxLength: 20 }),
  levels: fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { freq: 4 }), { minLength: 20, maxLength: 20 }),
  limit: fc.integer({ min: 1, max: 8 }),
  cursor: fc.nat({ max: 700 }),
  growth: fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 4 }),
  relays: fc.nat({ max: 3 }),
});
type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

function build({ size, places, levels }: World) {
  const at = new Map<number, IssuedRecord>();
  const granted: { index: number; level: Level; presentation: string }[] = [];
  for (const index of places.filter((place) => place < size).sort((a, b) => a - b)) {
    const record = cn.records[at.size]!;
    const level = levels[at.size] as Level | null;
    at.set(index, record);
    if (level !== null) granted.push({ index, level, presentation: presentationOf(record, level) });
  }
  return { granted, log: new TestLog(cn, size, (index) => at.get(index)) };
}

test('what is composed page by page while the log grows is what is verified, and leads to the log’s frontier', (t) => {
  const sgLog = new TestLog(sg, 9, (index) => sg.records[index]);
  fc.assert(
    fc.property(worlds, (world) => {
      const { size, limit, growth, relays } = world;
      const { granted, log } = build(world);
      const after = world.cursor % (size + 1);
      let held = log.held(after, { maxRecords: limit, relays: new Map([[sg.peer.log, sg.peer]]) });
      const own = granted
        .filter(({ index }) => index < after)
        .map((entry, i) => ({ ...entry, number: 10 * i + 3, rule: 'widened' }));
      const numbered = [
        ...own,
        ...sg.records.slice(0, relays).map((record, i) => ({
          ...sgLog.relayed(1000 + i, i, presentationOf(record, 1)),
          level: 1 as Level,
        })),
      ];
      const received: unknown[] = [];
      const late: unknown[] = [];
      for (let pages = 0; held.frontier.size < size || late.length < numbered.length; pages++) {
        ok(pages < 100, 'every page moves on');
        const at = held.frontier.size;
        const known = Math.max(at, held.checkpoint?.size ?? 0, 1);
        const step = pages < 20 ? growth[pages % growth.length]! : size;
        const grown = Math.min(size, known + step);
        const waiting = granted.filter(({ index }) => index >= at && index < grown).slice(0, limit);
        const waitingLate = numbered.filter(({ number }) => number > held.lateCursor).slice(0, limit);
        const share = sharePage({
          limit,
          maxLength: 40_000,
          records: waiting.map(({ presentation }) => presentation.length),
          late: waitingLate.map(({ presentation }) => presentation.length),
        });
        const page = log.page({
          after: at,
          size: grown,
          records: waiting.slice(0, share.records),
          complete: waiting.length < limit && share.records === waiting.length,
          late: waitingLate
            .filter(({ index, ...entry }) => index < grown || 'checkpoint' in entry)
            .slice(0, share.late),
          lateAfter: held.lateCursor,
        });
        const verified = verifyPage(page, held);
        ok(/^[\x20-\x7e]*$/.test(page), 'a page is ASCII');
        deepEqual(verified.frontier, log.frontier(verified.next));
        equal(verified.checkpoint.note, log.checkpoint(grown));
        for (const item of verified.items) received.push(shape(item));
        for (const item of verified.late) late.push({ ...shape(item), log: item.log, rule: item.rule });
        held = { ...held, frontier: verified.frontier, checkpoint: verified.checkpoint, lateCursor: verified.lateNext };
      }
      deepEqual(
        received,
        granted.filter(({ index }) => index >= after),
      );
      deepEqual(
        late,
        numbered.map(({ index, level, presentation, rule, ...entry }) => ({
          index,
          level,
          presentation,
          log: 'log' in entry ? entry.log : cn.peer.log,
          rule,
        })),
      );
    }),
    { numRuns: 120, endOnFailure: true },
  );
  t.pass('120 runs');
  t.end();
});

function shape(item: ReturnType<typeof verifyPage>['items'][number]) {
  ok(item.ok);
  equal(item.record.digest, item.digest);
  return { index: item.index, level: item.record.level, presentation: item.presentation };
}

test('an empty log, an empty page and a page of nothing but a gap verify', (t) => {
  const nothing = new TestLog(cn, 0, () => undefined);
  const first = verifyPage(nothing.page({ after: 0, records: [] }), nothing.held(0));
  t.same([first.next, first.items, first.late], [0, [], []]);
  const log = new TestLog(cn, 300, () => undefined);
  const unread = log.page({ after: 0, records: [], complete: false });
  t.equal(verifyPage(unread, log.held(0)).next, 0);
  t.equal(verifyPage(log.page({ after: 300, records: [] }), log.held(300)).next, 300);
  const gap = log.page({ after: 5, records: [] });
  t.equal(verifyPage(gap, log.held(5)).next, 300);
  t.same(JSON.parse(gap).items[0].gap.hashes.length, cover(5, 300).length);
  t.end();
});

test('a page ends where it is told to, and the next goes on from there under the same checkpoint', (t) => {
  const log = new TestLog(cn, 300, () => undefined);
  let at = log.held(0);
  for (const until of [1, 7, 64, 299, 300]) {
    const page = verifyPage(log.page({ after: at.frontier.size, until, records: [] }), at);
    t.same([page.next, page.checkpoint.size], [until, 300]);
    at = { ...at, frontier: page.frontier, checkpoint: page.checkpoint };
  }
  t.same(at.frontier, log.held(300).frontier);
  t.end();
});

test('a plan names few tiles, and refuses indexes that do not rise or lie outside', (t) => {
  const plan = planPage({ after: 100_003, size: 1_000_000, indexes: [100_900, 130_000], complete: false, late: [5] });
  t.equal(plan.next, 130_001);
  t.ok(plan.tiles.length < 20, `${plan.tiles.length} tiles for 30,000 leaves`);
  const proofs = [...nodesForConsistency(130_001, 1_000_000), ...nodesForInclusion(5, 1_000_000)];
  t.same(plan.nodes.slice(-proofs.length), proofs, 'those of the proofs too');
  for (const wrong of [
    { after: 5, size: 9, indexes: [4], complete: true },
    { after: 0, size: 9, indexes: [3, 3], complete: true },
    { after: 0, size: 9, indexes: [9], complete: true },
    { after: 0, size: 9, indexes: [9], complete: false },
    { after: 10, size: 9, indexes: [], complete: true },
    { after: 5, size: 9, until: 4, indexes: [], complete: true },
    { after: 0, size: 9, until: 10, indexes: [], complete: true },
    { after: 0, size: 9, until: 3, indexes: [3], complete: true },
  ]) {
    t.throws(() => planPage(wrong), { name: 'FeedError', code: 'plan_invalid' }, JSON.stringify(wrong));
  }
  const one = planPage({ after: 0, size: 1, indexes: [0], complete: true });
  t.throws(() => composeItems(one, [], () => Buffer.alloc(32)), { code: 'plan_invalid' });
  for (const wrong of ['a"', 'a\\']) {
    t.throws(() => composeItems(one, [wrong], () => Buffer.alloc(32)), { code: 'presentation_malformed' });
  }
  t.end();
});

test('a page is shared fairly between records and late ones, and never stands still', (t) => {
  const share = (limit: number, maxLength: number, records: number[], late: number[]) =>
    sharePage({ limit, maxLength, records, late });
  t.same(share(10, 1000, [1, 1], [1, 1, 1]), { records: 2, late: 3 });
  t.same(share(4, 1000, [1, 1, 1, 1], [1, 1, 1, 1]), { records: 2, late: 2 });
  t.same(share(4, 1000, [1], [1, 1, 1, 1]), { records: 1, late: 3 });
  t.same(share(4, 100, [10], [80, 10]), { records: 1, late: 2 }, 'what the records leave is the late ones’');
  t.same(share(4, 100, [50, 10], [30, 90]), { records: 2, late: 1 }, 'and what these leave is the records’');
  t.same(share(4, 100, [60, 40], []), { records: 2, late: 0 });
  t.same(share(0, 100, [1], [1]), { records: 0, late: 0 });
  t.same(share(4, 100, [60, 60], []), { records: 1, late: 0 });
  t.same(share(4, 100, [500, 60], []), { records: 1, late: 0 });
  t.same(share(4, 100, [], [500, 60]), { records: 0, late: 1 });
  const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 1000 }),
      lengths,
      lengths,
      (limit, max, a, b) => {
        const { records, late } = share(limit, max, a, b);
        ok(records <= a.length && late <= b.length && records + late <= limit);
        ok(records + late > 0 || (a.length === 0 && b.length === 0));
        const length = [...a.slice(0, records), ...b.slice(0, late)].reduce((x, y) => x + y, 0);
        ok(length <= max || records + late === 1);
      },
    ),
    { numRuns: 500 },
  );
  t.end();
});
