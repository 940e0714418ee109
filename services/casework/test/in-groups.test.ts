import { test } from 'tap';
import { inGroups } from '../src/in-groups.ts';

test('what fails is done alone, told by name, and holds up nothing else', async (t) => {
  const waiting = new Set(Array.from({ length: 130 }, (_, n) => n));
  const bad = new Set([7, 100]);
  const groups: number[] = [];
  const told: [string, number][] = [];
  const working = inGroups({
    take: async (limit, but: readonly number[]) => [...waiting].filter((n) => !but.includes(n)).slice(0, limit),
    nameOf: (n: number) => n,
    async work(items) {
      groups.push(items.length);
      for (const item of items) if (bad.has(item)) throw new Error(`${item} is bad`);
      for (const item of items) waiting.delete(item);
    },
    failed: (error, name) => told.push([(error as Error).message, name]),
  });
  await t.rejects(working, { errors: [{ message: '7 is bad' }, { message: '100 is bad' }] });
  t.same([...waiting], [7, 100]);
  t.same(told, [
    ['7 is bad', 7],
    ['100 is bad', 100],
  ]);
  t.same(Math.max(...groups), 64);
});

test('a single item that fails is asked for once', async (t) => {
  let tries = 0;
  const working = inGroups({
    take: async (_, but: readonly string[]) => ['only'].filter((one) => !but.includes(one)),
    nameOf: (one) => one,
    async work() {
      tries += 1;
      throw new Error('never');
    },
    failed: () => undefined,
  });
  await t.rejects(working, { errors: [{ message: 'never' }] });
  t.equal(tries, 1);
});
