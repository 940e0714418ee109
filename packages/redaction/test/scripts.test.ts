// Short names in scripts that write no blanks between words, or small words together with the next.
import { test } from 'tap';
import { findTerms, protectedTerms } from '../src/index.ts';

const found = (text: string, ...developer: string[]) =>
  findTerms(text, protectedTerms([{ developer }])).map(({ start, end }) => text.slice(start, end));

test('a short name in kana is found beside other letters, and not within a longer word', async (t) => {
  for (const name of ['ソニー', 'トヨタ', 'ライン', 'ヤフー', 'カシオ', 'グリー'])
    t.strictSame(
      found(`昨日${name}のシステム、${name}と${name}株式会社が${name}を`, name),
      [name, name, name, name],
      name,
    );
  t.strictSame(found('みずほがみずほの、昨日のみずほから', 'みずほ'), ['みずほ', 'みずほ', 'みずほ']);
  t.strictSame(found('オンラインでクリーンなラインナップ、あみずほ、みずほん', 'ライン', 'グリー', 'みずほ'), []);
  t.strictSame(found('ブリックスが', 'ブリックス株式会社'), ['ブリックス']);
  t.strictSame(
    found('株式会社ブリックスホルムが', 'ブリックスホルム株式会社'),
    ['ブリックスホルム'],
    'the form before it',
  );
});

test('a short Thai name is found with its own vowels alone', async (t) => {
  t.strictSame(found('ระบบทรูล่ม, แอปทรู', 'ทรู'), ['ทรู', 'ทรู']);
  t.strictSame(found('แอปไลน์ล่ม', 'ไลน์'), ['ไลน์']);
  t.strictSame(found('ทราบว่าโทรไม่ได้', 'ทรู'), []);
});

test('a Hebrew or Arabic name behind a small word in one with it', async (t) => {
  t.strictSame(found('התקלה ביד2 וביד2', 'יד2'), ['יד2', 'יד2']);
  t.strictSame(found('نظام لزين وبزين والزين', 'زين'), ['زين', 'زين', 'زين']);
  t.strictSame(found('مزين وكتبزين', 'زين'), [], 'not within another word');
});

test('what a name has in common with the next word stays there', async (t) => {
  t.strictSame(found("the McDonald story, McDonald staff, a mcdonald said, McDonald's", "McDonald's"), [
    'McDonald',
    'McDonald',
    'mcdonald',
    "McDonald's",
  ]);
  t.strictSame(found('Wendy stood, Lowestoft, McDonaldbot', "Wendy's", "McDonald's"), ['McDonald']);
});
