import { test } from 'tap';
import { GroupCommit } from '../src/group-commit.ts';

const options = { maxItems: 4, maxWeight: 100, weigh: (item: number) => item, mayBeOneItem: () => true };

test('what waits while a commit runs is the next group', async (t) => {
  const groups: number[][] = [];
  const gates: (() => void)[] = [];
  const lane = new GroupCommit<number, number>({
    ...options,
    commit: async (items) => {
      groups.push([...items]);
      await new Promise<void>((open) => gates.push(open));
      return items.map((item) => item * 2);
    },
  });
  const results = [1, 2, 3, 4, 5, 6].map((item) => lane.submit(item));
  t.same(groups, [[1]], 'an idle lane takes a single item at once');
  for (let opened = 0; opened < 3; opened++) {
    gates[opened]?.();
    await new Promise(setImmediate);
  }
  t.same(groups, [[1], [2, 3, 4, 5], [6]], 'at most as many as a group takes, in order');
  t.same(await Promise.all(results), [2, 4, 6, 8, 10, 12], 'everybody gets the result of his own');
});

test('a group is no heavier than it may be, but for an item that is', async (t) => {
  const groups: number[][] = [];
  const lane = new GroupCommit<number, number>({
    ...options,
    commit: async (items) => {
      groups.push([...items]);
      await new Promise(setImmediate);
      return [...items];
    },
  });
  await Promise.all([1, 60, 40, 1, 500, 2].map((item) => lane.submit(item)));
  t.same(groups, [[1], [60, 40], [1], [500], [2]]);
});

test('an item that cannot be committed fails alone', async (t) => {
  let commits = 0;
  const lane = new GroupCommit<number, number>({
    ...options,
    commit: async (items) => {
      commits += 1;
      await new Promise(setImmediate);
      if (items.includes(3)) throw new Error('three');
      return [...items];
    },
  });
  const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => lane.submit(item)));
  t.same(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
    [1, 2, 'three', 4],
  );
  t.equal(commits, 5);
});

test('a group fails as a whole when the fault is no item’s, and the lane goes on', async (t) => {
  let broken = true;
  let commits = 0;
  const lane = new GroupCommit<number, number>({
    ...options,
    mayBeOneItem: () => false,
    commit: async (items) => {
      commits += 1;
      await new Promise(setImmediate);
      if (broken) throw new Error('no database');
      return [...items];
    },
  });
  const settled = await Promise.allSettled([1, 2, 3].map((item) => lane.submit(item)));
  t.ok(settled.every(({ status }) => status === 'rejected'));
  t.equal(commits, 2);
  broken = false;
  t.equal(await lane.submit(4), 4);
});
