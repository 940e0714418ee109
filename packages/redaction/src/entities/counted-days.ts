// Days that are told by counting: `the second Thursday of March 2024`, `3月第二个星期四`, `2026-W10-2`; and the day of one that has a name.

const WEEKDAYS = 'Sun Mon Tues Wednes Thurs Fri Satur'.split(' ');
const ORDINALS = ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th'];
const HAN_WEEKDAYS = '日一二三四五六';

/** Before `of March`. */
export const NTH_WEEKDAY: string = `(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ll]ast|[Ff]inal|1st|2nd|3rd|[45]th) (?:${WEEKDAYS.join('|')})day (?:of|in) (?:the month of )?`;
/** Behind `3月`. */
export const HAN_NTH_WEEKDAY = '(?:份)?的?(?:第[一二三四五]|最后一)个?(?:周|星期|礼拜)[一二三四五六日天]';

const latin = new RegExp(
  `^(first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|last|final) (${WEEKDAYS.join('|')})day `,
  'i',
);
const han = /月(?:份)?的?(?:第([一二三四五])|最后一)个?(?:周|星期|礼拜)([一二三四五六日天])/u;

/** Days that are the same every year. */
const NAMED: readonly (readonly [name: RegExp, day: string])[] = [
  [/New Year['’]?s Day|元旦/u, '01-01'],
  [/Australia Day/, '01-26'],
  [/Groundhog Day/, '02-02'],
  [/Valentine['’]?s Day|情人节/u, '02-14'],
  [/International Women['’]?s Day|妇女节/u, '03-08'],
  [/植树节/u, '03-12'],
  [/Pi Day/, '03-14'],
  [/Patrick['’]?s Day/, '03-17'],
  [/April Fool|愚人节/u, '04-01'],
  [/Earth Day/, '04-22'],
  [/A(?:nzac|NZAC) Day/, '04-25'],
  [/May Day|劳动节/u, '05-01'],
  [/青年节/u, '05-04'],
  [/Cinco de Mayo/, '05-05'],
  [/儿童节/u, '06-01'],
  [/Juneteenth/, '06-19'],
  [/Midsummer Day/, '06-24'],
  [/Canada Day|建党节/u, '07-01'],
  [/Fourth of July/, '07-04'],
  [/Bastille Day/, '07-14'],
  [/建军节/u, '08-01'],
  [/教师节/u, '09-10'],
  [/国庆[节日]/u, '10-01'],
  [/Halloween/, '10-31'],
  [/Guy Fawkes Night/, '11-05'],
  [/(?:Armistice|Remembrance|Veterans|Singles['’]?) Day|双十一|光棍节/u, '11-11'],
  [/Human Rights Day/, '12-10'],
  [/Christmas Eve|平安夜|圣诞夜/u, '12-24'],
  [/Christmas Day|圣诞节/u, '12-25'],
  [/Boxing Day/, '12-26'],
  [/New Year['’]?s Eve|跨年夜/u, '12-31'],
];

/** Others, by a weekday of a month, and how many days later. */
const MOVING: readonly (readonly [name: RegExp, month: number, nth: number, weekday: number, later: number])[] = [
  [/Memorial Day/, 5, 0, 1, 0],
  [/Thanksgiving Day/, 11, 4, 4, 0],
  [/Black Friday/, 11, 4, 4, 1],
  [/Cyber Monday/, 11, 4, 4, 4],
];

/** `2024-03-14`, or `03-14` without a year, of a day that is counted or has a name; `day` is undefined where it cannot be told.
 *  @returns undefined for any other date */
export function countedDay(date: string, year?: number, month?: number): { day: string | undefined } | undefined {
  const [, ordinal = '', name = ''] = latin.exec(date) ?? [];
  if (ordinal !== '') {
    const nth = ORDINALS.findIndex((words) => words.split('|').includes(ordinal.toLowerCase())) + 1;
    const weekday = WEEKDAYS.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    return { day: nthWeekday(year, month, nth, weekday) };
  }
  const inHan = han.exec(date);
  if (inHan) {
    const nth = inHan[1] === undefined ? 0 : HAN_WEEKDAYS.indexOf(inHan[1]);
    return { day: nthWeekday(year, month, nth, HAN_WEEKDAYS.indexOf(inHan[2]!.replace('天', '日'))) };
  }
  if (WEEK.test(date)) return { day: /[1-7]$/.test(date) && WEEK.exec(date)![3] ? isoOf(dayOfWeek(date)!) : undefined };
  const fixed = NAMED.find(([words]) => words.test(date));
  if (fixed) return { day: year === undefined ? fixed[1] : `${year}-${fixed[1]}` };
  const moving = MOVING.find(([words]) => words.test(date));
  return moving && { day: nthWeekday(year, moving[1], moving[2], moving[3], moving[4]) };
}

/** @param nth from 1; 0 is the last */
function nthWeekday(year: number | undefined, month: number | undefined, nth: number, weekday: number, later = 0) {
  if (year === undefined || month === undefined) return undefined;
  const first = (weekday - new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 7) % 7;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = nth === 0 ? first + 7 * Math.floor((length - 1 - first) / 7) : first + 7 * (nth - 1);
  return isoOf(new Date(Date.UTC(year, month - 1, day + 1 + later)));
}

const WEEK = /^(\d{4})-?W(\d\d)(?:-?([1-7]))?$/i;

/** A day of a week of ISO 8601, or the week's Thursday, by which its month is told. */
export function dayOfWeek(date: string): Date | undefined {
  const [, year, week, day = '4'] = WEEK.exec(date) ?? [];
  if (year === undefined) return undefined;
  // The first week is that of 4 January.
  const monday = 4 - ((new Date(Date.UTC(Number(year), 0, 4)).getUTCDay() + 6) % 7);
  return new Date(Date.UTC(Number(year), 0, monday + 7 * (Number(week) - 1) + Number(day) - 1));
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
