import fc from 'fast-check';
import { test } from 'tap';
import { type Gap, type Positions, withRead } from '../src/positions.ts';

function isIn({ first, last }: Gap, at: number): boolean {
  return first <= at && at <= last;
}

function upTo(highest: number): number[] {
  return Array.from({ length: highest }, (_, n) => n + 1);
}

/** What a table would give: committed rows in a gap, or behind the highest. */
function unread({ highest, gaps }: Positions, committed: readonly number[]): number[] {
  const isUnread = (at: number) => at > highest || gaps.some((gap) => isIn(gap, at));
  return committed.filter(isUnread).sort((a, b) => a - b);
}

test('in whatever order rows are committed, each is read once, and a gap is where none is', async (t) => {
  const commits = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }), { maxLength: 8 });
  const readsAll = fc.property(commits, (groups) => {
    let positions: Positions = { highest: 0, gaps: [] };
    const committed = new Set<number>();
    for (const [now, group] of groups.entries()) {
      const news = group.filter((at) => !committed.has(at)).sort((a, b) => a - b);
      for (const at of news) committed.add(at);
      const read = unread(positions, [...committed]);
      if (read.join() !== news.join()) return false;
      positions = withRead(positions, read, now);
    }
    const missing = upTo(positions.highest).filter((at) => !committed.has(at));
    const inGaps = upTo(positions.highest).filter((at) => positions.gaps.some((gap) => isIn(gap, at)));
    return positions.highest === Math.max(0, ...committed) && inGaps.join() === missing.join();
  });
  t.doesNotThrow(() => fc.assert(readsAll));
});

test('a gap is as old as when it was first seen, also what is left of it', async (t) => {
  const first = withRead({ highest: 0, gaps: [] }, [1, 9], 100);
  t.same(first, { highest: 9, gaps: [{ first: 2, last: 8, since: 100 }] });
  t.same(withRead(first, [5, 12], 200), {
    highest: 12,
    gaps: [
      { first: 2, last: 4, since: 100 },
      { first: 6, last: 8, since: 100 },
      { first: 10, last: 11, since: 200 },
    ],
  });
});
