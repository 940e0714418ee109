// Exact dates and times of day. A year, or a month of a year, is none: that much may be told.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { unitAt } from '../units.ts';
import { isNumbered } from '../versions.ts';
import { DATE_HINT, DATES_ELSEWHERE, HOUR_HINT, HOURS, isElsewhere } from './dates-elsewhere.ts';
import { HERE_ONLY } from './here-only.ts';

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const ORDINAL = `${DAY}(?:st|nd|rd|th)?`;
const SOME_DAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?';
const WEEKDAY = `(?:${SOME_DAY})?`;
const CLOCK = '(?:[01]?\\d|2[0-3])';
const ZONE = '(?: ?(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|BST|Z)(?:[+-]\\d{1,2}(?::?\\d\\d)?)?| ?[+-]\\d\\d:?\\d\\d)?';
/** `10-15-33`, `10.15.33` */
const TO_SECONDS = `${CLOCK}(?:-[0-5]\\d-|\\.[0-5]\\d\\.)[0-5]\\d(?!\\d|[.-]\\d)`;
const YYYYMMDD = '20\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const HHMM = '(?:[01]\\d|2[0-3])[0-5]\\d(?:Z|[+-]\\d{2,4})?(?!\\d)';
const HHMMSS = '(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?(?!\\d)';
/** A date in the name of one of these is when it was written; in the name of a model it is a version. */
const FILES =
  'txt|log|csv|tsv|jsonl?|xml|ya?ml|md|pdf|docx?|xlsx?|pptx?|html?|eml|msg|zip|gz|tgz|tar|7z|png|jpe?g|gif|mp[34]|wav|mov|avi|webm|sql|db|bak|pcap|dmp|dump|out|err';
/** Before hours that are written as a date may be. */
const AT_HOUR = '(?<!\\p{L})(?:at|around|um|à) ';
const HAN = '[〇零一二两三四五六七八九十廿卅]';
/** `3`, `3、4`, `3至5`: of one month */
const HAN_DAYS = `(?:\\d{1,2}|${HAN}{1,3})(?: ?[、，,/~～和与及或至到–—-] ?(?:\\d{1,2}|${HAN}{1,3})){0,6}`;
const AT_TIME =
  '(?:at (?:night|noon|midnight|dawn|dusk|\\d{1,2}(?::\\d\\d| ?[ap]\\.?m))|in the (?:morning|afternoon|evening|night))(?!\\p{L})';
const HALF = '(?:凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|夜间|深夜|晚)';

/** None begins or ends within a number or word; every repetition is bounded. */
const IN_NUMBERS: readonly string[] = [
  // 2024-03-05, 2024/3/5, 2024.03.05, 2024-03-05_10-15-33, 20240305, 20240305T101533Z, crash-20240305.txt
  `(?<![\\d.,/-])(?:${YYYYMMDD}|${YEAR}(?<ymd>[-/._])(?:0?[1-9]|1[0-2])\\k<ymd>${DAY})(?:[ T_-]${TO_SECONDS}|[T_-]?${HHMMSS}|T${HHMM}|(?!\\d|[-/.]\\d|_\\d(?!\\d:))(?:[T_](?=\\d\\d:\\d\\d))?)`,
  `(?<=\\p{L}-)(?:${YYYYMMDD}|${YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))(?=(?:[_-][\\p{L}\\d]{1,20}){0,3}\\.(?:${FILES})(?![\\p{L}\\d]))`,
  // 4/V/2024
  `(?<![\\d.,/-])${DAY}(?<roman>[-/.])(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})\\k<roman>${YEAR}(?!\\d)`,
  // 2026-W10-2, 2026W10: weeks are finer than months
  `(?<![\\p{L}\\d.,/-])${YEAR}(?<w>-?)W(?:0[1-9]|[1-4]\\d|5[0-3])(?:\\k<w>[1-7])?(?![\\p{L}\\d-])`,
  // 03/05/2024, 05-03-24; of 5.3.24 the month is the second, and neither a version nor an hour is one
  `(?<![\\d.,/-])${DAY}(?<dmy>[-/.])${DAY}\\k<dmy>${YEAR}(?!\\d|[-/.]\\d)`,
  `(?<![\\d.,/-]|${AT_HOUR})${DAY}(?<dm>[-/])${DAY}\\k<dm>\\d\\d(?!\\d|[-/.]\\d)`,
  `(?<![\\d.,/-]|${AT_HOUR})${DAY}\\.(?:0?[1-9]|1[0-2])\\.\\d\\d(?!\\d|[-/.]\\d)`,
  `(?:${YEAR}|[〇零一二三四五六七八九○]{4}) ?年 ?(?:\\d{1,2}|${HAN}{1,3}) ?月 ?${HAN_DAYS} ?[日号號]`,
  `(?<!\\d)(?:\\d{1,2}|(?<!${HAN})${HAN}{1,3}) ?月 ?${HAN_DAYS} ?[日号號]`,
];

const WITH_MONTHS: readonly string[] = [
  // March 5, 2024; Mar. 5th; 5 March 2024; the 5th of March; 5-Mar-2024
  `(?<![\\p{L}\\d])${WEEKDAY}${MONTH}\\.? (?:the )?${ORDINAL}(?![\\p{L}\\d%])(?:,? (?:${YEAR}|['’]\\d\\d)(?!\\d))?`,
  // 14-Mar-24, 14Mar24
  `(?<![\\p{L}\\d.,])(?:${DAY}(?<my>[-/])${MONTH}\\k<my>|(?:0[1-9]|[12]\\d|3[01])${MONTH})\\d\\d(?![\\d\\p{L}])`,
  `(?<![\\p{L}\\d.,])${WEEKDAY}${ORDINAL}(?: of |[ -])${MONTH}(?![\\p{L}])(?:\\.?,?[ -]${YEAR}(?!\\d))?`,
  // Saturday, the 5th, in March 2024; on the 5th of the month of March
  `(?<![\\p{L}\\d])(?:${SOME_DAY}|(?<=(?<!\\p{L})on (?:the )?))${DAY}(?:st|nd|rd|th),? (?:in|of) (?:the month of )?${MONTH}(?!\\p{L})(?:,? ${YEAR}(?!\\d))?`,
  // 05MAR2024, 05/Mar/2024
  `(?<![\\p{L}\\d.,])${DAY}(?<m>/?)${MONTH}\\k<m>${YEAR}(?!\\d)`,
];

const TIMES: readonly string[] = [
  // 14:32, 2:30 pm, 09:00 UTC, 23:08:55, time:10:15
  `(?<![\\d.]|(?<!\\p{L}{2}):)${CLOCK}:[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,6})?)?(?: ?(?:[ap]m\\b|[ap]\\.m\\.)| o['’]clock\\b)?${ZONE}(?![\\d:])`,
  `(?<=${AT_HOUR})${TO_SECONDS}`,
  // 2 pm, 2.30 p.m., noon is none
  `(?<![\\d:.,])(?:0?[1-9]|1[0-2])(?:\\.[0-5]\\d)? ?(?:[ap]m\\b|[ap]\\.m\\.)`,
  `(?<![\\d:.,])(?:${CLOCK}[0-5]\\d (?:hours|hrs|UTC|GMT)|[01]\\d[0-5]\\dZ|2[0-3][0-5]\\dZ|0\\d[0-5]\\dh)\\b`,
  `(?<![\\d:.,])(?:1[0-2]|[1-9])(?:\\.[0-5]\\d)? o['’]clock\\b`,
  `${HALF}(?:\\d{1,2}|${HAN}{1,3})[点时點時](?:半|整|[一三]刻|(?:\\d{1,2}|${HAN}{1,4})分?)?(?:(?:\\d{1,2}|${HAN}{1,3})秒)?`,
  `${HALF}(?:[01]?\\d|2[0-3])[:：][0-5]\\d(?:[:：][0-5]\\d)?`,
  `(?<!\\d)\\d{1,2}[点时點時](?:半|整|[一三]刻|\\d{1,2}分)(?:\\d{1,2}秒)?`,
  `(?<![${HAN.slice(1, -1)}\\d])${HAN}{1,3}[点點](?:半|整|钟|[一三]刻|${HAN}{1,4}分)`,
  `(?<!\\d)\\d{1,2}[点點](?:钟|鐘)`,
  `(?<!\\d)(?:[01]?\\d|2[0-3])时(?![\\p{L}\\d])`,
];

/** `on 3/14`, `from 3/3 to 3/5`, `03.03. at night`, `5.4上午`, `on 2024-125`, `INC-20240504-17`: only where what stands around makes a date of it. */
const CUED: readonly string[] = [
  `(?<=(?<![\\p{L}\\d])(?<lead>[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]ated|[Ff]rom|[Bb]etween|[Bb]efore|[Aa]fter) (?:the )?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?)${DAY}/${DAY}(?=[,;:!?)]|\\.(?!\\d)|$|\\n| (?:at|and|or|to|until|till|through|in|around|about|when|while|where|which|the|an?|it|he|she|they|we|I|his|her|its|their|our|this|that|there|after|before|by|during|because|with|but|again|also|too|for|from|near|as)(?!\\p{L}))`,
  `(?<=(?<![\\p{L}\\d])(?:[Oo]n|[Ss]ince|[Ff]rom|[Bb]etween) ${DAY}/${DAY} ?(?:to|and|or|until|till|through|[-–]) ?)(?<second>${DAY}/${DAY})(?![\\d/%]|\\.\\d)`,
  `(?<![\\p{L}\\d.,/-])${DAY}/${DAY}(?= ${AT_TIME})`,
  `(?<=(?<!\\p{L})(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]y) (?:the )?)${DAY}\\.(?:0[1-9]|1[0-2])\\.(?=[,;:)]|$| (?!\\p{Lu}))`,
  `(?<![\\p{L}\\d.,/-])${DAY}\\.(?:0?[1-9]|1[0-2])\\.(?= ${AT_TIME})`,
  `(?<![A-Za-z\\d.,/-])(?:0?[1-9]|1[0-2])[./]${DAY}(?=(?:${HALF}(?![于些])|当[天日]|[日号](?![报程常期])))`,
  `(?<=(?<!\\p{L})(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]ated|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]ay|[Dd]ate) )${YEAR}-(?:0[1-9]\\d|00[1-9]|[12]\\d\\d|3[0-5]\\d|36[0-6])(?![\\p{L}\\d/-]|\\.\\d)`,
  `(?<=(?<![\\p{L}\\d-])[A-Z]{2,10}[-_])${YYYYMMDD}(?![\\p{L}\\d]|\\.\\d)`,
];

/** What most of a text does not begin with is asked once. */
const NUMBERS = `(?=[\\d○]|${HAN})(?:${IN_NUMBERS.join('|')})`;
const dates = new RegExp([NUMBERS, ...WITH_MONTHS].join('|'), 'giu');
const datesInNumbers = new RegExp(NUMBERS, 'giu');
const times = new RegExp(TIMES.join('|'), 'giu');
const cued = new RegExp(`(?=\\d)(?:${CUED.join('|')})`, 'gu');

/** A month's name beside a number, and what makes a time of one: each begins with a digit, which is soon looked for. */
const MONTH_HINT =
  /\d(?:(?:st|nd|rd|th)?(?:,? (?:in|of) (?:the month of )?|[ /-]?)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?<=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:the )?\d))/i;
const CUED_HINT =
  /\d\/\d\d?(?![\d/])|\d\.[01]?\d\.(?!\d)|\d\.\d\d?[上下中早晚凌清正夜深傍当日号]|\d{4}-\d{3}(?!\d)|[A-Z][-_]20\d{6}/;
const TIME_HINT = /\d(?: ?[ap]\.?m|[:：]\d|[.-]\d\d[.-]\d\d|[zh]\b| (?:hours|hrs|utc|gmt|o['’]clock))|[点點时時]/i;

/** For the check that no text makes them slow. */
export const DATES: readonly RegExp[] = [dates, datesInNumbers, cued, times, DATES_ELSEWHERE, HOURS];

export function findDates(text: string): Finding[] {
  const places = placesOf(text);
  // Without a digit, and without the signs of Chinese dates and times, there is none.
  if (places.length === 0) return [];
  return [
    ...all(text, places, MONTH_HINT.test(text) ? dates : datesInNumbers, 'date'),
    ...(CUED_HINT.test(text) ? cuedDates(text, places) : []),
    ...(TIME_HINT.test(text) ? all(text, places, times, 'time') : []),
    ...[
      ...(DATE_HINT.test(text) ? all(text, places, DATES_ELSEWHERE, 'date') : []),
      ...(HOUR_HINT.test(text) ? all(text, places, HOURS, 'time') : []),
    ].filter((one) => isElsewhere(text, one)),
  ];
}

/** A fraction behind `from` or `after` is none (`from 1/4 to 3/4`), and what has a number for its name. */
function cuedDates(text: string, places: readonly [number, number][]): Finding[] {
  const found: Finding[] = [];
  for (const [from, to] of places) {
    for (const { index, 0: hit, groups } of hitsIn(text.slice(from, to), cued)) {
      const start = from + index;
      const [first, second] = hit.split(/[/.]/).map(Number) as [number, number];
      const isNone = Math.min(first, second) > 12 || /^(?:9\/11|7\/7|24\/7)$/.test(hit);
      const isFraction = /^(?:from|between|before|after)$/i.test(groups!.lead ?? '') && first < second && second <= 10;
      if (isNone || isFraction || (groups!.second !== undefined && start - (found.at(-1)?.end ?? -9) > 9)) continue;
      found.push({ start, end: start + hit.length, kind: 'date', confidence: 0.4, reason: HERE_ONLY });
    }
  }
  return found;
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
    hitsIn(text.slice(from, to), expression).flatMap(({ index, 0: hit }): Finding[] => {
      const [start, end] = [from + index, from + index + hit.length];
      if (MAYBE_VERSION.test(hit) && (isNumbered(text, start) || MEASURE.test(text.slice(end, end + 4)))) return [];
      return [{ start, end, kind, confidence: 0.9, reason: 'form' }];
    }),
  );
}

/** `24.1.10`, `2024.10.1`; but `2024.10.01` */
const MAYBE_VERSION = /^(?:\d{1,2}\.\d{1,2}\.\d\d|(?!\d{4}\.\d\d\.\d\d$)\d{4}\.\d{1,2}\.\d{1,2})$/;
const MEASURE = /^ ?(?:[cmk]?m|k?g)(?!\p{L})/u;
