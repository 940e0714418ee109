// Days that have a name, by their month, and the other words of dates.
import { simplified } from './han-traditional.ts';

/** Behind the month; of 0 it is not the same every year, or everywhere. */
const DAYS: readonly (readonly [month: number, english: string, chinese: string])[] = [
  [1, "New Year['’]?s Day|Australia Day", '元旦'],
  [2, "(?:St\\.? )?Valentine['’]?s Day|Groundhog Day", '情人节'],
  [3, "Pi Day|(?:St\\.?|Saint) Patrick['’]?s Day|International Women['’]?s Day", '妇女节|植树节'],
  [4, "April Fools?['’]?s?['’]? Day|Earth Day|Anzac Day|ANZAC Day", '愚人节'],
  [5, 'May Day|Cinco de Mayo|Memorial Day', '劳动节|青年节'],
  [6, 'Juneteenth|Midsummer Day', '儿童节'],
  [7, 'Bastille Day|Canada Day|(?:the )?Fourth of July', '建党节'],
  [8, '', '建军节'],
  [9, '', '教师节'],
  [10, '(?<=[Oo]n )Halloween', '国庆节|国庆日'],
  [
    11,
    "Guy Fawkes Night|Armistice Day|Remembrance Day|Veterans Day|Thanksgiving Day|Black Friday|Cyber Monday|Singles['’]? Day",
    '双十一(?:购物节)?|光棍节',
  ],
  [12, "Christmas (?:Day|Eve)|Boxing Day|New Year['’]?s Eve|Human Rights Day", '平安夜|圣诞节|圣诞夜|跨年夜'],
  [
    0,
    "Easter (?:Sunday|Monday)|Good Friday|Mother['’]?s Day|Father['’]?s Day|Labou?r Day|Independence Day|Republic Day|National Day|Chinese New Year(?:['’]s (?:Day|Eve))?|Lunar New Year(?:['’]s (?:Day|Eve))?|Election Day",
    '除夕|大年三十|大年初[一二三四五六七]|元宵节|端午节|七夕节|中秋节|重阳节',
  ],
];

const sourceOf = (language: 1 | 2) =>
  DAYS.map((day) => day[language])
    .filter((names) => names !== '')
    .join('|');
export const ENGLISH_DAYS: string = sourceOf(1);
export const CHINESE_DAYS: string = sourceOf(2);

const EXPRESSIONS = DAYS.map(
  ([month, english, chinese]) =>
    [
      month,
      new RegExp(
        [english, chinese]
          .filter((names) => names !== '')
          .join('|')
          .replace('(?<=[Oo]n )', ''),
        'u',
      ),
    ] as const,
);

/** The month of a day that has a name; 0 where it cannot be told, undefined for what is no such day. */
export function monthOfNamedDay(date: string): number | undefined {
  const plain = simplified(date);
  return EXPRESSIONS.find(([, days]) => days.test(plain))?.[0];
}

/** Days of a month that hardly anything else is counted by. */
export const LATER =
  'fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth';

/** Words that stand in every such date or time, folded as the lists have them. */
const WORDS = new Set(
  `january february march april may june july august september october november december eve juneteenth halloween mayo friday monday
  sunday year night oclock past quarter noon midday midnight morning afternoon evening epoch timestamp unix day`.split(
    /\s+/,
  ),
);
const ORDINALS = new RegExp(`^(?:\\d{1,3}(?:st|nd|rd|th)|${LATER})$`);

/** @param key a word, folded */
export function isInDates(key: string): boolean {
  return WORDS.has(key) || ORDINALS.test(key);
}
