// Names in links, paths and names of files, and in letters of other alphabets.
import { test } from 'tap';
import { findTerms, leakCheck, protectedTerms } from '../src/index.ts';

const index = protectedTerms([{ developer: ['Brixholm Dynamics'], reporter: ['Anders Holmqvist'] }]);
const found = (text: string) => findTerms(text, index).map(({ start, end }) => text.slice(start, end));
const hex = Buffer.from('Brixholm').toString('hex');

test('a name over the values of a query', async (t) => {
  for (const query of [
    'first=Anders&last=Holmqvist',
    'a=brix&b=holm',
    'x=1&a=brix&amp;b=holm',
    'a[0]=%42rix&a[1]=holm',
  ])
    t.equal(found(`see https://x.example/?${query} there`).length, 1, query);
  t.strictSame(found('https://x.example/?first=Anders'), []);
});

test('a name in hexadecimal as a part of a path', async (t) => {
  for (const path of [`https://x.example/${hex}`, `/tmp/${hex}/x`, `C:/${hex.toUpperCase()}_1.txt`])
    t.equal(found(`see ${path} there`).length, 1, path);
  t.ok(leakCheck({ evidence: [{ kind: 'url', reference: `https://x.example/${hex}` }] }, index).length > 0);
  t.strictSame(found(`/tmp/f${hex}0/x`), [], 'not within other digits');
});

test('a name in punycode, and one without its vowels', async (t) => {
  t.equal(found('https://xn--brxholm-pza.example/').length, 1);
  t.strictSame(found('BRXHLM_report.pdf, brxhlm.example, Hlmqvst'), ['BRXHLM', 'brxhlm', 'Hlmqvst']);
  t.strictSame(found('a brxhl and hlmqv'), []);
  t.strictSame(
    findTerms('ggl and mt', protectedTerms([{ developer: ['Google', 'Meta'] }])),
    [],
    'too little of it is left',
  );
});

test('a name in letters of generators of such texts, and with signs of currencies', async (t) => {
  for (const text of ['ᗷᖇIXᕼOᒪᗰ', 'ᶀᶉiᶍhoᶅᶆ', 'ⲏⲟlⲙqvⲓsⲧ', '฿RIXHOLM', '฿rixho£m', 'ᗩᑎᗪEᖇᔕ ᕼOᒪᗰᑫᐯIᔕT'])
    t.strictSame(found(`see ${text} there`), [text], text);
  t.strictSame(found('for 300 ฿, ₩500 and ₽9'), []);
});
