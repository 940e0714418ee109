// What is written for what was found and taken out, where it is no name: as much as may be told, else words for what stood there.
import type { FindingKind } from './finding.ts';
import type { Around } from './naming.ts';

type PlainKind = Exclude<FindingKind, 'person' | 'organisation'>;

const WORDS: Readonly<Record<PlainKind, readonly [english: string, chinese: string]>> = {
  place: ['place', '某地'],
  date: ['[date]', '某日'],
  time: ['[time]', '某时'],
  count: ['several', '若干'],
  email: ['[email address]', '[电子邮箱]'],
  phone: ['[phone number]', '[电话号码]'],
  card: ['[card number]', '[卡号]'],
  iban: ['[bank account]', '[银行账号]'],
  ip: ['[IP address]', '[IP地址]'],
  mac: ['[MAC address]', '[MAC地址]'],
  url: ['[link]', '[链接]'],
  coordinates: ['[coordinates]', '[坐标]'],
  'national-id': ['[identity number]', '[证件号码]'],
  passport: ['[passport number]', '[护照号码]'],
  'driving-licence': ['[driving licence]', '[驾照号码]'],
  'licence-plate': ['[licence plate]', '[车牌号]'],
  postcode: ['[postcode]', '[邮编]'],
  account: ['[account]', '[账号]'],
  wallet: ['[wallet address]', '[钱包地址]'],
  'api-key': ['[access key]', '[密钥]'],
  hash: ['[hash]', '[哈希值]'],
  'model-id': ['[model id]', '[模型标识]'],
  commit: ['[commit id]', '[提交标识]'],
};

/** @param text that was found
 *  @param around what stands before it, an article included, which is replaced with it */
export function plainWords(kind: PlainKind, text: string, { article, determined, isStart, isHan }: Around): string {
  const [english, chinese] = WORDS[kind];
  if (kind === 'date') return monthOf(text) ?? (isHan ? chinese : english);
  if (isHan) return chinese;
  const before = article === '' ? '' : `${article[0]} `;
  if (kind !== 'place') return before + english;
  const words = determined ? english : `a ${english}`;
  return isStart ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The month of a date, in the form in which the date was written; the year alone where day and month cannot be told apart. */
function monthOf(text: string): string | undefined {
  const han = /^(?:(.{4}) ?年 ?)?(.{1,3}?) ?月/u.exec(text);
  if (han) return `${han[1] === undefined ? '' : `${han[1]}年`}${han[2]}月`;
  const iso = /^(\d{4})([-/.])(\d{1,2})\2/.exec(text) ?? /^(\d{4})()(\d\d)\d\d$/.exec(text);
  if (iso) return `${iso[1]}-${iso[3]!.padStart(2, '0')}`;
  const year = /\d{4}$/.exec(text)?.[0];
  const month = MONTHS.find((name) => new RegExp(`(?<!\\p{L})${name.slice(0, 3)}`, 'iu').test(text));
  return month === undefined ? year : [month, year].filter(Boolean).join(' ');
}
