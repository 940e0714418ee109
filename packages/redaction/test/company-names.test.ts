// Japanese companies without what they do and what they are by law.
import { test } from 'tap';
import { neutralNames, protectedTerms, pseudonyms, scrubText } from '../src/index.ts';

const told = (developer: string, text: string) =>
  scrubText(text, protectedTerms([{ developer: [developer] }]), neutralNames);

test('a company is found without its trade and legal form, and by the name before them', (t) => {
  for (const [name, ...texts] of [
    ['トヨタ自動車株式会社', 'トヨタは謝罪した。', 'トヨタ自動車は謝罪した。'],
    ['トヨタ自動車', 'トヨタは謝罪した。'],
    ['トヨタ', 'トヨタ自動車は謝罪した。', 'トヨタ自動車株式会社は謝罪した。'],
    ['ソニーグループ株式会社', 'ソニーは謝罪した。', 'ソニーグループは謝罪した。'],
    ['ソニー', 'ソニーグループは謝罪した。', 'ソニーグループ株式会社は謝罪した。'],
    ['株式会社日立製作所', '日立は謝罪した。', '日立製作所は謝罪した。'],
    ['日立', '日立製作所は謝罪した。'],
    ['三菱電機', '三菱は謝罪した。'],
    ['本田技研工業株式会社', '本田は謝罪した。', '本田技研は謝罪した。'],
    ['東京電力ホールディングス', '東京電力は謝罪した。'],
    ['第一生命保険株式会社', '第一生命は謝罪した。'],
    ['みずほ銀行', 'みずほは謝罪した。'],
  ] as const)
    for (const text of texts)
      t.notMatch(told(name, text), name.replace(/^株式会社/, '').slice(0, 2), `${name}: ${text}`);
  t.end();
});

test('words, places and persons are no companies because one begins with them', (t) => {
  for (const [name, ...texts] of [
    ['東京電力ホールディングス', '東京は晴れた。'],
    ['日本製鉄', '日本は晴れた。'],
    ['第一生命保険株式会社', '第一は晴れた。'],
    ['さくら銀行', 'さくらが咲いた。'],
    ['データシステムズ', 'データが消えた。'],
    ['株式会社日立製作所', '日立市は晴れた。', '每日立即检查。', '日历显示错误。'],
    ['富士電機', '富士山は晴れた。', '富士市は晴れた。'],
    ['楽天グループ', '楽天的な人だ。'],
    ['本田技研工業', '本田さんは言った。'],
    ['ソニー', 'ソニーブームだ。'],
  ] as const)
    for (const text of texts) t.equal(told(name, text), text, name);
  t.end();
});

test('all that a company is called has one code', (t) => {
  const index = protectedTerms([{ developer: ['トヨタ自動車株式会社'] }, { deployer: ['トヨタ'] }]);
  const asked = new Set<string>();
  const naming = pseudonyms((name) => {
    asked.add(name);
    return 'A7F3D2';
  });
  scrubText('トヨタ自動車株式会社、トヨタ自動車、トヨタ。', index, naming);
  t.strictSame([...asked], ['toyota'], 'which is its first name in the list');
  t.end();
});
