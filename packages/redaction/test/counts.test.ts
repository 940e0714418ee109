// Counts of persons, told as bands.
import fc from 'fast-check';
import { test } from 'tap';
import { toldOf } from '../src/coarser/numbers.ts';
import { check, clear } from './found.ts';

const ONES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** From 1 to 999,999, as it is said. */
function inWords(number: number): string {
  if (number >= 1_000) return [inWords(Math.floor(number / 1_000)), 'thousand', ...rest(number % 1_000)].join(' ');
  if (number >= 100) return [ONES[Math.floor(number / 100) - 1], 'hundred', ...rest(number % 100)].join(' ');
  if (number < 20) return ONES[number - 1]!;
  const ten = TENS[Math.floor(number / 10) - 2]!;
  return number % 10 === 0 ? ten : `${ten}-${ONES[(number % 10) - 1]}`;
}

function rest(number: number): string[] {
  return number === 0 ? [] : number < 100 ? ['and', inWords(number)] : [inWords(number)];
}

test('a number in words is the number', (t) => {
  for (let number = 1; number < 1_000; number++) {
    const { least, most } = toldOf(inWords(number)) ?? {};
    if (least !== number || most !== number)
      t.strictSame([inWords(number), least, most], [inWords(number), number, number]);
  }
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 999_999 }), (number) => toldOf(inWords(number))?.least === number),
    { numRuns: 500 },
  );
  t.strictSame(toldOf('a hundred and twelve thousand'), { least: 112_000, most: 112_000 });
  t.strictSame(toldOf('2.5k'), { least: 2_500, most: 2_500 });
  t.strictSame(toldOf('3bn'), { least: 3e9, most: 3e9 });
  t.strictSame(toldOf('1.234'), { least: 1_234, most: 1_234 });
  t.strictSame(toldOf('at least twenty-one'), { least: 21 });
  t.strictSame(toldOf('fewer than 30'), { most: 30 });
  t.strictSame(toldOf('30 or more'), { least: 30 });
  t.strictSame(toldOf('30 to 12'), { least: 12, most: 30 });
  for (const none of ['umpteen', '12 to umpteen']) t.equal(toldOf(none), undefined, none);
  t.end();
});

test('a count of persons becomes its band, and nothing else that is a number does', (t) => {
  check(t, {
    '17 people were hurt': '10 to 99 people were hurt',
    '17人受伤': '10至99人受伤',
    '17名工人和3位用户': '10至99名工人和2至9位用户',
    '死亡两人，一人重伤': '死亡2至9人，至少一人重伤',
    '超过1.2万人': '至少10000人',
    'It killed 17 and injured 3.': 'It killed 10 to 99 and injured 2 to 9.',
    'seventeen children, a dozen men': '10 to 99 children, 10 to 99 men',
    'At least 1,234 users': 'At least 1,000 users',
    'up to 20 patients': 'up to 99 patients',
    'three million users': 'at least 1,000,000 users',
    '12 to 17 people': '10 to 99 people',
    '5 to 20 people': '2 to 99 people',
    'one person': 'one person',
    'one to twenty people': '1 to 99 people',
    'It hurt at least 1,234 users.': 'It hurt at least 1,000 users.',
  });
  const others = [
    'Llama 2 users',
    'Windows 11 users',
    'version 2 users',
    'level 3 drivers',
    'the 2023 people',
    '17% of people',
  ];
  others.push(
    '$17 customers',
    'a 17-year-old person',
    '17 percent of users',
    '17 minutes',
    '第17位用户',
    '17位数密码',
    'GPT-4 users',
  );
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('a number is read in figures and words of both languages', (t) => {
  const small =
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    );
  const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  const english = (n: number) =>
    n < 20 ? small[n - 1]! : tens[Math.floor(n / 10) - 2]! + (n % 10 === 0 ? '' : `-${small[(n % 10) - 1]}`);
  const scales = [
    ['', 1],
    [' dozen', 12],
    [' hundred', 100],
    [' thousand', 1_000],
    [' hundred thousand', 100_000],
    [' million', 1_000_000],
    [' billion', 1_000_000_000],
  ] as const;
  const han = (n: number) =>
    Array.from(String(n), (digit, at, all = String(n)) =>
      digit === '0'
        ? '零'
        : '一二三四五六七八九'.charAt(Number(digit) - 1) + '千百十'.slice(at - all.length + 4).charAt(0),
    )
      .join('')
      .replace(/零+$/, '')
      .replace(/零+/, '零');
  const isRead = (text: string, count: number) => {
    const told = toldOf(text);
    return told?.least === count && told.most === count;
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), fc.constantFrom(...scales), (n, [scale, times]) => {
      const figure = (n + 0.25).toLocaleString('en');
      return (
        isRead(english(n) + scale, n * times) &&
        isRead(`${n}${scale}`, n * times) &&
        (times < 1_000 || isRead(`${figure}${scale}`, (n + 0.25) * times))
      );
    }),
    { examples: scales.map((scale) => [23, scale]) },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999 }), (n) => {
      const words = [han(n), han(n).replaceAll('零', '〇'), han(n).replace(/二(?=[百千])/g, '两')];
      return (
        words.every(
          (text) => isRead(text, n) && isRead(`${text}万`, n * 10_000) && isRead(`${text}亿`, n * 100_000_000),
        ) &&
        isRead(n.toLocaleString('en'), n) &&
        isRead(`${n}.5万`, n * 10_000 + 5_000)
      );
    }),
    { examples: [[10], [12], [22], [105], [2_020], [2_222]] },
  );
  t.strictSame(
    ['a dozen', 'a hundred', '十'].map(toldOf),
    [12, 100, 10].map((n) => ({ least: n, most: n })),
  );
  t.strictSame(['twelve to three', '12-3', '十二至三'].map(toldOf), Array(3).fill({ least: 3, most: 12 }));
  t.strictSame(['some', '一些', '十分'].map(toldOf), Array(3).fill(undefined));
  t.end();
});

test('what qualifies a count says whether it is told from below or from above', (t) => {
  const english = {
    'at least 10': 'at least|no fewer than|not less than|more than|over',
    'up to 99': 'at most|no more than|up to|fewer than|less than|under',
    '10 to 99': 'about|around|approximately|roughly|nearly|almost|some|an estimated|exactly|only|just',
  };
  for (const [coarse, words] of Object.entries(english))
    for (const word of words.split('|')) t.equal(clear(`it hurt ${word} 17 people`), `it hurt ${coarse} people`);
  const chinese = {
    至少10人: '至少 不少于 超过 逾 多于',
    至多99人: '至多 最多 不超过 不足 不到 少于',
    '10至99人': '约 大约 近 将近',
  };
  for (const [coarse, words] of Object.entries(chinese))
    for (const word of words.split(' ')) t.equal(clear(`据称${word}17人受伤`), `据称${coarse}受伤`);
  check(t, {
    'up to 3 million users': 'any number of users',
    最多300万人受伤: '若干人受伤',
    '17余人受伤，3人死亡': '10至99人受伤，2至9人死亡',
    '12至17人受伤，两名工人': '10至99人受伤，2至9名工人',
  });
  t.end();
});

test('who is counted may be told by a word or two, by what happened, or by both', (t) => {
  check(t, {
    '17 elderly British women and 12 other school children':
      '10 to 99 elderly British women and 10 to 99 other school children',
    '17 were killed, 12 people wounded and 11 have died':
      '10 to 99 were killed, 10 to 99 people wounded and 10 to 99 have died',
    'It killed 17 and was injuring 12 in all.': 'It killed 10 to 99 and was injuring 10 to 99 in all.',
    'hurting 17': 'hurting 10 to 99',
    'Blaze That Killed 12 and Destroyed 6,837 Structures':
      'Blaze That Killed 10 to 99 and Destroyed 1,000 to 9,999 Structures',
    'killing 51 worshippers, 17 cats and another 12': 'killing 10 to 99 worshippers, 17 cats and another 12',
    'Bus Crash Injuring 7 of 20 Aboard': 'Bus Crash Injuring 2 to 9 of 10 to 99 Aboard',
    'It claimed 17 lives. The dead were seven. Deaths: 12; victims numbered 30.':
      'It claimed 10 to 99 lives. The dead were 2 to 9. Deaths: 10 to 99; victims numbered 10 to 99.',
    'Seven hikers died and six houses were badly damaged; 12 were shot.':
      '2 to 9 hikers died and 2 to 9 houses were badly damaged; 10 to 99 were shot.',
    'It killed two crew members and 12 churchgoers.': 'It killed 2 to 9 crew members and 10 to 99 churchgoers.',
    'Twelve children, 3 nurses and a pilot were hurt; nineteen in all.':
      '10 to 99 children, 2 to 9 nurses and a pilot were hurt; 10 to 99 in all.',
    'They were nineteen in total.': 'They were 10 to 99 in total.',
    'At Tesla 17 workers left': 'At Tesla 10 to 99 workers left',
    'He said. These 17 left, of 17 drivers': 'He said. These 17 left, of 10 to 99 drivers',
    '"Only 17 drivers" left': '"10 to 99 drivers" left',
    'twelve companies and forty-two hospitals': '10 to 99 companies and 10 to 99 hospitals',
    '17位老人和12个孩子': '10至99位老人和10至99个孩子',
    '12名在押的患者': '10至99名在押的患者',
  });
  const others = [
    'It fell 17 and rose',
    'We sold 19 in all. 12 robots killed him and 3 more fell.',
    '12 specimen fell',
    'killed 17 minutes later and hurt 12 times',
    '1 in 6 women and one out of every 12 drivers',
    'iPhone 15 users',
    'Windows 10 accounts',
    'route 17 drivers',
  ];
  others.push('at 4.17 people', 'a-17 people', '€ 17 people', '#17 people', '17 peoples', '17-people', 'in 2019 users');
  others.push('第17人', '2.17人', '17人民币', '17名次', '17位置', 'GPT17人');
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('no exact number of persons stays beside a band, with which it could be summed up', (t) => {
  check(t, {
    'Of 18 passengers, 17 survived and one died.': 'Of 10 to 99 passengers, 10 to 99 survived and at least one died.',
    '17 people were hurt, 16 of them children, 1 adult.':
      '10 to 99 people were hurt, 10 to 99 of them children, at least 1 adult.',
    'Ten people were in the car. Nine survived. One died.':
      '10 to 99 people were in the car. 2 to 9 survived. At least one died.',
    'seventeen of the 40 residents fell ill': '10 to 99 of the residents fell ill',
    '另一人受伤，3人死亡': '另至少一人受伤，2至9人死亡',
    'One person was killed.': 'One person was killed.',
    'the one person beside 17 people': 'the one person beside 10 to 99 people',
  });
  const others = ['Of 40 videos, 16 of them were fake.', '2/3 of users left.', '24/7 staff answered.'];
  others.push('BlenderBot 3 Cited Dutch Politician', 'One of the students, Anna Lee, and');
  t.equal(
    clear('He was one of the drivers, and 17 people left.'),
    'He was one of the drivers, and 10 to 99 people left.',
  );
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('a number of persons is a band in whatever form it is written', (t) => {
  check(t, {
    '17 (seventeen) patients': '10 to 99 patients',
    '17/20 patients': '10 to 99 of 10 to 99 patients',
    'The death toll rose to 23.': 'The death toll rose to between 10 and 99.',
    'The toll has now reached 123': 'The toll has now reached 100 to 999',
    'It has 12.5k users and 2M accounts.': 'It has 10,000 to 999,999 users and at least 1,000,000 accounts.',
    'a family of four was hit': 'a family of 2 to 9 was hit',
    '12 angry travelers and 3 masked men': '10 to 99 angry travelers and 2 to 9 masked men',
    'It led to 25 arrests': 'It led to between 10 and 99 arrests',
    造成17死3伤: '造成10至99人死2至9人伤',
    '三死一伤，车祸': '2至9人死至少一人伤，车祸',
  });
  t.end();
});

test('where persons are known, the number goes; a range stands behind `to` as one', (t) => {
  check(t, {
    'All three died.': 'All of them died.',
    'All three of the passengers and all 17 drivers died.': 'All of the passengers and all drivers died.',
    'The three of them left, and the 12 other children.': 'All of them left, and the other children.',
    'The three were arrested.': 'They were arrested.',
    'Two of the three were arrested.': '2 to 9 of them were arrested.',
    'The two injured left.': 'Those injured left.',
    'the three person team': 'the 2 to 9 person team',
    'He gave it to 17 people.': 'He gave it to between 10 and 99 people.',
    'from 3 to 17 people': 'from 2 to 99 people',
    'It fell. 4 million users left.': 'It fell. At least 1,000,000 users left.',
    这三名学生受伤: '这些学生受伤',
  });
  t.end();
});

test('a number of persons is found in every form of a number, and told as a whole', (t) => {
  check(t, {
    '17,000+ users and 17k+ users': 'At least 10,000 users and at least 10,000 users',
    'More than 17,000-plus people fell.': 'At least 10,000 people fell.',
    'It hurt 17 000 users, 1\u00a0234 users, 1’234 users and 1.234 users.':
      'It hurt 10,000 to 999,999 users, 1,000 to 9,999 users, 1,000 to 9,999 users and 1,000 to 9,999 users.',
    'It had 1.234 million users.': 'It had at least 1,000,000 users.',
    'A hundred and twelve students and one hundred seventeen others fell.':
      '100 to 999 students and 100 to 999 others fell.',
    'Two thousand three hundred and five users left.': '1,000 to 9,999 users left.',
    'It injured 12 or 13 people, and twelve or thirteen men.': 'It injured 10 to 99 people, and 10 to 99 men.',
    '5 or more people and 12 or fewer men, 3 or so boys': 'At least 2 people and up to 99 men, 2 to 9 boys',
    'killed 3 and 14 minutes later six, then sixteen': 'killed 2 to 9 and 14 minutes later six, then sixteen',
    '共有1.7万用户受影响，共17名乘客': '共有10000至999999用户受影响，共10至99名乘客',
  });
  const others = [
    '17,000 people-years',
    '$17 000 people',
    '17 000-user bases',
    'versions 1.2.3 users',
    'the 17th user',
  ];
  for (const text of others) t.equal(clear(text), text);
  t.end();
});

test('a number without a word for persons is one behind what says that they were harmed', (t) => {
  check(t, {
    'Death toll: 17. Injured:17': 'Death toll: 10 to 99. Injured:10 to 99',
    'The number of dead is 17; the number of people killed has risen to 17.':
      'The number of dead is 10 to 99; the number of people killed has risen to between 10 and 99.',
    'The toll has now reached 123, deaths already total 17.':
      'The toll has now reached 100 to 999, deaths already total 10 to 99.',
    'Seventeen lost their lives.': '10 to 99 lost their lives.',
    '死亡人数达17。受害者达17名。': '死亡人数达10至99。受害者达10至99名。',
    '受伤：17，死亡人数已上升至17': '受伤：10至99，死亡人数已上升至10至99',
    '用户数为1.7万。遇难人数：17人': '用户数为10000至999999。遇难人数：10至99人',
  });
  for (const text of ['死亡率为17。', '死亡人数为17.5%', 'The number of parts is 17.', 'ratio: 17', 'killed: 3.5 kg'])
    t.equal(clear(text), text);
  t.end();
});
