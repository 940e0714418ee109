// What stands in place of a name in Chinese text, beside English and within it.
import { test } from 'tap';
import { findEntities, HELD_FROM } from '../src/findings.ts';
import { leakCheck, neutralNames, protectedTerms, pseudonyms, scrub, scrubText } from '../src/index.ts';

const index = protectedTerms([
  {
    developer: ['OpenAI', '智谱华章'],
    deployer: ['Quillmark Systems'],
    model: ['GPT-4o'],
    reporter: ['Halden Institute'],
    customers: ['蓝鲸医疗'],
    harmed: ['elaine-herzberg'],
  },
]);
const CODES: Readonly<Record<string, string>> = { openai: 'A7F3', zhipuai: '0B51' };
const codes = pseudonyms((name) => CODES[name] ?? 'C0DE');
const forPeers = (text: string) => scrubText(text, index, codes);
const forAll = (text: string) => scrubText(text, index, neutralNames);

test('among Chinese words a name becomes a Chinese one, without a blank', (t) => {
  t.equal(forPeers('2023年，OpenAI的助手泄露了密钥。'), '2023年，开发方A7F3的助手泄露了密钥。');
  t.equal(forPeers('由 OpenAI 开发的 GPT-4o 模型'), '由开发方A7F3开发的模型C0DE模型');
  t.equal(forPeers('OpenAI 称，GPT-4o 没有问题'), '开发方A7F3称，模型C0DE没有问题');
  t.equal(
    forPeers('OpenAI、Quillmark Systems、Halden Institute 均已知情'),
    '开发方A7F3、部署方C0DE、实验室C0DE均已知情',
  );
  t.equal(forPeers('伊莱恩（Elaine Herzberg）'), '伊莱恩（人员C0DE）');
  t.equal(forAll('该OpenAI助手与蓝鲸医疗的系统'), '该开发方助手与某客户的系统');
  t.equal(forAll('OpenAI 和 Quillmark Systems 合作'), '某开发方和某部署方合作');
  t.end();
});

test('among English words it stays English, whatever the name is written in, and the code is the same', (t) => {
  t.equal(forPeers('A report of 智谱华章 in English'), 'A report of Developer 0B51 in English');
  t.equal(forPeers('据智谱华章称'), '据开发方0B51称');
  t.equal(forPeers('by Zhipuhuazhang'), 'by Developer 0B51', 'in Latin letters it is the same name');
  t.equal(forPeers('An OpenAI tool'), 'A Developer A7F3 tool');
  t.equal(forAll('used by 智谱华章.'), 'used by a developer.');
  t.end();
});

test('in a text of both the words that are nearer decide', (t) => {
  t.equal(
    forPeers('The vendor OpenAI said nothing. 而 OpenAI 的助手照常运行。'),
    'The vendor Developer A7F3 said nothing. 而开发方A7F3的助手照常运行。',
  );
  t.equal(forPeers('系统 (OpenAI Assistant) 出错'), '系统 (Developer A7F3 Assistant) 出错');
  t.end();
});

test('a code does not run into a number, and a name alone is read by itself', (t) => {
  t.equal(forPeers('由OpenAI 2023年发布'), '由开发方A7F3 2023年发布');
  t.equal(forPeers('智谱华章'), '开发方0B51');
  t.equal(forPeers('OpenAI'), 'Developer A7F3');
  t.equal(forPeers('𠮷野用OpenAI'), '𠮷野用开发方A7F3');
  t.end();
});

test('nothing is left, nothing is found in what was written, and a second time changes nothing', (t) => {
  const texts = [
    '由 OpenAI 开发的 GPT-4o 模型',
    'OpenAI、Quillmark Systems、Halden Institute 均已知情',
    '蓝鲸医疗与OpenAI',
  ];
  for (const naming of [codes, neutralNames]) {
    for (const text of texts) {
      const { title } = scrub({ title: text }, index, naming).fields as { title: string };
      t.strictSame(leakCheck({ title }, index), []);
      t.equal(scrubText(title, index, naming), title);
      t.strictSame(
        findEntities(title).filter(({ confidence }) => confidence >= HELD_FROM),
        [],
        title,
      );
    }
  }
  t.end();
});

test('a person’s handle of family name and initials is a name, what is shorter or a word is none', (t) => {
  const persons = protectedTerms([{ harmed: ['王小明', '林嘉欣', '欧阳娜娜', '李小明', '唐歌欧', '王伟'] }]);
  const told = (text: string) => scrubText(text, persons, neutralNames);
  for (const handle of 'wangxm xmwang wang_xm xm-wang linjx jxlin ouyangnn'.split(' '))
    t.equal(told(`The user ${handle} logged in.`), 'The user a named party logged in.', handle);
  t.equal(told('账号wangxm1987登录'), '账号某人1987登录');
  for (const text of ['lixm, xm and wxm1987', 'It takes two to tango.', 'swangxmq', 'wwang, wangw'])
    t.equal(told(text), text);
  t.end();
});
