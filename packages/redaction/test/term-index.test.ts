// Names that come case by case: in whatever order, the same is found as if all had been there from the beginning.
import fc from 'fast-check';
import { test } from 'tap';
import { createKnownNames, findTerms, protectedTerms, TERM_KINDS, type VaultNames } from '../src/index.ts';

const PARTIES = [
  'google',
  'alphabet',
  'YouTube',
  'deep-mind',
  'deepmind',
  'Target',
  'target-corporation',
  'Mimi Marlow',
  '谷歌',
];
const ROLES = ['developer', 'deployer', 'model', 'reporter', 'customers', 'harmed'] as const;
const TEXT =
  'Google, Alphabet, YouTube, youtube.com, Gemini, DeepMind, deep mind, Deep-Mind, Target, target, Mimi Marlow, rnirni rnarlovv, ' +
  'Marlow, worraM, worlrawimim, wolraM imiM, elgooG, 谷歌, G00gle, Target Corporation, tegrat.';

const found = (index: ReturnType<typeof protectedTerms>, text = TEXT) =>
  findTerms(text, index).map(({ start, end, term }) => `${text.slice(start, end)} ${term.kind} ${term.name}`);

/** Cases with one party each, those of the first kinds first: nothing that is known changes any more. */
function sorted(cases: readonly (readonly [string, (typeof ROLES)[number]])[]): VaultNames[] {
  return ROLES.flatMap((role) => cases.filter((one) => one[1] === role)).map(([party, role]) => ({ [role]: [party] }));
}

test('names that come one by one are those that come at once, of the first kind that they have anywhere', async (t) => {
  t.equal(ROLES.length, TERM_KINDS.length - 1, 'an organisation is only what officers had taken out');
  const pair = fc.tuple(fc.constantFrom(...PARTIES), fc.constantFrom(...ROLES));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 12 }), (cases) => {
      const known = createKnownNames();
      for (const [party, role] of cases) {
        known.add({ [role]: [party] });
        found(known.index());
      }
      const [grown, whole] = [known.index(), protectedTerms(sorted(cases))];
      t.equal(grown.size, whole.size);
      t.strictSame(found(grown), found(whole));
    }),
    { numRuns: 300 },
  );
});

test('there is another index when a name is new, and the same one when none is', async (t) => {
  const known = createKnownNames();
  known.add({ harmed: ['Mimi Marlow'] });
  const index = known.index();
  const text = 'Mimi Marlow, rnirni rnarlovv';
  t.strictSame(found(index, text), ['Mimi Marlow person mimimarlow', 'rnirni rnarlovv person mimimarlow']);
  known.add({ harmed: ['Mimi Marlow'], developer: [] });
  t.equal(known.index(), index);
  known.add({ developer: ['Mimi Marlow'] });
  t.not(known.index(), index);
  t.strictSame(found(known.index(), text), [
    'Mimi Marlow developer mimimarlow',
    'rnirni rnarlovv developer mimimarlow',
  ]);
});

test('a vault’s own word goes before what the list says of another, and names of many letters grow the index', async (t) => {
  const known = createKnownNames();
  known.add({ developer: ['google'] });
  t.match(found(known.index(), 'YouTube'), ['YouTube model youtube']);
  known.add({ customers: ['YouTube'] });
  t.match(found(known.index(), 'YouTube'), ['YouTube customer youtube']);
  const many = Array.from({ length: 600 }, (_, nth) => `Quixotic${String.fromCharCode(97 + (nth % 26))}${nth}fjord`);
  for (const name of many) known.add({ developer: [name] });
  t.equal(
    many.every((name) => found(known.index(), `by ${name} alone`).length === 1),
    true,
  );
});
