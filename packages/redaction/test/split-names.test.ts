// Names that are split over the texts of one record: found where somebody wrote them so, and not where codes and prose meet by chance.
import fc from 'fast-check';
import { test } from 'tap';
import { leakCheck, leakCheckBytes, protectedTerms } from '../src/index.ts';
import { splitNames } from '../src/split-names.ts';

const index = protectedTerms([
  { developer: ['us-department-of-justice', 'irobot', 'Hugging Face', 'Zephyrine'], reporter: ['Tim Allen'] },
]);
const token = (fields: Record<string, unknown>) =>
  `e30.e30.c2ln~${Object.entries(fields)
    .map((member) => Buffer.from(JSON.stringify(['c2FsdA', ...member])).toString('base64url'))
    .join('~')}~`;

test('a code of a record makes no name with the text beside it, of two texts it does', async (t) => {
  const text = 'Department of Justice’s risk assessment was biased.';
  const chance = { countries_affected: ['US'], occurred_month: '2016-11', title: 'Robot fell', summary: text };
  t.strictSame(leakCheck(chance, index), []);
  t.strictSame(leakCheckBytes(token(chance), index), []);
  const meant = { title: 'Robot fell at US', summary: text };
  t.match(leakCheck(meant, index), [{ at: '/summary', start: 0, end: 21, kind: 'developer' }]);
  t.ok(leakCheckBytes(token(meant), index).length > 0);
});

test('what is no code of its field is a text, and so is what no field of a record is called', async (t) => {
  t.ok(leakCheck({ language: 'Hugging', summary: 'Face failed.' }, index).length > 0);
  t.ok(leakCheck({ places: ['US'], summary: 'Department of Justice’s tool was biased.' }, index).length > 0);
  t.ok(leakCheck({ tags: ['Hugging', 'Face'] }, index).length > 0);
  t.ok(leakCheck({ nested: { language: 'zeph', text: 'yrine' } }, index).length > 0);
  t.ok(leakCheck({ evidence: [{ kind: 'url', reference: 'Hugging' }], summary: 'Face failed.' }, index).length > 0);
  t.ok(leakCheck({ harms: ['zep', 'hyrine'] }, index).length > 0, 'not the harms that a record has');
});

test('of an item with a text in it the other members are codes', async (t) => {
  const index = protectedTerms([{ developer: ['Urlaubix'] }]);
  const evidence = [{ kind: 'url', reference: 'https://example.org/1' }];
  t.strictSame(leakCheck({ evidence, title: 'aubix fell' }, index), []);
  t.ok(leakCheck({ evidence: [{ kind: 'url', reference: 'url' }], title: 'aubix fell' }, index).length > 0);
});

test('a name that is written in codes is found among them', async (t) => {
  const index = protectedTerms([{ developer: ['openai'] }]);
  t.ok(leakCheck({ countries_affected: ['OP', 'EN', 'AI'], title: 'A shuttle stopped.' }, index).length > 0);
});

test('the end of a sentence and the beginning of another text are no address, in which a name may be glued to letters', async (t) => {
  t.strictSame(leakCheck({ a: 'Intent: Intentional.', title: 'Robot fell' }, index), []);
  t.ok(leakCheck({ a: 'see example.org/whyzep', b: 'hyrinefailed.html' }, index).length > 0);
});

test('it is told of where the name ends, be there more texts behind', async (t) => {
  const fields = { a: 'They were told by Zeph', b: 'yr', c: 'ine', d: 'x', e: 'A shuttle stopped.' };
  t.match(leakCheck(fields, index), [{ at: '/c', start: 0, end: 3 }]);
});

test('what is made by machine in the signed part is not read together with the texts', async (t) => {
  const index = protectedTerms([{ model: ['gmail'] }]);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (iss: string) =>
    `${part({ alg: 'Ed25519' })}.${part({ iss, tlp: 'clear', _sd: [], _sd_alg: 'sha-256' })}.x~${part(['salt', 'title', 'Malicious models'])}~`;
  t.strictSame(leakCheckBytes(token('https://cn.example'), index), [], 'no gmail is `6Mali`');
  t.match(leakCheckBytes(token('https://gmail.example'), index), [{ at: '/payload/iss', kind: 'model' }]);
});

test('a pseudonym at the beginning of a text is no part of a name', async (t) => {
  const index = protectedTerms([{ harmed: ['Jim Morgan'], developer: ['Zephyrine'] }]);
  t.strictSame(leakCheck({ failure_pattern: 'Organisation A7F3 fell' }, index), [], '`rn` and `organ` are no Morgan');
  t.ok(leakCheck({ a: 'seen by Jim', b: 'Morgan fell' }, index).length > 0);
  t.ok(leakCheck({ a: 'seen by zeph', b: 'Yrine A7F3 fell' }, index).length > 0);
});

test('from the end of one text into the beginning of any other only what lies over both is split', async (t) => {
  const index = protectedTerms([{ developer: ['Northwind Logistics', 'Brixholm', 'Zenqo'], model: ['Qx9v'] }]);
  const between = { at: '/b', text: 'and much else that was told of it.' };
  const split = (end: string, beginning: string) =>
    splitNames([{ at: '/a', text: `They were told by ${end}` }, between, { at: '/c', text: beginning }], index).map(
      ({ at, start, end, term }) => ({ at, start, end, name: term.name }),
    );
  const name = 'northwind';
  t.strictSame(split('Nor', 'thwind Logistics, who came.'), [{ at: '/c', start: 0, end: 16, name }]);
  t.strictSame(split('Northwind', 'Logistics, who came.'), [{ at: '/c', start: 0, end: 9, name }], 'with a blank');
  t.strictSame(split('Zen', 'qories of Brixholm'), [], 'the one is no name, the other not split');
  t.strictSame(split('Zen', 'qo came.'), [{ at: '/c', start: 0, end: 2, name: 'zenqo' }], 'five letters');
  t.strictSame(split('Qx', '9v came.'), [], 'four letters meet by chance');
  t.strictSame(split('Nor', 'thwind Logistics and Northwind Logistics').length, 1, 'each end is told of once');
  const far = `thwind Logistics${' and on it went'.repeat(30)} Brixholm`;
  t.strictSame(split('Nor', far), [{ at: '/c', start: 0, end: 16, name }]);
});

test('no name that is open where a text ends is passed over, wherever it is cut', async (t) => {
  const names = ['Northwind Logistics', 'Brixholm', 'Zenqo'];
  const read = protectedTerms([{ developer: names }]);
  const unread = { ...read, mayBegin: () => true };
  const name = fc.constantFrom(...names, 'thwindlogistics', 'brixh0lm', 'mlohxirb');
  const word = fc.constantFrom('and', 'it', 'north', 'zen', 'the north wind. B', ' ', '');
  const cut = fc.tuple(word, name, fc.nat(19), fc.constantFrom('', ' ', '. '), word);
  let found = 0;
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      const texts = cuts.flatMap(([before, whole, at, glue, behind]) => [
        `${before}${glue}${whole.slice(0, at)}`,
        `${whole.slice(at)}${glue}${behind}`,
      ]);
      const pieces = texts.map((text, nth) => ({ at: `/${nth}`, text }));
      const split = splitNames(pieces, read);
      t.strictSame(split, splitNames(pieces, unread));
      found += split.length;
    }),
    { numRuns: 300, examples: [[[['north', 'Zenqo', 3, '', ' ']]]] },
  );
  t.ok(found > 0, `${found} split names`);
});

test('what the record’s type gives says nothing, whatever somebody in the vault is called', async (t) => {
  const fields = {
    hazard_domain: 'model-security',
    sector: ['water-supply-sewerage-and-waste-management', 'real-estate'],
    harms: [{ type: 'human-rights', status: 'actual', scale: '2-9', affected: ['civil-society'] }],
    mitigations: [{ text: 'The data were balanced.', worked: 'partly', nist_ai_rmf: 'MEASURE 2.11' }],
    root_cause: 'A loose cable.',
    component_tags: null,
    capability_level: { suite: 'Cyber range', band: 'low' },
  };
  const called = [
    'Model Security',
    'Root Cause',
    'The DAO',
    'Zillow',
    'Scale AI',
    'Human Rights',
    'Component Tags Ltd',
  ];
  for (const developer of called)
    t.strictSame(leakCheck(fields, protectedTerms([{ developer: [developer] }])), [], developer);
  const index = protectedTerms([{ developer: ['Root Cause', 'Mistral'] }]);
  t.match(leakCheck({ root_cause: 'Root Cause had a loose cable.' }, index), [
    { at: '/root_cause', kind: 'developer' },
  ]);
  t.match(leakCheck({ language: 'mis-Tral' }, index), [{ at: '/language' }]);
  t.ok(leakCheck({ harms: [{ type: 'Root Cause' }] }, index).length > 0, 'a value that the type does not give is read');
  t.ok(leakCheck({ harms: [{ 'Root Cause': 1 }] }, index).length > 0, 'and a member that it does not know');
});
