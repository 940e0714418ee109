// Spellings of one name have one code, in all texts of a node; two names have two.
import { test } from 'tap';
import { findAll } from '../src/findings.ts';
import { neutralNames, protectedTerms, pseudonyms, scrubText, takeOut, type VaultNames } from '../src/index.ts';

const names: string[] = [];
const codes = pseudonyms((name) => (0xa000 + names.push(name) - 1).toString(16).toUpperCase());
/** With what they are made of instead of codes. */
const opened = (text: string) => text.replace(/A[0-9A-F]{3}/g, (code) => names[Number.parseInt(code, 16) - 0xa000]!);
const read = (text: string, ...vaults: VaultNames[]) => opened(scrubText(text, protectedTerms(vaults), codes));

test('a person has one code with all names, some, initials, or in another order', async (t) => {
  t.equal(
    read('Volodymyr Zelenskyy, Zelenskyy, V. Zelenskyy; Zelenskyy, Volodymyr', { harmed: ['Volodymyr Zelenskyy'] }),
    'Person volodymyrzelenskyy, Person volodymyrzelenskyy, Person volodymyrzelenskyy; Person volodymyrzelenskyy',
  );
  const both = [{ harmed: ['Zelenskyy'] }, { harmed: ['Zelenskyy, Volodymyr'] }, { reporter: ['Volodymyr Zelenskyy'] }];
  for (const vaults of [both, both.toReversed()])
    t.equal(read('Zelenskyy', ...vaults), 'Lab volodymyrzelenskyy', 'in whatever order the cases came');
  const same = [{ harmed: ['Wang Xiaoming'] }, { harmed: ['Xiaoming Wang'] }];
  t.equal(read('Wang Xiaoming', ...same), read('Xiaoming Wang', ...same));
  const two = [{ harmed: ['Olena Zelenskyy'] }, { harmed: ['Volodymyr Zelenskyy'] }];
  t.equal(
    read('Olena Zelenskyy, Volodymyr Zelenskyy, Zelenskyy', ...two),
    'Person olenazelenskyy, Person volodymyrzelenskyy, Person zelenskyy',
    'of two nobody can tell which',
  );
});

test('a company has one code with and without legal form and trade, by its initials and as the list knows it', async (t) => {
  const names = ['Northwind Logistics GmbH', 'Northwind Logistics', 'Northwind'];
  for (const name of names)
    t.equal(read(`by ${name}.`, ...names.map((one) => ({ developer: [one] }))), 'by Developer northwind.');
  t.equal(
    read('Harbor City Port Authority (HCPA)', { deployer: ['Harbor City Port Authority'] }),
    'Deployer harborcityportauthority (Deployer harborcityportauthority)',
  );
  t.equal(
    read('A tool of 字节跳动 and of ByteDance', { developer: ['北京字节跳动科技有限公司', 'ByteDance'] }),
    'A tool of Developer bytedance and of Developer bytedance',
  );
  t.equal(
    read('gpt-9x-mini-2024-07-18, gpt-9x-mini', { model: ['gpt-9x-mini-2024-07-18'] }),
    'Model gpt9xmini, Model gpt9xmini',
  );
  t.equal(
    read('Google, Google Photos', { developer: ['Google', 'Google Photos'] }),
    'Developer google, Developer googlephotos',
  );
});

test('a name has one code, whatever it is to a case', async (t) => {
  const code = (text: string) => text.split(' ')[1];
  t.equal(
    code(read('Kestrelane', { deployer: ['Kestrelane'] })),
    code(read('Kestrelane', { developer: ['Kestrelane'] })),
  );
});

test('a person whom reading found has one code in a text as well', async (t) => {
  const fields = { title: 'Ibrahim Traoré spoke', summary: 'Ibrahim Traoré spoke. Then Traoré left.' };
  const rules = {
    verdicts: new Map(),
    policy: true,
    before: new Set<string>(),
    removed: new Set<string>(),
    read: findAll,
  };
  const { record } = takeOut(
    { fields, shown: {} },
    protectedTerms([]),
    { record: codes, edition: neutralNames },
    rules,
  );
  t.equal(opened(String(record.fields.summary)), 'Person ibrahimtraore spoke. Then Person ibrahimtraore left.');
});
