// Chinese and Japanese names without what may be left away: place, legal form, what the company does.
import { COMPOUND_SURNAMES, hanLexicon } from './entities/han-lexicon.ts';
import { simplified } from './entities/han-traditional.ts';
import { wordAt } from './entities/trie.ts';

/** `北京字节跳动科技有限公司` also to `字节跳动`, `中国科学院自动化研究所` to `中科院自动化所`, `トヨタ自動車株式会社` to `トヨタ`; traditional characters
 *  also as simplified ones. The last has the least. */
export function withoutPlaceAndForm(written: string): string[] {
  const forms = japaneseForms(written);
  const simple = forms.map(simplified);
  const all = [...forms, ...simple, ...chineseForms(simple.at(-1)!)];
  return [...new Set(all.toReversed())].toReversed();
}

/** `日立` of `日立製作所`, which is hardly told from two characters of other words. */
export function isOfTwo(form: string, whole: string): boolean {
  return /^\p{sc=Han}{2}$/u.test(form) && !whole.endsWith(form);
}

function chineseForms(part: string): string[] {
  if (!/^\p{sc=Han}{4,}$/u.test(part)) return [part];
  const academies = [part, part.replace(/^中国科学院/u, '中科院'), part.replace(/^中国社会科学院/u, '社科院')];
  const short = academies.flatMap((name) => [name, name.replace(/研究所$/u, '所')]);
  const bare = part.replace(/(?:股份)?(?:有限)?(?:责任)?公司$|集团$/u, '');
  const rest = bare.replace(/^(?:北京|上海|深圳|广州|杭州|南京|成都|武汉|西安|苏州|合肥|天津|重庆|香港|中国)市?/u, '');
  const core = rest.replace(/(?:信息|网络|智能)?(?:科技|技术)(?:集团)?$/u, '');
  return [...new Set([part, ...short, bare, rest, core])].filter((name) => name === part || name.length >= 3);
}

const LEGAL = /^(?:株式|有限|合同)会社|(?:株式|有限|合同)会社$/u;

/** What a company does, or that it is one of several. */
const KANA_TRADES =
  `グループ ホールディングス コーポレーション ジャパン フィナンシャル テクノロジー テクノロジーズ システム システムズ ソリューション ソリューションズ サービス
  エレクトロニクス モーター モーターズ モータース ソフトウェア ネットワーク ネットワークス エンジニアリング ケミカル ファーマ メディカル フーズ ガス バンク モバイル エナジー`.split(
    /\s+/,
  );
const TRADES =
  `自動車 製作所 電機 電気 電器 電力 電鉄 鉄道 重工業 重工 工業 技研 産業 興業 製薬 薬品 化学 化成 製鉄 製鋼 製紙 製菓 食品 飲料 商事 物産 不動産 建設 生命保険 損害保険 生命
  海上 火災 保険 証券 銀行 航空 海運 運輸 倉庫 通信 放送 新聞社 新聞 出版 印刷 百貨店`
    .split(/\s+/)
    .concat(KANA_TRADES)
    .sort((a, b) => b.length - a.length);

/** Whether a company's name goes on with what it does: `ソニーグループ`. */
export function isBeforeTrade(text: string, at: number): boolean {
  return KANA_TRADES.some((trade) => text.startsWith(trade, at));
}

/** A name and what is left of it, from one to the next, as long as that is a name. */
function japaneseForms(written: string): string[] {
  const bare = written.replace(LEGAL, '');
  const forms = bare !== written && bare.length > 1 ? [written, bare] : [written];
  // A name in simplified characters is Chinese.
  if (bare === written && !/[\p{sc=Hira}\p{sc=Kana}]/u.test(written) && simplified(written) === written) return forms;
  for (let rest = withoutTrade(forms.at(-1)!); rest !== undefined; rest = withoutTrade(rest)) forms.push(rest);
  return forms;
}

function withoutTrade(name: string): string | undefined {
  if (!/\P{ASCII}$/u.test(name)) return undefined;
  return TRADES.filter((trade) => name.endsWith(trade))
    .map((trade) => name.slice(0, -trade.length))
    .find(isOwnName);
}

/** Words that companies are called after and others write as well. */
const KANA_WORDS = new Set(
  `アイ アクセス アジア アース アート アドバンス アプリ アルファ イースト インター インターネット ウェブ ウエスト エコ エネルギー エリア オリジナル オンライン オープン カード
  キャリア クラウド グッド グランド グリーン グローバル ケア コスモ コミュニティ コンサルティング サイエンス サイバー サポート サン シティ シルバー スカイ スター スタジオ ステップ
  スペース スポーツ スマート セキュリティ セントラル センター ソフト ソーシャル タクシー ダイヤモンド データ デジタル デザイン テレコム テレビ トータル トップ トラスト トラベル ドリーム
  ニュー ネット ネクスト ハイテク ハウス ハート バイオ パートナー パシフィック パワー ビジネス ビジョン ファースト ファイナンス ファミリー フード フィナンシャル フューチャー ブライト
  プライム プラス プレミアム ヘルス ヘルスケア ベスト ベンチャー ホーム ホテル ポイント マーケット マイクロ マネジメント メディア メディカル モデル モバイル ユニバーサル ライフ ライン
  リアル リサーチ リース レンタル ロボット ロボティクス ワークス ワールド ワン さくら あおぞら みらい のぞみ ひかり きらり つばさ あさひ ひまわり なでしこ こころ いのち ふれあい`.split(
    /\s+/,
  ),
);

const MIN_COST = 13;

function isOwnName(rest: string): boolean {
  if (KANA_WORDS.has(rest) || /^(?:[中全][国國]|[国國][家際际])/.test(rest)) return false;
  if (!/^\p{sc=Han}{1,3}$/u.test(rest)) return rest.length > 2 && /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]+$/u.test(rest);
  const simple = simplified(rest);
  const word = wordAt(hanLexicon().wordsFrom, simple, 0, simple.length);
  // No place, no number and no word that texts have: `東京電力`, `第一生命`. `野村` is mostly a person.
  const isName = word === undefined || word.class === 'o' || (!/[smtf]/.test(word.class) && word.cost > MIN_COST);
  return rest.length > 1 && isName && !COMPOUND_SURNAMES.has(simple);
}
