// What is written in place of names and places reads as a sentence, and what is no name or place stays.
import { test } from 'tap';
import { findAll, HELD_FROM } from '../src/findings.ts';
import { createKnownNames, protectedTerms, pseudonyms, scrubText, type VaultNames } from '../src/index.ts';
import { check, clear, places } from './found.ts';

const naming = pseudonyms(() => 'A7F3');
const write = (text: string, vault: VaultNames) => scrubText(text, protectedTerms([vault]), naming);

test('letters that are no place are none where a cue stands before them', (t) => {
  for (const text of [
    'She paid via QR codes.',
    'It was posted in X threads.',
    'It was sent in X Replies.',
    'In U.S. elections',
  ])
    t.strictSame(places(text), [], text);
  t.strictSame(places('It happened in Qxv, and near Zorbeln.'), ['Qxv', 'Zorbeln'], 'others are by it');
  t.end();
});

test('lakes and mountains are places, and a person called Lake is one', (t) => {
  t.strictSame(places('We went to Lake Vostrik and up Mount Halvend.'), ['Lake Vostrik', 'Mount Halvend']);
  const held = findAll('It was Lake Halvend Systems.').filter(({ confidence }) => confidence >= HELD_FROM);
  t.notOk(held.some(({ kind }) => kind === 'place'));
  t.end();
});

test('a place that tells no country is not told beside one that does', (t) => {
  check(t, {
    'It fell in Sunset Vostrik County, California, causing harm.': 'It fell in the United States, causing harm.',
    'It fell in California, Vostrik County, causing harm.': 'It fell in the United States, causing harm.',
  });
  t.equal(clear('It fell in Vostrik County and in Berlin.'), 'It fell in a place and in Germany.');
  t.end();
});

test('what everybody may have, or a region, is no party’s name', (t) => {
  const harmed = ['covid-19-patients', 'madhya-pradesh', 'general-public-of-madhya-pradesh', 'hiv-patients'];
  const text = 'Posts about COVID-19 and HIV in Uttar Pradesh';
  t.equal(write(text, { harmed }), text);
  t.end();
});

test('a particle goes with the family name, and an article fits the word behind it', (t) => {
  const vault = { harmed: ['hans-von-ohain', 'Quillen Halvend'] };
  t.equal(write('making von Ohain known', vault), 'making Person A7F3 known');
  t.equal(write('She saw van der Halvend there.', vault), 'She saw Person A7F3 there.');
  t.equal(write('In a van Halvend slept.', vault), 'In a van Person A7F3 slept.');
  const known = createKnownNames();
  const index = known.index({ person: [], organisation: ['Zorbeln Gmbh'] });
  t.equal(
    scrubText('It was a Zorbeln Gmbh car. A Zorbeln Gmbh van.', index, naming),
    'It was an Organisation A7F3 car. An Organisation A7F3 van.',
  );
  t.end();
});
