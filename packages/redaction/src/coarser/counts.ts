// How many persons a text tells of: `17 people`, `killed 17`, `17名工人`. Versions, years, money, shares and ages are none.
import type { Finding } from '../finding.ts';
import { hitFrom, hitsIn } from '../hits.ts';
import { withNarrowNumbers } from '../narrow.ts';
import { isPlace } from '../places.ts';
import { HAN_NUMBER, HAN_NUMBERS, NUMBERS, QUALIFIERS, SMALL_NUMBERS, toldOf } from './numbers.ts';

const PERSONS =
  '[a-z]{3,12}goers?|[a-z]{2,12}(?:women|(?<!speci)men|children)|worshipp?ers?|hikers?|swimmers?|skiers?|campers?|lives|people|travell?ers?|survivors?|bystanders?|participants?|visitors?|subscribers?|followers|attendees|guests|witnesses|protest[eo]rs?|motorists?|commuters?|seniors|guards?|pilots?|suspects?|siblings|brothers|sisters|sons|daughters|parents|mothers|fathers|grandparents|friends|classmates|colleagues|neighbou?rs|relatives|journalists?|reporters?|activists?|politicians?|lawmakers?|candidates|plaintiffs?|lawyers?|attorneys?|judges|engineers?|researchers?|scientists?|authors?|writers?|artists?|actors|actresses|celebrities|athletes|homicides|suicides|murders|arrests|hostages|detainees|villagers|shoppers|contractors|farmers|firefighters|troops|deputies|persons?|users?|patients?|children|child|kids|students?|pupils|workers?|employees?|staff|victims?|customers?|passengers?|wom[ae]n|m[ae]n|girls?|boys?|adults?|teenagers?|teens|minors|residents?|citizens|civilians?|pedestrians?|drivers?|riders?|cyclists?|consumers|individuals?|families|households|clients|members|migrants|refugees|soldiers|officers|infants?|babies|tourists|voters|applicants?|borrowers|claimants|defendants|inmates|prisoners|players|teachers|doctors|nurses|deaths?|injuries|fatalities|casualties|others|accounts|organi[sz]ations|companies|businesses|schools|hospitals';
const ADJECTIVES =
  'crew|family|staff|team|community|security|police|construction|factory|college|university|warehouse|delivery|taxi|truck|bus|train|care|health|medical|other|more|additional|different|innocent|young|elderly|old|older|female|male|black|white|asian|hispanic|disabled|adult|teenage|underage|minor|school|hospital|local|foreign|real|private|unsuspecting|vulnerable|affected|injured|American|British|Chinese|Indian|German|French|Dutch|Australian|Canadian|European|Japanese|Korean|Italian|Spanish|Brazilian|Mexican';
/** What ends as adjectives do: `12 stranded travelers`. */
const OTHERS = `${ADJECTIVES}|(?!(?:includ|involv|dur|regard|concern|us)ing)[a-z]{2,12}(?:ed|ing|ous|ful|less|ish|ese|ian|ive|al|ic|ly|gry|known)`;
const HARMED =
  'killed|injured|wounded|hurt|dead|died|dying|survived|escaped|recovered|perished|drowned|fled|evacuated|rescued|trapped|detained|infected|poisoned|unharmed|hospitali[sz]ed|harmed|affected|missing|arrested|misidentified|deceived|defrauded|lost (?:their|his|her|our) li(?:fe|ves)';
const HARMING =
  'kill(?:ed|ing|s)|injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing|s)?|harm(?:ed|ing|s)|hospitali[sz](?:ed|ing|es)|murder(?:ed|ing|s)|massacr(?:ed|ing|es)|slaughter(?:ed|ing|s)|maim(?:ed|ing|s)|poison(?:ed|ing|s)|stabb(?:ed|ing)|displac(?:ed|ing|es)|destroy(?:ed|ing|s)|damag(?:ed|ing|es)';
/** What is done to somebody where `was` stands before it. */
const STRUCK = 'shot|stabbed|struck|murdered|massacred|slain|displaced|sickened|treated|executed|abducted|kidnapped';
/** What is no one: `killed 2 hours later`. */
const UNITS =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|percent|per|times|dollars|euros|pounds|points|miles|kilomet[er]{2}s|met[er]{2}s|feet|foot|inches|pm|am|stars?|years';
/** What stands at a place. */
const sticky = (source: string) => new RegExp(source, 'iuy');
/** Letters in ranges: a property is looked up at every place of a text. */
const LETTERS = 'a-z\\u00c0-\\u1fff\\u3040-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}';
const GUARD = `[${LETTERS}\\d.,$€£¥₹#/+-]|(?<![${LETTERS}]):|[$€£¥₹] `;
/** Numbers are looked for first, and then what stands around each: one expression for both is as long as all the words beside every number. */
const numbers = new RegExp(`(?<!${GUARD})${NUMBERS}`, 'giu');
const QUALIFIER = new RegExp(`(?<!${GUARD})(?:${QUALIFIERS}) $`, 'iu');
/** `May 3 and 17 were hurt` */
const DAY = sticky(
  '(?<=(?<!\\p{L})(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.? (?:the )?)\\d{1,2}(?!\\d)',
);

const PEOPLE = sticky(` (?<before>(?:(?:${OTHERS}) ){0,2})(?:${PERSONS})(?![\\p{L}\\d-])`);
const WERE = sticky(' (?:were|was|are|is|had|have)');
const BEFALLEN = sticky(
  ` (?:(?:were |was |are |is |have |had |people |(?:have|had) been )?(?:${HARMED})|(?:were|was|are|have been|had been) (?:${STRUCK})|(?:people )?(?:aboard|on board))(?![\\p{L}\\d-])`,
);
/** Who was harmed is told by the verb behind, whoever they are: `six hikers were killed`, `17 worshippers died`. */
const WHOEVER = sticky(
  ` (?!(?:${UNITS})(?!\\p{L}))[\\p{L}-]{2,20}(?<=s|men|people|children)(?: (?:were|are|have been|had been|being) (?:[a-z]{3,10}ly )?(?:killed|injured|wounded|hurt|hospitali[sz]ed|dead|missing|destroyed|damaged|${STRUCK})| (?:died|perished|drowned|dead)|(?: (?:killed|injured|wounded|hurt))(?=[.;:!?)]|$| (?:and|in|by|at|on|as|when|after)(?!\\p{L})))(?!\\p{L})`,
);
const OF = sticky(' (?:out )?of(?: (?:the|those|these|its|our|their|his|her)(?!\\p{L}))?');
const OF_THEM = sticky(' (?:out )?of them(?!\\p{L})');
const OF_WHOM = sticky(' (?:out )?of (?:whom|us)(?!\\p{L})');
const OF_THE_NUMBER = sticky(
  ` (?:out )?of the (?:\\d{1,9}|${SMALL_NUMBERS}) (?:were|are|had|have|${HARMED})(?!\\p{L})`,
);
const ANY_WORD = sticky(' [\\p{L}\\d,.-]{1,20}');
/** `nineteen in all`: of persons that the sentence has told of. */
const IN_ALL = sticky(' (?:in (?:all|total)|altogether)(?!\\p{L})');
/** `killed 17.`, `killing 51 worshippers`: counts persons only behind what harms them. */
const BARE = sticky(`(?=[;:!?)]|[.,](?!\\d)|$| (?!(?:${UNITS})(?!\\p{L}))\\p{L})`);

const WHO_WERE_HARMED =
  'dead|deceased|killed|injured|wounded|hurt|missing|hospitali[sz]ed|arrested|detained|infected|affected|displaced|deaths?|fatalities|casualties|injuries|victims|survivors';
const COUNTED = 'people|persons|users|patients|customers|children|students|workers|passengers|residents|employees';
/** What a number of persons stands behind that has no word for them: `killed `, `the death toll rose to `, `Injured: `. */
const HARMED_BEFORE = sticky(
  `(?<=(?<!\\p{L})(?:${[
    `(?:${HARMING}|(?:family|crowd|crew|lives) of)(?: (?:the|all|another|an additional|a further|as many as|his|her|their|its))?`,
    `(?:the (?:${WHO_WERE_HARMED})|deaths|fatalities|casualties|injuries|victims|survivors|toll|number of (?:the |those )?(?:[\\p{L}-]{1,20} ){0,2}?(?:${WHO_WERE_HARMED}|${COUNTED})(?: \\p{L}{3,20})?)(?: (?:has|had|have|now|already)){0,2} (?:is|was|were|are|stands?|stood|rose|risen|rises|climbed|grew|grown|reach(?:ed|es)|hit|passed|numbered|total(?:l?ed)?)(?: (?:to|at))?`,
    `(?:toll|${WHO_WERE_HARMED}) ?[:=]`,
  ].join('|')}) ?)`,
);
/** What is numbered, not counted. */
const NUMBERED =
  /(?<!\p{L})(?:v|ver|version|level|phase|stage|type|class|grade|tier|part|chapter|section|article|act|no|number|step|round|season|episode|model|generation|gen|page|day|week|year|room|flight|route|line|figure|table|category|windows|ios|android|age|aged|top)\.? $/iu;
/** `1 in 6 women` */
const RATIO = /(?<![\p{L}\d])(?:one|\d{1,3}) (?:in|out of)(?: every)? $/iu;

const HAN_PERSONS =
  '人|者|员|生|户|伤|死|遇难|用户|客户|患者|病人|儿童|孩子|学生|工人|职工|老人|女性|男性|男子|女子|乘客|行人|司机|居民|市民|受害|伤者|死者|家长|教师|医生|未成年';
const HAN_HARMED = '死亡|遇难|身亡|受伤|重伤|轻伤|伤亡|死伤|受害|失踪|失联|被困|被捕|感染|患病|中毒|住院|受影响';
const HAN: readonly string[] = [
  `(?<![\\dA-Za-z.,第前排名-]|\\d[:：])${HAN_NUMBERS}(?=(?:个|名|位)?(?:人(?![民工类均])|用户|客户|患者|病人|儿童|孩子|学生|工人|职工|员工|老人|女性|男性|男子|女子|乘客|行人|司机|居民|市民|受害者|受害人|伤者|死者|家长|教师|医生|未成年人))`,
  `(?<![\\dA-Za-z.,第前排-]|\\d[:：])${HAN_NUMBERS}(?=[名位](?![次字单义片称额声数牌]|置|居)(?=.{0,6}(?:${HAN_PERSONS})))`,
  // `3死1伤`: behind what caused it, or both together.
  `(?<=造成|导致|致使|酿成|致)${HAN_NUMBER}(?=[死伤亡])|(?<![\\dA-Za-z.,:：第])${HAN_NUMBER}(?=死[、，]?${HAN_NUMBER}伤)|(?<=[死伤亡][、，]?)${HAN_NUMBER}(?=[死伤亡])`,
  // `死亡人数达17`, `受害者17名`, `用户数为1.7万`
  `(?=[\\d〇零一二两三四五六七八九十百千至不超逾多最少约大近将])(?<=(?:(?:${HAN_HARMED}|死|伤)(?:者|人员|总?人数)(?:总数)?|(?:${HAN_PERSONS})(?:总?人?数量?|总数)|(?:${HAN_HARMED})(?=[:：]))(?:已经?|共计?|总计|累计|达到?|为|是|有|增至|升至|上升[到至]|增加[到至]|[:：]){0,2})${HAN_NUMBERS}(?=[名位例]?(?:[，,。；;、！!）)\\s]|$))`,
];

const HAN_LETTER = /[\u4e00-\u9fff]/;
const han = new RegExp(HAN.join('|'), 'gu');

/** Who is counted behind a product and its version: `iPhone 15 users`. */
const OF_PRODUCTS =
  /^ (?:\p{L}+ ){0,2}(?:users|customers|owners|buyers|players|subscribers|testers|developers|accounts)/iu;

/** For the check that no text makes them slow. */
export const COUNTS: readonly RegExp[] = [
  ...[numbers, han, QUALIFIER, HARMED_BEFORE, PEOPLE, WERE, BEFALLEN, WHOEVER],
  ...[OF, OF_THEM, OF_WHOM, OF_THE_NUMBER, ANY_WORD, IN_ALL, BARE],
];

const SENTENCE = 200;

/** What stands before a number at the beginning of a sentence and is no name. */
const STARTS =
  /^(?:in|at|on|the|of|about|and|but|or|by|with|for|from|as|when|after|before|while|these|those|all|another|some|only|just|to|it|that|police|officials|among|where|during|there|they|we|our|its|his|her|their)$/i;

/** Exact counts of persons, and what is told of others (`at least 17 people`, `up to 20`): the number with what qualifies it. */
export function findCounts(written: string): Finding[] {
  const text = withNarrowNumbers(written);
  const found: Finding[] = [];
  let last = 0;
  for (let hit = hitFrom(text, numbers, 0); hit !== null; hit = numbers.exec(text)) {
    const { 0: both, index, groups } = hit;
    const first = groups!.first!;
    const day = endOf(DAY, text, index);
    // `3 and 14 minutes later`: of the two the first may count.
    const number = [both, first].find((one) => day === undefined && whatFor(text, index + one.length) !== undefined);
    numbers.lastIndex = day ?? index + (number ?? first).length;
    if (number === undefined) continue;
    const start = index - (QUALIFIER.exec(text.slice(Math.max(0, index - 24), index))?.[0].length ?? 0);
    const end = index + number.length;
    if (!counts(text, start, end, last)) continue;
    last = end;
    found.push(findingOf(start, text.slice(start, end)));
  }
  for (const { index, 0: hit } of HAN_LETTER.test(text) ? hitsIn(text, han) : []) {
    if (toldOf(hit) !== undefined) found.push(findingOf(index, hit));
  }
  return found.sort((a, b) => a.start - b.start).filter((one, at, all) => at === 0 || one.start >= all[at - 1]!.end);
}

type Of = 'people' | 'them' | 'all' | 'any';

/** What stands behind a number: who is counted, or only that somebody may be. */
function whatFor(text: string, end: number): Of | undefined {
  if (hasPeople(text, end) || isAt(BEFALLEN, text, end) || isAt(WHOEVER, text, end)) return 'people';
  if (isAt(OF_THEM, text, end)) return 'them';
  if (isAt(OF_WHOM, text, end) || isOfPeople(text, end) || isAt(OF_THE_NUMBER, text, end)) return 'people';
  if (isAt(IN_ALL, text, end)) return 'all';
  return isAt(BARE, text, end) ? 'any' : undefined;
}

/** Of persons, with a word before them at most. */
function isOfPeople(text: string, end: number): boolean {
  const of = endOf(OF, text, end);
  if (of === undefined) return false;
  const word = endOf(ANY_WORD, text, of);
  return hasPeople(text, of) || (word !== undefined && hasPeople(text, word));
}

/** Whether persons stand there, behind a blank, with adjectives before them. */
export function hasPeople(text: string, at: number): boolean {
  return isAt(PEOPLE, text, at);
}

function isAt(expression: RegExp, text: string, at: number): boolean {
  return endOf(expression, text, at) !== undefined;
}

function endOf(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}

const KNOWN_ADJECTIVES = new Set(ADJECTIVES.toLowerCase().split('|'));

/** The same with the adjectives of persons alone. */
function isOfWhomWeKnow(text: string, at: number): boolean {
  const before = hitFrom(text, PEOPLE, at)?.groups?.before;
  const words = before?.trim().toLowerCase().split(' ');
  return words?.every((word) => word === '' || KNOWN_ADJECTIVES.has(word)) ?? false;
}

/** @param last where the count before it ends, or 0 */
function counts(text: string, start: number, end: number, last: number): boolean {
  const of = whatFor(text, end);
  const isHarmed = of === 'any' && isAt(HARMED_BEFORE, text, start);
  if ((of === 'any' && !isHarmed) || !isCount(text, start, text.slice(start, end), isHarmed)) return false;
  const before = text.slice(Math.max(0, start - 12), start);
  const isTotal = of === 'all' && !/(?<!\p{L})(?:they|we|there) (?:were|are) $/iu.test(before);
  const isOfOthers = isTotal || (of === 'them' && !isTold(text, endOf(OF_THEM, text, end)!));
  const isGroup = !isTotal && /(?<!\p{L})(?:the|all) $/iu.test(before);
  // `16 of them`: of persons that the sentence has told of.
  return !isOfOthers || isGroup || (last > 0 && !/[.!?\n]/.test(text.slice(Math.max(last, start - SENTENCE), start)));
}

/** `of them children`, `of them were children`, `of them died` */
function isTold(text: string, end: number): boolean {
  return isAt(BEFALLEN, text, end) || hasPeople(text, end) || hasPeople(text, endOf(WERE, text, end) ?? end);
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
  const end = start + hit.length;
  if (isOfWhomWeKnow(text, end) && !OF_PRODUCTS.test(text.slice(end, end + 60))) return toldOf(hit) !== undefined;
  // `2/3 of the users`
  if (hit.includes('/')) return false;
  if (isHarmed) return toldOf(hit) !== undefined;
  if (isName && !(isFirst && STARTS.test(name.groups!.word!)) && !isPlace(name.groups!.word!.toLowerCase()))
    return false;
  return toldOf(hit) !== undefined;
}
