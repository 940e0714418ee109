// An exact date in another language to its month, in the words of that language: `Le 3 mars 2024` to `En mars 2024`, `am 3. März` to `im März`.
import { monthNumber } from '../entities/month-names.ts';
import type { Rewrite } from './rewrite.ts';

/** What stands before a day, and before a month instead; other words stay. */
const LEADS: Readonly<Record<string, string>> = {
  ...{
    le: 'en',
    les: 'en',
    au: 'en',
    du: 'de',
    am: 'im',
    der: '',
    den: '',
    dem: '',
    el: 'en',
    'el día': 'en',
    los: 'en',
  },
  ...{ il: 'nel', 'no dia': 'em', dia: '', do: 'de', 'do dia': 'de', op: 'in' },
};
const LEAD = new RegExp(`(?<!\\p{L})(${Object.keys(LEADS).reverse().join('|')}|del) $`, 'iu');
/** Before a month as before a day: an article between them goes. */
const STAYS =
  /(?<!\p{L})(?:avant|après|depuis|dès|vers|pour|bis|seit|nach|vor|ab|desde|hasta|tras|prima|dopo|até|sinds) $/iu;

/** `du 3 au `, `vom 3. bis zum `, `del 3 al `, `les 3 et `, `3-`: the days before that share the month, the last word with its language. */
const DAYS_BEFORE =
  /(?:(?<!\p{L})(?:entre|zwischen|tra) )?(?:(?<!\p{L})(?:les?|du|vom|von|am|dem|den|los|el|del|dal|il|de|van|op) )?(?<![\p{L}\d.,:/-])(?:0?[1-9]|[12]\d|3[01]|1er)[.ºª°]?(?: (?<joint>au|et(?: le)?|bis(?: zum)?|und(?: dem)?|al|y(?: el)?|e(?: il)?|a|tot|en) | ?[-–—] ?)$/iu;
const IN: Readonly<Record<string, string>> = {
  au: 'en',
  et: 'en',
  bis: 'im',
  und: 'im',
  y: 'en',
  tot: 'in',
  en: 'in',
  a: 'em',
};

const ENGLISH = /^(?:jan|feb|mar|april?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct|nov(?:ember)?|dec(?:ember)?)$/i;

/** What to write for a date of another language; undefined where it is none. */
export function monthElsewhere(text: string, { start, end }: { start: number; end: number }): Rewrite | undefined {
  const date = text.slice(start, end);
  const day = /\d(?:er|[.ºª°])? (de )?(?=(\p{L}{1,12}))/u.exec(date);
  if (day === null) return undefined;
  const [whole, of = '', month = ''] = day;
  if (monthNumber(month) === undefined) return undefined;
  const words = date.slice(day.index + whole.length);
  const before = text.slice(Math.max(0, start - 48), start);
  const [days, lead] = [DAYS_BEFORE.exec(before), LEAD.exec(before)];
  // `3 April` is English, `am 3. April` is not.
  if (ENGLISH.test(month) && lead === null && !/\d\. /.test(date)) return undefined;
  const taken = days ?? lead;
  if (taken === null) return { start, end, written: words };
  const isSpanish = of !== '';
  const first =
    days === null
      ? leadOf(taken[1]!.toLowerCase(), before.slice(0, taken.index), month, isSpanish)
      : inFor(days, isSpanish);
  const isCapital = /^\p{Lu}/u.test(taken[0]);
  const written = first + (first === '' || first.endsWith('’') ? words : ` ${words}`);
  return {
    start: start - taken[0].length,
    end,
    written: isCapital ? written.charAt(0).toUpperCase() + written.slice(1) : written,
  };
}

function leadOf(said: string, earlier: string, month: string, isSpanish: boolean): string {
  if (said === 'del') return isSpanish ? 'de' : 'del';
  if (said === 'du') return /^[ao]/i.test(month) ? 'd’' : 'de';
  return STAYS.test(earlier) ? '' : LEADS[said]!;
}

/** Of days that are told together, in which month they are. */
function inFor(days: RegExpExecArray, isSpanish: boolean): string {
  const joint = days.groups!.joint?.toLowerCase().split(' ')[0] ?? '';
  if (joint === 'al' || joint === 'e') return isSpanish ? 'en' : 'nel';
  const [lead = ''] = /^\p{L}+(?= )/u.exec(days[0]) ?? [];
  return (
    IN[joint] ??
    { les: 'en', du: 'en', vom: 'im', am: 'im', del: 'en', los: 'en', dal: 'nel' }[lead.toLowerCase()] ??
    ''
  );
}
