// By which other names an organisation or a person is found, and that reading them costs no more than the text is long.
import { readFileSync } from 'node:fs';
import { test } from 'tap';
import {
  findTerms,
  namesOfNobody,
  ORGANISATIONS,
  parseOrganisations,
  protectedTerms,
  type TermIndex,
} from '../src/index.ts';
import { LETTERS_FILE, lettersFile } from '../src/organisations.ts';
import { readNames } from '../src/read-names.ts';

const found = (text: string, index: TermIndex) =>
  findTerms(text, index).map(({ start, end }) => text.slice(start, end));

test('who is in the list is found by its products, domains and names in other scripts', async (t) => {
  const index = protectedTerms([{ developer: ['OpenAI'], deployer: ['字节跳动'] }]);
  t.strictSame(found('ChatGPT, GPT-4o and gpt4o of 开放人工智能, see chatgpt.com', index), [
    'ChatGPT',
    'GPT-4o',
    'gpt4o',
    '开放人工智能',
    'chatgpt.com',
  ]);
  t.strictSame(found('ByteDance runs TikTok and 豆包', index), ['ByteDance', 'TikTok', '豆包']);
  t.strictSame(found('Claude by Anthropic', index), [], 'another organisation');
  t.ok(ORGANISATIONS.length >= 100);
});

test('whoever of the list a vault names is found by all that the list says, in English and Chinese sentences', async (t) => {
  for (const { names, domains, products } of ORGANISATIONS) {
    const index = protectedTerms([{ developer: [names[0]!] }]);
    for (const alias of [...names, ...domains, ...products]) {
      const sentences = [`昨天${alias}的系统出错`, `用户投诉${alias}给出错误答案`, `据${alias}公司说`];
      if (!/\p{sc=Han}/u.test(alias)) sentences.push(`Yesterday ${alias} failed.`, `It was told by (${alias}).`);
      const missed = sentences.filter((text) => found(text, index).length === 0);
      if (missed.length > 0) t.fail(`${names[0]}: ${missed.join()}`);
    }
  }
  const index = protectedTerms([{ developer: ['DiDi'], harmed: ['The New York Times'] }]);
  t.strictSame(found('雨滴滴落，滴滴出错', index), ['滴滴'], 'not within another word');
  t.strictSame(found('NYT and nytimes.com', index), ['NYT', 'nytimes.com'], 'whatever they are to the case');
});

test('the letters of the list are those that the names have now', async (t) => {
  const held = readFileSync(new URL(`../data/${LETTERS_FILE}`, import.meta.url), 'utf8');
  t.equal(held, lettersFile(ORGANISATIONS), 'run node scripts/organisations.ts');
});

test('another name of an organisation has its pseudonym, a product one of its own', async (t) => {
  const index = protectedTerms([{ deployer: ['google'] }]);
  t.strictSame(
    findTerms('谷歌 and Gmail', index).map(({ term }) => term),
    [
      { name: 'google', kind: 'deployer', listed: true },
      { name: 'gmail', kind: 'model' },
    ],
  );
  const both = protectedTerms([{ deployer: ['google'], developer: ['youtube'] }]);
  t.strictSame(
    findTerms('YouTube', both)[0]?.term,
    { name: 'youtube', kind: 'developer' },
    "a vault's own word goes first",
  );
});

test("an officer's list takes the place of the one that ships", async (t) => {
  const mine = parseOrganisations('# remark\nZephyrine Dynamics, ZephDyn | 西风动力 | zephdyn.example | Quillmark 9\n');
  const index = protectedTerms([{ developer: ['zephyrine-dynamics', 'OpenAI'] }], mine);
  t.strictSame(found('ZephDyn, 西风动力 and Quillmark-9; ChatGPT', index), ['ZephDyn', '西风动力', 'Quillmark-9']);
});

test('a line of such a list that is wrong is told with its number', async (t) => {
  t.same(parseOrganisations('\uFEFF# ours\nBrixholm'), [{ names: ['Brixholm'], domains: [], products: [] }]);
  for (const [line, mark] of [
    ['Brixholm，Brix', '，'],
    ['Brixholm ｜ 布里克斯', '｜'],
    ['Brixholm; Brix', ';'],
  ] as const)
    t.throws(() => parseOrganisations(line), { message: `line 1 has "${mark}" where lists have | and commas` });
  const told = parseOrganisations('Brixholm Dynamics | | brixholm.example | Q, Harborlight, Assistant');
  t.same(namesOfNobody([...told, ...ORGANISATIONS]), ['Q', 'Assistant'], 'of the project’s list none');
  t.throws(() => parseOrganisations('# remark\n\na | b | c | d | e'), { message: 'line 3 has more than four lists' });
  t.throws(() => parseOrganisations('Zephyrine\r\n | , | zeph.example'), {
    message: 'line 2 has no name of an organisation',
  });
  t.strictSame(parseOrganisations(' | 西风动力\r\n'), [{ names: ['西风动力'], domains: [], products: [] }]);
});

test('initials, both orders, other scripts by sound', async (t) => {
  const index = protectedTerms([
    {
      deployer: ['los-angeles-police-department', '中科云图智能科技有限公司'],
      reporter: ['Vladimir Skvortsov', 'Ouyang Zhengfei'],
      harmed: ['elaine-herzberg'],
    },
  ]);
  t.strictSame(found('the LAPD, not lapd', index), ['LAPD']);
  t.strictSame(found('Herzberg, Elaine; E. Herzberg', index), ['Herzberg, Elaine', 'E. Herzberg']);
  t.strictSame(found('Zhongke Yuntu said', index), ['Zhongke Yuntu']);
  t.strictSame(found('中科云图宣布', index), ['中科云图']);
  t.strictSame(found('Владимир Скворцов', index), ['Владимир Скворцов']);
  t.strictSame(found('据欧阳正非说', index), ['欧阳正非']);
});

test('a name written otherwise: and for &, two letters for an umlaut, the surname last, a model without its size', async (t) => {
  const index = protectedTerms([
    {
      customers: ['Zephyr & Ortega', 'Brixholm and Wendt', 'Lüdenscheidt Hüttenwerke'],
      reporter: ['王小明', '歐陽正非'],
      model: ['Pellucine-7B'],
    },
  ]);
  t.strictSame(found('Zephyr and Ortega; Brixholm & Wendt', index), ['Zephyr and Ortega', 'Brixholm & Wendt']);
  t.strictSame(found('the Luedenscheidt Huettenwerke', index), ['Luedenscheidt Huettenwerke']);
  t.strictSame(found('by Xiaoming Wang and Zhengfei Ouyang', index), ['Xiaoming Wang', 'Zhengfei Ouyang']);
  t.strictSame(found('P-e-l-l-u-c-i-n-e, pellucine', index), ['P-e-l-l-u-c-i-n-e', 'pellucine']);
});

test('ways to write a name that come together: und for & and two letters for an umlaut, an apostrophe left away', async (t) => {
  const index = protectedTerms([
    {
      customers: ['Zephyr & Örtega', 'H&M', 'Đuro Brixholm'],
      reporter: ['Sinead O’Pellworth'],
    },
  ]);
  t.strictSame(found('Zephyr und Oertega; ZephyrAndOertega; Zephyr y Ortega', index), [
    'Zephyr und Oertega',
    'ZephyrAndOertega',
    'Zephyr y Ortega',
  ]);
  t.strictSame(found('H&M, H & M, H＆M, but hm and h m', index), ['H&M', 'H & M', 'H＆M']);
  t.strictSame(found('Djuro Brixholm; OPellworth; O’Pellworth', index), [
    'Djuro Brixholm',
    'OPellworth',
    'O’Pellworth',
  ]);
});

test('the index is asked in proportion to the text, whatever stands in it', async (t) => {
  const index = protectedTerms([
    { developer: [`${'ab'.repeat(30)}c`, 'OpenAI', ...Array.from({ length: 500 }, (_, nth) => `Nqxz${nth} Labs`)] },
  ]);
  const stepsIn = (text: string) => {
    let steps = 0;
    const counted: TermIndex = { ...index, step: (node, symbol) => index.step(node, symbol + 0 * steps++) };
    readNames({ text }, counted, { isKey: false });
    return steps;
  };
  for (const unit of ['a', 'ab', 'a-b-', '@', 'a@b.', 'ab ', '-', '1', 'nqxz', '/abab']) {
    const [short, long] = [25_000, 100_000].map((length) => stepsIn(unit.repeat(length / unit.length)));
    t.ok(long! <= short! * 4.1 + 100, `${unit}: ${short} and ${long}`);
  }
});
