// What a record tells of a name beside its code: what it is to its own case.
import { test } from 'tap';
import { createKnownNames, neutralNames, ofCase, pseudonyms, rolesIn, scrubText } from '../src/index.ts';

const own = { developer: ['Zephyrine Dynamics'], model: ['Quoria'], harmed: ['Yndra Tolvaken'] };
const other = {
  reporter: ['Ulmeric Fendral'],
  deployer: ['Zephyrine Dynamics', 'Brixholm Transit'],
  customers: ['Tessaly Harbour'],
};
const known = createKnownNames();
known.add(own);
known.add(other);
const index = known.index({ person: ['Odran Vesk'], organisation: ['Calvane Trust'] });
const told = (text: string, vault: Parameters<typeof rolesIn>[0], naming = neutralNames) =>
  scrubText(text, index, ofCase(naming, rolesIn(vault, index)));

test('a role is told of the case’s own parties alone', (t) => {
  const text = 'Zephyrine Dynamics, Yndra Tolvaken, Ulmeric Fendral, Brixholm Transit and Tessaly Harbour.';
  t.equal(told(text, own), 'A developer, a named party, a named party, a named party and a named party.');
  t.equal(told(text, other), 'A deployer, a named party, a named party, a deployer and a named party.');
  t.equal(told(text, {}), 'A named party, a named party, a named party, a named party and a named party.');
  t.end();
});

test('a model is one to everybody, and what officers had taken out is what they said', (t) => {
  t.equal(told('Quoria told Odran Vesk of Calvane Trust.', {}), 'A model told a person of an organisation.');
  const coded = pseudonyms(() => 'A7F3AA');
  t.equal(told('Quoria told Yndra Tolvaken.', {}, coded), 'Model A7F3AA told Named party A7F3AA.');
  t.equal(told('Quoria told Yndra Tolvaken.', own, coded), 'Model A7F3AA told Person A7F3AA.');
  t.end();
});

test('whom everybody’s list has is told as an organisation', (t) => {
  const google = createKnownNames();
  google.add({ deployer: ['Google'] });
  const all = google.index();
  t.equal(scrubText('Google failed.', all, ofCase(neutralNames, rolesIn({}, all))), 'An organisation failed.');
  t.equal(
    scrubText('Google failed.', all, ofCase(neutralNames, rolesIn({ deployer: ['Google'] }, all))),
    'A deployer failed.',
  );
  t.end();
});
