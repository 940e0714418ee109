// Exact dates and times of day that are told in words: `the fourteenth of March`, `Christmas Day 2023`, `half past three`, `on the 15th`.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { phraseAround } from '../noun-phrases.ts';
import { HAN_NTH_WEEKDAY, NTH_WEEKDAY } from './counted-days.ts';
import { HERE_ONLY } from './here-only.ts';
import { IS } from './lexicons.ts';
import { CHINESE_DAYS, ENGLISH_DAYS, LATER, monthOfNamedDay } from './named-days.ts';
import type { Token } from './tokens.ts';

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)';
const YEAR = '(?:1[5-9]|20|21)\\d\\d';
const OF_YEAR = `(?:,? (?:of |in )?${YEAR}(?!\\d))?`;
const ORDINAL = `(?:${LATER}|first|second|third)`;
const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])';
const ENDS =
  '(?=[.,;:!?)\\]]|$|\\n| (?:the|an?|it|he|she|they|we|I|this|that|its|his|her|their|our|and|but|or|at|in|to|when|while|after|before|as|of|with|by)(?!\\p{L}))';
const DAY_LEADS = '(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter)';
const TIME_LEADS =
  '(?:[Aa]t|[Aa]round|[Aa]bout|[Bb]y|[Bb]efore|[Aa]fter|[Uu]ntil|[Tt]ill|[Ss]ince|[Ff]rom|[Tt]o|[Bb]etween|[Aa]nd|[Pp]ast)';

const DATES: readonly string[] = [
  `(?<!\\p{L})${NTH_WEEKDAY}${MONTH}(?!\\p{L})${OF_YEAR}`,
  // `the 3rd inst.`
  `(?<!\\p{L})(?:[1-9]|[12]\\d|3[01])(?:st|nd|rd|th) (?:inst|ult|prox)(?:\\.(?=[,;:)]| \\p{Ll})|(?!\\p{L}|\\.\\p{L}))`,
  `(?<!\\p{L})${MONTH},? (?:the )?(?:(?:${LATER})(?![\\p{L}-])|${ORDINAL}${ENDS}|${ORDINAL}(?=,? ${YEAR}))${OF_YEAR}`,
  `(?<!\\p{L})(?:${ORDINAL}(?: day)?|(?:last|final|penultimate) day) of ${MONTH}(?!\\p{L})${OF_YEAR}`,
  `(?<!\\p{L})(?<named>${ENGLISH_DAYS})(?![\\p{L}’'-])${OF_YEAR}`,
  `(?<!\\p{L})(?:[Dd]ay (?:[1-9]\\d?|[12]\\d\\d|3[0-6]\\d)|(?:[1-9]\\d?|[12]\\d\\d|3[0-6]\\d)(?:st|nd|rd|th) day) of (?:the year|${YEAR}(?!\\d))`,
  // Seconds or milliseconds since 1970, of 2001 to 2033.
  '(?<=(?:[Ee]poch|[Tt]imestamp|[Uu]nix|UNIX)(?: (?:time|timestamp|epoch|was|is|of|at)){0,3}["’:= ]{1,3})1\\d{9}(?:\\d{3})?(?!\\d)',
];

/** `on the 15th`: a day of a month that was told before, only where nothing that is numbered follows. */
const BARE = `(?<=(?<!\\p{L})${DAY_LEADS} the )`;
const NUMBERED = '(?:[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\\d|2[04-9]|30)th)(?! (?:to|and|or|until|of) (?:the )?\\d)';

const TIMES: readonly string[] = [
  `(?<!\\p{L})(?:[Hh]alf past|(?:an? )?[Qq]uarter (?:past|to|after)|(?:[Ff]ive|[Tt]en|[Tt]wenty(?:-five)?) past|(?:five|ten|twenty(?:-five)?|\\d{1,2}) minutes (?:past|to|after|before)) (?:${HOUR}|noon|midnight)(?![\\p{L}\\d%]|[ -](?:thirds?|half|fifths?|per|million|thousand))(?: o['’]clock)?`,
  `(?<![\\p{L}\\d:.,])${HOUR} o['’]clock`,
  `(?<=(?<!\\p{L})${TIME_LEADS}(?: about| around)? )${HOUR}(?:[- ](?:thirty|fifteen|forty-five))?(?= (?:in the (?:morning|afternoon|evening)|at night|(?:that|this|yesterday) (?:morning|afternoon|evening))(?!\\p{L}))`,
  `(?<=(?<!\\p{L})${TIME_LEADS} )(?:12 )?(?:noon|midday|midnight)(?![\\p{L}’'-])`,
];

const HAN_TIMES =
  '正午(?:时分)?(?![\\d〇零一二三四五六七八九十]{1,3}[点时])|午夜(?:时分)?(?![\\d〇零一二三四五六七八九十]{1,3}[点时])|零[点时]';
/** `五四青年节`, `三·八国际妇女节`: the day is told by the name, too. */
const HAN_DATES = `(?:${YEAR} ?年)?(?:[一三五六七八十][·・.]?[一四六八]?|\\d{1,2}[·・.]\\d{1,2})?(?:国际)?(?:${CHINESE_DAYS})(?:当[天日])?`;
const LUNAR_DAY = '(?:初[一二三四五六七八九十]|(?:十|二十|廿)[一二三四五六七八九]?|三十|卅)';
/** `正月十五`, `三月初三`, `农历三月十五`, `3月第二个星期四`; without a sign of its own not what so many of something follow. */
const HAN_COUNTED = `(?:${YEAR} ?年)?(?:${[
  `(?:农历|阴历|旧历|夏历)闰?(?:[正冬腊一二三四五六七八九]|十[一二]?)月${LUNAR_DAY}`,
  `闰?(?:[正冬腊]|(?<![〇零一二三四五六七八九十])(?:[一二三四五六七八九]|十[一二]?))月初[一二三四五六七八九十]`,
  `(?<!\\d)\\d{1,2} ?月初[一二三四五六七八九十]`,
  `(?:[正冬腊]|(?<![〇零一二三四五六七八九十])(?:[一二三四五六七八九]|十[一二]?))月${LUNAR_DAY}(?![〇零一二两三四五六七八九十百千万日号\\d个名位人例起次家条年岁多余天周])`,
  `(?<![\\d〇零一二三四五六七八九十])(?:\\d{1,2}|[一二三四五六七八九]|十[一二]?) ?月${HAN_NTH_WEEKDAY}`,
].join('|')})`;
/** `15日凌晨恢复`: a day of a month that was told before. */
const HAN_BARE =
  '(?<![\\d.,第近前后每共计工作月年零〇一二三四五六七八九十至到\\-–~～])(?:[1-9]|[12]\\d|3[01])日(?=[，,、。（(]|凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜|当天|起|$)';

const dates = new RegExp(DATES.join('|'), 'gu');
const bare = new RegExp(`${BARE}${NUMBERED}${ENDS}`, 'gu');
const bareInWords = new RegExp(`${BARE}(?:${LATER})${ENDS}`, 'gu');
const times = new RegExp(TIMES.join('|'), 'gu');
const hanDates = new RegExp(`${HAN_DATES}|${HAN_COUNTED}`, 'gu');
const hanBare = new RegExp(HAN_BARE, 'gu');
const hanTimes = new RegExp(HAN_TIMES, 'gu');
const HAN_HINT = /[午夕旦节夜]|\d日|零[点时]|双十|大年|月(?:初|[十廿卅三二]|份?的?[第最])/;

/** For the check that no text makes them slow. */
export const IN_WORDS: readonly RegExp[] = [dates, bare, bareInWords, times, hanDates, hanBare, hanTimes];

/** @param hasDate whether a date was found otherwise: then `the fifth` behind it is a day too */
export function findInWords(text: string, tokens: readonly Token[], hasDate: boolean): Finding[] {
  return readWindows(text, windows(tokens), hasDate);
}

/** The same without tokens, for a text that is not read otherwise. */
export function findDatesInWords(text: string): Finding[] {
  return readWindows(text, [[0, text.length]], false).filter(({ kind }) => kind === 'date');
}

function readWindows(text: string, places: readonly [from: number, to: number][], hasDate: boolean): Finding[] {
  const found: Finding[] = [];
  const add = (from: number, to: number, expression: RegExp, one: Omit<Finding, 'start' | 'end'>) => {
    for (const { index, 0: hit, groups } of hitsIn(text.slice(from, to), expression)) {
      // A window may cut a word or a number in two.
      if (from > 0 && index === 0) continue;
      if (groups?.named === hit && isOccasion(text, from + index, from + index + hit.length)) continue;
      found.push({ start: from + index, end: from + index + hit.length, ...one });
    }
  };
  for (const [from, to] of places) {
    add(from, to, dates, { kind: 'date', confidence: 0.9, reason: 'words' });
    add(from, to, times, { kind: 'time', confidence: 0.9, reason: HERE_ONLY });
    add(from, to, bare, { kind: 'date', confidence: 0.4, reason: HERE_ONLY });
    if (hasDate || found.some(({ kind }) => kind === 'date'))
      add(from, to, bareInWords, { kind: 'date', confidence: 0.4, reason: HERE_ONLY });
  }
  if (HAN_HINT.test(text)) {
    add(0, text.length, hanDates, { kind: 'date', confidence: 0.9, reason: 'words' });
    add(0, text.length, hanBare, { kind: 'date', confidence: 0.4, reason: HERE_ONLY });
    add(0, text.length, hanTimes, { kind: 'time', confidence: 0.4, reason: 'words' });
  }
  return found;
}

/** `a Valentine’s Day card`, and not `the Christmas Day crash`: of what kind something is, not when it was. */
function isOccasion(text: string, start: number, end: number): boolean {
  if (!phraseAround('', text.slice(end, end + 40)).isAttribute) return false;
  const isCertain = (monthOfNamedDay(text.slice(start, end)) ?? 0) > 0;
  return !isCertain || !/(?<!\p{L})the $/iu.test(text.slice(Math.max(0, start - 5), start));
}

/** What may stand of one on either side of such a word. */
const REACH = 56;

function windows(tokens: readonly Token[]): [from: number, to: number][] {
  const found: [from: number, to: number][] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { bits, start, end } = tokens[at]!;
    if (!(bits & IS.ofDates) || !mayTell(tokens, at)) continue;
    const last = found.at(-1);
    if (last !== undefined && start - REACH <= last[1]) last[1] = end + REACH;
    else found.push([Math.max(0, start - REACH), end + REACH]);
  }
  return found;
}

/** Whether what stands beside a word may make a date or time of it: most are ordinary ones. */
function mayTell(tokens: readonly Token[], at: number): boolean {
  const { key, shape } = tokens[at]!;
  const near = (by: number) => tokens[at + by]?.key ?? '';
  switch (key) {
    case 'day':
    case 'year':
      return shape !== 'lower' || /^\d/.test(near(1)) || /^\d/.test(near(-1));
    case 'past':
      return /^(?:half|quarter|five|ten|twenty|minutes)$/.test(near(-1));
    case 'morning':
    case 'afternoon':
    case 'evening':
    case 'night':
      return [2, 3].some((by) => BEFORE_TIMES.test(near(-by)));
    case 'friday':
    case 'monday':
    case 'sunday':
      return /^(?:good|black|cyber|easter)$/.test(near(-1));
    default:
      // `March first`; later days are looked for by themselves.
      return (
        !MONTH_KEYS.has(key) ||
        [1, 2, 3, -2, -3].some((by) => /^(?:first|second|third|last|final|penultimate)$/.test(near(by)))
      );
  }
}

const BEFORE_TIMES = new RegExp(`^(?:${HOUR}|thirty|fifteen|five)$`);
const MONTH_KEYS = new Set(
  'january february march april may june july august september october november december'.split(' '),
);
