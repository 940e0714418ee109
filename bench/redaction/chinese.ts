// Chinese sentences with labels, drawn from templates. The names are drawn by published statistics and from characters; none of the
// lists here is shared with packages/redaction, whose lists come from elsewhere.
import { readFileSync } from 'node:fs';
import type { Random } from './random.ts';
import type { Labelled, Span } from './score.ts';

/** The hundred commonest surnames with their weight: Ministry of Public Security, report on names 2020 (ranks), weights as 1/rank^0.8. */
const COMMON =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常';
const RARE =
  '汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const COMPOUND =
  '欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 东方 轩辕 端木 长孙 宇文 澹台 南宫 独孤 呼延'.split(' ');
/** Characters of given names, the commonest first (the reports of 2018 to 2021 name the first fifty; the rest as known). */
const GIVEN =
  '英华玉明秀文国红丽建金桂春海志梅军兰平芳伟敏静强磊洋艳娜勇涛超杰霞鹏宇浩轩涵梓欣怡子俊晨泽雨佳琪雪婷慧丹倩玲燕斌波辉刚健峰龙凯旭东宏飞鑫博嘉雅诗思语彤萱瑶琳颖洁璐莹梦瑞祥福贵生德义仁礼智信忠孝康宁安乐清远山川江河林森松柏竹菊莲荷云霄天星月光晓阳晖昊然逸舒畅若曦沐辰铭锦煜睿哲翰墨书琴棋画芸芷兮婉淑贞惠娟凤珍翠萍莉霜冰洪全成立新民权胜利永长庆富有才根水火土木来顺发财旺兴盛鸿雁鹤鸣启航奕诺可心一凡';
const MINORITY =
  '阿依古丽·买买提 艾力·吐尔逊 热依扎·阿不都拉 巴图尔·哈斯 努尔兰·叶尔肯 迪丽努尔·艾尼 扎西·多吉 卓玛·央金 帕提古丽·卡德尔 库尔班·尼亚孜 玛依拉·热合曼 买合木提·依明'.split(
    ' ',
  );
const FOREIGN_GIVEN =
  '约翰 玛丽 安德烈 伊万 索菲亚 迈克尔 卡洛斯 艾米丽 克里斯蒂娜 穆罕默德 拉杰什 弗朗索瓦 乌尔苏拉 亚历山大 本杰明 汉娜'.split(
    ' ',
  );
const FOREIGN_LAST =
  '史密斯 彼得罗夫 冈萨雷斯 施耐德 奥康纳 卡瓦尔坎蒂 辛格 杜邦 林德伯格 科瓦尔斯基 布朗 费尔南德斯 穆勒 阿卜杜拉 哈里森 罗西'.split(
    ' ',
  );
const CITIES =
  '杭州 成都 绵阳 株洲 洛阳 石家庄 呼和浩特 乌鲁木齐 齐齐哈尔 泉州 湛江 柳州 大同 鞍山 芜湖 九江 烟台 宜昌 遵义 曲靖 咸阳 天水 银川 西宁 三亚 南通 温州 佛山 长春 大连'.split(
    ' ',
  );
const PROVINCES =
  '浙江省 四川省 湖南省 河南省 河北省 福建省 广东省 辽宁省 安徽省 江西省 山东省 湖北省 贵州省 云南省'.split(' ');
const STREET = '文昌新华建设解放朝阳滨河翠屏桃源锦绣长宁富民永兴青云学府凤凰兴隆望江和谐迎宾泰山';
const BRAND = '恒瑞达启明辰创联众信诚远拓博智慧云海天宇华鼎盛泰安捷通飞腾中科蓝图未来星河极光锐澜岭森';
const BRANCH =
  '科技 智能科技 信息技术 网络科技 生物医药 机器人 汽车 物流 电子商务 传媒 教育科技 能源 数据服务 软件'.split(' ');
const COMPANY = '有限公司 有限责任公司 股份有限公司 集团 公司'.split(' ');
const PUBLIC =
  '第一人民医院 中心医院 中医院 妇幼保健院 公安局 教育局 卫生健康委员会 市场监督管理局 交通运输局 中级人民法院 人民检察院 大学 师范大学 理工大学 职业技术学院 实验小学 第三中学 外国语学校 农村商业银行 图书馆 疾病预防控制中心 消防救援支队'.split(
    ' ',
  );
const BUREAU = '人工智能研究院 计算技术研究所 律师事务所 保险公司 证券公司 基金会 行业协会 出版社 检测中心'.split(' ');

/** @returns `count` sentences over all templates, and the negatives once each */
export function chineseSentences(count: number, random: Random): Labelled[] {
  const templates = lines('templates-zh.txt');
  const drawn = Array.from({ length: count }, (_, nth) => fill(templates[nth % templates.length]!, random));
  return [...drawn, ...lines('negatives-zh.txt').map((text) => ({ text, spans: [] }))];
}

function lines(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function fill(template: string, random: Random): Labelled {
  const makers = { P: person, O: organisation, L: place, D: date, T: time } as const;
  const kinds = { P: 'person', O: 'organisation', L: 'place', D: 'date', T: 'time' } as const;
  const spans: Span[] = [];
  let text = '';
  for (const part of template.split(/(\{[POLDT]\})/)) {
    const slot = /^\{(.)\}$/.exec(part)?.[1] as keyof typeof makers | undefined;
    const value = slot === undefined ? part : makers[slot](random);
    if (slot !== undefined) spans.push({ start: text.length, end: text.length + value.length, kind: kinds[slot] });
    text += value;
  }
  return { text, spans };
}

function person(random: Random): string {
  const dice = random.next();
  if (dice < 0.05) return random.of(MINORITY);
  if (dice < 0.12) return `${random.of(FOREIGN_GIVEN)}·${random.of(FOREIGN_LAST)}`;
  if (dice < 0.17) return random.of('老小阿'.split('')) + byRank(COMMON, random);
  const surname = dice < 0.25 ? random.of(COMPOUND) : dice < 0.4 ? random.of([...RARE]) : byRank(COMMON, random);
  const length = random.next() < 0.8 ? 2 : 1;
  return surname + Array.from({ length }, () => byRank(GIVEN, random)).join('');
}

function organisation(random: Random): string {
  const dice = random.next();
  const brand = () => characters(BRAND, 2, random);
  if (dice < 0.3) return random.of(CITIES) + (random.next() < 0.5 ? '市' : '') + random.of(PUBLIC);
  if (dice < 0.4) return random.of(PROVINCES) + random.of(PUBLIC);
  if (dice < 0.55) return brand() + random.of(BUREAU);
  if (dice < 0.7) return random.of(CITIES) + brand() + random.of(BRANCH) + random.of(COMPANY);
  return brand() + random.of(BRANCH) + random.of(COMPANY);
}

function place(random: Random): string {
  const street = () => characters(STREET, 2, random);
  const city = `${random.of(CITIES)}市`;
  const dice = random.next();
  if (dice < 0.2) return city;
  if (dice < 0.45) return `${city}${street()}区${street()}路${1 + random.below(900)}号`;
  if (dice < 0.6) return `${random.of(PROVINCES)}${city}`;
  if (dice < 0.75) return `${street()}街道`;
  if (dice < 0.85) return `${random.of(PROVINCES)}${street()}县${street()}镇`;
  return `${street()}大街${1 + random.below(200)}号`;
}

function date(random: Random): string {
  const [year, month, day] = [2015 + random.below(11), 1 + random.below(12), 1 + random.below(28)];
  const dice = random.next();
  if (dice < 0.45) return `${year}年${month}月${day}日`;
  if (dice < 0.7) return `${month}月${day}日`;
  if (dice < 0.85) return `${han(month)}月${han(day)}日`;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function time(random: Random): string {
  const hour = 1 + random.below(11);
  const half = random.of(['上午', '下午', '凌晨', '晚上', '']);
  const minute = random.below(60);
  const dice = random.next();
  if (dice < 0.4) return `${half || '上午'}${hour}点${random.of(['', '半', '二十分', '一刻'])}`;
  if (dice < 0.7) return `${half}${hour}时${minute}分`;
  return `${half}${hour}:${String(minute).padStart(2, '0')}`;
}

function han(number: number): string {
  const digits = ' 一二三四五六七八九';
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? digits[ones] : ''}`;
}

function characters(list: string, length: number, random: Random): string {
  return Array.from({ length }, () => random.of([...list])).join('');
}

/** The n-th is drawn with weight 1/(n + 3)^0.8. */
function byRank(list: string, random: Random): string {
  const letters = [...list];
  const weights = letters.map((_, nth) => (nth + 3) ** -0.8);
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [nth, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return letters[nth]!;
  }
  return letters.at(-1)!;
}
