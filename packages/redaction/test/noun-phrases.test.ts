// Names within sentences: articles, brackets and possessives of what is written for them, and what hangs on a name goes with it.
import fc from 'fast-check';
import { test } from 'tap';
import { findAll } from '../src/findings.ts';
import { neutralNames, protectedTerms, pseudonyms, scrubText, takeOut } from '../src/index.ts';

const index = protectedTerms([
  { developer: ['tesla', 'google', 'boeing', 'amazon'], model: ['autopilot', 'claude', 'gpt-4'], deployer: ['bing'] },
  { harmed: ['elon-musk'] },
]);
const names = { record: pseudonyms(() => 'A7F3'), edition: neutralNames };

function written(summary: string): [edition: string, record: string] {
  const fields = { title: 'x', summary };
  const { record, edition } = takeOut({ fields, shown: fields }, index, names, {
    ...{ verdicts: new Map(), removed: new Set<string>(), policy: true, before: new Set<string>(), read: findAll },
  });
  return [edition.fields.summary as string, record.fields.summary as string];
}

test('what is sold under a known name goes with it', (t) => {
  for (const [text, edition, record] of [
    ['A Tesla Model 3 hit it.', 'A product of a developer hit it.', 'A product of Developer A7F3 hit it.'],
    ['Tesla Model S was hit.', 'A product of a developer was hit.', 'A product of Developer A7F3 was hit.'],
    ['in a Tesla Model 3 taxi cab', 'in a developer taxi cab', 'in a Developer A7F3 taxi cab'],
    ['his Tesla Model YL.', 'his product of a developer.', 'his product of Developer A7F3.'],
    ['with the Tesla 747 MAX was', 'with the product of a developer was', 'with the product of Developer A7F3 was'],
    ['in a Boeing B52.', 'in a product of a developer.', 'in a product of Developer A7F3.'],
    ['by Claude 3.5 Sonnet, GPT-4o-mini', 'by a model, a model', 'by Model A7F3, Model A7F3'],
    ['by Google-7b-Instruct.', 'by a product of a developer.', 'by a product of Developer A7F3.'],
    ['特斯拉Model 3撞了人。', '某开发方产品撞了人。', '开发方A7F3产品撞了人。'],
    ['A Tesla Sedan was hit.', 'A developer was hit.', 'A Developer A7F3 was hit.'],
    ['told Google Search staff', 'told a developer staff', 'told Developer A7F3 staff'],
    // Neither a quarter nor a headline's verb nor a count is a product.
    ['Google Q3 results', 'A developer Q3 results', 'Developer A7F3 Q3 results'],
    ['Amazon Model Had Bias', 'A developer Model Had Bias', 'Developer A7F3 Model Had Bias'],
    ['Amazon 12 times', 'A developer 12 times', 'Developer A7F3 12 times'],
  ] as const)
    t.strictSame(written(text), [edition, record], text);
  t.equal(
    scrubText('A Tesla Model 3 hit it.', index, neutralNames),
    'A product of a developer hit it.',
    'in warnings too',
  );
  t.end();
});

test('the public edition reads as English', (t) => {
  for (const [text, edition] of [
    ['Twenty-four Amazon workers fell.', 'Twenty-four developer workers fell.'],
    ['Amazon workers fell, and two Google phones.', "A developer's workers fell, and two developer phones."],
    ['the Amazon workers', 'the developer workers'],
    ['a parked Tesla in a fake Google ad', 'a parked developer in a fake developer ad'],
    ['they parked Teslas', 'they parked a developer'],
    ['They alleged Google said so.', 'They alleged a developer said so.'],
    ['AI-Generated Google ads', 'AI-Generated developer ads'],
    ['the LLM Claude wrote', 'the LLM (a model) wrote'],
    ['the app Google built', 'the app a developer built'],
    ['the firm Google and tycoon Elon Musk', 'the firm (a developer) and tycoon a named party'],
    ["of President Elon Musk's speech", "of President a named party's speech"],
    ['of President Elon Musk.', 'of President (a named party).'],
    ['A Tesla Autopilot crash', "A developer's model crash"],
    ['Google Bing said so.', 'A developer said so.'],
    ['The Google of it', 'The developer of it'],
    ['lost HK$2.64 million', 'lost HK$2.64 million'],
  ] as const)
    t.equal(written(text)[0], edition, text);
  t.end();
});

test('words that are left of a name are looked for beside names only', (t) => {
  const text = 'Google Search failed. Its search is bad, and Search Tools of Google Search as well.';
  const [edition] = written(text);
  t.equal(edition, 'A developer failed. Its search is bad, and Search Tools of a developer as well.');
  t.end();
});

const word = fc.constantFrom(
  ...['Tesla', 'Tesla Model 3', 'Google', 'Claude 3.5 Sonnet', 'Autopilot', 'Boeing 737 MAX', 'Elon Musk', 'Bing'],
  ...['a', 'an', 'the', 'two', 'fake', 'firm', 'workers', 'users', 'said', 'of', 'President', '.', ',', 'Search', '车'],
);

test('no article stands twice, nothing of a designation is left, and once is enough', (t) => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 10 }), (words) => {
      const text = words.join(' ');
      for (const naming of [names.edition, names.record]) {
        const once = scrubText(text, index, naming);
        if (scrubText(once, index, naming) !== once || /Model [3S]|737|Sonnet/.test(once)) return false;
        if (/\b(?:the|an?) an? (?:developer|model|deployer|named)/i.test(once) && !/\b(?:the|an?) an?\b/.test(text))
          return false;
      }
      return true;
    }),
    { numRuns: 500 },
  );
  t.end();
});
