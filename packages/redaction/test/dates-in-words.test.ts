// Dates and times of day that are told in words: the month of the day, and no hour, stays in a text of tier `clear`.
import { test } from 'tap';
import { findAll } from '../src/findings.ts';
import { createKnownNames, neutralNames, takeOut } from '../src/index.ts';
import { check, clear } from './found.ts';

test('a day that is told by words becomes its month', (t) => {
  check(t, {
    'It broke on March fourteenth, 2024.': 'It broke in March 2024.',
    'It broke on the fourteenth of March.': 'It broke in March.',
    'It closed on May first.': 'It closed in May.',
    'until March the twenty-first': 'until March',
    'the March fourteenth crash': 'the March crash',
    'On the Fourth of July it failed.': 'In July it failed.',
    'It failed 14-Mar-24.': 'It failed March 2024.',
    'on 14/Mar/24': 'in March 2024',
    今年三月十四号发生故障: '今年三月发生故障',
    去年12月25日: '去年12月',
  });
  for (const text of ['She may first see it in March.', 'In May second opinions help.', 'on its fourteenth march'])
    t.equal(clear(text), text);
  t.end();
});

test('a day that has a name is told by its month, where it has one', (t) => {
  check(t, {
    'It broke on New Year’s Eve 2023.': 'It broke in December 2023.',
    'It broke on Christmas Day.': 'It broke in December.',
    'the Christmas Day crash': 'the December crash',
    'It broke on Pi Day': 'It broke in March',
    'It happened on Halloween.': 'It happened in October.',
    'It broke on Easter Sunday 2023.': 'It broke in 2023.',
    'On Easter Sunday it broke.': 'One day it broke.',
    'until Easter Sunday': 'until a certain day',
    '2024年除夕，系统崩溃': '2024年，系统崩溃',
    '2024年元旦': '2024年1月',
    国庆节当天: '10月',
    國慶節當天: '10月',
  });
  for (const text of [
    "a Valentine's Day card",
    "Mother's Day ads were wrong.",
    'The Halloween costume',
    'a Christmas tree',
  ])
    t.equal(clear(text), text);
  t.end();
});

test('the day of the year and the seconds of a clock tell a day too', (t) => {
  check(t, {
    'It broke on day 74 of the year.': 'It broke in March.',
    'It broke on day 60 of 2024.': 'It broke in February 2024.',
    'It broke on day 60 of 2023.': 'It broke in March 2023.',
    'It broke on day 60 of the year.': 'It broke one day.',
    'the 74th day of 2024': 'March 2024',
    'It was logged at epoch 1710400000.': 'It was logged in March 2024.',
    'timestamp: 1710400000123': 'timestamp: March 2024',
  });
  for (const text of ['on day 74 of the trial', 'it took 1710400000 steps', 'epoch 17']) t.equal(clear(text), text);
  t.end();
});

test('the day of a month that was told before goes, and what else is numbered stays', (t) => {
  check(t, {
    'It failed on the 14th of March and on the 15th it came back.': 'It failed in March and it came back.',
    'On the 15th it came back.': 'It came back.',
    'On March 5 it fell, and on the sixth it rose.': 'In March it fell, and it rose.',
    'by the 23rd, it was over': 'by a certain day, it was over',
    '15日凌晨，系统恢复': '凌晨，系统恢复',
    从15日起停运: '从某日起停运',
    '3月14日上午系统崩溃': '3月系统崩溃',
    '3月14日晚10时许': '3月',
    'on the morning of March 14, it failed': 'in March, it failed',
  });
  const others = [
    'On the 15th floor it fell.',
    'It was the 15th time.',
    'on the fifth it succeeded',
    '3日内恢复',
    '近15日，',
  ];
  for (const text of [...others, '3月晚些时候']) t.equal(clear(text), text);
  t.equal(clear('3月14日晚些时候'), '3月晚些时候');
  t.end();
});

test('an hour that is told by words goes, the time of day may stay', (t) => {
  check(t, {
    'It stopped at half past three in the afternoon.': 'It stopped in the afternoon.',
    'It stopped at a quarter to nine.': 'It stopped.',
    'It stopped at ten past four.': 'It stopped.',
    "It stopped at ten o'clock sharp, then": 'It stopped, then',
    'At around 3 in the morning the car crashed.': 'In the morning the car crashed.',
    'At noon, the system stopped.': 'The system stopped.',
    'until noon': 'until a certain time',
    'It stopped shortly after midnight.': 'It stopped at night.',
    'By midnight it was over.': 'At night it was over.',
    午夜时分系统崩溃: '系统崩溃',
    于零点崩溃: '崩溃',
  });
  const others = [
    'The midnight train was late.',
    'a quarter to one third of users',
    'ten to twelve steps',
    'at three points',
  ];
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('days that are counted, or told without a year, become their month where something says that they are dates', (t) => {
  check(t, {
    'It was the second Thursday of March 2024 then.': 'It was March 2024 then.',
    'On the last Monday in May 2023 it failed.': 'In May 2023 it failed.',
    'It failed on the 1st Friday of April.': 'It failed in April.',
    'It failed on 2026-W10-2, in week 2026-W23 and in 2026W01.':
      'It failed in March 2026, in June 2026 and in January 2026.',
    'It started on 3/14, then on Tue 3/3, on Monday, 2024-06-03, and ended on 3/5 too.':
      'It started in March, then in March, in June 2024, and ended one day too.',
    'It ran from 3/3 to 3/5.': 'It ran from March to a certain day.',
    'It failed on 03.03. at 14:00 and again on the 3rd inst.': 'It failed in March and again.',
    '03.03. at night it fell, 3/3 at night too.': 'March at night it fell, March at night too.',
    三月初三和农历正月十五出错: '三月和农历正月出错',
    '2024年三月十五出错，腊月廿八恢复': '2024年三月出错，腊月恢复',
    '2024年3月第二个星期四出错，三月的最后一个周五恢复': '2024年3月出错，三月恢复',
    '2026年3月3日下午两点半，系统出错': '2026年3月，系统出错',
    '2026年3月3日两点一刻出错': '2026年3月出错',
  });
  const others = [
    'He scored 3/3 on the test, and 2/3 of them did; on 4/5 tests it failed.',
    'It grew from 1/4 to 3/4 after 9/11, and was on 24/7.',
    'It runs on 12.10. The other runs on 3.3. Fine.',
    'model X-2026-W10-2 of the second Thursday',
    '一月二十次，两点意见，一月第一周',
    '二月十五天',
  ];
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('words that tell an hour or a day where they stand do not tell one elsewhere', (t) => {
  const index = createKnownNames().index();
  const names = { record: neutralNames, edition: neutralNames };
  const rules = {
    verdicts: new Map(),
    removed: new Set<string>(),
    policy: true,
    before: new Set<string>(),
    read: findAll,
  };
  const write = (summary: string) =>
    takeOut({ fields: { title: 'x', summary }, shown: {} }, index, names, rules).record.fields.summary;
  t.equal(
    write('At three in the morning, three doors on the 15th floor of the midnight tower fell.'),
    'In the morning, three doors on the 15th floor of the midnight tower fell.',
  );
  t.equal(write('On the 15th it fell off the 15th floor.'), 'It fell off the 15th floor.');
  t.end();
});
