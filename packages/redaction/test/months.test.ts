// The day and the month that a written date tells.
import fc from 'fast-check';
import { test } from 'tap';
import { dayOf, monthOf } from '../src/coarser/months.ts';

test('the day of a date is the same in every form', (t) => {
  const days = fc.date({ min: new Date('1980-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
  const han = (number: number) => {
    const [ten, one] = [Math.floor(number / 10), number % 10];
    return `${ten > 1 ? '一二三'.charAt(ten - 1) : ''}${ten > 0 ? '十' : ''}${one > 0 ? '一二三四五六七八九'.charAt(one - 1) : ''}`;
  };
  fc.assert(
    fc.property(days, (date) => {
      const [iso] = date.toISOString().split('T') as [string];
      const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
      const told = (form: Intl.DateTimeFormatOptions, locale = 'en-GB') =>
        date.toLocaleDateString(locale, { ...form, timeZone: 'UTC' });
      const digits = Array.from(String(year), (digit) => '〇一二三四五六七八九'.charAt(Number(digit))).join('');
      const whole = [
        ...[iso, iso.replaceAll('-', ''), `${year}/${month}/${day}`, `${year}.${month}.${day}`],
        ...[told({ dateStyle: 'long' }), told({ dateStyle: 'full' }), told({ dateStyle: 'medium' }, 'en-US')],
        ...[
          `${year}年${month}月${day}日`,
          `${year} 年 ${month} 月 ${day} 日`,
          `${digits}年${han(month)}月${han(day)}日`,
        ],
        `${digits.replaceAll('〇', '零')}年${han(month)}月${han(day)}号`,
      ];
      const short = [told({ day: 'numeric', month: 'long' }), `${month}月${day}日`, `${han(month)}月${han(day)}日`];
      const numbers = [
        `${day}/${month}/${year}`,
        `${month}-${day}-${year}`,
        `${day}.${month}.${String(year).slice(2)}`,
      ];
      const isClear = day > 12 || day === month;
      return (
        whole.every((form) => dayOf(form) === iso && monthOf(form).year === year && monthOf(form).month === month) &&
        short.every((form) => dayOf(form) === iso.slice(5) && monthOf(form).year === undefined) &&
        numbers.every((form) => dayOf(form) === (isClear ? iso : undefined) && monthOf(form).year === year)
      );
    }),
    { examples: ['2023-05-31', '2020-10-30', '2012-12-12', '2007-02-20', '1999-11-11'].map((day) => [new Date(day)]) },
  );
  t.equal(dayOf('in May 2023'), undefined);
  t.strictSame(monthOf('13/14/2023'), { year: 2023 }, 'no month at all');
  t.end();
});
