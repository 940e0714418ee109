// What may be a person in a Chinese text, and what it costs to take it for one: by surname, given name and what stands around.
import {
  BELONGINGS,
  BRANCHES,
  BREAKS,
  COVERBS,
  ORGANISATION_ENDS,
  ROLES,
  SAYS,
  SHORT_ENDS,
  TITLES_BEHIND,
} from './han-cues.ts';
import { AS_FOREIGN, COMPOUND_SURNAMES, LONG_SURNAMES, type TokenKind } from './han-lexicon.ts';
import { offer, type Run, UNKNOWN } from './han-run.ts';
import { type Trie, trieOf, wordAt } from './trie.ts';

/** How unlikely a name is at any place, and how much likelier with a cue beside it. */
const NAME = 3.5;
const CUE = 4;
const EDGE = 1;
const HINT = 2;
/** Characters that are among the commonest words themselves are seldom a surname, and prepositions hardly ever. */
const WORDLIKE = 8;
const SELDOM = 3;
const HARDLY = 7;
/** How unlikely a person is in front of what ends the name of an organisation or a place. */
const OTHER = 6;
const COMPOUND = 6;
/** A character that no given name of the list has. */
const RARE = 11;

const PLAIN: TokenKind = {
  class: 'name',
  isCommon: false,
  isRare: false,
  isKnown: true,
  hasCue: false,
  isBrand: false,
};
const CUED: TokenKind = { ...PLAIN, hasCue: true };
const FOREIGN: TokenKind = { ...CUED, class: 'foreign' };
const PART: TokenKind = { ...CUED, class: 'part' };

const BEHIND = { cue: 1, title: 2, hint: 3, other: 4 } as const;
const before: Trie<true> = trieOf(
  [...ROLES].map((role) => [role, true]),
  true,
);
const behind: Trie<number> = trieOf([
  ...[...BRANCHES, ...SHORT_ENDS, ...ORGANISATION_ENDS].map((word) => [word, BEHIND.other] as const),
  ...[...COVERBS].map((word) => [word, BEHIND.hint] as const),
  ...[...SAYS].map((word) => [word, BEHIND.cue] as const),
  ...[...BELONGINGS].map((word) => [`的${word}`, BEHIND.cue] as const),
  ...[...TITLES_BEHIND].map((word) => [word, BEHIND.title] as const),
]);

const FAMILIAR = new Set(Array.from('老小阿大', (letter) => letter.charCodeAt(0)));
const COMPOUND_FIRST = new Set(
  Array.from([...COMPOUND_SURNAMES, ...LONG_SURNAMES], (surname) => surname.charCodeAt(0)),
);

export function offerNames(run: Run, at: number): void {
  const { text, end, lexicon } = run;
  const code = text.charCodeAt(at);
  const surname = lexicon.surname.get(code);
  if (surname !== undefined) {
    const gain = gainBefore(run, at);
    offerGiven(run, at, 1, NAME + surname + doubtOf(run, at, gain) - gain, gain);
  }
  if (at + 2 < end && COMPOUND_FIRST.has(code)) {
    const length = COMPOUND_SURNAMES.has(text.slice(at, at + 2))
      ? 2
      : LONG_SURNAMES.has(text.slice(at, at + 3))
        ? 3
        : 0;
    if (length > 0) {
      const gain = gainBefore(run, at);
      offerGiven(run, at, length, NAME + COMPOUND - gain, gain);
    }
  }
  if (FAMILIAR.has(code)) offerFamiliar(run, at);
  if (TIBETAN_FIRST.has(code)) offerTibetan(run, at);
  if (TURKIC_FIRST.has(code)) offerTurkic(run, at);
  if (isDot(code)) offerForeign(run, at);
}

/** `家属向博腾行业协会投诉` */
const TOWARDS =
  /^向.{2,20}(?:投诉|反映|举报|求助|索赔|提出|申请|道歉|报告|说明|查询|咨询|借款|申诉|报警|核实|了解|提交|出示|发送|支付|转账|推荐|提供)/;
const FURTHEST = 24;

/** What a surname costs more that is a common word. */
function doubtOf({ text, start, lexicon }: Run, at: number, gain: number): number {
  const cost = lexicon.wordsFrom(text.charCodeAt(at))?.value?.cost ?? UNKNOWN;
  if (BREAKS.has(text.charAt(at))) {
    if (TOWARDS.test(text.slice(at, at + FURTHEST))) return HARDLY + gain;
    return gain < CUE ? HARDLY : SELDOM;
  }
  if (cost >= WORDLIKE) return 0;
  // No measure and hardly an adjective begins what is said: `张建国昨天`.
  return at === start ? SELDOM / 2 : SELDOM;
}

/** @param surname how long it is, @param cost of it at this place, @param gain by what stands before */
function offerGiven(run: Run, at: number, surname: number, cost: number, gain: number): void {
  const { text, end, lexicon } = run;
  const given = at + surname;
  if (given >= end) return;
  const { title } = cuesAt(run, given);
  if (title > 0) {
    const word = wordAt(lexicon.wordsFrom, text, given, given + title)?.cost ?? UNKNOWN;
    // `何总`
    const doubt = surname === 1 ? doubtOf(run, at, gain) - doubtOf(run, at, CUE) : 0;
    offer(run, at, surname + title, cost - doubt + word - CUE, CUED);
  }
  const [one, two] = [text.charCodeAt(given), text.charCodeAt(given + 1)];
  if (one === SOMEBODY) {
    // `由某开发方`; but nobody asks `何某`.
    if (surname === 1 && BREAKS.has(text.charAt(at)) && text.charAt(at) !== '何') return;
    offer(run, at, surname + (/[某甲乙丙丁]/.test(text.charAt(given + 1)) && given + 1 < end ? 2 : 1), cost, CUED);
    return;
  }
  // One of five has one character, and hardly any behind a surname of two.
  offerName(run, at, surname + 1, cost + (surname === 1 ? 1.6 : 3.5) + singleCost(run, one), gain);
  if (given + 1 === end) return;
  const both = Math.min((lexicon.first.get(one) ?? RARE) + (lexicon.second.get(two) ?? RARE), wordCost(run, given));
  offerName(run, at, surname + 2, cost + 0.2 + both, gain);
}

/** Many a given name is a word: `晨曦`, `宇航`, `建国`. */
function wordCost({ text, lexicon }: Run, given: number): number {
  const word = wordAt(lexicon.wordsFrom, text, given, given + 2);
  return word === undefined || word.isCommon || !GIVEN.has(word.class) ? 2 * RARE : word.cost + AS_GIVEN;
}

const GIVEN: ReadonlySet<TokenKind['class']> = new Set(['n', 'a', 't', 'z', 's']);
const AS_GIVEN = 1;

const SOMEBODY = '某'.charCodeAt(0);

/** The list has few names of two characters: what stands in longer ones may stand alone. */
function singleCost({ lexicon: { single, first, second } }: Run, code: number): number {
  const inLonger = Math.min(first.get(code) ?? RARE, second.get(code) ?? RARE) + 0.7;
  return Math.min(single.get(code) ?? RARE, inLonger);
}

function offerName(run: Run, at: number, length: number, cost: number, ahead: number): void {
  const { gain, other } = cuesAt(run, at + length);
  const last = run.text.charAt(at + length - 1);
  // `张伟和`, `云长路`, `安吉物` before `流`, `马路上`, `梁上`.
  const doubt =
    (length === 3 && WITHIN.test(last) && isWord(run.lexicon, run.text, at) ? OTHER : 0) +
    (length === 2 && WITHIN.test(last) && Math.max(ahead, gain) < HINT ? OTHER : 0) +
    (BREAKS.has(last) ? SELDOM : 0) +
    (STREETS.test(last) ? 2 * OTHER : 0) +
    (isOther(run.text, at + length - 1, run.end) ? OTHER : 0);
  const isValue =
    !ORGANISATION_ENDS.has(last) && at === run.start && at + length === run.end && isBehindLabel(run.text, at);
  const sure = isValue ? VALUE : 0;
  offer(run, at, length, cost - gain + other + doubt - sure, ahead === CUE || gain === CUE ? CUED : PLAIN);
}

/** Whether what ends an organisation's name begins within a name: its first two characters are looked at. */
function isOther(text: string, at: number, end: number): boolean {
  const node = at + 1 < end ? behind.next?.get(text.charCodeAt(at))?.next?.get(text.charCodeAt(at + 1)) : undefined;
  return node?.value === BEHIND.other;
}

/** Of these Tibetan names are made, one or two of them. */
const TIBETAN = new Set(
  `扎西 次仁 旺堆 卓玛 央金 德吉 顿珠 多吉 旦增 丹增 格桑 洛桑 仁青 平措 巴桑 达瓦 尼玛 白玛 索朗 边巴 普布 拉姆 曲珍 措姆 次旦 旺姆 贡布 江措 嘉措
  强巴 坚赞 罗布 晋美 益西 桑珠 才让 卓嘎 玉珍 群培 加央 才旦 才仁 仁增 桑杰 桑吉 索南 拉毛 拉珍 赤列 欧珠 朗杰 嘎玛 班玛 丹巴 顿旦 旺杰 仓决 米玛 占堆 曲扎 格列 元旦增`.split(
    /\s+/,
  ),
);
const TIBETAN_FIRST = new Set([...TIBETAN].map((part) => part.charCodeAt(0)));
const ONE_PART = 9;

function offerTibetan(run: Run, at: number): void {
  const { text, end } = run;
  if (at + 2 > end || !TIBETAN.has(text.slice(at, at + 2))) return;
  const isTwo = at + 4 <= end && TIBETAN.has(text.slice(at + 2, at + 4));
  const gain = gainBefore(run, at) + cuesAt(run, at + 2).gain;
  offer(run, at, isTwo ? 4 : 2, NAME + ONE_PART - (isTwo ? CUE : gain), FOREIGN);
}

/** Of these Uyghur and Kazakh names are made, which have no surname: `阿依努尔`, `古丽娜尔`. */
const TURKIC = new Set(
  `阿依 古丽 努尔 娜尔 米热 迪丽 热巴 夏木 买买提 麦麦提 艾合买提 吐尔逊 吐尔洪 吐尔地 阿不都 阿布都 阿卜杜 热合曼 热依木 玉素甫 玉苏普 依明 艾力 帕提曼 帕丽旦
  热孜 万古丽 热娜 玛依拉 再努 阿孜 木合塔尔 库尔班 赛买提 艾山 亚森 巴哈尔 别克 叶尔 叶尔江 哈力克 塔依尔 艾则孜 阿迪力 海热提 木拉提 沙拉 木江 努尔兰 巴合提 合提 依拉 木汗 克孜 赛提 达吾提 肉孜 阿卜杜拉 麦合木提 艾尔肯 地力夏提 帕尔哈提 艾尼瓦尔 阿不力孜 热西提 卡德尔 司马义`.split(
    /\s+/,
  ),
);
const TURKIC_FIRST = new Set([...TURKIC].map((part) => part.charCodeAt(0)));
const LONGEST_PART = 4;

function offerTurkic(run: Run, at: number): void {
  const { text, end } = run;
  let to = at;
  for (let parts = 1; parts <= 3; parts++) {
    let length = LONGEST_PART;
    while (length > 1 && !(to + length <= end && TURKIC.has(text.slice(to, to + length)))) length--;
    if (length < 2) return;
    to += length;
    const gain = gainBefore(run, at) + cuesAt(run, to).gain;
    offer(run, at, to - at, NAME + ONE_PART - (parts > 1 ? CUE : 0) - gain, FOREIGN);
  }
}

/** `老王`, `小李`. */
function offerFamiliar(run: Run, at: number): void {
  const surname = run.lexicon.surname.get(run.text.charCodeAt(at + 1));
  if (at + 1 >= run.end || surname === undefined) return;
  const gain = gainBefore(run, at);
  const { gain: gainBehind } = cuesAt(run, at + 2);
  const doubt = doubtOf(run, at + 1, gain);
  offer(run, at, 2, NAME + 3 + surname + doubt - gain - gainBehind, gain + gainBehind >= CUE ? CUED : PLAIN);
}

const FOREIGN_PART = 8;
const NOT_FOREIGN = 9;

/** Both sides of a middle dot, each up to eight characters; and a further part of what is before it. */
function offerForeign(run: Run, dot: number): void {
  const { text, start, end } = run;
  const costs: number[] = [];
  for (let at = dot + 1, cost = 0; at < end && at <= dot + FOREIGN_PART && !endsForeign(text, at); at++) {
    cost += foreignCost(run, at);
    costs.push(cost);
  }
  for (const [nth, cost] of costs.entries()) offer(run, dot, nth + 2, cost, PART);
  for (let at = dot - 1, cost = NAME; at >= start && at >= dot - FOREIGN_PART && !endsForeign(text, at); at--) {
    cost += foreignCost(run, at);
    const all = cost - gainBefore(run, at);
    for (const [nth, right] of costs.entries()) offer(run, at, dot - at + nth + 2, all + right, FOREIGN);
  }
}

/** Where a transliterated name is at its end: no name has the word for `is`. */
function endsForeign(text: string, at: number): boolean {
  return isDot(text.charCodeAt(at)) || NEVER_FOREIGN.has(text.charAt(at));
}

const NEVER_FOREIGN = new Set('是的和与说称在被将把从到为对');

function foreignCost({ text, start, lexicon }: Run, at: number): number {
  const letter = text.charAt(at);
  // 阿不都拉 and the like: else these two are words.
  if ((letter === '不' || letter === '都') && /阿不都?/.test(text.slice(Math.max(start, at - 2), at + 2)))
    return AS_FOREIGN;
  return (lexicon.foreign.get(text.charCodeAt(at)) ?? NOT_FOREIGN) - 1 + (BREAKS.has(letter) ? OTHER : 0);
}

function isDot(code: number): boolean {
  return code === 0xb7 || code === 0x2022 || code === 0x2027 || code === 0x30fb;
}

/** What a role before gains: in the same run, or in front of a colon. */
function gainBefore(run: Run, at: number): number {
  const { text, start } = run;
  const isFirst = at === start;
  if (isFirst && isBehindLabel(text, at)) return CUE;
  const to = isFirst && /[：:]/.test(text.charAt(at - 1)) ? at - 1 : at;
  let node: Trie<true> | undefined = before;
  for (let from = to - 1; from >= 0; from--) {
    node = node.next?.get(text.charCodeAt(from));
    if (node === undefined) break;
    if (node.value === true) return CUE;
  }
  if (isFirst) return EDGE;
  return isBesideName(run, at) ? HINT : 0;
}

/** `审批人：冉冉`, what a form asks for. */
const LABEL = /(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]{1,5}[人员者师长][：:] ?$/;
const LONGEST_LABEL = 10;
/** Who is all that stands there is somebody. */
const VALUE = 6;

function isBehindLabel(text: string, at: number): boolean {
  return /[：: ]/.test(text.charAt(at - 1)) && LABEL.test(text.slice(Math.max(0, at - LONGEST_LABEL), at));
}

const AND = new Set(Array.from('和与及跟同', (letter) => letter.charCodeAt(0)));

/** `刘洋和张敏`: whether the way to here ends with a name and a word for `and`. */
function isBesideName({ text, start, lengths, kinds }: Run, at: number): boolean {
  const to = at - start;
  return lengths[to] === 1 && AND.has(text.charCodeAt(at - 1)) && kinds[to - 1]?.class === 'name';
}

/** Whether a word of two characters begins here; `总和` in `何总和许队` is none. */
function isWord({ wordsFrom }: Run['lexicon'], text: string, at: number): boolean {
  return !BREAKS.has(text.charAt(at + 1)) && wordAt(wordsFrom, text, at, at + 2) !== undefined;
}

const WITHIN = /[上下中里内外]/;
const STREETS = /[路区县镇街乡村市省]/;

/** What stands behind: how much likelier it makes a name, or less likely, and how long a title there is. */
function cuesAt({ text, end, lexicon }: Run, at: number): { gain: number; other: number; title: number } {
  if (at >= end) return { gain: /[：:]/.test(text.charAt(at)) ? HINT : EDGE, other: 0, title: 0 };
  let [gain, title] = [0, 0];
  // `云长` before `路`, `安澜` before `能源`.
  let other = STREETS.test(text.charAt(at)) ? OTHER : 0;
  let node: Trie<number> | undefined = behind;
  for (let to = at; to < end; to++) {
    node = node.next?.get(text.charCodeAt(to));
    if (node === undefined) break;
    // `工资` is no `工`.
    if (to === at && node.value === BEHIND.title && isWord(lexicon, text, at)) continue;
    // `律师事务所` is no lawyer.
    if (node.value === BEHIND.other) [other, gain, title] = [OTHER, 0, 0];
    else if (node.value === BEHIND.hint) gain = HINT;
    else if (node.value !== undefined) [other, gain] = [0, CUE]; // `院士` is no `院`
    if (node.value === BEHIND.title) title = to + 1 - at;
  }
  return { gain, other, title };
}
