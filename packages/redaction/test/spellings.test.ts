// Shapes that nobody gives a name but to hide it: found for each name, and no ordinary word among them.
import { test } from 'tap';
import { findTerms, protectedTerms } from '../src/index.ts';
import { hiddenSpellings } from '../src/spellings.ts';

const found = (name: string, text: string) =>
  findTerms(text, protectedTerms([{ developer: [name] }])).map(({ start, end }) => text.slice(start, end));

test('a name is found backwards and upside down, in one word or two', (t) => {
  const hidden = {
    Zephyrine: ['eniryhpeZ', 'euiryhdez'],
    'Dunbar Quill': ['lliuQ rabnuD', 'lliuQrabnuD', 'llinbraqunp', 'llinb raqunp'],
    谷歌云: ['云歌谷'],
  };
  for (const [name, texts] of Object.entries(hidden))
    for (const text of texts) t.strictSame(found(name, `by ${text} then`), [text], text);
  t.end();
});

test('a name is found with two letters for each one that they look like', (t) => {
  const hidden = {
    Marlow: ['rnarlow', 'marlovv', 'rnarlovv', 'wolranr', 'vvolram', 'vvolranr'],
    Brendle: ['brenclle', 'ellcnerb'],
    'Mimi Dwarf': ['rnirni clvvarf'],
  };
  for (const [name, texts] of Object.entries(hidden))
    for (const text of texts) t.strictSame(found(name, `by ${text} then`), [text], text);
  t.end();
});

test('digits stand for letters, and i, l and 1 for each other', (t) => {
  const hidden = {
    Oberzinth: '083r21nth',
    Plastigrove: 'p14571gr0v3',
    Grabstein: '6ra85te1n',
    Goldwhite: '901dwh1t3',
    Llinova: 'iiinova',
  };
  for (const [name, text] of Object.entries(hidden)) t.strictSame(found(name, `by ${text} then`), [text], text);
  t.end();
});

test('neither a short name nor an ordinary word is a hidden one', (t) => {
  t.strictSame(found('Xilo', 'oliX'), [], 'four letters');
  t.strictSame(found('谷歌', '歌谷'), [], 'two of Han');
  t.strictSame(found('谷歌a', 'a歌谷'), []);
  t.strictSame(found('Stressed', 'Desserts and desserts'), []);
  t.strictSame(found('Modem', 'a modern one'), []);
  t.strictSame(found('Modem', 'a rnodem'), ['rnodem']);
  t.strictSame(found('Pots Stressed', 'desserts stop'), []);
  t.strictSame(found('Pots Zephyr', 'ryhpez stop'), ['ryhpez stop'], 'one of its words is none');
  t.end();
});

test('each shape keeps where its words begin, and is another than the name', (t) => {
  const shapesOf = (letters: string, ...tokens: number[]) => {
    const term = { name: letters, kind: 'developer' as const };
    return hiddenSpellings({ term, letters, tokens: new Set(tokens), weak: false, hidden: false }).map((shape) => {
      t.equal(shape.hidden, true);
      const from = [0, ...shape.tokens, shape.letters.length];
      return from
        .slice(1)
        .map((end, nth) => shape.letters.slice(from[nth], end))
        .join(' ');
    });
  };
  t.strictSame(shapesOf('aviva'), [], 'the same from both ends');
  t.strictSame(shapesOf('zoelwalt', 4), ['tlaw leoz', 'tlaw leoz', 'zoel vvalt', 'tlavv leoz', 'zl wlt']);
  t.strictSame(
    shapesOf('dwmwdax').filter((shape) => !shape.startsWith('x')),
    ['clvvrnvvclax', 'dwmwdx'],
    'of many all, and without its vowel',
  );
  t.end();
});
