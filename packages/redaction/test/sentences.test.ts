// Where sentences begin; in doubt two are one.
import { test } from 'tap';
import { sentenceStarts } from '../src/sentences.ts';

const split = (text: string) => {
  const starts = sentenceStarts(text);
  return starts.map((start, nth) => text.slice(start, starts[nth + 1]).trim());
};

test('sentences end where the next one begins for sure', (t) => {
  for (const sentences of [
    ['It failed.', 'Maria Delgado was hurt!', '“Why?”', 'Nobody knew in 2024.', '3 were hurt.'],
    ['Dr. Maria Delgado of St. Olav told Gov. J. Ray of it.', 'He laughed'],
    ['It was sold by Acme Inc. in Ohio, approx. 5 times (Prof. Ray said).', 'Next.'],
    ['A chatbot\nof many lines', 'and another'],
    ['患者李娜去世。', '她说：“不是我。”', '为什么？'],
    [''],
  ]) {
    t.strictSame(split(sentences.join(sentences[1] === 'and another' ? '\n \n' : ' ')), sentences);
  }
  t.strictSame(split('系统出错。患者李娜去世。'), ['系统出错。', '患者李娜去世。']);
  t.strictSame(split('Version 2.0 of node.js v. Smith, e.g. Maria Delgado'), [
    'Version 2.0 of node.js v. Smith, e.g. Maria Delgado',
  ]);
  t.end();
});
