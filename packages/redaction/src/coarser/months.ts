// An exact date to its month, in the words of the text: `4 May 2023` to `May 2023`, `2023年5月4日` to `2023年5月`.
import { countedDay, dayOfWeek } from '../entities/counted-days.ts';
import { simplified } from '../entities/han-traditional.ts';
import { monthNumber } from '../entities/month-names.ts';
import { LATER, monthOfNamedDay } from '../entities/named-days.ts';
import { withNarrowNumbers } from '../narrow.ts';
import { hasPeople } from './counts.ts';
import { monthElsewhere } from './months-elsewhere.ts';
import type { Rewrite } from './rewrite.ts';
import { dayFor } from './times.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const HAN_DIGITS = '〇一二三四五六七八九';

/** `year` is absent where none is told; `month` where day and month cannot be told apart, from 1. */
type Month = { year?: number; month?: number };

const NTH = '(?:[12]\\d|3[01]|0?[1-9])(?:st|nd|rd|th)?';
const JOINT = '(?: ?[-–—/&] ?|,? (?:to|and|or|until) )(?:the )?';
/** Days that belong to the date beside it: `5-9 March`, `3, 4 and 5 March`, `March 5–9, 2024`, `March 3 & 4`, `5月4日至9日（周四）`. */
const DAYS_BEFORE = new RegExp(
  `(?:(?:between|from) (?:the )?)?(?<![\\d.,:/-]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? (?:the )?)${NTH}(?:(?:${JOINT}|, )${NTH}){0,6}(?:${JOINT}|(?<=(?<!\\p{L})on (?:${NTH}, ){0,6}${NTH}), )$`,
  'iu',
);
const DAYS_BEHIND = new RegExp(
  `^(?:(?:${JOINT}|, )${NTH}){0,6}?${JOINT}${NTH}(?![\\d\\p{L}%]|[:./-]\\d| (?:were|are|died|have|had)(?!\\p{L})| ?(?:people|am|pm|(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))(?:,? (?<year>(?:1[5-9]|20|21)\\d\\d))?`,
  'iu',
);
const HAN_DAYS_BEHIND =
  /^(?: ?(?:至|到|和|与|、|-|—|–|~|～) ?(?:\d{1,2}|[〇零一二三四五六七八九十廿卅]{1,3}) ?[日号號]){0,3}(?: ?[（(](?:周|星期|礼拜)[一二三四五六日天][）)]| ?(?:周|星期|礼拜)[一二三四五六日天])?(?:当[天日]|當[天日])?(?:(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|[晚夜][间間]|深夜|[早晚](?![于於些期了]))(?!(?:\d{1,2}|[〇零一二两三四五六七八九十廿卅]{1,3})[点點时時:：]))?/u;
const RANGE = /(?<!\p{L})(?:between|from) (?:the )?$/iu;
const LEAD =
  /(?:^|(?<=[\s("“‘[]))(?:(on|On|[Ii]n(?= the \p{Ll}+ (?:\p{Ll}+ )?of )) (?:(?:the )?(?:early |late )?(?:morning|afternoon|evening|night|hours) of )?)?(?:the )?$/u;
/** `on Tuesday, ` */
const WEEKDAY_LEAD =
  /(?:^|(?<=[\s(]))(?:([Oo]n) )?(?:the )?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? $/;
/** `at epoch `, `at Unix time `, `in week ` */
const CLOCK_LEAD = /(?<!\p{L})(at |on |in )?(?:the )?(?:(?:unix|epoch|time|timestamp|week) ){1,3}$/iu;
/** `3/14`, `14.03.`, `3.14`: without a year. */
const SHORT = /^(\d{1,2})([/.])(\d{1,2})(\.?)$/;
/** `15th`, `fifteenth`, `15日`: of a month that was told before. */
const BARE = new RegExp(
  `^(?:(?:\\d{1,2}(?:st|nd|rd|th)|${LATER}|first|second|third)(?: (?:inst|ult|prox)(?:ant|imo)?\\.?)?|\\d{1,2}日)$`,
  'i',
);

const BEGINS = new RegExp(`^(?:${MONTHS.map((name) => name.slice(0, 3)).join('|')})`, 'i');

/** `2024-05-04`, `2024_05_04`, `20240504`; an hour may stand behind it. */
const ISO = /^(\d{4})([-/._]?)(\d{1,2})\2(\d{1,2})/;
/** `2024-125` */
const ORDINAL_DATE = /^(\d{4})-(\d{3})$/;
/** `4/V/2024` */
const ROMAN = /^\d{1,2}[-/.]([IVX]+)[-/.](\d{4})$/i;
const ROMAN_MONTHS = 'I II III IV V VI VII VIII IX X XI XII'.split(' ');

/** What to write for a date that was found in a text. */
export function monthFor(text: string, { start, end }: { start: number; end: number }, isHan: boolean): Rewrite {
  const date = text.slice(start, end);
  if (BARE.test(date)) return dayFor(text, { start, end }, isHan);
  const month = monthOf(date);
  const behind = HAN_DAYS_BEHIND.exec(text.slice(end, end + 48))![0].length;
  if (/月/.test(date)) return { start, end: end + behind, written: date.slice(0, date.indexOf('月') + 1) };
  if (isHan || /\p{sc=Han}/u.test(date))
    return { start, end: end + (SHORT.test(date) ? behind : 0), written: inHan(month) };
  const elsewhere = monthElsewhere(text, { start, end });
  if (elsewhere !== undefined) return elsewhere;
  return latinMonth(text, { start, end }, month);
}

function latinMonth(text: string, { start, end }: { start: number; end: number }, { year, month }: Month): Rewrite {
  const date = text.slice(start, end);
  const isNumber = /^\d[\d./_:,+ TWZ-]*$/i.test(date);
  /** `4 May` */
  const isDayFirst = /\p{L}{3}\.?$/u.test(date);
  const before = text.slice(Math.max(0, start - 32), start);
  const days = isNumber || !/^\d/.test(date) ? '' : (DAYS_BEFORE.exec(before)?.[0] ?? '');
  const behind =
    isNumber || /\d{4}$/.test(date) || isDayFirst || /^\d/.test(date) ? null : daysBehind(text.slice(end, end + 80));
  const told =
    (isNumber ? (CLOCK_LEAD.exec(before) ?? WEEKDAY_LEAD.exec(before)) : null) ??
    LEAD.exec(before.slice(0, before.length - days.length));
  // `after the March 5 crash`
  const isAttribute =
    (BEGINS.test(date) || monthOfNamedDay(date) !== undefined) &&
    /^ \p{Ll}/u.test(text.slice(end + (behind?.[0].length ?? 0)));
  const lead = isAttribute && told?.[0] === 'the ' ? null : told;
  const isOn = lead?.[1] !== undefined;
  if (month === undefined && year === undefined) {
    const [on = ''] = lead ?? [];
    return {
      start: start - on.length,
      end,
      written: isOn ? (on.startsWith('O') ? 'One day' : 'one day') : 'a certain day',
    };
  }
  // `between March 5-9`
  const range = behind === null || days !== '' ? null : RANGE.exec(before);
  const words = inEnglish({ month, year: year ?? (behind?.groups?.year ? Number(behind.groups.year) : undefined) });
  const preposition =
    isOn || range !== null || /^(?:between|from) /i.test(days)
      ? `${/^[OIA]/.test(lead?.[1] ?? '') || /^[BF]/.test(range?.[0] ?? days) ? 'In' : 'in'} `
      : '';
  return {
    start: start - days.length - ((range ?? lead)?.[0].length ?? 0),
    end: end + (behind?.[0].length ?? 0),
    written: preposition + words,
  };
}

/** `and 4 people` are no days. */
function daysBehind(behind: string): RegExpExecArray | null {
  const days = DAYS_BEHIND.exec(behind);
  return days !== null && hasPeople(behind, days[0].length) ? null : days;
}

function inEnglish({ year, month }: { year: number | undefined; month: number | undefined }): string {
  return [month === undefined ? undefined : MONTHS[month - 1], year].filter((part) => part !== undefined).join(' ');
}

function inHan({ year, month }: Month): string {
  return `${year === undefined ? '' : `${year}年`}${month === undefined ? '' : `${month}月`}` || '某日';
}

/** The month of a date as it is found (`entities/dates.ts`). Of two numbers that both may be a month, neither is taken for it. */
export function monthOf(date: string): Month {
  const han =
    /^(?:(?<year>[\d〇零一二三四五六七八九○]{4}) ?年)? ?(?<month>\d{1,2}|[〇零一二三四五六七八九十]{1,3}) ?月/u.exec(
      date,
    );
  if (han) return { ...yearOf(numberOf(han.groups!.year)), month: numberOf(han.groups!.month)! };
  if (/^1\d{9}(?:\d{3})?$/.test(date)) return monthAt(new Date(Number(date.slice(0, 10)) * 1000));
  const nth = /^(?:day )?(\d{1,3})(?:st|nd|rd|th)?(?: day)? of (?:the year|(\d{4}))$/i.exec(date);
  if (nth) return monthOfNthDay(Number(nth[1]), nth[2]);
  const ofName = monthOfNamedDay(date);
  if (ofName !== undefined) {
    const year = yearOf(/\d{4}$/.exec(date)?.[0] ?? /^(\d{4}) ?年/.exec(date)?.[1]);
    return ofName === 0 ? year : { ...year, month: ofName };
  }
  const week = dayOfWeek(date);
  if (week !== undefined) return monthAt(week);
  const [, first, sign, second, stop] = SHORT.exec(date) ?? [];
  if (sign === '.') return { month: Number(stop === '' ? first : second) };
  if (sign !== undefined) return eitherOrder(Number(first), Number(second));
  const iso = ISO.exec(date);
  if (iso) return { year: Number(iso[1]), month: Number(iso[3]) };
  const ordinal = ORDINAL_DATE.exec(date);
  if (ordinal) return monthOfNthDay(Number(ordinal[2]), ordinal[1]);
  const roman = ROMAN.exec(date);
  if (roman) return { year: Number(roman[2]), month: ROMAN_MONTHS.indexOf(roman[1]!.toUpperCase()) + 1 };
  const numbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})$/.exec(date);
  if (numbers) return { year: fullYear(numbers[4]!), ...eitherOrder(Number(numbers[1]), Number(numbers[3])) };
  const named = MONTHS.findIndex((name) => new RegExp(`(?<!\\p{L})${name.slice(0, 3)}`, 'iu').test(date));
  const elsewhere = date.match(/\p{L}{3,}/gu)?.map(monthNumber);
  const month = elsewhere?.find((one) => one !== undefined) ?? (named === -1 ? undefined : named + 1);
  const short = /(?:\p{L}[-/]?|,? ['’])(\d\d)$/u.exec(date)?.[1];
  const year = /\d{4}$/.exec(date)?.[0] ?? (short === undefined ? undefined : fullYear(short));
  return { ...yearOf(year), ...(month !== undefined && { month }) };
}

function monthAt(date: Date): Required<Month> {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

/** Without a year only where leap years have the same. */
function monthOfNthDay(day: number, year: string | undefined): Month {
  if (year !== undefined) return monthAt(new Date(Date.UTC(Number(year), 0, day)));
  const [common, leap] = [2023, 2024].map((one) => monthAt(new Date(Date.UTC(one, 0, day))).month);
  return common === leap ? { month: common! } : {};
}

/** `2023-05-04` for an exact date in any form, `05-04` without a year; undefined where the month cannot be told. */
export function dayOf(written: string): string | undefined {
  const date = withNarrowNumbers(written);
  const { year, month } = monthOf(date);
  const counted = countedDay(simplified(date), year, month);
  if (counted !== undefined) return counted.day;
  const nth = ORDINAL_DATE.exec(date);
  if (nth) return new Date(Date.UTC(year!, 0, Number(nth[2]))).toISOString().slice(0, 10);
  const day = numberOf(
    /月 ?(\d{1,2}|[〇零一二三四五六七八九十]{1,3})/u.exec(date)?.[1] ??
      ISO.exec(date)?.[4] ??
      dayOfNumbers(date, month) ??
      /(?<!\d)(\d{1,2})(?!\d)/.exec(date)?.[1],
  );
  if (month === undefined || day === undefined) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year === undefined ? '' : `${year}-`}${two(month)}-${two(day)}`;
}

function dayOfNumbers(date: string, month: number | undefined): string | undefined {
  const [, first, second] = /^(\d{1,2})[-/.](\d{1,2})(?:[-/.]\d{2,4}|\.)?$/.exec(date) ?? [];
  return Number(first) === month ? second : first;
}

function yearOf(year: string | number | undefined): { year?: number } {
  return year === undefined ? {} : { year: Number(year) };
}

function eitherOrder(first: number, second: number): { month?: number } {
  if (first === second) return { month: first };
  if (first > 12) return second > 12 ? {} : { month: second };
  return second > 12 ? { month: first } : {};
}

function fullYear(year: string): number {
  return year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
}

/** `二〇二三`, `十二`, `5`. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const digits = text.replaceAll(/[零○]/g, '〇');
  const ten = /^([一二三]?)十([一二三四五六七八九]?)$/.exec(digits);
  if (ten) return (ten[1] ? HAN_DIGITS.indexOf(ten[1]) : 1) * 10 + (ten[2] ? HAN_DIGITS.indexOf(ten[2]) : 0);
  return Number(Array.from(digits, (digit) => HAN_DIGITS.indexOf(digit)).join(''));
}
