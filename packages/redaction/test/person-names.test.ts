// By what persons are found besides their whole name: the family name alone, with initials, in handles; and which parties are persons.
import { test } from 'tap';
import { findTerms, protectedTerms, type VaultNames } from '../src/index.ts';

const found = (text: string, vault: VaultNames) =>
  findTerms(text, protectedTerms([vault])).map(({ start, end }) => text.slice(start, end));

test('a family name alone is found where the given name is a word as well', async (t) => {
  for (const given of [
    'Mark',
    'Grace',
    'Rose',
    'Frank',
    'Victor',
    'Hope',
    'Maria',
    'Jürgen',
    'Mary Grace',
    'John F.',
  ]) {
    const vault = { reporter: [`${given} Brixqvist`] };
    for (const text of [
      'Brixqvist said so',
      'Mrs Brixqvist',
      'brixqvist1987',
      'notesBrixqvist2.txt',
      'DESKTOP-BRIXQVIST1',
    ])
      t.match(found(text, vault), [/^brixqvist$/i], `${given}: ${text}`);
    t.match(found('/home/brixqvista/x', vault), [/^brixqvist$/], given);
  }
  t.strictSame(
    found('Basil of Reporters', { reporter: ['Hope Reporters', 'Pearl Basil'] }),
    [],
    'words are no names alone',
  );
  t.strictSame(
    found('a Finland of Holdings', { reporter: ['Grace Finland', 'Grace Holdings'] }),
    [],
    'nor places, nor forms',
  );
});

test('a person with initials before, behind and in the middle', async (t) => {
  const vault = { reporter: ['Maria Delgado', 'Carlos Enrique Zamorelli', 'Mark Graves'] };
  for (const name of [
    'M. Delgado',
    'Delgado, M.',
    'Maria T. Delgado',
    'Maria T. J. Delgado',
    'C. E. Zamorelli',
    'Zamorelli, C. E.',
  ])
    t.strictSame(found(`Then ${name}, was hurt.`, vault), [name.replace(/\.$/, '')], name);
  t.strictSame(found("Delgado's, Delgado says; the graves, m said", vault), ['Delgado', 'Delgado']);
  t.strictSame(found('Delgado, M. Ortega; Delgado, M. The bus', vault), ['Delgado', 'Delgado, M']);
  t.strictSame(
    found('a Zephyrine S Plaid', { model: ['Zephyrine S'] }),
    ['Zephyrine S'],
    'of a model it is no initial',
  );
  t.strictSame(found('Bank I know, Washington, D.C.', { harmed: ['Lloyds Bank', 'Denzel Washington'] }), []);
});

test('a customer or developer with the name of a person is one; a company called after its founders is none', async (t) => {
  for (const role of ['customers', 'developer', 'deployer']) {
    const vault = { [role]: ['Maria Delgado'] };
    for (const name of ['Delgado', 'M. Delgado', 'Delgado, M', 'Maria T. Delgado'])
      t.strictSame(found(`Then ${name} was hurt.`, vault), [name], `${role}: ${name}`);
    t.strictSame(
      found('Stanley and Vuitton of Zephyrine and Pearl', {
        [role]: ['Morgan Stanley', 'Louis Vuitton', 'Anna Zephyrine', 'Anna Pearl'],
      }),
      [],
      role,
    );
  }
});

test('a name in characters as it is written in Taiwan, and with initials', async (t) => {
  const vault = { reporter: ['王小明', '欧阳志远', '曾子墨'] };
  for (const name of [
    ...['Wang Hsiao-ming', 'Hsiao-ming Wang', 'Wang X', 'Wang X. M', 'X. Wang'],
    ...['Ouyang Chih-yuan', 'Tseng Tzu-mo'],
  ])
    t.strictSame(found(`So ${name} said`, vault), [name]);
});
