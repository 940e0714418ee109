// Texts as they read once decoded: what is near a change is read with it, and nothing that lies between is made up.
import { test } from 'tap';
import { findTerms, protectedTerms } from '../src/index.ts';
import { debased } from '../src/views/base64.ts';
import { createBuilder, replaced } from '../src/views/view.ts';

const index = protectedTerms([{ developer: ['Zephyrine Dynamics', 'OpenAI'] }]);
const prose = 'The shuttle stopped in front of the museum and nobody was harmed. '.repeat(12);
const hex = Array.from(Buffer.from('Zephyrine Dynamics'), (byte) => byte.toString(16)).join(' ');
const lines = Buffer.from('the vendor, Zephyrine Dynamics, was told').toString('base64').replace(/.{20}/g, '$&\n');

test('several encodings that lie far apart in one text are all read, each in its place', async (t) => {
  const hidden = ['%4FpenAI', lines, 'Open\u200bAI', hex, '&#79;penAI', lines];
  const text = `${prose}${hidden.join(` ${prose}`)} ${prose}`;
  let from = 0;
  for (const one of hidden) {
    const start = text.indexOf(one, from);
    from = start + one.length;
    const found = findTerms(text, index).filter((term) => term.start < from && term.end > start);
    t.ok(found.length > 0 && found.every((term) => term.start >= start && term.end <= from), one);
  }
  t.equal(
    findTerms(text, index).every(({ start }) => !prose.includes(text.slice(start, start + 5))),
    true,
  );
});

test('of a long text what lies far from any change is left out, with no name across the gap', async (t) => {
  const text = `x%20Open ${prose}AI%20x`;
  const view = replaced({ text }, /%20/g, () => ' ');
  t.ok(view!.text.length < text.length / 2, `${view!.text.length} of ${text.length}`);
  t.strictSame(findTerms(text, index), []);
  t.strictSame([...view!.text].map((_, at) => view!.starts![at]! < view!.ends![at]!).includes(false), false);
});

test('what stands beside pairs of hexadecimal digits is no part of them, and U+FEFF is no blank', async (t) => {
  const named = protectedTerms([{ developer: ['Walter Huang', 'Waymo'] }]);
  for (const text of ['a 77 41 6c 54 65 52 20 48 75 41 6e 47 55-year-old man', 'by W\u2060-\ufeffa\u2060\ufeffymo'])
    t.equal(findTerms(text, named).length, 1, text);
});

test('what is replaced in a text without blanks costs what the text is long, however often it is', async (t) => {
  const plain = 'a@'.repeat(5000);
  let looks = 0;
  const counted = (at: number) => plain.charCodeAt(at + 0 * looks++);
  const text = Object.assign(new String(plain), { charCodeAt: counted }) as unknown as string;
  for (const reach of [1, 160]) {
    looks = 0;
    const builder = createBuilder({ text }, reach);
    for (let at = 1; at < plain.length; at += 2 + 2 * reach) builder.replace(at, at + 1, 'a');
    t.match(builder.view().text, /^aaa/);
    t.ok(looks <= 3 * plain.length, `${looks} looks with a reach of ${reach}`);
  }
});

test('escapes in their longer forms, two characters in hexadecimal, Chinese backwards', async (t) => {
  const names = protectedTerms([{ developer: ['OpenAI', '腾讯', '字节跳动'] }]);
  const escaped = (write: (point: string) => string) =>
    Array.from('OpenAI', (char) => write(char.charCodeAt(0).toString(16))).join('');
  const hidden = [
    escaped((point) => `\\U${point.padStart(8, '0')}`),
    escaped((point) => `%u${point.padStart(4, '0')}`),
    escaped((point) => `&#x${point.padStart(9, '0')};`),
    escaped((point) => `&#${String(Number.parseInt(point, 16)).padStart(12, '0')};`),
    Buffer.from('腾讯').toString('hex'),
    '动跳节字',
  ];
  for (const one of hidden) t.equal(findTerms(`by ${one} then`, names).length, 1, one);
  t.strictSame(findTerms('\\u004fpenAI', names).length, 1, 'four digits as before');
});

test('a run with `=` behind it is decoded, the same run alone is not, whichever of them comes first', async (t) => {
  const read = (text: string) => debased({ text }).map((view) => view.text);
  for (const [alone, padded] of [
    ['QUk', 'QUk='],
    ['WEk', 'WEk='],
  ] as const) {
    const texts = alone === 'QUk' ? [alone, padded, alone] : [padded, alone, padded];
    for (const text of texts) t.equal(read(text).length, text === padded ? 1 : 0, text);
  }
});
