// How many persons a text tells of: `17 people`, `killed 17`, `17名工人`. Versions, years, money, shares and ages are none.
import type { Finding } from '../finding.ts';
import { hitsIn } from '../hits.ts';
import { withNarrowNumbers } from '../narrow.ts';
import { isPlace } from '../places.ts';
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

const WORD = `(?:(?:${TENS.join('|')})(?:-(?:${SMALL.slice(0, 9).join('|')}))?|${SMALL.join('|')}|a(?= (?:dozen|hundred|thousand|million)))`;
const FIGURE =
  '\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}(?:\\.\\d{1,3}(?= (?:thousand|million|billion))|(?:\\.\\d{1,3})?(?:k|m|bn)(?= ))?';
const NUMBER = `(?:(?:${FIGURE}|${WORD})(?: (?:dozen|hundred|thousand|million|billion)){0,2})`;
const QUALIFIER =
  '(?:(?:at least|no fewer than|not less than|more than|over|at most|no more than|up to|fewer than|less than|under|about|around|approximately|roughly|nearly|almost|some|an estimated|exactly|only|just) )';
const PERSONS =
  '[a-z]{3,12}goers?|[a-z]{2,12}(?:women|(?<!speci)men|children)|worshipp?ers?|hikers?|swimmers?|skiers?|campers?|lives|people|travell?ers?|survivors?|bystanders?|participants?|visitors?|subscribers?|followers|attendees|guests|witnesses|protest[eo]rs?|motorists?|commuters?|seniors|guards?|pilots?|suspects?|siblings|brothers|sisters|sons|daughters|parents|mothers|fathers|grandparents|friends|classmates|colleagues|neighbou?rs|relatives|journalists?|reporters?|activists?|politicians?|lawmakers?|candidates|plaintiffs?|lawyers?|attorneys?|judges|engineers?|researchers?|scientists?|authors?|writers?|artists?|actors|actresses|celebrities|athletes|homicides|suicides|murders|arrests|hostages|detainees|villagers|shoppers|contractors|farmers|firefighters|troops|deputies|persons?|users?|patients?|children|child|kids|students?|pupils|workers?|employees?|staff|victims?|customers?|passengers?|wom[ae]n|m[ae]n|girls?|boys?|adults?|teenagers?|teens|minors|residents?|citizens|civilians?|pedestrians?|drivers?|riders?|cyclists?|consumers|individuals?|families|households|clients|members|migrants|refugees|soldiers|officers|infants?|babies|tourists|voters|applicants?|borrowers|claimants|defendants|inmates|prisoners|players|teachers|doctors|nurses|deaths?|injuries|fatalities|casualties|others|accounts|organi[sz]ations|companies|businesses|schools|hospitals';
const ADJECTIVES =
  'crew|family|staff|team|community|security|police|construction|factory|college|university|warehouse|delivery|taxi|truck|bus|train|care|health|medical|other|more|additional|different|innocent|young|elderly|old|older|female|male|black|white|asian|hispanic|disabled|adult|teenage|underage|minor|school|hospital|local|foreign|real|private|unsuspecting|vulnerable|affected|injured|American|British|Chinese|Indian|German|French|Dutch|Australian|Canadian|European|Japanese|Korean|Italian|Spanish|Brazilian|Mexican';
/** What ends as adjectives do: `12 stranded travelers`. */
const OTHERS = `${ADJECTIVES}|(?!(?:includ|involv|dur|regard|concern|us)ing)[a-z]{2,12}(?:ed|ing|ous|ful|less|ish|ese|ian|ive|al|ic|ly|gry|known)`;
const HARMED =
  'killed|injured|wounded|hurt|dead|died|dying|survived|escaped|recovered|perished|drowned|fled|evacuated|rescued|trapped|detained|infected|poisoned|unharmed|hospitali[sz]ed|harmed|affected|missing|arrested|misidentified|deceived|defrauded';
const HARMING =
  'kill(?:ed|ing|s)|injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing|s)?|harm(?:ed|ing|s)|hospitali[sz](?:ed|ing|es)|murder(?:ed|ing|s)|massacr(?:ed|ing|es)|slaughter(?:ed|ing|s)|maim(?:ed|ing|s)|poison(?:ed|ing|s)|stabb(?:ed|ing)|displac(?:ed|ing|es)|destroy(?:ed|ing|s)|damag(?:ed|ing|es)';
/** What is done to somebody where `was` stands before it. */
const STRUCK = 'shot|stabbed|struck|murdered|massacred|slain|displaced|sickened|treated|executed|abducted|kidnapped';
/** What is no one: `killed 2 hours later`. */
const UNITS =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|percent|per|times|dollars|euros|pounds|points|miles|kilomet[er]{2}s|met[er]{2}s|feet|foot|inches|pm|am|stars?|years';
/** Who was harmed is told by the verb behind, whoever they are: `six hikers were killed`, `17 worshippers died`. */
const WHOEVER = `(?!(?:${UNITS})(?!\\p{L}))[\\p{L}-]{2,20}(?<=s|men|people|children)(?: (?:were|are|have been|had been|being) (?:[a-z]{3,10}ly )?(?:killed|injured|wounded|hurt|hospitali[sz]ed|dead|missing|destroyed|damaged|${STRUCK})| (?:died|perished|drowned|dead)|(?: (?:killed|injured|wounded|hurt))(?=[.;:!?)]|$| (?:and|in|by|at|on|as|when|after)(?!\\p{L})))(?!\\p{L})`;

/** `12 to 17`, `17 (seventeen)`, `17/20` */
const RANGE = `${NUMBER}(?:(?: to |-|–| and (?=\\d))${NUMBER}|/\\d{1,9}| ?\\([\\p{L}\\d, -]{1,24}\\))?`;
/** Of persons, with a word before them at most; or of so many who were harmed. */
const OF_THEM = `(?= (?:out )?of (?:them(?<them>)(?!\\p{L})|(?:whom|us)(?!\\p{L})|(?:the |those |these |its |our |their |his |her )?(?:[\\p{L}\\d,.-]{1,20} )?(?:(?:${OTHERS}) )?(?:${PERSONS})(?![\\p{L}\\d-])|the (?:\\d{1,9}|${SMALL.join('|')}) (?:were|are|had|have|${HARMED})(?!\\p{L})))`;
/** What a number of persons stands behind that has no word for them. */
const HARMED_BEFORE = new RegExp(
  `(?<!\\p{L})(?:(?:${HARMING}|(?:family|crowd|crew|lives) of)(?: (?:the|all|another|an additional|a further|as many as|his|her|their|its))?|(?:the (?:dead|deceased|injured|wounded|missing)|deaths|fatalities|casualties|injuries|victims|survivors)(?: (?:were|are|numbered|total(?:l?ed)?|stood at|reached|rose to)|:)|toll(?: has| had)?(?: now)? (?:rose|risen|climbed|grew|grown|stood|stands|rises|was|is|reached|hit|passed)(?: to| at)?) $`,
  'iu',
);
/** Behind it a small number is a day: `May 3 and 17 were hurt`. */
const MONTH = '(?<!\\p{L})(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? (?:the )?';
/** The numbers are written once: compiling them three times took longer than reading fifty texts. */
const LATIN = `(?<![\\p{L}\\d.,:$€£¥₹#/+-]|[$€£¥₹] |${MONTH}(?=\\d{1,2}(?!\\d)))${QUALIFIER}?${RANGE}(?:${[
  `(?= (?:(?:${OTHERS}) ){0,2}(?:${PERSONS})(?![\\p{L}\\d-]))`,
  `(?= (?:(?:were |was |are |is |have |had |people |(?:have|had) been )?(?:${HARMED})|(?:were|was|are|have been|had been) (?:${STRUCK})|(?:people )?(?:aboard|on board))(?![\\p{L}\\d-]))`,
  `(?= ${WHOEVER})`,
  OF_THEM,
  // `nineteen in all`: of persons that the sentence has told of.
  `(?= (?:in (?:all|total)|altogether)(?!\\p{L}))(?<total>)`,
  // `killed 17.`, `killing 51 worshippers`: counts persons only behind what harms them.
  `(?=[.;:!?)]|,(?!\\d)|$| (?!(?:${UNITS})(?!\\p{L}))\\p{L})(?<bare>)`,
].join('|')})`;
/** What is numbered, not counted. */
const NUMBERED =
  /(?<!\p{L})(?:v|ver|version|level|phase|stage|type|class|grade|tier|part|chapter|section|article|act|no|number|step|round|season|episode|model|generation|gen|page|day|week|year|room|flight|route|line|figure|table|category|windows|ios|android|age|aged|top)\.? $/iu;
/** `1 in 6 women` */
const RATIO = /(?<![\p{L}\d])(?:one|\d{1,3}) (?:in|out of)(?: every)? $/iu;

const HAN_NUMBER =
  '(?:\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}(?:\\.\\d{1,3}(?=[万亿]))?|[〇零一二两三四五六七八九十百千]{1,9})[万亿]?';
const HAN_QUALIFIER = '(?:至少|不少于|超过|逾|多于|至多|最多|不超过|不足|不到|少于|约|大约|近|将近|共有|共)';
const HAN_PERSONS =
  '人|者|员|生|户|伤|死|遇难|用户|客户|患者|病人|儿童|孩子|学生|工人|职工|老人|女性|男性|男子|女子|乘客|行人|司机|居民|市民|受害|伤者|死者|家长|教师|医生|未成年';
const HAN: string[] = [
  `(?<![\\dA-Za-z.,:：第前排名-])${HAN_QUALIFIER}?(?:${HAN_NUMBER}(?:至|到|-|–|~|～))?${HAN_NUMBER}(?:余|多)?(?=(?:个|名|位)?(?:人(?![民工类均])|用户|客户|患者|病人|儿童|孩子|学生|工人|职工|员工|老人|女性|男性|男子|女子|乘客|行人|司机|居民|市民|受害者|受害人|伤者|死者|家长|教师|医生|未成年人))`,
  `(?<![\\dA-Za-z.,:：第前排-])${HAN_QUALIFIER}?(?:${HAN_NUMBER}(?:至|到|-|–|~|～))?${HAN_NUMBER}(?:余|多)?(?=[名位](?![次字单义片称额声数牌]|置|居)(?=.{0,6}(?:${HAN_PERSONS})))`,
];
/** `3死1伤`: behind what caused it, or both together. */
HAN.push(
  `(?<=造成|导致|致使|酿成|致)${HAN_NUMBER}(?=[死伤亡])|(?<![\\dA-Za-z.,:：第])${HAN_NUMBER}(?=死[、，]?${HAN_NUMBER}伤)|(?<=[死伤亡][、，]?)${HAN_NUMBER}(?=[死伤亡])`,
);
/** Numbers in words that count nobody: `一些人`, `一般人`, `十分`. */
const HAN_DIGITS = '零一二三四五六七八九';

const OF_PEOPLE = new RegExp(`^ (?:(?:${ADJECTIVES}) ){0,2}(?:${PERSONS})(?![\\p{L}\\d-])`, 'iu');
/** The same with any adjectives. */
export const OF_ANY_PEOPLE: RegExp = new RegExp(`^ (?:(?:${OTHERS}) ){0,2}(?:${PERSONS})(?![\\p{L}\\d-])`, 'iu');
/** Who is counted behind a product and its version: `iPhone 15 users`. */
const OF_PRODUCTS =
  /^ (?:\p{L}+ ){0,2}(?:users|customers|owners|buyers|players|subscribers|testers|developers|accounts)/iu;

const latin = new RegExp(LATIN, 'giu');
const han = new RegExp(HAN.join('|'), 'gu');

const OF_THEM_PERSONS = new RegExp(
  `^ (?:out )?of them (?:were |are |was |is |have |had )?(?:${HARMED}|${PERSONS})(?!\\p{L})`,
  'iu',
);
const SENTENCE = 200;

/** For the check that no text makes them slow. */
export const COUNTS: readonly RegExp[] = [latin, han, HARMED_BEFORE, OF_ANY_PEOPLE, OF_THEM_PERSONS];

/** What stands before a number at the beginning of a sentence and is no name. */
const STARTS =
  /^(?:in|at|on|the|of|about|and|but|or|by|with|for|from|as|when|after|before|while|these|those|all|another|some|only|just|to|it|that|police|officials|among|where|during|there|they|we|our|its|his|her|their)$/i;

/** Exact counts of persons, and what is told of others (`at least 17 people`, `up to 20`): the number with what qualifies it. */
export function findCounts(written: string): Finding[] {
  const text = withNarrowNumbers(written);
  const found: Finding[] = [];
  // A number is nine of ten times a figure; in words it is looked for before a person.
  let last = 0;
  for (const { index, 0: hit, groups } of hitsIn(text, latin)) {
    const before = text.slice(Math.max(0, index - 40), index);
    const isHarmed = groups!.bare !== undefined && HARMED_BEFORE.test(before);
    if ((groups!.bare !== undefined && !isHarmed) || !isCount(text, index, hit, isHarmed)) continue;
    // `16 of them`: of persons that the sentence has told of.
    const isTotal = groups!.total !== undefined && !/(?<!\p{L})(?:they|we|there) (?:were|are) $/iu.test(before);
    const isOfOthers =
      isTotal || (groups!.them !== undefined && !OF_THEM_PERSONS.test(text.slice(index + hit.length, index + 60)));
    const isGroup = !isTotal && /(?<!\p{L})(?:the|all) $/iu.test(text.slice(Math.max(0, index - 5), index));
    if (isOfOthers && !isGroup && (last === 0 || /[.!?\n]/.test(text.slice(Math.max(last, index - SENTENCE), index))))
      continue;
    last = index + hit.length;
    found.push(findingOf(index, hit));
  }
  for (const { index, 0: hit } of hitsIn(text, han)) {
    if (toldOf(hit) !== undefined) found.push(findingOf(index, hit));
  }
  return found.sort((a, b) => a.start - b.start).filter((one, at, all) => at === 0 || one.start >= all[at - 1]!.end);
}

function findingOf(start: number, hit: string): Finding {
  return { start, end: start + hit.length, kind: 'count', confidence: 0.4, reason: 'form' };
}

/** @param isHarmed whether what harms persons stands before it: `Killed 12`, in a headline */
function isCount(text: string, start: number, hit: string, isHarmed: boolean): boolean {
  if (/^(?:(?:1[5-9]|20|21)\d\d|24\/7)$/.test(hit)) return false;
  const before = text.slice(Math.max(0, start - 24), start);
  if (NUMBERED.test(before) || RATIO.test(before)) return false;
  // `Llama 2 users`: behind a name a small number is a part of it; but not behind a place, or the first word of a sentence.
  const name = /(?:^|[^\p{L}\d])(?<lead>.?.?)(?<word>\p{Lu}[\p{L}\d.-]{0,23}) $/su.exec(before);
  const isName = name !== null && /^\d{1,3}$/.test(hit) && /\p{Ll}|\d/u.test(name.groups!.word!);
  const isFirst =
    name !== null &&
    ((name.index === 0 && start <= 24) ||
      /[.!?"“\n] ?$/.test(before.slice(0, before.length - name.groups!.word!.length - 1)));
  // `At Tesla 17 workers`: no product has workers.
  const after = text.slice(start + hit.length, start + hit.length + 60);
  if (OF_PEOPLE.test(after) && !OF_PRODUCTS.test(after)) return toldOf(hit) !== undefined;
  // `2/3 of the users`
  if (hit.includes('/')) return false;
  if (isHarmed) return toldOf(hit) !== undefined;
  if (isName && !(isFirst && STARTS.test(name.groups!.word!)) && !isPlace(name.groups!.word!.toLowerCase()))
    return false;
  return toldOf(hit) !== undefined;
}

/** What a count says, with its qualifier; undefined where it is no number. */
export function toldOf(count: string): Told | undefined {
  const isHan = /[\p{sc=Han}]/u.test(count) || /^[\d,.至~～]+$/.test(count);
  const bound = /^(?:at least|no fewer than|not less than|more than|over|至少|不少于|超过|逾|多于)/i.test(count)
    ? 'least'
    : /^(?:at most|no more than|up to|fewer than|less than|under|至多|最多|不超过|不足|不到|少于)/i.test(count)
      ? 'most'
      : undefined;
  const bare = count
    .replace(new RegExp(`^(?:${QUALIFIER}|${HAN_QUALIFIER})`, 'iu'), '')
    .replace(/[余多]$|\/\d{1,9}$| ?\([\p{L}\d, -]{1,24}\)$/u, '');
  const [first, second] = bare.split(/ to |至|到|[-–~～](?=\d)| and (?=\d)/).map(isHan ? hanNumber : latinNumber);
  if (first === undefined || Number.isNaN(first) || (second !== undefined && Number.isNaN(second))) return undefined;
  if (bound !== undefined) return { [bound]: second ?? first };
  return { least: Math.min(first, second ?? first), most: Math.max(first, second ?? first) };
}

function latinNumber(text: string): number {
  let total = 0;
  for (const word of text.toLowerCase().split(' ')) {
    const [, figure, scale = ''] = /^([\d.,]+)(k|m|bn)?$/.exec(word) ?? [];
    if (figure !== undefined) total = Number(figure.replaceAll(',', '')) * ({ k: 1e3, m: 1e6, bn: 1e9 }[scale] ?? 1);
    else if (SCALES[word] !== undefined) total = (total || 1) * SCALES[word]!;
    else total = wordNumber(word);
  }
  return Math.round(total);
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
  if (/^\d+(?:\.\d+)?$/.test(bare)) return Math.round(Number(bare) * scale);
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
