// What a tier makes coarser in texts: dates, times, places and counts, and that no more is told than before.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { test } from 'tap';
import { BANDS, bandOf } from '../src/coarser/bands.ts';
import { monthOf } from '../src/coarser/months.ts';
import { toldOf } from '../src/coarser/numbers.ts';
import { findAll, generalise } from '../src/findings.ts';
import { check, clear, findingsIn } from './found.ts';

test('an exact date becomes its month, in words that read', (t) => {
  check(t, {
    'On 4 May 2023 it failed.': 'In May 2023 it failed.',
    'It began on the 5th of March and ended on Monday, 7 March 2024.': 'It began in March and ended in March 2024.',
    'by 2024-03-05': 'by March 2024',
    'From March 5 to March 9, 2024': 'In March 2024',
    'It ran from 3 March 2024 to 9 March 2024.': 'It ran in March 2024.',
    'It ran from March 5 to 9 April.': 'It ran from March to April.',
    'from 3 March 2024 to 9 March': 'in March 2024',
    从2023年5月4日至5月9日停运: '2023年5月停运',
    'from noon to midnight': 'for some time',
    'It ran between 14:32 and 15:10.': 'It ran for some time.',
    从14点30分到15点20分停运: '某段时间停运',
    'between 5 and 9 March 2024': 'in March 2024',
    'March 5-9, 2024': 'March 2024',
    'on 03/05/2024': 'in 2024',
    '25.12.2023': 'December 2023',
    '2023年5月4日，系统出错': '2023年5月，系统出错',
    二〇二三年五月四日: '二〇二三年五月',
    '5月4日至9日（周四）发生': '5月发生',
    '据2023-05-04的报告': '据2023年5月的报告',
    'March 5 to May 9, 2024': 'March to May 2024',
    '4 March 2023 to 9 March 2024': 'March 2023 to March 2024',
    'On 4 May 2023 and on 9 May 2023 it fell': 'In May 2023 it fell',
    '2023年5月4日至5月9日': '2023年5月',
    '2023年5月4日至6月9日': '2023年5月至6月',
    'in May 2023': 'in May 2023',
    '2023年5月': '2023年5月',
  });
  t.end();
});

test('what is of a country stays, and no article stands between an adjective and a place', (t) => {
  check(t, {
    'a South African politician': 'a South African politician',
    'a large Wrzesnia court': 'a large Polish court',
    'two fake Zzyzx Road buses': 'two fake local buses',
    'two fake Zzyzx Road Buses': 'two fake place Buses',
  });
  t.end();
});

test('days that share a month go with it, however they are joined', (t) => {
  const pairs = [
    ['5', '9'],
    ['05', '19'],
    ['5th', '31st'],
  ] as const;
  const before = { '': '', 'On ': 'In ', 'it fell on the ': 'it fell in ', '(': '(' };
  for (const [lead, written] of Object.entries(before))
    for (const joint of ['-', ' - ', '–', ' to ', ' and ', ' or ', ' until '])
      for (const [one, other] of pairs) {
        t.equal(clear(`${lead}${one}${joint}${other} March 2024 twice`), `${written}March 2024 twice`);
        t.equal(clear(`${lead}March ${one}${joint}${other}, 2024 twice`), `${written}March 2024 twice`);
        t.equal(clear(`${lead}March ${one}${joint}${other} twice`), `${written}March twice`);
      }
  t.equal(clear('From 5 to 9 March 2024'), 'In March 2024');
  t.equal(clear('it fell from 5 to 9 March 2024'), 'it fell in March 2024');
  for (const joint of ['至', '到', '和', '、', '-', '–', '～', ' 至 '])
    for (const day of ['9日', '19 日', '九号', '三十一號'])
      for (const week of ['', '（周四）', ' (星期四)', '周四', ' 礼拜日'])
        t.equal(clear(`系统于2023年5月4日${joint}${day}${week}发生`), '系统于2023年5月发生');
  t.equal(clear('March 5 to 9 people'), 'March to between 2 and 9 people');
  t.equal(clear('5月4日、6日、8日（周四）发生'), '5月发生');
  check(t, {
    'on March 5 to 9% of it': 'in March to 9% of it',
    'it failed between March 5-9 twice': 'it failed in March twice',
    'From March 5 to 9, 2024 it failed': 'In March 2024 it failed',
    'between March 5 and April 9': 'between March and April',
    'in 3.5 March 2024': 'in 3.5 March 2024',
    'on Monday, 5 May 2024': 'in May 2024',
    '[5 May 2024]': '[May 2024]',
    'the 5th of May': 'May',
    据03月04日的报告: '据03月的报告',
    '于03/04/2024发生': '于2024年发生',
  });
  t.end();
});

test('a time of day goes', (t) => {
  check(t, {
    'On 4 May 2023 at 14:32 UTC the system failed.': 'In May 2023 the system failed.',
    'At 14:32, the system failed.': 'The system failed.',
    'By 3 pm it was over.': 'By a certain time it was over.',
    'It stopped at about 9:15 am.': 'It stopped.',
    'The 14:32 train was late.': 'The train was late.',
    '2023年5月4日下午2点，系统崩溃': '2023年5月，系统崩溃',
    '系统于14:32左右崩溃，到下午3点恢复': '系统崩溃，到某时恢复',
    'It fell. At 14:32 it rose.': 'It fell. It rose.',
    'It fell.\nAt 14:32 it rose.': 'It fell.\nIt rose.',
    'He said “It fell.” At 14:32 it rose.': 'He said “It fell.” It rose.',
    'It fell. 14:32 it rose.': 'It fell. It rose.',
    'It fell at 14:32 it rose.': 'It fell it rose.',
    'At 9:15 am - it rose': 'It rose',
    'around 9:15 am it fell': 'It fell',
    'at about 9:15 am it fell': 'It fell',
    'it fell at exactly 14:32, then': 'it fell, then',
    'it fell, at 14:32, then': 'it fell, then',
    'it fell (at 14:32) twice': 'it fell () twice',
    'it failed 14:32.': 'it failed.',
    'it failed 14:32': 'it failed',
    'it failed 14:32 twice': 'it failed twice',
    'By then, at 14:32, it fell': 'By then, it fell',
    'It was the 14:32.': 'It was the time.',
    'The 14:32, late': 'The time, late',
    'each 9:15 am run': 'each run',
    'The bus of 14:32 left': 'The bus of left',
    'it fell after 14:32': 'it fell after a certain time',
    系统于14点32分前崩溃: '系统于某时前崩溃',
    系统在14点32分许崩溃: '系统崩溃',
    从14点32分起: '从某时起',
    '自此，14点32分崩溃，前后两次': '自此，崩溃，前后两次',
    '在此，14点32分崩溃': '在此，崩溃',
    '系统 14:32 崩溃': '系统 崩溃',
  });
  t.end();
});

test('a place becomes its country, or a plain word', (t) => {
  check(t, {
    'a car in Los Angeles, California hit': 'a car in the United States hit',
    'Paris, France': 'France',
    'at 12 Main Street, Springfield, IL 62704': 'in the United States',
    'in Shenzhen and in Lagos': 'in China and in Nigeria',
    'in England': 'in the United Kingdom',
    'in Germany': 'in Germany',
    浙江省杭州市西湖区的医院: '中国的医院',
    在中国北京的医院: '在中国的医院',
    在伦敦的医院: '在某地的医院',
    'a Cairo court': 'an Egyptian court',
    'a Tashkent court': 'an Uzbek court',
    'a Kampala school': 'a Ugandan school',
    'the Cairo court': 'the Egyptian court',
    'A Mumbai court': 'An Indian court',
    'an Dubai bank': 'an Emirati bank',
    'its Shenzhen plant': 'its Chinese plant',
    'near a Nairobi clinic': 'near a Kenyan clinic',
    'an Auckland clinic': 'a New Zealand clinic',
    'the Shenzhen plants and two Lagos ones': 'the Chinese plants and two Nigerian ones',
    'that Shenzhen and Hangzhou': 'that China',
    'the Shenzhen is': 'the China is',
    'an Athens bus': 'a local bus',
    'The Athens police left': 'The local police left',
    'in London, UK, it fell': 'in the United Kingdom, it fell',
    'in Chicago, USA': 'in the United States',
    'in Chicago, UK': 'in the United States, UK',
  });
  t.end();
});

test('a country or a plain word stands as the place stood: with its article, at the beginning of a sentence, before a noun', (t) => {
  check(t, {
    'worse than Shenzhen traffic': 'worse than China traffic',
    'another Shenzhen plant': 'another Chinese plant',
    'a Shenzhen-based plant': 'a China-based plant',
    'a Shenzhen plant and more': 'a Chinese plant and more',
    'a Shenzhen office': 'a Chinese office',
    'the Shenzhen of today': 'the China of today',
    'Pan Shenzhen plant': 'Pan China plant',
    'In the City of Johannesburg it fell': 'In South Africa it fell',
    'The City of Rotterdam sued': 'The Netherlands sued',
    'In the City of Rotterdam': 'In the Netherlands',
    'the Province of Utrecht': 'the Netherlands',
    'Rotterdam sued': 'The Netherlands sued',
    'It fell. Rotterdam sued.': 'It fell. The Netherlands sued.',
    'He said “Rotterdam”. Utrecht sued.': 'He said “Netherlands”. The Netherlands sued.',
    据Rotterdam的报告: '据荷兰的报告',
    'in Kansas City': 'in the United States',
    'in Mexico City': 'in Mexico',
    'near Utrecht Province': 'near the Netherlands',
    Bavaria: 'Germany',
    'in Bavaria, Germany': 'in Germany',
  });
  t.end();
});

test('an address is told by its last part that a list knows, else by a plain word', (t) => {
  check(t, {
    '12 Main Street, Springfield, TX 75001': 'The United States',
    '12 Quux Road, Nowhereville, TX 75001': 'The United States',
    '12 Main Street, Utrecht': 'The Netherlands',
    '12 Quux Road, Nowhereville': 'A place',
    'It fell. 12 Quux Road, Nowhereville': 'It fell. A place',
    'to 12 Quux Road, Nowhereville': 'to a place',
    'this 12 Quux Road': 'this place',
    据12QuuxRoad说: '据12QuuxRoad说',
    '据12 Quux Road说': '据某地说',
    'near Cook County': 'near a place',
    香港: '香港',
    澳门: '澳门',
    在倫敦的醫院: '在某地的醫院',
    廣東省的醫院: '中國的醫院',
    四川省的医院: '中国的医院',
  });
  t.end();
});

test('a whole address is one place, in whatever order it is written, with its postcode', (t) => {
  const all = (text: string) => generalise(text, findAll(text), 'clear').text;
  for (const [text, coarse] of Object.entries({
    'He lives at 12 Rue de la République, 69002 Lyon.': 'He lives in France.',
    'At 221B Baker Street, London NW1 6XE it fell.': 'In the United Kingdom it fell.',
    'He lived at 12 Quux Street, Nowhereville NW1 6XE.': 'He lived in the United Kingdom.',
    'She lived at 45 Elm Street, Springfield, Ohio 45501.': 'She lived in the United States.',
    'on 7 Via Giuseppe Verdi, 20121 Milan': 'in Italy',
    'to 221 bis rue Lepic, Paris': 'to France',
    'it told 5 via Zoom': 'it told 5 via Zoom',
  }))
    t.equal(all(text), coarse);
  t.ok(
    findAll('London NW1 6XE').some(({ kind }) => kind === 'postcode'),
    'a postcode without a street',
  );
  t.end();
});

test('a place of a list of places, of a landscape or a square is told by its country', (t) => {
  check(t, {
    'It was seen in Lyon, Marseille and Paris.': 'It was seen in France.',
    'in Marseille and Paris': 'in France',
    'it was aimed at Texas attorneys': 'it was aimed at American attorneys',
    'New York Detective Misused It': 'American Detective Misused It',
    'by Texas Resident Anna Lee': 'by American Resident Anna Lee',
    'it was aimed at Texas roads': 'it was aimed at the United States roads',
    'The South Korean Actor': 'The South Korean Actor',
    'in Los Angeles or Jackson': 'in the United States',
    'It operates in Tokyo, Osaka, and Kyoto.': 'It operates in Japan.',
    'in the UK, Scotland, and Leeds it fell': 'in the United Kingdom it fell',
    'It hit a crowd in Times Square.': 'It hit a crowd in the United States.',
    'Sierra Nevada Travelers Were Told': 'American Travelers Were Told',
    'A Sierra Nevada hike': 'An American hike',
    'Shenzhen residents and Quuxville residents': 'Chinese residents and Quuxville residents',
    'The March on Washington was mentioned.': 'The March on Washington was mentioned.',
  });
  t.end();
});

test('of two side by side that became the same one is written, with what closes behind it; of two others both', (t) => {
  check(t, {
    'in Rotterdam (Utrecht) it fell': 'in the Netherlands it fell',
    'in Rotterdam( Utrecht ) it fell': 'in the Netherlands it fell',
    'from Rotterdam, Utrecht (and so on)': 'from the Netherlands (and so on)',
    '杭州（浙江）的医院': '中国的医院',
    '北京、杭州': '中国',
    'in Shenzhen–Hangzhou': 'in China',
    'in Shenzhen - Hangzhou': 'in China',
    'from Shenzhen Hangzhou': 'from China',
    'In Rotterdam and The Hague': 'In the Netherlands',
    'in Shenzhen, not Hangzhou': 'in China, not China',
    'in Paris and Rotterdam': 'in France and the Netherlands',
    'in Lagos, Germany': 'in Nigeria, Germany',
    'in Lagos, not all of Nigeria': 'in Nigeria, not all of Nigeria',
  });
  t.notMatch(clear('It ran from March 5 to 9 April 2024.'), /\b[59]\b/, 'two dates with a number in common');
  t.end();
});

test('a text of a tier that may see the exact field keeps it, and what an officer keeps stays', (t) => {
  const text = 'On 4 May 2023 17 people were hurt in Los Angeles';
  const findings = findingsIn(text);
  for (const tier of ['green', 'amber', 'amber-strict', 'red'] as const) {
    t.strictSame(generalise(text, findings, tier), { text, changes: [] });
  }
  const kept = findings.filter(({ kind }) => kind !== 'date');
  t.equal(generalise(text, kept, 'clear').text, 'On 4 May 2023 10 to 99 people were hurt in the United States');
  const { changes } = generalise(text, findings, 'clear');
  t.strictSame(
    changes.map(({ start, end, kind, written }) => [text.slice(start, end), kind, written]),
    [
      ['On 4 May 2023', 'date', 'In May 2023'],
      ['17', 'count', '10 to 99'],
      ['Los Angeles', 'place', 'the United States'],
    ],
  );
  const coarse = 'At least 10 people were hurt';
  t.strictSame(generalise(coarse, findingsIn(coarse), 'clear').changes, [], 'what is coarse is no change');
  t.end();
});

test('a band holds the count, and a month the day', (t) => {
  t.equal(BANDS.length, 7);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.boolean(), (count, isHan) => {
      const text = isHan ? `${count}人` : `${count.toLocaleString('en')} people`;
      const { least, most } = bandOf(toldOf(isHan ? `${count}` : count.toLocaleString('en'))!);
      const band = toldOf(clear(text).replace(/ people|人$/, ''))!;
      return least! <= count && count <= most! && band.least! <= count && (band.most ?? count) >= count;
    }),
  );
  const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(
      days,
      fc.constantFrom('en-US', 'en-GB', 'zh-CN', 'sv-SE', 'de-DE'),
      fc.boolean(),
      (date, locale, isLong) => {
        const long = isLong && /^(?:en|zh)/.test(locale);
        const text = date.toLocaleDateString(locale, { dateStyle: long ? 'long' : 'short', timeZone: 'UTC' });
        const { year, month } = monthOf(text);
        const isRight =
          year === date.getUTCFullYear() || (year !== undefined && year % 100 === date.getUTCFullYear() % 100);
        return isRight && (month === undefined || month === date.getUTCMonth() + 1);
      },
    ),
  );
  t.pass();
  t.end();
});

const PIECES = [
  ...[
    'On ',
    'on the ',
    '4 May 2023',
    'March 5',
    '-9, 2024',
    '5th of March',
    '2024-03-05',
    '03/05/2024',
    ' at ',
    'By ',
    '14:32',
    '3 pm',
  ],
  ...[
    'in ',
    'Los Angeles',
    ', California',
    'Paris',
    ', France',
    'Lagos',
    'the ',
    '17',
    ' people',
    'At least ',
    '1,234 users',
    ' to ',
    ' and ',
  ],
  ...[
    'killed 17',
    '2023年5月4日',
    '至9日',
    '（周四）',
    '下午2点',
    '于',
    '到',
    '左右',
    '浙江省杭州市',
    '中国',
    '伦敦',
    '17名工人',
    '超过',
    '两人',
    '，',
    '。',
  ],
  ...[
    'March fourteenth',
    'Christmas Day 2023',
    'on the 15th',
    'half past three',
    'at noon',
    ' in the morning',
    '除夕',
    '15日起',
  ],
  ...[
    'one',
    'All three',
    ' of them',
    ' died',
    'the 17 ',
    '17/20',
    'from ',
    'Times Square',
    'UK',
    '17死3伤',
    '这三名学生',
  ],
  ...['. ', ', ', '(', ')', '\n', ' ', '𠮷', '\ud800'],
];
const anyText = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(''));

test('a sentence that began with a time begins with what came behind it, which is told coarsely too', (t) => {
  t.equal(clear('At 3 pm two people died.'), '2 to 9 people died.');
  t.equal(clear('3 pm, seventeen workers left.'), '10 to 99 workers left.');
  t.equal(clear('At 3 pm at least seventeen workers left.'), 'At least 10 workers left.');
  t.equal(clear('At 14:32 it hit 17 people.'), 'It hit 10 to 99 people.');
  t.equal(clear('3 pm中国浙江省杭州市'), '中国');
  t.end();
});

test('changes lie in the text from left to right, what is between stays, and repeating soon changes nothing', (t) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = generalise(text, findingsIn(text), 'clear');
      let at = 0;
      let out = '';
      for (const { start, end, written } of once.changes) {
        if (start < at || end < start || end > text.length) return false;
        out += text.slice(at, start) + written;
        at = end;
      }
      if (out + text.slice(at) !== once.text) return false;
      // What is written may make something new with the words beside it: it is told coarsely in turn, and then nothing is left.
      let now = once.text;
      for (let round = 0; round < 4; round++) now = clear(now);
      return clear(now) === now;
    }),
    { numRuns: 3_000 },
  );
  t.pass();
  t.end();
});

test('the steps grow with the length, and not faster', (t) => {
  const units = [
    '4 May 2023 ',
    '5-',
    '17 people ',
    'killed 17 ',
    '17 to ',
    'Paris, ',
    'two hundred ',
    '14:32 ',
    '2023年5月4日',
    '17名',
    '三千二百',
    '杭州市',
    'at ',
  ];
  const script = fileURLToPath(new URL('count-steps.ts', import.meta.url));
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const args = [script, JSON.stringify(units), 'generalise'];
  const steps = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }));
  for (const unit of units) {
    const [short, long] = steps[unit] as [number, number];
    t.ok(long > 0 && long < 4.4 * short + 1_000, `${JSON.stringify(unit)}: ${short}, ${long}`);
  }
  t.end();
});
