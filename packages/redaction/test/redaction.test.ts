// Names out of texts: which parties are names, which spellings are found, and that nothing is left.
import fc from 'fast-check';
import { test } from 'tap';
import {
  findTerms,
  leakCheck,
  leakCheckBytes,
  neutralNames,
  protectedTerms,
  pseudonyms,
  scrub,
  scrubText,
  type TermIndex,
} from '../src/index.ts';

const index = protectedTerms([
  {
    developer: ['youtube', 'keolis-north-america', 'x-(twitter)', 'OpenAI', 'target', 'xai'],
    deployer: [
      'google',
      'ukraine',
      'united-states',
      'YouTube',
      'hugging-face',
      'unknown-scammers',
      'tesla-drivers',
      'northwind-logistics-inc.',
    ],
    model: ['Kimi-K2-Instruct-0905', 'meta-llama/Llama-3.2-11B', 'ProofPoint Email Protection System'],
    customers: ['北京字节跳动'],
    reporter: ['Jamieson O’Reilly', 'Researchers at Brown University'],
    harmed: [
      'elaine-herzberg',
      'children',
      'bus-passengers',
      'general-public',
      'ukraine',
      'democracy',
      "walter-huang's-family",
    ],
  },
]);

/** Not keyed, and so never for use. */
const numbered = pseudonyms((name) => `${(name.length * 7919).toString(16).toUpperCase().slice(-4).padStart(4, '0')}`);

function namesIn(text: string, terms: TermIndex = index): string[] {
  return findTerms(text, terms).map(({ start, end }) => text.slice(start, end));
}

test('a name is found in every spelling', async (t) => {
  const spellings = [
    'Keolis North America',
    'keolis-north-america',
    'KEOLIS_NORTH_AMERICA',
    'KeolisNorthAmerica',
    'Keolis\u00a0North\nAmerica',
    'Keolis, North America',
    'Ｋｅｏｌｉｓ　Ｎｏｒｔｈ　Ａｍｅｒｉｃａ',
    '𝓚𝓮𝓸𝓵𝓲𝓼 North America',
    'Ke\u200bolis North\u00ad Amer\u2060ica',
    'Kéolis Nörth Américå',
    'Ke\u0301olis North America',
    'Кеоlіѕ Nоrth Аmеrіса',
    'K e o l i s N o r t h A m e r i c a',
    'K.e.o.l.i.s North America',
  ];
  for (const spelling of spellings) t.strictSame(namesIn(`the ${spelling} shuttle`), [spelling], spelling);
  t.strictSame(namesIn("Google's, Google’s, Googles, #google, www.google.com, GoogleMaps, google2"), [
    'Google',
    'Google',
    'Googles',
    'google',
    'google.com',
    'Google',
    'google',
  ]);
  t.strictSame(namesIn('HuggingFace and Open AI, open-ai, Open.AI'), ['HuggingFace', 'Open AI', 'open-ai', 'Open.AI']);
  t.strictSame(namesIn('据报道北京字节跳动的模型'), ['北京字节跳动']);
});

test('a party is found by its other names: in parentheses, without legal form, version, publisher or first name', async (t) => {
  t.strictSame(namesIn('Twitter, now X'), ['Twitter']);
  t.strictSame(namesIn('Northwind Logistics said'), ['Northwind Logistics']);
  t.strictSame(namesIn('Kimi K2 Instruct and Llama 3.2 11B'), ['Kimi K2 Instruct', 'Llama 3.2 11B']);
  t.strictSame(namesIn("ProofPoint's filter"), ['ProofPoint']);
  t.strictSame(namesIn('Ms. Herzberg; Walter Huang; O’Reilly; Brown University'), [
    'Herzberg',
    'Walter Huang',
    'O’Reilly',
    'Brown University',
  ]);
});

test('ordinary words stay: groups, ideas, places, and a name that is a word where it has no capital', async (t) => {
  const ordinary =
    'Unknown scammers in Ukraine and the United States told children, bus passengers and the general public that democracy would target them. ' +
    'Tell us: a clear view, the faces hugging, is open, airport, xaiver, googol.';
  t.strictSame(namesIn(ordinary), []);
  t.equal(scrubText(ordinary, index, numbered), ordinary);
  t.strictSame(namesIn('Target sells; they target; @target; target.com'), ['Target', 'target', 'target']);
});

test("a name of another case's party is replaced too", async (t) => {
  const { fields, changes } = scrub(
    { title: 'Google’s YouTube Kids App Presents Inappropriate Content' },
    index,
    numbered,
  );
  t.equal(fields.title, 'Deployer B99A’s Developer D889 Kids App Presents Inappropriate Content');
  t.match(changes, [
    { at: '/title', start: 0, end: 6, was: 'Google', written: 'Deployer B99A', kind: 'deployer', by: 'term' },
    { at: '/title', start: 9, end: 16, was: 'YouTube', written: 'Developer D889', kind: 'developer', by: 'term' },
  ]);
  t.equal(changes.length, 2);
});

test('the public reads plain words, which do not tell one from another, with the article that fits', async (t) => {
  const read = (text: string) => scrubText(text, index, neutralNames);
  t.equal(
    read('Google’s app and an OpenAI model hurt Elaine Herzberg.'),
    'A deployer’s app and a developer model hurt a named party.',
  );
  t.equal(
    read('The Google app failed. An OpenAI model did not.'),
    'The deployer app failed. A developer model did not.',
  );
  t.equal(read('They blame Google.'), 'They blame a deployer.');
});

test('a place that a vault has as a party is written as its country where something happens there', (t) => {
  const residents = protectedTerms([{ harmed: ['San Francisco residents'], developer: ['Paris AI'] }]);
  const read = (text: string, naming = neutralNames) => scrubText(text, residents, naming);
  t.equal(read('In San Francisco, a camera misread a number.'), 'In the United States, a camera misread a number.');
  t.equal(read('It failed in Paris, France, again.'), 'It failed in France, again.');
  t.equal(read('It failed near San Francisco.', numbered), 'It failed near the United States.');
  t.equal(read('They blame San Francisco.'), 'They blame a named party.');
  t.equal(read('In San Francisco’s view it failed.'), 'In a named party’s view it failed.');
  t.end();
});

test('every text of a record is scrubbed as its type says, and what names somebody by reference is left out', async (t) => {
  const original = {
    kind: 'incident',
    title: 'OpenAI',
    mitigations: [
      { text: 'Google was told.', worked: 'yes', nist_ai_rmf: null },
      { text: 'YouTube was told.', worked: 'yes', nist_ai_rmf: null },
    ],
    safeguards_bypassed: ['filter of Google', 'filter of google', 'another'],
    narrative: null,
    evidence: [
      { kind: 'url', reference: 'https://blog.google.com/x' },
      { kind: 'document', reference: 'file 12' },
    ],
  };
  const before = structuredClone(original);
  const { fields, changes } = scrub(original, index, neutralNames);
  t.strictSame(fields, {
    ...before,
    title: 'A developer',
    mitigations: [
      { text: 'A deployer was told.', worked: 'yes', nist_ai_rmf: null },
      { text: 'A developer was told.', worked: 'yes', nist_ai_rmf: null },
    ],
    safeguards_bypassed: ['filter of a deployer', 'another'],
    evidence: [{ kind: 'document', reference: 'file 12' }],
  });
  t.strictSame(original, before, 'the input is not changed');
  t.match(
    changes.map(({ at, was, written, by }) => `${by} ${at} ${was} > ${written}`),
    [
      'term /title OpenAI > A developer',
      'term /mitigations/0/text Google > A deployer',
      'term /mitigations/1/text YouTube > A developer',
      'term /safeguards_bypassed/0 Google > a deployer',
      'fit /safeguards_bypassed/1 filter of google > null',
      'term /evidence/0/reference https://blog.google.com/x > null',
    ],
  );
  t.strictSame(scrub({ evidence: [{ kind: 'url', reference: 'google' }] }, index, neutralNames).fields, {
    evidence: null,
  });
});

test('a text that grows beyond its field is cut', async (t) => {
  const { fields } = scrub({ title: `${'xai '.repeat(74)}end` }, index, numbered);
  t.equal(Array.from(fields.title as string).length, 300);
  t.match(fields.title, /…$/);
  const full = '🚌'.repeat(300);
  t.equal(scrub({ title: full }, index, numbered).fields.title, full, 'as many characters as it may have');
  const grown = scrub({ title: `xai ${'🚌'.repeat(296)}` }, index, numbered).fields.title as string;
  t.equal(Array.from(grown).length, 300);
  t.match(grown, /🚌…$/u);
});

test('a name keeps one pseudonym in all its spellings, and one kind whatever it is elsewhere', async (t) => {
  const keyed: string[] = [];
  const naming = pseudonyms((name) => {
    keyed.push(name);
    return 'A7F3';
  });
  t.equal(
    scrubText('Hugging Face, HuggingFace, hugging-face', index, naming),
    'Deployer A7F3, Deployer A7F3, Deployer A7F3',
  );
  t.strictSame(new Set(keyed), new Set(['huggingface']));
  // YouTube is a deployer as well.
  t.equal(scrubText('YouTube', index, naming), 'Developer A7F3');
});

test('the leak check tells place and kind of a name anywhere in a value, and never the name', async (t) => {
  const leaks = leakCheck({ a: ['x', { 'b/c': 'by G\u200boogle' }], google: 1 }, index);
  t.strictSame(leaks, [
    { at: '/a/1/b~1c', start: 3, end: 10, kind: 'deployer' },
    { at: '/google', start: 0, end: 6, kind: 'deployer' },
  ]);
  let deep: unknown = 'clean';
  for (let level = 0; level < 40; level++) deep = [deep];
  t.match(leakCheck(deep, index), [{ kind: 'unreadable' }]);
  t.strictSame(leakCheck({ tag: 'xai-xai-xai-xai-xai-xai-xai-xai-xai-xai-abc' }, index), [], 'a keyed fingerprint');
});

test('the leak check reads finished bytes as their reader will, and refuses what it cannot read', async (t) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (name: string, value: unknown) =>
    `${part({ alg: 'Ed25519' })}.${part({ iss: 'https://cn.example', _sd: ['a'.repeat(43)] })}.c2ln~${part(['xai-xai-xai', name, value])}~`;
  t.strictSame(leakCheckBytes(token('title', 'A title'), index), []);
  t.match(leakCheckBytes(token('title', 'Open\u200bAI'), index), [{ at: '/disclosures/0/1', kind: 'developer' }]);
  t.match(leakCheckBytes(Buffer.from(token('openai', null)), index), [{ at: '/disclosures/0/0' }]);
  t.match(leakCheckBytes(`${token('a', 'b')}!!~`, index), [{ at: '/disclosures/1', kind: 'unreadable' }]);
  t.match(leakCheckBytes(`${part({ _sd: ['OpenAI'] })}.e30.c2ln~`, index), [{ at: '/header/opaque/0' }]);
  t.match(leakCheckBytes('{"a": "\\u0047oogle"}', index), [{ at: '/a' }]);
  t.match(leakCheckBytes('{"a": "\\u0047oogle"}\n{"b": 1}', index), [{ at: '', kind: 'deployer' }]);
  t.match(leakCheckBytes('plain google', index), [{ start: 6, end: 12 }]);
  t.match(leakCheckBytes(new Uint8Array([0x47, 0xff]), index), [{ kind: 'unreadable' }]);
});

test('without names nothing is found and nothing is changed', async (t) => {
  const none = protectedTerms([]);
  t.equal(none.size, 0);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      return findTerms(text, none).length === 0 && scrubText(text, none, numbered) === text;
    }),
    { numRuns: 300 },
  );
});

const letters = fc.string({ unit: fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), minLength: 5, maxLength: 10 });
/** Without vowels, so that no English word comes out by chance. */
const name = fc.array(letters, { minLength: 1, maxLength: 3 }).map((tokens) => tokens.join(' '));
const vault = fc.record({
  developer: fc.array(name, { maxLength: 4 }),
  deployer: fc.array(name, { minLength: 1, maxLength: 4 }),
});

const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.replaceAll(' ', '-'),
  (text) => text.replaceAll(' ', '_'),
  (text) => text.replaceAll(' ', ''),
  (text) => Array.from(text).join('\u200d'),
  (text) => Array.from(text).join('.'),
  (text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xff41 - 97)),
  (text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0x1d41a - 97)),
  (text) => text.replace(/[a-z]/g, '$&\u0301'),
  (text) => `“${text}’s”`,
];

test('no disguise hides a name from the leak check', async (t) => {
  const disguise = fc.constantFrom(...DISGUISES);
  fc.assert(
    fc.property(vault, fc.array(disguise, { maxLength: 3 }), fc.lorem(), (names, disguises, words) => {
      const terms = protectedTerms([names]);
      return [...names.developer, ...names.deployer].every((party) => {
        const hidden = disguises.reduce((text, change) => change(text), party);
        return leakCheck({ text: `${words} ${hidden} ${words}` }, terms).length > 0;
      });
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('after scrubbing the leak check is empty, and scrubbing again changes nothing', async (t) => {
  const piece = fc.oneof(
    fc.constantFrom('a', 'the', 'an', ',', '.', "'s", '-', '\u200b', 'x', 'Developer', 'A7F3'),
    letters,
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const cases = fc.tuple(vault, fc.array(fc.tuple(piece, fc.nat()), { maxLength: 20 }), fc.constantFrom('', ' ', ' '));
  for (const naming of [numbered, neutralNames]) {
    fc.assert(
      fc.property(cases, ([names, pieces, glue]) => {
        const terms = protectedTerms([names]);
        const all = [...names.developer, ...names.deployer];
        const text = pieces.map(([word, nth]) => word + glue + all[nth % all.length]).join(glue);
        const { fields } = scrub({ narrative: text }, terms, naming);
        const again = scrub(fields, terms, naming);
        return (
          leakCheck(fields, terms).length === 0 &&
          again.changes.length === 0 &&
          again.fields.narrative === fields.narrative
        );
      }),
      { numRuns: 300 },
    );
  }
  t.pass();
});

test('what a replacement makes with the words around it is read again, and what stays is for the leak check', async (t) => {
  const terms = protectedTerms([{ reporter: ['Acmeon', 'Lab Insights', 'Lab A7F3'] }]);
  t.equal(scrubText('by Acmeon insights', terms, neutralNames), 'by a lab');
  const naming = pseudonyms(() => 'A7F3');
  const { fields } = scrub({ title: 'by Acmeon' }, terms, naming);
  t.match(leakCheck(fields, terms), [{ at: '/title', kind: 'lab' }]);
});

test('reading takes time in proportion to the text, whatever stands in it', async (t) => {
  const long = protectedTerms([
    { developer: [`${'ab'.repeat(39)}c`, ...Array.from({ length: 3000 }, (_, nth) => `Nqxz${nth} Labs`)] },
  ]);
  const hostile = [
    `${'a-b-'.repeat(100_000)}`,
    'ab '.repeat(100_000),
    '\u0301'.repeat(300_000),
    '\ufdfa'.repeat(50_000),
  ];
  // Anything worse than linear would take minutes, which no test has.
  for (const text of hostile) t.same(findTerms(text, long), []);
});

test('an institution whose name begins with a group is somebody', (t) => {
  const index = protectedTerms([{ deployer: ['youth-laboratories', 'general-public', 'students'] }]);
  t.equal(findTerms('The contest of Youth Laboratories reached students and the general public.', index).length, 1);
  t.end();
});
