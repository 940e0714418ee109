// Dates, times and numbers of persons in digits of full width and of other scripts.
import fc from 'fast-check';
import { test } from 'tap';
import { dayOf } from '../src/coarser/months.ts';
import { findAll } from '../src/findings.ts';
import { narrowed, withNarrowNumbers } from '../src/narrow.ts';
import { check } from './found.ts';

const wide = (text: string) => text.replace(/[\d:./,-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

test('dates, times and counts are found in digits of full width as in those of ASCII', (t) => {
  const texts = [
    '事故于2024年5月4日发生',
    '2024/5/4停运',
    '5月4日上午10点15分发生',
    '时间:10:15:30恢复',
    '造成17人死亡',
  ];
  texts.push('共12至17名乘客', '有1,234名用户', '1.5万用户', '17 people on 4 May 2024 at 10:15');
  for (const text of texts) {
    const plain = findAll(text);
    t.ok(plain.some(({ kind }) => /date|time|count/.test(kind)));
    t.strictSame(findAll(wide(text)), plain, wide(text));
  }
  t.equal(dayOf(wide('2024年5月4日')), '2024-05-04');
  check(t, {
    '事故于２０２４年５月４日发生。': '事故于2024年5月发生。',
    '５月４日上午１０点１５分发生，１７人死亡': '5月发生，10至99人死亡',
    '时间：１０：１５，发生在１２：３０：００': '时间：，发生',
    'It was on 4\u00a0May\u202f2024, and ٧ people fell.': 'It was in May 2024, and 2 to 9 people fell.',
    '第３章有１．２版的用户': '第３章有１．２版的用户',
  });
  t.end();
});

test('each dash is a hyphen, and each digit of another script one of ours', (t) => {
  for (const dash of '\u2010\u2011\u2012\u2013\u2014\u2015\u2212－') t.equal(narrowed(`a${dash}b`), 'a-b');
  for (const first of [0x660, 0x6f0, 0x966, 0xff10]) {
    const digits = Array.from({ length: 10 }, (_, digit) => String.fromCharCode(first + digit)).join('');
    for (const plain of [narrowed, withNarrowNumbers]) t.equal(plain(digits), '0123456789');
  }
  t.equal(narrowed('a\u3000b\u00a0c\u2009d\u202fe'), 'a b c d e');
  t.equal(narrowed('\u200f\u2016\u066a\u0965\u0970'), '\u200f\u2016\u066a\u0965\u0970');
  t.equal(withNarrowNumbers('5\u20136'), '5\u20136', 'a dash between numbers stays as it is');
  t.end();
});

test('what is narrow is as long, and signs of the sentence stay in it', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0７，,：:．／－（）％ａＺ\u00a0\u3000٤५中') }), (text) =>
      [narrowed, withNarrowNumbers].every((plain) => plain(text).length === text.length),
    ),
    { numRuns: 2_000 },
  );
  t.equal(withNarrowNumbers('１，２３４：５，６．７８，时间：（８）'), '1,234:5，6.78，时间：（8）');
  t.equal(withNarrowNumbers('２０２４，３００人'), '2024，300人');
  t.equal(narrowed('时间：（８）－'), '时间:(8)-');
  t.end();
});
