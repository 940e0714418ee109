// Chinese words with their class and frequency, and what characters names are made of: the lists in data/entities, read when the first
// Chinese text is.
import { readFileSync } from 'node:fs';
import { ORGANISATIONS } from '../organisations.ts';
import { unitAt } from '../units.ts';
import { FIELDS, SECOND_FIELDS, SHORT_ENDS } from './han-cues.ts';
import { type Trie, trieOf, type WordsFrom } from './trie.ts';

/** Classes of words: noun, verb, adjective, function word, number or measure, time, place, organisation, other proper name. */
export type WordClass = 'n' | 'v' | 'a' | 'f' | 'm' | 't' | 's' | 'o' | 'z';
export type TokenKind = {
  class: WordClass | 'name' | 'foreign' | 'part';
  isCommon: boolean;
  isRare: boolean;
  isKnown: boolean;
  /** Of a name: whether a role, title or verb beside it says so. */
  hasCue: boolean;
  /** A well-known organisation's name. */
  isBrand: boolean;
};
/** What a word costs: the negative logarithm of how likely it is. */
export type Word = TokenKind & { cost: number };

export type HanLexicon = {
  wordsFrom: WordsFrom<Word>;
  /** Negative logarithms by the code of a character: as surname; as the only, first and second of a given name; within a transliterated name. */
  surname: ReadonlyMap<number, number>;
  single: ReadonlyMap<number, number>;
  first: ReadonlyMap<number, number>;
  second: ReadonlyMap<number, number>;
  foreign: ReadonlyMap<number, number>;
};

/** Binary logarithm of all occurrences that the list counts. */
const TOTAL = 26;
/** A place that the list of words does not have is taken for one that occurs so often. */
const PLACE = 9;
/** And a well-known organisation. */
const KNOWN = 11;
const HAN = /^[\u4e00-\u9fff]{2,}$/;
const COMMON = 12;
const RARE = 9;

export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  `欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙
  宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌
  微生 梁丘 左丘 东门 西门 第五 叶赫 那拉 完颜 纳兰 爱新
  佐藤 铃木 高桥 田中 渡边 伊藤 山本 中村 加藤 吉田 山田 山口 松本 井上 木村 斋藤 山崎 中岛 池田 阿部 桥本 石川 前田 藤田 冈田 后藤 村上 近藤 石井
  坂本 远藤 青木 藤井 西村 福田 三浦 冈本 松田 中川 原田 田村 竹内 石田 上田 森田 宫崎 酒井 工藤 横山 宫本 高木 安藤 岛田 谷口 丸山 今井 河野
  藤原 村田 武田 杉山 大塚 松井 岩崎 樱井 野口 松尾 菊池 野村 安倍 岸田 石破 清水 山下 森本 内田 柴田 宫田 平野 松原 中野 小野 小川 小林 小岛 小泉 小山 千叶 久保 大野 大西 北村 川口 川崎 平田 水野 吉川 星野 饭田 市川 藤野
  菅原 土屋 荒木 新井 今村 永井 浅野 古川 滨田 大岛 樋口 熊谷 桥口 堀内 关口 西川 西田 早川 矢野 吉村 上野 野田 小池 片山 黑田 川上 秋山 须藤 渡部 望月 永田 服部 川村 福岛 福井 成田 儿玉`.split(
    /\s+/,
  ),
);

/** Of Japan, in three characters. */
export const LONG_SURNAMES: ReadonlySet<string> = new Set(
  '佐佐木 长谷川 久保田 大久保 小野寺 五十岚 宇都宫 小笠原 佐久间 曾我部 日下部 长谷部 阿久津 东海林 海老原 伊集院'.split(
    ' ',
  ),
);

/** Surnames that are no words today; the list of words counts them as if they were. */
const ONLY_SURNAMES =
  '刘陈赵吴郑冯蒋沈韩杨朱秦吕曹魏姜邹潘葛彭鲁韦俞袁柳薛倪殷罗郝卞孟尹姚邵汪祁狄臧戴宋庞董梁杜阮闵贾颜郭徐邱骆蔡樊霍虞柯邓崔龚邢裴荀甄廖谭聂佟覃';
const NO_WORD = 6;

/** Characters of Uyghur, Kazakh, Tibetan and Mongolian names in transliteration. */
const MINORITY =
  '阿艾依古丽买提吐逊孜江尔热合曼帕库斯扎西卓玛央多吉桑旺丹巴次仁洛加才让木努兰叶肯拉迪穆罕默德亚森克里木买吾斯曼卡德尼牙孜巴图那仁其格乌云娜哈达布赫提';

let lexicon: HanLexicon | undefined;

export function hanLexicon(): HanLexicon {
  lexicon ??= read();
  return lexicon;
}

let inWords: Uint8Array | undefined;

/** Whether a word, a place or a name of the lists has this Chinese character. The lexicon itself takes many times as long to read. */
export function isInHanWord(code: number): boolean {
  inWords ??= codesIn(['han-words.txt', 'han-places.txt', 'han-names.txt'].map(textOf).join(''));
  return inWords[code] === 1;
}

function codesIn(text: string): Uint8Array {
  const codes = new Uint8Array(0x10000);
  for (let at = 0; at < text.length; at++) codes[unitAt(text, at)] = 1;
  return codes;
}

function read(): HanLexicon {
  const { surname, single, first, second, foreign } = readNames();
  return { wordsFrom: readWords(), surname, single, first, second, foreign: withMinority(foreign) };
}

type Entry = readonly [word: string, value: Word];

/** A text has few of all characters: the words that begin with one are put together when it first comes. */
function readWords(): WordsFrom<Word> {
  const listed = readListed();
  const [before, after] = [wordsBefore(), wordsAfter()].map((all) => Map.groupBy(all, ([word]) => unitAt(word, 0)));
  const made = new Map<number, Trie<Word> | undefined>();
  const make = (code: number) => {
    const all = [...(before!.get(code) ?? []), ...listed(code), ...(after!.get(code) ?? [])];
    return trieOf(all).next?.get(code);
  };
  return (code) => {
    const known = made.get(code);
    if (known !== undefined || made.has(code)) return known;
    const words = make(code);
    made.set(code, words);
    return words;
  };
}

/** What the list of words has of a first character. Only where each stands is read at once: to make strings of all takes longer. */
function readListed(): (code: number) => Entry[] {
  const text = textOf('han-words.txt').trimEnd();
  const words = text.split('\n').map((line) => wordOf(line.charAt(0) as WordClass, Number.parseInt(line.slice(1), 10)));
  /** By first character: where a word begins, and in which line, by turns. */
  const places = new Map<number, number[]>();
  let line = 0;
  for (let at = 0; at < text.length; at++) {
    const code = unitAt(text, at);
    if (code === NEW_LINE) line++;
    if (code !== BLANK) continue;
    const first = unitAt(text, at + 1);
    const theirs = places.get(first);
    if (theirs === undefined) places.set(first, [at + 1, line]);
    else theirs.push(at + 1, line);
  }
  return (code) => {
    const theirs = places.get(code) ?? [];
    return Array.from({ length: theirs.length / 2 }, (_, nth) => {
      TO_BLANK.lastIndex = theirs[2 * nth]!;
      return [TO_BLANK.exec(text)![0], words[theirs[2 * nth + 1]!]!] as const;
    });
  };
}

const NEW_LINE = '\n'.charCodeAt(0);
const BLANK = ' '.charCodeAt(0);
const TO_BLANK = /\S+/y;

/** What words are that the list does not have. */
function wordsBefore(): Entry[] {
  const [place, branch, known] = [wordOf('s', PLACE), wordOf('n', PLACE), knownWord()];
  const places = linesOf('han-places.txt').flatMap((name) => [name, shortPlace(name)]);
  const branches = [...FIELDS].flatMap((field) => [...SECOND_FIELDS].map((second) => field + second));
  const organisations = ORGANISATIONS.flatMap(({ names }) => names).filter((name) => HAN.test(name));
  return [
    ...places.map((word) => [word, place] as const),
    ...[...SHORT_ENDS, ...branches].map((word) => [word, branch] as const),
    ...organisations.map((word) => [word, known] as const),
  ];
}

/** What words are whatever the list says. */
function wordsAfter(): Entry[] {
  const [surname, place, known] = [wordOf('n', NO_WORD), wordOf('s', PLACE), knownWord()];
  return [
    ...linesOf('han-places-abroad.txt').map((word) => [word, place] as const),
    ...Array.from(ONLY_SURNAMES, (word) => [word, surname] as const),
    ...linesOf('han-organisations.txt').map((word) => [word, known] as const),
  ];
}

function knownWord(): Word {
  return { ...wordOf('o', KNOWN), isBrand: true };
}

function wordOf(kind: WordClass, often: number): Word {
  const cost = (TOTAL - often) * Math.LN2;
  return {
    class: kind,
    isCommon: often >= COMMON,
    isRare: often <= RARE,
    isKnown: true,
    hasCue: false,
    isBrand: false,
    cost,
  };
}

/** `杭州市` is also called `杭州`; of two characters nothing is left away. */
function shortPlace(name: string): string {
  return name.length > 2 ? name.replace(/(?:省|市|自治区|特别行政区|壮族自治区|回族自治区|维吾尔自治区)$/, '') : name;
}

type NamePart = 'surname' | 'single' | 'first' | 'second' | 'foreign';

function readNames(): Record<NamePart, Map<number, number>> {
  const parts: Record<NamePart, Map<number, number>> = {
    surname: new Map(),
    single: new Map(),
    first: new Map(),
    second: new Map(),
    foreign: new Map(),
  };
  let part: NamePart = 'surname';
  for (const line of linesOf('han-names.txt')) {
    const [count = '', letters] = line.split(' ');
    if (letters === undefined) part = count as NamePart;
    else for (const code of codesOf(letters)) parts[part].set(code, Number(count));
  }
  for (const counts of Object.values(parts)) {
    const sum = [...counts.values()].reduce((total, count) => total + count, 0);
    for (const [code, count] of counts) counts.set(code, Math.log(sum / count));
  }
  return parts;
}

/** What a character of a transliterated name costs that the list counts too seldom. */
export const AS_FOREIGN = 5;

function withMinority(foreign: Map<number, number>): Map<number, number> {
  for (const code of codesOf(MINORITY)) foreign.set(code, Math.min(foreign.get(code) ?? AS_FOREIGN, AS_FOREIGN));
  return foreign;
}

function codesOf(letters: string): number[] {
  return Array.from(letters, (letter) => letter.charCodeAt(0));
}

function linesOf(name: string): string[] {
  return textOf(name).trimEnd().split('\n');
}

function textOf(name: string): string {
  return readFileSync(new URL(`../../data/entities/${name}`, import.meta.url), 'utf8');
}
