// Names of several ordinary words: those of persons are found however they are written, phrases of ordinary text are no names.
import { test } from 'tap';
import { findTerms, protectedTerms, type VaultNames } from '../src/index.ts';

const found = (vault: VaultNames, text: string) =>
  findTerms(text, protectedTerms([vault])).map(({ start, end }) => text.slice(start, end));

test('a person whose names are words is found in capitals, in small letters, in names of files, links and handles', async (t) => {
  for (const name of [
    'Bill Gates',
    'Rose Marsh',
    'Mark Hunt',
    'Grace Hopper',
    'Dawn French',
    'Jack Frost',
    'Robin Banks',
  ]) {
    const small = name.toLowerCase();
    const texts = [`hurt ${name} badly`, `hurt ${small} badly`, `hurt ${name.toUpperCase()} badly`]
      .concat([`see files/${small.replace(' ', '_')}.pdf`, `see x.example/${small.replace(' ', '-')}/1`])
      .concat([`by @${small.replace(' ', '')}`, `by ${small.replace(' ', '.')}@x.example`]);
    for (const role of ['harmed', 'reporter'])
      for (const text of texts) t.equal(found({ [role]: [name] }, text).length, 1, `${role}: ${text}`);
    t.equal(found({ harmed: [small.replace(' ', '-')] }, `hurt ${name} badly`).length, 1, `${small} in the vault`);
    t.strictSame(found({ harmed: [small] }, `hurt ${small} badly`), [], 'with small letters in both');
  }
  t.strictSame(found({ harmed: ['Bill Gates'] }, 'Gates, Bill; the bill gates access'), ['Gates, Bill', 'bill gates']);
});

test('who else was harmed and is called by words with capitals is found with them, or in one piece in an address', async (t) => {
  const vault = { harmed: ['Gamers Nexus', 'Delivery Driver', 'Will Power'] };
  t.strictSame(found(vault, 'Gamers Nexus, gamers_nexus.pdf, will_power.pdf, Will Power'), [
    ...['Gamers Nexus', 'gamers_nexus', 'will_power', 'Will Power'],
  ]);
  t.strictSame(found(vault, 'A delivery driver will power a nexus of gamers; gamers nexus'), []);
  t.strictSame(found({ harmed: ['delivery driver', 'bus passengers'] }, 'Delivery Driver and Bus Passengers'), []);
});

test('a phrase of ordinary text that a vault gives without capitals is nobody, wherever it stands', async (t) => {
  const nobody = [
    'according to',
    'facial recognition',
    'was killed',
    'did not',
    'large language model',
    'was arrested by',
  ].concat(['police officers', 'false claims', 'investment scam', 'voice cloning']);
  const text = `According to police officers Facial Recognition did not; he was killed, was arrested by voice cloning, false claims, a large language model`;
  for (const developer of nobody)
    t.strictSame(found({ developer: [developer], model: [developer] }, text), [], developer);
});

test('other words without capitals in the vault are a name only where a text has them with capitals, or in disguise', async (t) => {
  const vault = { developer: ['five-lamps', 'never back down', 'coffee-meets-bagel', 'southern co-op'] };
  t.strictSame(
    found(vault, 'Five Lamps and Never Back Down; Coffee Meets Bagels, Southern Co-op, F1ve Lamps, @fivelamps'),
    [...['Five Lamps', 'Never Back Down', 'Coffee Meets Bagels', 'Southern Co-op', 'F1ve Lamps', 'fivelamps']],
  );
  t.strictSame(found(vault, 'We never back down with five lamps; coffee meets bagel'), []);
  t.strictSame(found({ developer: ['Five Lamps'] }, 'with five lamps'), ['five lamps'], 'with capitals in the vault');
  t.strictSame(found({ developer: ['Facial Recognition'] }, 'facial recognition'), [], 'but not a phrase');
  t.strictSame(
    found({ developer: ['hugging-face'] }, 'the hugging face hub'),
    ['hugging face'],
    'nor who is in the list',
  );
});
