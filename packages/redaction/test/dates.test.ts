// Exact dates and times in numbers, as logs, tickets, files and sentences write them: the month stays in a text of tier `clear`.
import { test } from 'tap';
import { dayOf } from '../src/coarser/months.ts';
import { check, clear } from './found.ts';

test('days that are told together become their month', (t) => {
  check(t, {
    'On 3, 4 and 5 May 2024 it fell.': 'In May 2024 it fell.',
    'On 3, 4, 5 May it fell.': 'In May it fell.',
    'On May 3 & 4, 2024 it fell.': 'In May 2024 it fell.',
    'On May 3, 4 and 5, 2024, and May 3/4': 'In May 2024',
    'The night of 3/4 May it fell, the night of 3rd/4th May too.': 'The night of May it fell, the night of May too.',
    'on the 3rd and the 4th of May 2024': 'in May 2024',
    'Late in the night of 3 May': 'Late in May',
    'in the March 5 crash': 'in the March crash',
    '5月3、4日停运': '5月停运',
    '5月3，4和6日至8日上午停运': '5月停运',
    'On May 3 and 17 were hurt.': 'In May and 10 to 99 were hurt.',
    'On May 3 and 17 people were hurt.': 'In May and 10 to 99 people were hurt.',
    'On May 3, 17 people fell.': 'In May, 10 to 99 people fell.',
  });
  t.end();
});

test('a day is found however its month stands beside it', (t) => {
  check(t, {
    'It was 4/V/2024 then, and 14.XII.2023.': 'It was May 2024 then, and December 2023.',
    'On the last day of April 2024 it fell.': 'In April 2024 it fell.',
    'by the penultimate day of May': 'by May',
    'On Saturday, the 4th, in May 2024 it fell.': 'In May 2024 it fell.',
    'It was on the 4th of the month of May, 2024.': 'It was in May 2024.',
    'It was 04May24 then, or May 4, ’24.': 'It was May 2024 then, or May 2024.',
    '2024年5月初四停运': '2024年5月停运',
    '5.4上午停运，5.6当天恢复': '5月停运，5月恢复',
    '五四青年节停运，十一国庆节恢复': '5月停运，10月恢复',
    '三·八国际妇女节、双十一购物节': '3月、11月',
  });
  for (const text of [
    'He was the 4th in May 2024.',
    'On the last days of May',
    '版本5.4晚于5.3',
    '得分5.4日报',
    '4May24',
    'IV/V/2024',
  ])
    t.equal(clear(text), text);
  t.strictSame(
    [
      '4/V/2024',
      '04May24',
      "May 4, '24",
      '20240504T101500Z',
      '2024_05_04',
      '2024-125',
      '5.4',
      'Sat, the 4th, in May',
    ].map(dayOf),
    [...Array(5).fill('2024-05-04'), '2024-05-04', '05-04', '05-04'],
  );
  t.end();
});

test('a date in a code or the name of a file is one, in the name of a model it is a version', (t) => {
  check(t, {
    'It began at 20240504T101500Z, 20240504T1015Z, 20240504101500.': 'It began at May 2024.',
    'It began on 20240504.': 'It began in May 2024.',
    'It fell 2024-05-04T101500Z, then 2024_05_04.': 'It fell May 2024, then May 2024.',
    'crash-20240504.txt, crash-2024-05-04_a.log, 2024_05_04.txt':
      'crash-May 2024.txt, crash-May 2024_a.log, May 2024.txt',
    'The ticket INC-20240504-17 tells.': 'The ticket INC-May 2024-17 tells.',
    'It fell on 2024-125, day 2024-060.': 'It fell in May 2024, day February 2024.',
  });
  const others = ['claude-3-5-sonnet-20241022 and gpt-4o-2024-08-06 fell.', 'version 1.20240504', 'CVE-2024-125'];
  others.push('Decision 2024-125 says', 'ISBN 978-3-16-148410-0', 'on 2024-125-77', 'on 2024-400', '20240504101599');
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('a time is no date, and goes as a whole', (t) => {
  check(t, {
    'It stopped at 10.15.33 then, at 10-15-33.': 'It stopped then.',
    'The log of 2024-05-06_10-15-33, 2024-05-06 10.15.33': 'The log of May 2024',
    'It began at 10:15 o’clock.': 'It began.',
    "It began at 10.15 o'clock.": 'It began.',
    'time:10:15:30, 2024-05-06_10:15:33': 'time:, May 2024',
    'It was 4.5.24, 10/15/24.': 'It was 2024, October 2024.',
    'at 0300h': '',
  });
  for (const text of ['macOS 10.10.23 and version 4.5.24 fell.', 'It was on 10.15.33.', 'fe80:10:15::1 2000h'])
    t.equal(clear(text), text);
  t.end();
});
