// A person of the case by family name and title: out for certain in the case itself, and nowhere else.
import { test } from 'tap';
import { findAll } from '../src/findings.ts';
import { createKnownNames, neutralNames, pseudonyms, takeOut, type VaultNames, withOwnParties } from '../src/index.ts';

const vaults = {
  wang: { harmed: ['王小明'] },
  black: { harmed: ['John Black'], reporter: ['Mary Green'] },
  names: { harmed: ['Wang Xiaoming', 'Delgado, Maria'], developer: ['Li Auto', 'Peter Young'] },
  groups: { harmed: ['Apple Users', 'Black Students'] },
} satisfies Record<string, VaultNames>;
const CODES: Record<string, string> = { 王小明: 'A7F3D2', johnblack: 'B0B0B0' };
const known = createKnownNames();
for (const vault of Object.values(vaults)) known.add(vault);
const index = known.index();
const names = { record: pseudonyms((name) => CODES[name] ?? 'FFFFFF'), edition: neutralNames };
const rules = { verdicts: new Map(), removed: new Set<string>(), policy: false, before: new Set<string>() };

function told(summary: string, vault: VaultNames): { record: unknown; edition: unknown } {
  const fields = { title: 'x', summary };
  const { record, edition } = takeOut({ fields, shown: fields }, index, names, {
    ...{ ...rules, read: withOwnParties(findAll, vault, index) },
  });
  return { record: record.fields.summary, edition: edition.fields.summary };
}

test('a Chinese person by family name is out in the own case, with the code of the whole name', (t) => {
  for (const called of '王先生 王女士 王某 王某某 王某甲 小王 老王 王医生 王教授 王总 王總 王警官 Wang先生'.split(
    ' ',
  )) {
    const text = `记者联系了${called}，对方没有回应。`;
    t.strictSame(told(text, vaults.wang), {
      record: '记者联系了人员A7F3D2，对方没有回应。',
      edition: '记者联系了某人，对方没有回应。',
    });
    t.strictSame(told(text, {}), { record: text, edition: text }, 'in another case it is somebody else');
  }
  for (const called of ['Mr Wang', 'Ms. Wang', 'Dr Wang', 'Professor WANG', 'mr. wang'])
    t.equal(told(`It was ${called} who called.`, vaults.wang).edition, 'It was a person who called.', called);
  for (const other of '国王先生来了 女王说过 老王朝 小王子的故事 王工作很忙 王总共去了 李先生'.split(' '))
    t.equal(told(other, vaults.wang).edition, other, other);
  t.end();
});

test('a family name that is a word is out with its title, in the own case', (t) => {
  for (const called of ['Mr Black', 'Officer Black', 'Mrs. Green', 'mr black', 'Judge Green']) {
    const text = `It was ${called} who called.`;
    t.equal(told(text, vaults.black).edition, 'It was a person who called.', called);
    t.equal(told(text, vaults.wang).edition, text, 'in another case it is somebody else');
  }
  t.match(told('It was Mr Black.', vaults.black).record, /Person B0B0B0\.$/);
  for (const text of [
    'Black people said so.',
    'Mr. Black Hawk came.',
    'The officer black box.',
    'Mr Blackwell, Mr White',
  ])
    t.equal(told(text, vaults.black).edition, text, text);
  for (const text of ['Mr Users said it', 'Mr Students said it', 'Mr Auto said it'])
    t.equal(told(text, { ...vaults.groups, ...vaults.names }).edition, text, text);
  t.equal(told('Mr Young and Mr Wang met.', vaults.names).edition, 'A person and a person met.');
  t.end();
});

test('of two with one family name the code is of neither, and an officer puts it back', (t) => {
  const both = { harmed: ['王小明', '王丽华'] };
  known.add(both);
  const of = { title: 'x', summary: '王女士报警。' };
  const read = withOwnParties(findAll, both, known.index());
  const { record } = takeOut({ fields: of, shown: {} }, known.index(), names, { ...rules, read });
  t.equal(record.fields.summary, '人员FFFFFF报警。');
  const verdicts = new Map(record.findings.map(({ id }) => [id, 'keep' as const]));
  t.equal(
    takeOut({ fields: of, shown: {} }, known.index(), names, { ...rules, verdicts, read }).record.fields.summary,
    of.summary,
  );
  t.end();
});
