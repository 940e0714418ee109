import { isDeepStrictEqual } from 'node:util';
import { levelOf, parseCell } from '@detente/record';
import fc from 'fast-check';
import { test } from 'tap';
import { differences, foldGrants, grantChanges, inputDigests, lowerOfBoth, reversed, terms } from '../src/index.ts';
import { bodies, digests, inputs, offer, rule, simple, standings } from './samples.ts';

const PAIRS = 10_000;
const value = (level: number | null | undefined) => level ?? -1;
const grantsOf = (given: ReturnType<typeof terms>) => {
  const { widening, narrowing } = grantChanges(foldGrants([]), given, { size: 0, widenFrom: 0 });
  return foldGrants([...widening, ...narrowing].map((line, at) => ({ ...line, number: 1, line: at })));
};

test('which statements differ is told with both digests, and nothing where none does', async (t) => {
  const ours = ['a', 'b', null, 'd'];
  t.same(differences(ours, ours), []);
  t.same(differences(ours, ['x', 'b', 'c', null]), [
    { code: 'differs_their_offer', params: { ours: 'a', theirs: 'x' } },
    { code: 'differs_their_standing', params: { theirs: 'c' } },
    { code: 'differs_our_standing', params: { ours: 'd' } },
  ]);
  t.same(differences(ours, ['a', null, null, 'd']), [{ code: 'differs_our_offer', params: { ours: 'b' } }]);
  t.same(differences(ours, null), [{ code: 'differs_unknown', params: {} }]);
});

test('the same statements in the other direction name what the other node computes', async () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const back = reversed(input);
      const [a, b, c, d] = inputDigests(input);
      return (
        isDeepStrictEqual(inputDigests(back), [b, a, d, c]) && terms(reversed(back)).digest === terms(input).digest
      );
    }),
  );
});

const pairs = fc.record({
  before: inputs,
  own: inputs,
  offers: fc.record({ giver: fc.option(fc.record({ digest: digests, body: bodies })) }),
  standings: fc.record({ giver: fc.option(fc.record({ digest: digests, standing: standings })) }),
});

test('while two nodes differ, nothing wider than was granted is given unless the terms of both give it', async () => {
  fc.assert(
    fc.property(pairs, ({ before, own: input, offers, standings }) => {
      const own = terms(input);
      const theirs = terms({
        ...input,
        offers: { ...input.offers, ...offers },
        standings: { ...input.standings, ...standings },
      });
      const had = grantsOf(terms(before));
      const both = lowerOfBoth(own, theirs, had);
      return [...both.cells].every(([cell, { level }]) => {
        const mine = value(own.cells.get(cell)?.level);
        const granted = value(had.cells.get(cell)?.segments.at(-1)?.level);
        const floor = parseCell(cell).band === '5-7' ? levelOf('green') : -1;
        return value(level) === Math.min(mine, Math.max(granted, value(theirs.cells.get(cell)?.level), floor));
      });
    }),
    { numRuns: PAIRS },
  );
});

test('what waits is named so where it waits, and begins where it would have begun', async (t) => {
  const cell = 'incident/bio/4';
  const amber = simple({ given: offer(rule({ tier: 'amber' })) });
  const [had, unsaid] = [grantsOf(simple({ given: offer(rule({ tier: 'green' })) })), simple({})];
  const waiting = { level: 2, rule: { code: 'wider_waits', params: { instead_of: 3 } } };
  t.same(lowerOfBoth(amber, unsaid, had).cells.get(cell), waiting);
  t.same(lowerOfBoth(amber, unsaid, foldGrants([])).cells.get(cell), { ...waiting, level: null });
  t.same(lowerOfBoth(amber, unsaid, foldGrants([])).cells.get('incident/bio/5-7'), waiting, 'the floor does not wait');
  t.same(lowerOfBoth(amber, amber, had), amber);

  for (const backlog of [true, false])
    for (const before of [had, foldGrants([])]) {
      const at = (size: number) => ({ size, widenFrom: backlog ? 0 : size });
      const { restated, narrowing } = grantChanges(before, lowerOfBoth(amber, unsaid, before), at(9));
      t.same([restated.length, narrowing], [40 - (before === had ? 0 : 8), []]);
      const lines = [...before.cells].flatMap(([one, { segments }]) =>
        segments.map((row) => ({ ...row, cell: one, record_id: null, from_index: row.from, number: 1 })),
      );
      const rows = restated.map((line) => ({ ...line, number: 2 }));
      const held = foldGrants([...lines, ...rows]);
      t.same(grantChanges(held, lowerOfBoth(amber, unsaid, held), at(15)).restated, [], 'it is no news twice');
      const { widening } = grantChanges(held, lowerOfBoth(amber, amber, held), at(20));
      t.same(widening.find((one) => one.cell === cell)?.from_index, backlog ? 0 : 9);
    }
});
