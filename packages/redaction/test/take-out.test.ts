// What is found and taken out: by verdict, certainty and policy, in the record and in its public edition.
import fc from 'fast-check';
import { test } from 'tap';
import { findAll } from '../src/findings.ts';
import { createKnownNames, neutralNames, pseudonyms, type Rules, type ShownFinding, takeOut } from '../src/index.ts';

const known = createKnownNames();
known.add({ developer: ['Quillmark Systems'] });
const index = known.index();
const names = {
  record: pseudonyms((_, name) => name.length.toString(16).toUpperCase().padStart(4, '0')),
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
  const all = { verdicts: new Map(), policy: false, before: new Set<string>(), ...rules };
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
    ...{ verdicts: new Map(), policy: false, before: new Set() },
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
  const letter = judged.record.changes.find(({ at }) => at.startsWith('/evidence'));
  t.match(letter, { at: '/evidence/1/reference', was: 'letter of Maria Delgado', written: null, by: 'officer' });
  t.same(
    judged.record.findings.map(({ id }) => id),
    record.findings.map(({ id }) => id),
    'ids stay when offsets shift',
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
  t.end();
});

test('what officers had taken out is known in the whole node, and stays a finding', (t) => {
  const person = idsOf(run().record.findings, 'Maria Delgado');
  const taken = { person: ['Maria Delgado', 'Graves'], organisation: ['Halvorsen Shipping Ltd'] };
  const other = known.index(taken);
  const of = { ...fields, narrative: 'Later Graves asked Delgado of Halvorsen Shipping.' };
  const rules = { verdicts: new Map([[person[0]!, 'remove' as const]]), policy: false, before: new Set<string>() };
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
