// Exact dates and times of day. A year, or a month of a year, is none: that much may be told.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { unitAt } from '../units.ts';
import { DATE_HINT, DATES_ELSEWHERE, HOUR_HINT, HOURS, isElsewhere } from './dates-elsewhere.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const ORDINAL = `${DAY}(?:st|nd|rd|th)?`;
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?';
const CLOCK = '(?:[01]?\\d|2[0-3])';
const ZONE = '(?: ?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|Z)(?:[+-]\\d{1,2}(?::?\\d\\d)?)?| ?[+-]\\d\\d:?\\d\\d)?';
const HAN = '[〇零一二三四五六七八九十廿卅]';
const HALF = '(?:凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|夜间|深夜|晚)';

/** None begins or ends within a number or word; every repetition is bounded. */
const IN_NUMBERS: readonly string[] = [
  // 2024-03-05, 2024/3/5, 2024.03.05, 20240305
  `(?<![\\d.,/-])${YEAR}(?<ymd>[-/.])(?:0?[1-9]|1[0-2])\\k<ymd>${DAY}(?!\\d|[-/.]\\d)(?:T(?=\\d\\d:?\\d\\d))?`,
  `(?<![\\d.,/-])20\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?![\\d.,/-])`,
  // 03/05/2024, 5.3.24, 05-03-2024
  `(?<![\\d.,/-])${DAY}(?<dmy>[-/.])${DAY}\\k<dmy>(?:${YEAR}|\\d\\d)(?!\\d|[-/.]\\d)`,
  `(?:${YEAR}|[〇零一二三四五六七八九○]{4}) ?年 ?(?:\\d{1,2}|${HAN}{1,3}) ?月 ?(?:\\d{1,2}|${HAN}{1,3}) ?[日号號]`,
  `(?<!\\d)(?:\\d{1,2}|(?<!${HAN})${HAN}{1,3}) ?月 ?(?:\\d{1,2}|${HAN}{1,3}) ?[日号號]`,
];

const WITH_MONTHS: readonly string[] = [
  // March 5, 2024; Mar. 5th; 5 March 2024; the 5th of March; 5-Mar-2024
  `(?<![\\p{L}\\d])${WEEKDAY}${MONTH}\\.? (?:the )?${ORDINAL}(?![\\p{L}\\d%])(?:,? ${YEAR}(?!\\d))?`,
  // 14-Mar-24
  `(?<![\\p{L}\\d.,])${DAY}(?<my>[-/])${MONTH}\\k<my>\\d\\d(?![\\d\\p{L}])`,
  `(?<![\\p{L}\\d.,])${WEEKDAY}${ORDINAL}(?: of |[ -])${MONTH}(?![\\p{L}])(?:\\.?,?[ -]${YEAR}(?!\\d))?`,
  // 05MAR2024, 05/Mar/2024
  `(?<![\\p{L}\\d.,])${DAY}(?<m>/?)${MONTH}\\k<m>${YEAR}(?!\\d)`,
];

const TIMES: readonly string[] = [
  // 14:32, 2:30 pm, 09:00 UTC, 23:08:55
  `(?<![\\d:.])${CLOCK}:[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,6})?)?(?: ?(?:[ap]m\\b|[ap]\\.m\\.))?${ZONE}(?![\\d:])`,
  // 2 pm, 2.30 p.m., noon is none
  `(?<![\\d:.,])(?:0?[1-9]|1[0-2])(?:\\.[0-5]\\d)? ?(?:[ap]m\\b|[ap]\\.m\\.)`,
  `(?<![\\d:.,])(?:${CLOCK}[0-5]\\d (?:hours|hrs|UTC|GMT)|[01]\\d[0-5]\\dZ|2[0-3][0-5]\\dZ)\\b`,
  `(?<![\\d:.,])(?:1[0-2]|[1-9]) o['’]clock\\b`,
  `${HALF}(?:\\d{1,2}|${HAN}{1,3})[点时點時](?:半|整|[一三]刻|(?:\\d{1,2}|${HAN}{1,4})分?)?(?:(?:\\d{1,2}|${HAN}{1,3})秒)?`,
  `${HALF}(?:[01]?\\d|2[0-3])[:：][0-5]\\d(?:[:：][0-5]\\d)?`,
  `(?<!\\d)\\d{1,2}[点时點時](?:半|整|[一三]刻|\\d{1,2}分)(?:\\d{1,2}秒)?`,
  `(?<![${HAN.slice(1, -1)}\\d])${HAN}{1,3}[点點](?:半|整|钟|[一三]刻|${HAN}{1,4}分)`,
  `(?<!\\d)\\d{1,2}[点點](?:钟|鐘)`,
  `(?<!\\d)(?:[01]?\\d|2[0-3])时(?![\\p{L}\\d])`,
];

const dates = new RegExp([...IN_NUMBERS, ...WITH_MONTHS].join('|'), 'giu');
const datesInNumbers = new RegExp(IN_NUMBERS.join('|'), 'giu');
const times = new RegExp(TIMES.join('|'), 'giu');

/** A month's name beside a number, and what makes a time of one: each begins with a digit, which is soon looked for. */
const MONTH_HINT =
  /\d(?:(?:st|nd|rd|th)?(?: of |[ /-]?)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?<=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:the )?\d))/i;
const TIME_HINT = /\d(?: ?[ap]\.?m|[:：]\d|z\b| (?:hours|hrs|utc|gmt|o['’]clock))|[点點时時]/i;

/** For the check that no text makes them slow. */
export const DATES: readonly RegExp[] = [dates, datesInNumbers, times, DATES_ELSEWHERE, HOURS];

export function findDates(text: string): Finding[] {
  const places = placesOf(text);
  // Without a digit, and without the signs of Chinese dates and times, there is none.
  if (places.length === 0) return [];
  return [
    ...all(text, places, MONTH_HINT.test(text) ? dates : datesInNumbers, 'date'),
    ...(TIME_HINT.test(text) ? all(text, places, times, 'time') : []),
    ...[
      ...(DATE_HINT.test(text) ? all(text, places, DATES_ELSEWHERE, 'date') : []),
      ...(HOUR_HINT.test(text) ? all(text, places, HOURS, 'time') : []),
    ].filter((one) => isElsewhere(text, one)),
  ];
}

/** Longer than what stands in a date or time before its first digit, between two, or behind the last, and what is looked at around it. */
const REACH = 40;

/** Where a date or time may stand, from left to right: only that much of a text is read. */
function placesOf(text: string): [from: number, to: number][] {
  const places: [from: number, to: number][] = [];
  for (let at = 0; at < text.length; at++) {
    if (!isSign(unitAt(text, at))) continue;
    const last = places.at(-1);
    if (last !== undefined && at - REACH <= last[1]) last[1] = at + REACH;
    else places.push([Math.max(0, at - REACH), at + REACH]);
  }
  return places;
}

/** `月`, `点`, `點`, `时` and `時`: one of them, or a digit, stands in every date and time. */
const HAN_SIGNS = new Set(Array.from('月点點时時', (char) => char.charCodeAt(0)));

function isSign(code: number): boolean {
  return code < 128 ? code >= 48 && code <= 57 : HAN_SIGNS.has(code);
}

function all(text: string, places: readonly [number, number][], expression: RegExp, kind: 'date' | 'time'): Finding[] {
  return places.flatMap(([from, to]) =>
    hitsIn(text.slice(from, to), expression).map(({ index, 0: { length } }) => {
      const start = from + index;
      return { start, end: start + length, kind, confidence: 0.9, reason: 'form' };
    }),
  );
}
