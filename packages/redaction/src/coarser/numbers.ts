// Numbers as texts write them, and what they say: `17`, `1,234`, `17 000`, `a hundred and twelve`, `12 or 13`, `at least 1.2万`.
import type { Told } from './bands.ts';

const SMALL =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
};

/** Below twenty, in words. */
export const SMALL_NUMBERS: string = SMALL.join('|');
const WORD = `(?:(?:${TENS.join('|')})(?:-(?:${SMALL.slice(0, 9).join('|')}))?|${SMALL_NUMBERS}|a(?= (?:dozen|hundred|thousand|million)))`;
const FIGURE =
  "(?:\\d{1,3}(?:[,.'’ ]\\d{3}){1,3}(?!\\d)|\\d{1,9}(?:(?:\\.\\d{1,3})?(?:k|m|bn)|\\.\\d{1,3}(?= (?:thousand|million|billion)))?)";
const SCALE = '(?: (?:dozen|hundred|thousand|million|billion))';
const NUMBER = `(?:${FIGURE}|${WORD})(?:${SCALE}{1,2}(?:(?: and)? ${WORD}${SCALE}{0,2}(?!\\p{L})){0,3})?`;
/** `12 to 17`, `12 or 13`, `17 (seventeen)`, `17/20`, `17,000+`, `5 or more`; `first` without what belongs to it. */
export const NUMBERS = `(?<first>${NUMBER})(?:(?: to |-|–| or | and (?=\\d))${NUMBER}|/\\d{1,9}| ?\\([\\p{L}\\d, -]{1,24}\\))?(?:\\+|-plus|-odd| or (?:more|so|fewer|less))?(?![\\p{L}\\d%])`;
export const QUALIFIERS =
  'at least|no fewer than|not less than|more than|over|at most|no more than|up to|fewer than|less than|under|about|around|approximately|roughly|nearly|almost|some|an estimated|exactly|only|just';

export const HAN_NUMBER =
  '(?:\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}(?:\\.\\d{1,3}(?=[万亿]))?|[〇零一二两三四五六七八九十百千]{1,9})[万亿]?';
const HAN_QUALIFIER = '(?:至少|不少于|超过|逾|多于|至多|最多|不超过|不足|不到|少于|约|大约|近|将近)';
export const HAN_NUMBERS = `${HAN_QUALIFIER}?(?:${HAN_NUMBER}(?:至|到|-|–|~|～))?${HAN_NUMBER}(?:余|多)?`;
const HAN_DIGITS = '零一二三四五六七八九';

const QUALIFIED = new RegExp(`^(?:(?:${QUALIFIERS}) |${HAN_QUALIFIER})`, 'iu');

/** What a count says, with its qualifier; undefined where it is no number. */
export function toldOf(count: string): Told | undefined {
  const isHan = /[\p{sc=Han}]/u.test(count) || /^[\d,.至~～]+$/.test(count);
  const bound =
    /^(?:at least|no fewer than|not less than|more than|over|至少|不少于|超过|逾|多于)|(?:\+|-plus| or more)$/i.test(
      count,
    )
      ? 'least'
      : /^(?:at most|no more than|up to|fewer than|less than|under|至多|最多|不超过|不足|不到|少于)| or (?:fewer|less)$/i.test(
            count,
          )
        ? 'most'
        : undefined;
  const bare = count
    .replace(QUALIFIED, '')
    .replace(/[余多+]$|-(?:plus|odd)$| or (?:more|so|fewer|less)$/iu, '')
    .replace(/\/\d{1,9}$| ?\([\p{L}\d, -]{1,24}\)$/u, '');
  const [first, second] = bare.split(JOINT).map(isHan ? hanNumber : latinNumber);
  if (first === undefined || Number.isNaN(first) || (second !== undefined && Number.isNaN(second))) return undefined;
  if (bound !== undefined) return { [bound]: second ?? first };
  return { least: Math.min(first, second ?? first), most: Math.max(first, second ?? first) };
}

/** A hyphen within a number in words joins nothing. */
const JOINT = / to | or |至|到|[-–~～](?=\d)| and (?=\d)/i;

/** `17`, `1.5 million`, `17 000`, `two hundred and twelve thousand`. */
function latinNumber(text: string): number {
  const [, figure, suffix = '', words = ''] = /^([\d,.'’ ]*\d)?(k|m|bn)?(.*)$/isu.exec(text)!;
  let [total, part] = [0, figure === undefined ? 0 : figureOf(figure, suffix !== '' || words !== '')];
  part *= { k: 1e3, m: 1e6, bn: 1e9 }[suffix.toLowerCase()] ?? 1;
  for (const word of words.toLowerCase().split(' ')) {
    const scale = SCALES[word];
    if (scale === undefined) part += word === '' || word === 'and' ? 0 : wordNumber(word);
    else if (scale < 1_000) part = (part || 1) * scale;
    else [total, part] = [total + (part || 1) * scale, 0];
  }
  return Math.round(total + part);
}

/** A point before three digits groups them where no scale follows: nobody counts parts of persons. */
function figureOf(figure: string, isScaled: boolean): number {
  const plain = figure.replaceAll(/[,'’ ]/g, '');
  return Number(isScaled ? plain : plain.replaceAll(/\.(?=\d{3})/g, ''));
}

function wordNumber(word: string): number {
  if (word === 'a') return 1;
  const [ten = '', one] = word.split('-');
  if (TENS.includes(ten)) return (TENS.indexOf(ten) + 2) * 10 + (one === undefined ? 0 : SMALL.indexOf(one) + 1);
  return SMALL.includes(word) ? SMALL.indexOf(word) + 1 : Number.NaN;
}

/** `17`, `1.2万`, `三千二百`, `十七`, `两`. */
function hanNumber(text: string): number {
  const scale = text.endsWith('万') ? 10_000 : text.endsWith('亿') ? 100_000_000 : 1;
  const bare = text
    .replace(/[万亿]$/, '')
    .replaceAll(',', '')
    .replaceAll('两', '二')
    .replaceAll('〇', '零');
  if (/^\d+(?:\.\d+)*$/.test(bare)) return Math.round(figureOf(bare, scale > 1) * scale);
  let total = 0;
  let digit: number | undefined;
  for (const letter of bare) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[letter];
    if (unit !== undefined) {
      total += (digit ?? 1) * unit;
      digit = undefined;
    } else {
      const value = HAN_DIGITS.indexOf(letter);
      if (value === -1) return Number.NaN;
      digit = value;
    }
  }
  return (total + (digit ?? 0)) * scale;
}
