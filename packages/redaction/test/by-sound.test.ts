// Chinese names by their sound: other characters that nobody writes there are a name in disguise, words are words.
import { test } from 'tap';
import { findTerms, protectedTerms } from '../src/index.ts';

const found = (text: string, ...names: string[]) =>
  findTerms(text, protectedTerms([{ developer: names.slice(1), reporter: names.slice(0, 1) }])).map(({ start, end }) =>
    text.slice(start, end),
  );

test('a word that sounds like a name is none, nor are two halves of words', async (t) => {
  t.strictSame(found('系统未来的意图，公司的语音数据', '龚思', '蔚来', '依图', '于音'), []);
  t.strictSame(found('但是建议如此', '施建'), []);
  t.strictSame(found('未来的历史', 'Li Shi', 'Weilai'), []);
});

test('one character is no name for sounding like a part of one', async (t) => {
  t.strictSame(found('这个名字说明它在上海', '王小明', 'Li Shang'), []);
  t.strictSame(found('据 Xiaoming Wang 说', '王小明'), ['Xiaoming Wang']);
});

test('characters that are no words there are a name in disguise, and traditional ones the name itself', async (t) => {
  t.strictSame(found('据喂来说，蔚來和宫斯', '龚思', '蔚来'), ['喂来', '蔚來', '宫斯']);
  t.strictSame(found('他的联想，聯想', '王某人', '聯想'), ['联想', '聯想']);
  t.strictSame(found('据自劫跳动、王小鸣说', '王小明', '字节跳动'), ['自劫跳动', '王小鸣']);
});
