// What is read where it is no running text: links of the evidence, what names a function; and the node's own pseudonyms in its public edition.
import { test } from 'tap';
import { findAll, HELD_FROM } from '../src/findings.ts';
import { createKnownNames, neutralNames, pseudonyms, takeOut } from '../src/index.ts';

const known = createKnownNames();
known.add({ developer: ['Quillmark Systems'] });
const names = { record: pseudonyms(() => 'A7F3'), edition: neutralNames };
const nothing = { verdicts: new Map(), removed: new Set<string>(), policy: false, before: new Set<string>() };
const fields = { kind: 'incident', title: 'A forged instruction', summary: 'It was followed.' };

function run(of: Record<string, unknown>) {
  const shown = { title: of.title, summary: of.summary };
  return takeOut({ fields: of, shown }, known.index(), names, { ...nothing, read: findAll });
}

test('a pseudonym that an officer copied into a text does not stand in the public edition', (t) => {
  const summary =
    'The model of Developer 1EE5 failed. 开发方1EE5的助手失败。 A Model 2024 and Person 12345 were there.';
  const { record, edition } = run({ title: 'Lab 0A1F0B said so of Maria Delgado', summary });
  t.equal(record.fields.summary, summary);
  t.equal(
    edition.fields.summary,
    'The model of a developer failed. 某开发方的助手失败。 A Model 2024 and a named party were there.',
  );
  t.match(edition.fields.title, /^A lab said so /);
  t.match(
    edition.changes.filter(({ was }) => was === 'Developer 1EE5'),
    [{ kind: 'developer', by: 'term' }],
  );
  t.end();
});

test('a link of the evidence tells nothing of a person: neither who logs in nor what it carries', (t) => {
  const kept = [
    'https://www.example.com/2023/03/14/technology/chatbot-elon-musk.html',
    'https://doi.org/10.1145/3442188.3445922',
    'https://social.example/x/status/1234567890123456789',
    'https://models.example/meta/llama-3-8b/commit/8d2f3c1a9b7e6d5c4f3a2b1c0d9e8f7a6b5c4d3e',
    'https://a.example/?q=%E0%A4%A',
    'https://docs.example/d/1SueUNVds8vQ8kvFcASjxl3vrnVr2sGXJ/edit',
  ];
  const gone = [
    'https://portal.example/p?email=maria.delgado@example.org',
    'https://portal.example/p?a=1&ssn=078-05-1120#top',
    'https://portal.example/AKIAIOSFODNN7EXAMPLE/list',
    'https://user:hunter2@portal.example/a',
    'https://portal.example/?card=4111111111111111',
    'https://portal.example/?phone=%2B442079460958',
  ];
  const asked = 'https://portal.example/patients/11010519491231002X';
  const evidence = [...kept, ...gone, asked].map((reference) => ({ kind: 'url', reference }));
  const { record } = run({ ...fields, evidence });
  t.same(
    (record.fields.evidence as { reference: string }[]).map(({ reference }) => reference),
    [...kept, asked],
  );
  const [open] = record.findings.filter(({ at, done }) => at.startsWith('/evidence') && done === 'open');
  t.match(open, { at: `/evidence/${kept.length}/reference`, kind: 'national-id', text: '11010519491231002X' });
  t.ok(open!.confidence >= HELD_FROM, 'and holds');
  t.end();
});

test('what names a fingerprint’s function names nobody', (t) => {
  const tag = Buffer.alloc(32, 7).toString('base64url');
  const component_tags = ['oprf-2026', 'Quillmark.Systems', '078-05-1120'].map((name) => ({ function: name, tag }));
  t.same(run({ ...fields, component_tags }).record.fields.component_tags, [component_tags[0]]);
  t.end();
});
