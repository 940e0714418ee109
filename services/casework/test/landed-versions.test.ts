import type { ReceivedRecord } from '@detente/store/worker';
import { test } from 'tap';
import { settleVersions } from '../src/landed-versions.ts';

const record = (
  digest: string,
  tick: number,
  place: number | null,
  more: Partial<ReceivedRecord> = {},
): ReceivedRecord => ({
  ...{ peer: 'https://us.example', digest, id: 'one', type: 'incident/1', tick, place, level: 2, domain: 'cyber' },
  ...{ band: '2-3', tlp: 'clear', exercise: false, retracted: false, presentation: `${digest}~2`, fields: {} },
  ...{ page_terms: null, rule: null, warned_at: null, relay: null, direct: 2, evidence: null, ...more },
});
const held = (digest: string, tick: number, place: number | null, retracted = false) => {
  return { id: 'one', digest, tick, place, retracted };
};
const codesOf = (conflicts: Map<ReceivedRecord, { code: string }>) =>
  Object.fromEntries([...conflicts].map(([{ digest }, { code }]) => [digest, code]));

test('versions in the order of ticks and places are all kept, whichever came first', async (t) => {
  const { kept, conflicts } = settleVersions([record('c', 9, 90), record('b', 5, 50)], [held('a', 1, 10)]);
  t.same(
    kept.map(({ digest }) => digest),
    ['c', 'b'],
  );
  t.equal(conflicts.size, 0);
});

test('the same digest keeps the longest presentation and the lowest place', async (t) => {
  const twice = [record('a', 1, 30, { level: 3, presentation: 'long' }), record('a', 1, 20), record('a', 1, null)];
  t.match(settleVersions(twice, []).kept, [{ place: 20, level: 3, presentation: 'long' }]);
  t.match(settleVersions([record('a', 1, 30)], [held('a', 1, 10)]).kept, [{ place: 10 }]);
});

test('one tick with two digests is a conflict, with what is held and with what landed beside it', async (t) => {
  const { kept, conflicts } = settleVersions(
    [record('b', 1, 20), record('c', 2, 30), record('d', 2, 40)],
    [held('a', 1, 10)],
  );
  t.same(
    kept.map(({ digest }) => digest),
    ['c'],
  );
  t.same(codesOf(conflicts), { b: 'tick_conflict', d: 'tick_conflict' });
  t.match([...conflicts.values()][0]?.detail, /version a of this record has the same tick 1/);
});

test('a place that disagrees with the tick is a conflict; a place that is not known is none', async (t) => {
  const all = [record('b', 5, 7), record('c', 6, null), record('a', 1, 60)];
  t.same(codesOf(settleVersions(all, [held('z', 3, 40)]).conflicts), { b: 'order_conflict', a: 'order_conflict' });
  const sunk = settleVersions([record('b', 5, 7)], [held('a', 1, 10), held('b', 5, 50)]);
  t.same(codesOf(sunk.conflicts), { b: 'order_conflict' }, 'also when a known version turns up at an earlier place');
});

test('a version that lands twice and then contradicts another one is refused the second time alone', async (t) => {
  const twice = [record('a', 1, 30), record('b', 2, 40), record('a', 1, 50), record('b', 2, 20)];
  const { kept, conflicts } = settleVersions(twice, []);
  t.same(
    kept.map(({ digest, place }) => [digest, place]),
    [
      ['a', 30],
      ['b', 40],
    ],
  );
  t.same([...conflicts.keys()], [twice[3]]);
});

test('versions of other records are no business of theirs', async (t) => {
  const { kept } = settleVersions([record('b', 1, 5, { id: 'two' })], [held('a', 1, 10)]);
  t.equal(kept.length, 1);
});

test('of a version that comes behind its own withdrawal the signed part is kept, and of one before it all', (t) => {
  const fields = { title: 'What was withdrawn' };
  const late = { level: 1, presentation: 'token~kind~title~', fields };
  const bare = { level: 0, direct: 0, presentation: 'token~', fields: {}, domain: 'other', band: 'unrated' };
  t.match(settleVersions([record('a', 1, 10, late)], [held('b', 2, 20, true)]).kept, [bare]);
  t.same(settleVersions([record('a', 1, 10, late)], [held('b', 2, 20, true)]).kept[0]!.fields, {});
  const relayed = record('a', 1, 10, { ...late, relay: 'https://sg.example', direct: null });
  t.match(settleVersions([relayed], [held('b', 2, 20, true)]).kept, [{ ...bare, direct: null }]);
  const withdrawal = record('b', 2, 20, { retracted: true, level: 0 });
  t.match(settleVersions([withdrawal, record('a', 1, 10, late)], []).kept, [{ digest: 'b' }, bare]);
  t.match(
    settleVersions([record('c', 3, 30, late)], [held('b', 2, 20, true)]).kept,
    [late],
    'what is said anew is read',
  );
  t.end();
});
