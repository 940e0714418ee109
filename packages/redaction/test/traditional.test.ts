// Texts in traditional characters are read as those in simplified ones are.
import fc from 'fast-check';
import { test } from 'tap';
import { simplified } from '../src/entities/han-traditional.ts';
import { findAll } from '../src/find-all.ts';
import { generalise } from '../src/findings.ts';
import { organisations, persons, places } from './found.ts';

test('persons, organisations and places', (t) => {
  t.same(persons('記者陳淑芬採訪了張偉。'), ['陳淑芬', '張偉']);
  t.same(persons('歐陽雪梅表示，系統沒有報警。'), ['歐陽雪梅']);
  t.same(persons('一名學生受傷，其母親張淑芬提告。'), ['張淑芬']);
  t.same(organisations('據臺北市警察局稱，臺灣大學與騰達有限公司簽訂了協議。'), [
    '臺北市警察局',
    '臺灣大學',
    '騰達有限公司',
  ]);
  t.same(persons('據學校稱，該醫院沒有回應，系統準確無誤。'), []);
  t.same(places('廣東省廣州市市長陳建國'), ['廣東省廣州市']);
  t.end();
});

test('what a tier tells coarsely is written as the text is', (t) => {
  const told = (text: string) => generalise(text, findAll(text), 'clear').text;
  t.equal(told('2024年3月15日，廣東省廣州市有17名學生受傷。'), '2024年3月，中國有10至99名學生受傷。');
  t.equal(told('杭州市长没有回应。'), '中国市长没有回应。');
  t.end();
});

test('a text keeps its length, and one without traditional characters is the same', (t) => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => simplified(text).length === text.length));
  t.equal(simplified('張偉，Li 李𠮷'), '张伟，Li 李𠮷');
  const plain = '王小明，a';
  t.equal(simplified(plain), plain);
  t.end();
});
