// What is found and taken out: by verdict, certainty and policy, in the record and in its public edition.
import fc from 'fast-check';
import { test } from 'tap';
import { findAll, HELD_FROM } from '../src/findings.ts';
import {
  createKnownNames,
  findTerms,
  neutralNames,
  pseudonyms,
  type Rules,
  type ShownFinding,
  takeOut,
} from '../src/index.ts';

const known = createKnownNames();
known.add({ developer: ['Quillmark Systems'] });
const index = known.index();
const names = {
  record: pseudonyms((name) => name.length.toString(16).toUpperCase().padStart(4, '0')),
  edition: neutralNames,
};
const fields = {
  kind: 'incident',
  title: 'Assistant of Quillmark Systems wrote to Maria Delgado',
  summary:
    'On March 5, 2024 it wrote to Maria Delgado (maria.delgado@example.org) of Halvorsen Shipping Ltd in Rotterdam.',
  narrative: 'A Quillmark Systems engineer told Maria Delgado. The key was sent to https://paste.example.com/x17.',
  safeguards_bypassed: ['review by Maria Delgado', 'review by Quillmark Systems'],
  evidence: [
    { kind: 'url', reference: 'https://incidentdatabase.ai/cite/2' },
    { kind: 'document', reference: 'letter of Maria Delgado' },
  ],
};
const shown = { kind: fields.kind, title: fields.title, summary: fields.summary };

function run(rules: Partial<Rules> = {}, of: Record<string, unknown> = fields, read = findAll) {
  const all = { verdicts: new Map(), removed: new Set<string>(), policy: false, before: new Set<string>(), ...rules };
  const publicOnes = { title: of.title, summary: of.summary };
  return takeOut({ fields: of, shown: publicOnes }, index, names, { ...all, read });
}

const lines = (findings: readonly ShownFinding[]) =>
  findings.map(
    ({ at, text, kind, done, by }) => `${at} ${kind} ${text}: ${done}${by === undefined ? '' : ` by ${by}`}`,
  );
const idsOf = (findings: readonly ShownFinding[], text: string) =>
  findings.filter((one) => one.text === text).map(({ id }) => id);

test('what is certain is taken out, what is likely is open, in its place', (t) => {
  const { record, edition } = takeOut({ fields, shown }, index, names, {
    ...{ verdicts: new Map(), removed: new Set<string>(), policy: false, before: new Set() },
    read: findAll,
  });
  const said = lines(record.findings);
  for (const line of [
    '/title person Maria Delgado: open',
    '/summary date March 5, 2024: removed by tier',
    '/summary email maria.delgado@example.org: removed by certain',
    '/narrative url https://paste.example.com/x17: removed by certain',
    '/safeguards_bypassed/0 person Maria Delgado: open',
    '/evidence/1/reference person Maria Delgado: open',
  ])
    t.ok(said.includes(line), `${line}\n${said.join('\n')}`);
  t.notOk(
    said.some((line) => /incidentdatabase|Developer/.test(line)),
    'no reference, and nothing of ours',
  );
  for (const { at, start, end, text, done } of record.findings)
    if (done === 'open') t.equal(textAt(record.fields, at).slice(start, end), text);
  t.equal(edition.fields.title, 'Assistant of a developer wrote to Maria Delgado');
  t.same(
    idsOf(edition.findings, 'Maria Delgado'),
    idsOf(record.findings, 'Maria Delgado').slice(0, 2),
    'one id in both',
  );
  t.end();
});

test('a verdict takes out the same words everywhere but where another keeps them, and certain things can be kept', (t) => {
  const { record } = run();
  const [inTitle, inSummary] = idsOf(record.findings, 'Maria Delgado');
  const [mail] = idsOf(record.findings, 'maria.delgado@example.org');
  const verdicts = new Map([
    [inTitle!, 'remove'],
    [inSummary!, 'keep'],
    [mail!, 'keep'],
  ] as const);
  const judged = run({ verdicts });
  t.match(judged.record.fields.title, /^Assistant of Developer [0-9A-F]{4} wrote to Person [0-9A-F]{4}$/);
  t.equal(judged.edition.fields.title, 'Assistant of a developer wrote to a person');
  t.match(judged.record.fields.summary, /wrote to Maria Delgado \(maria\.delgado@example\.org\)/);
  t.match(judged.record.fields.narrative, /told Person [0-9A-F]{4}\. The key was sent to \[link\]\.$/);
  t.same(judged.record.fields.evidence, [fields.evidence[0]], 'a reference that names somebody is left out');
  t.match(
    judged.record.changes.filter(({ at }) => at === '/title'),
    [
      { was: 'Quillmark Systems', kind: 'developer', by: 'term' },
      { was: 'Maria Delgado', kind: 'person', by: 'officer', finding: inTitle },
    ],
  );
  const findingIn = (text: string) => judged.record.findings.find((one) => one.at === '/summary' && one.text === text);
  t.match(findingIn('Maria Delgado'), { done: 'kept', by: 'officer' });
  t.match(findingIn('maria.delgado@example.org'), { done: 'kept', by: 'officer' });
  const gone = judged.record.findings.find(({ at }) => at.startsWith('/evidence'));
  t.match(gone, { at: '/evidence', start: 0, end: 0, text: 'Maria Delgado', done: 'removed', by: 'officer' });
  const letter = judged.record.changes.find(({ at }) => at.startsWith('/evidence'));
  t.match(letter, { at: '/evidence/1/reference', was: 'letter of Maria Delgado', written: null, by: 'officer' });
  t.same(
    judged.record.findings.map(({ id }) => id),
    record.findings.map(({ id }) => id),
    'ids stay when offsets shift',
  );
  t.end();
});

test('a verdict is on the words in their sentence: another sentence asks again, and what was taken out stays out', (t) => {
  const of = (summary: string) => ({ title: 'x', summary });
  const idIn = (summary: string, nth = 0) => idsOf(run({}, of(summary)).record.findings, 'Maria Delgado')[nth]!;
  const first = 'The minister Maria Delgado commented on it.';
  const other = 'The chatbot told patient Maria Delgado that she is ill.';
  const verdicts = new Map([[idIn(first), 'keep' as const]]);
  const findingIn = (summary: string, rules: Partial<Rules>) =>
    run(rules, of(summary)).record.findings.filter(({ text }) => text === 'Maria Delgado');
  t.match(findingIn(first, { verdicts }), [{ done: 'kept', by: 'officer' }]);
  t.match(findingIn(other, { verdicts }), [{ done: 'open' }]);
  t.match(findingIn(`Dr. ${first}`, { verdicts }), [{ done: 'open' }], 'a title does not end a sentence');
  t.match(findingIn(`It failed.\n\n${first} It\nwas mended.`, { verdicts }), [{ done: 'kept' }], 'sentences beside it');
  t.match(findingIn(`${other} ${first} ${first}`, { verdicts }), [
    { done: 'open' },
    { done: 'kept' },
    { done: 'open' },
  ]);
  t.not(idIn(`${first} ${first}`), idIn(`${first} ${first}`, 1), 'the same sentence twice');
  const removed = new Set(['Maria Delgado']);
  t.match(findingIn(other, { removed }), [{ done: 'removed', by: 'officer' }]);
  t.match(findingIn(first, { removed, verdicts }), [{ done: 'kept', by: 'officer' }], 'until it is kept there');
  const paris = run({ removed: new Set(['Paris']) }, { ...of('x'), narrative: 'It ran in Paris.' }, (text) =>
    text === 'x' ? [] : [{ start: 10, end: 15, kind: 'place', confidence: 0.4, reason: 'list' }],
  );
  t.equal(
    paris.record.fields.narrative,
    'It ran in a place.',
    'what holds nothing is not shown for a changed sentence',
  );
  t.end();
});

test('the policy takes out what would hold, and what it took out once stays out', (t) => {
  const first = run({ policy: true });
  t.equal(
    first.record.findings.filter(({ done }) => done === 'open').every(({ confidence }) => confidence < 0.5),
    true,
  );
  t.match(
    first.record.fields.summary,
    /^In March 2024 it wrote to Person [0-9A-F]{4} \(\[email address\]\) of Organisation [0-9A-F]{4}/,
  );
  const before = new Set(first.record.findings.filter(({ by }) => by === 'policy').map(({ id }) => id));
  t.same(run({ before }), first);
  const at = (confidence: number) =>
    run({ policy: true }, { summary: 'Ask Maria Delgado.' }, () => [
      { start: 4, end: 17, kind: 'person', confidence, reason: 'list' },
    ]).record.findings.map(({ done }) => done);
  t.strictSame([HELD_FROM, HELD_FROM - 0.01].map(at), [['removed'], ['open']]);
  t.end();
});

test('what the tier tells coarsely an officer may keep or take out, and what is beside it stays as it was judged', (t) => {
  const summary = 'It ran from March 5 to 9 April 2024, and on 9 June 2023.';
  const all = run({}, { title: 'x', summary }).record;
  const [first, second] = all.findings.map(({ id }) => id);
  const judged = (...verdicts: [string, 'keep' | 'remove'][]) =>
    run({ verdicts: new Map(verdicts) }, { title: 'x', summary }).record;
  const kept = judged([second!, 'keep']);
  t.equal(kept.fields.summary, 'It ran from March to 9 April 2024, and in June 2023.');
  t.strictSame(lines(kept.findings), [
    '/summary date March 5: removed by tier',
    '/summary date 9 April 2024: kept by officer',
    '/summary date 9 June 2023: removed by tier',
  ]);
  t.match(kept.changes, [{ was: 'March 5' }, { was: 'on 9 June 2023', written: 'in June 2023', by: 'tier' }]);
  t.equal(kept.changes[1]?.finding, kept.findings[2]?.id);
  const removed = judged([first!, 'remove'], [second!, 'remove']);
  t.equal(removed.fields.summary, 'It ran from March to April 2024, and in June 2023.');
  t.match(removed.changes, [{ by: 'officer' }, { by: 'officer' }, { by: 'tier' }]);
  // What is written for the first would take the second in.
  const places = { title: 'x', summary: 'in Paris, France' };
  const country = run({}, places).record.findings.find(({ text }) => text === 'France')!;
  t.equal(run({ verdicts: new Map([[country.id, 'keep']]) }, places).record.fields.summary, 'in Paris, France');
  t.end();
});

test('two dates are told each by its own month, and a place beside a name that goes too goes as a whole', (t) => {
  const write = (summary: string, of = known.index()) =>
    takeOut({ fields: { title: 'x', summary }, shown: {} }, of, names, {
      ...{ verdicts: new Map(), removed: new Set<string>(), policy: false, before: new Set(), read: findAll },
    }).record.fields.summary;
  t.equal(write('On 4 May 2023 and on 9 June 2023 it fell.'), 'In May 2023 and in June 2023 it fell.');
  t.equal(write('in Paris, France'), 'in France');
  const other = createKnownNames();
  other.add({ developer: ['France Telecom'] });
  t.match(write('in Paris, France Telecom said so.', other.index()), /^in a place, Developer \w{4} said so\.$/);
  const found = run({ policy: true }, { summary: 'in Paris, France Telecom said so.' }, () => [
    { start: 3, end: 8, kind: 'place', confidence: 0.7, reason: 'list' },
    { start: 10, end: 24, kind: 'organisation', confidence: 0.9, reason: 'list' },
  ]);
  t.match(found.record.fields.summary, /^in a place, Organisation \w{4} said so\.$/, 'no term, but taken out too');
  t.end();
});

test('names that touch are taken out one by one, and what lies within another is not written twice', (t) => {
  const other = createKnownNames();
  other.add({ developer: ['谷歌'] });
  const summary = '据谷歌王小明说';
  const rules = {
    verdicts: new Map(),
    removed: new Set<string>(),
    policy: true,
    before: new Set<string>(),
    read: findAll,
  };
  const { record } = takeOut({ fields: { title: 'x', summary }, shown: {} }, other.index(), names, rules);
  t.match(record.fields.summary, /^据开发方\w{4}人员\w{4}说$/);
  const nested = run({ policy: true }, { summary: 'Ask Maria Delgado now.' }, () => [
    { start: 4, end: 17, kind: 'person', confidence: 0.9, reason: 'list' },
    { start: 10, end: 17, kind: 'person', confidence: 0.9, reason: 'list' },
  ]);
  t.match(nested.record.fields.summary, /^Ask Person \w{4} now\.$/);
  t.end();
});

test('what officers had taken out is nobody’s name elsewhere where it is a month or a word of every sentence', (t) => {
  const taken = { person: ['May', 'Will', 'Monday', 'April Summers'], organisation: [] };
  const text = 'It May fail, and Will on Monday in May 2024, said April Summers.';
  const found = findTerms(text, createKnownNames().index(taken));
  t.strictSame(
    found.map(({ start, end }) => text.slice(start, end)),
    ['April Summers'],
  );
  t.end();
});

test('what officers had taken out is known in the whole node, and stays a finding', (t) => {
  const person = idsOf(run().record.findings, 'Maria Delgado');
  const taken = { person: ['Maria Delgado', 'Graves'], organisation: ['Halvorsen Shipping Ltd'] };
  const other = known.index(taken);
  const of = { ...fields, narrative: 'Later Graves asked Delgado of Halvorsen Shipping.' };
  const rules = {
    verdicts: new Map([[person[0]!, 'remove' as const]]),
    removed: new Set<string>(),
    policy: false,
    before: new Set<string>(),
  };
  const { record, edition } = takeOut({ fields: of, shown: { title: of.title } }, other, names, {
    ...rules,
    read: findAll,
  });
  t.match(record.fields.narrative, /^Later Person \w{4} asked Person \w{4} of Organisation \w{4}\.$/);
  t.equal(edition.fields.title, 'Assistant of a developer wrote to a person');
  const one = (at: string) => record.findings.find((finding) => finding.at === at && finding.text === 'Maria Delgado');
  t.match(one('/title'), { id: person[0], kind: 'person', done: 'removed', by: 'officer', reason: 'taken-out' });
  t.match(one('/summary'), { id: person[1], done: 'removed', by: 'officer' });
  t.match(
    record.findings.find(({ text }) => text === 'Graves'),
    { kind: 'person', done: 'removed', by: 'term' },
  );
  t.match(
    record.changes.filter(({ at }) => at === '/title').map(({ was, by, finding }) => [was, by, finding]),
    [
      ['Quillmark Systems', 'term', undefined],
      ['Maria Delgado', 'officer', person[0]],
    ],
  );
  for (const { at, was, by, finding } of record.changes.filter(({ at }) => at === '/narrative'))
    t.match(
      record.findings.find(({ id }) => id === finding),
      { at, text: was, by },
      was,
    );
  t.equal(
    takeOut({ fields: of, shown: {} }, known.index(), names, { ...rules, verdicts: new Map(), read: findAll }).record
      .fields.narrative,
    of.narrative,
    'until none has it taken out',
  );
  t.end();
});

test('an identifier that has a name in it is taken out as a whole', (t) => {
  const summary = 'Ask a Quillmark Systems clerk at press@quillmarksystems.com.';
  const { record, edition } = run({}, { title: 'x', summary });
  t.match(record.fields.summary, /^Ask a Developer [0-9A-F]{4} clerk at \[email address\]\.$/);
  t.equal(edition.fields.summary, 'Ask a developer clerk at [email address].');
  const first = run({}, { title: 'x', summary: 'Ask quillmarksystems@example.org.' });
  t.equal(first.record.fields.summary, 'Ask [email address].', 'with the name at its beginning');
  t.end();
});

test('Chinese texts read as Chinese', (t) => {
  const summary = '2024年3月5日，王小明向张伟发送了邮件，邮箱是zhang.wei@example.cn。';
  const { record, edition } = run({ policy: true }, { title: '测试', summary });
  t.match(record.fields.summary, /^2024年3月，/);
  t.match(record.fields.summary, /人员[0-9A-F]{4}/);
  t.match(record.fields.summary, /邮箱是\[电子邮箱\]。$/);
  t.match(edition.fields.summary, /某人/);
  t.notMatch(record.fields.summary, /王小明|张伟|zhang/);
  t.end();
});

const pieces = fc.constantFrom(
  ...[
    'Maria Delgado',
    'Dr. Tomasz Wójcik',
    'Halvorsen Shipping Ltd',
    'Quillmark Systems',
    'a',
    'an',
    'the',
    'said',
    'of',
  ],
  ...[
    'maria@example.org',
    '+31 20 794 0800',
    'March 5, 2024',
    'Rotterdam',
    '14:32',
    'https://x.example.com/a',
    '王小明',
    '告诉',
  ],
  ...['. ', ', ', 'Person A7F3', '[link]', 'in', 'wrote to', "'s"],
);
const texts = fc.array(pieces, { maxLength: 16 }).map((all) => all.join(' '));

/** Whatever stands around. */
const readNames = (text: string) =>
  ['Maria Delgado', 'Rotterdam', 'maria@example.org', '王小明'].flatMap((words, nth) =>
    Array.from(text.matchAll(new RegExp(words, 'g')), ({ index: start }) => ({
      ...{ start, end: start + words.length, reason: 'list', confidence: 0.9 },
      kind: (['person', 'place', 'email', 'person'] as const)[nth]!,
    })),
  );

test('what is taken out stands nowhere any more, and taking out once more changes nothing', (t) => {
  fc.assert(
    fc.property(texts, texts, (summary, narrative) => {
      const { record, edition } = run({ policy: true }, { title: 'x', summary, narrative });
      const gone = record.findings.filter(({ done, kind }) => done === 'removed' && kind !== 'date');
      const left = (of: Record<string, unknown>) =>
        gone.filter(({ text }) => isWhole(`${of.summary} | ${of.narrative ?? ''}`, text));
      const once = run({ policy: true }, { title: 'x', summary, narrative }, readNames).record;
      const again = run({ policy: true }, once.fields, readNames).record;
      return (
        left(record.fields).length === 0 &&
        left(edition.fields).length === 0 &&
        JSON.stringify(again.fields) === JSON.stringify(once.fields)
      );
    }),
    { numRuns: 150 },
  );
  t.end();
});

test('what an officer keeps stays byte for byte, and the changes lead back to what came in', (t) => {
  fc.assert(
    fc.property(texts, texts, fc.array(fc.boolean(), { minLength: 1 }), (summary, narrative, coins) => {
      const of = { title: 'x', summary, narrative };
      const all = run({}, of).record.findings;
      const keeps = new Set(all.filter((_, nth) => coins[nth % coins.length]).map(({ text }) => text));
      const verdicts = new Map(
        all.map(({ id, text }) => [id, keeps.has(text) ? ('keep' as const) : ('remove' as const)]),
      );
      const { record } = run({ verdicts }, of);
      const kept = record.findings.filter(({ done }) => done === 'kept');
      const back = (at: 'summary' | 'narrative') =>
        undone(
          record.fields[at] as string,
          record.changes.filter((change) => change.at === `/${at}`),
        );
      return (
        kept.every(({ at, start, end, text }) => textAt(record.fields, at).slice(start, end) === text) &&
        back('summary') === summary &&
        back('narrative') === narrative
      );
    }),
    { numRuns: 150 },
  );
  t.end();
});

test('what stands between two known names goes with one of them', (t) => {
  const of = { title: 'x', summary: 'Maria Delgado Dr. Tomasz Wójcik Halvorsen Shipping Ltd' };
  const verdicts = new Map(run({}, of).record.findings.map(({ id }) => [id, 'remove' as const]));
  const { changes, fields } = run({ verdicts }, of).record;
  t.equal(undone(fields.summary as string, changes), of.summary);
  t.notMatch(fields.summary, /Tomasz|Wójcik/);
  t.end();
});

test('of two names side by side each takes its own blank', (t) => {
  const of = { title: 'x', summary: '王小明 王小明' };
  const verdicts = new Map(run({}, of).record.findings.map(({ id }) => [id, 'remove' as const]));
  const { changes } = run({ verdicts }, of).record;
  t.strictSame(
    changes.map(({ was }) => was),
    ['王小明 ', '王小明'],
  );
  t.end();
});

function isWhole(all: string, words: string): boolean {
  for (let at = all.indexOf(words); at !== -1; at = all.indexOf(words, at + 1))
    if (!/[\p{L}\p{N}_]/u.test(all.charAt(at - 1) + all.charAt(at + words.length))) return true;
  return false;
}

function textAt(of: Record<string, unknown>, pointer: string): string {
  let value: unknown = of;
  for (const name of pointer.split('/').slice(1)) value = (value as Record<string, unknown>)[name];
  return value as string;
}

/** The text before the changes. */
function undone(text: string, changes: readonly { start: number; was: string; written: string | null }[]): string {
  let before = text;
  for (const { start, was, written } of changes) {
    before = before.slice(0, start) + was + before.slice(start + written!.length);
  }
  return before;
}
