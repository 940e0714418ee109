// A name that stands in a text as its vault writes it is found, whatever else its words mean.
import { test } from 'tap';
import { findTerms, leakCheck, protectedTerms, type VaultNames } from '../src/index.ts';

const found = (vault: VaultNames, text: string) =>
  findTerms(text, protectedTerms([vault])).map(({ start, end }) => text.slice(start, end));

test('a name of words that stands as its vault writes it', async (t) => {
  const names = ['Sky', 'Waves', 'Hertz', 'Cerebras', 'Jobs', 'Unknown Worlds', 'Various Artists Club', 'Users First']
    .concat(['Gamers Nexus', 'Voters United', 'Another Axiom', 'Citizens Bank', 'Doctors Without Borders'])
    .concat(['Unknown Soldier Home', 'People First', 'Children Now', 'Generic Robotics', 'Anonymous Analytics']);
  for (const name of names)
    for (const role of ['developer', 'deployer', 'customers', 'model'])
      t.strictSame(found({ [role]: [name] }, `The tool of ${name} hurt them badly.`), [name], `${role} ${name}`);
});

test('what names nobody is no name, and words stay words', async (t) => {
  const nobody = [
    'voters',
    'Voters',
    'facebook users',
    'unknown deepfake developer',
    'Unknown Deepfake Developer',
  ].concat(['Anonymous', 'Systems', 'waves', 'Multiple Developers', 'AI', 'UK', 'Q3', '5G']);
  for (const name of nobody) t.strictSame(found({ developer: [name] }, `The tool of ${name} hurt them.`), [], name);
  t.strictSame(found({ harmed: ['Bus Passengers'] }, 'It hurt Bus Passengers.'), []);
  const vault = { developer: ['Waves', 'Users First', 'Unknown Worlds'] };
  t.strictSame(found(vault, 'It waves at users first, in unknown worlds.'), []);
});

test('two letters or digits are a name in this very spelling, between borders', async (t) => {
  const vault = { developer: ['GM', 'O2', '3M', 'HP'], model: ['o1', 'R1', '4o', 'K2'] };
  t.strictSame(found(vault, 'GM, (O2), 3M’s HP: o1-style R1 and 4o; K2。GM的汽车'), [
    ...['GM', 'O2', '3M', 'HP', 'o1', 'R1', '4o', 'K2', 'GM'],
  ]);
  t.strictSame(found(vault, 'gm, o2, 3m, hp, O1, r1, 4O, k2, GMs, xR1, ol, HPV, 01'), []);
  t.strictSame(found({ model: ['o1', 'O1'] }, 'o1 and O1'), ['o1', 'O1']);
  t.strictSame(found({ harmed: ['R1'] }, 'room R1'), []);
});

test('the code of a country is no company of two letters', async (t) => {
  const index = protectedTerms([{ developer: ['GM'] }]);
  t.strictSame(leakCheck({ countries_affected: ['GM'] }, index), []);
  t.match(leakCheck({ title: 'GM' }, index), [{ at: '/title', kind: 'developer' }]);
});
