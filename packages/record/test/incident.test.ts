import { compile } from '@detente/schema';
import { test } from 'tap';
import {
  COUNTRIES,
  fieldProblems,
  fieldsOfLevel,
  incident,
  levelOfCount,
  mapTexts,
  recordType,
  textsOf,
} from '../src/index.ts';
import { fullFields, minimalFields } from './sample.ts';

const type = recordType('incident/1');

test('the fields stand in the order of the standard, their tiers never fall', async (t) => {
  t.same(fieldsOfLevel(type, 0), []);
  t.same(fieldsOfLevel(type, 1), [
    'kind',
    'title',
    'summary',
    'language',
    'severity',
    'hazard_domain',
    'occurred_month',
  ]);
  t.same(fieldsOfLevel(type, 2).slice(7), [
    'occurred',
    'detected',
    'ongoing',
    'lifecycle_stage',
    'sector',
    'deployment',
    'countries_affected',
    'harms',
    'mitigations',
  ]);
  t.same(fieldsOfLevel(type, 3).slice(16), [
    'techniques',
    'failure_pattern',
    'root_cause',
    'safeguards_bypassed',
    'detection',
    'component_tags',
  ]);
  t.same(fieldsOfLevel(type, 4).slice(22), ['narrative', 'capability_level']);
  t.same(fieldsOfLevel(type, 5).slice(24), ['evidence']);
  t.same(type.counts, [0, 7, 16, 22, 24, 25]);
  t.same(
    [0, 7, 16, 22, 24, 25, 8].map((count) => levelOfCount(type, count)),
    [0, 1, 2, 3, 4, 5, undefined],
  );
});

test('a full and a minimal set of values pass, by field and as a whole', async (t) => {
  for (const fields of [fullFields, minimalFields]) {
    t.same(fieldProblems(type, fields), []);
    t.ok(compile(incident.schema).check(fields));
  }
  t.same(fieldProblems(type, { ...minimalFields, narrative: null }), []);
});

test('every mandatory field is asked for and no unknown one is taken', async (t) => {
  t.same(fieldProblems(type, { reporter: 'a lab' }), [
    { pointer: '/reporter', code: 'unknown_field' },
    { pointer: '/kind', code: 'missing' },
    { pointer: '/title', code: 'missing' },
    { pointer: '/summary', code: 'missing' },
    { pointer: '/language', code: 'missing' },
  ]);
  t.notOk(compile(incident.schema).check({ ...minimalFields, reporter: 'a lab' }));
});

const refused: [name: string, value: unknown, pointer: string, code: string][] = [
  ['kind', 'accident', '/kind', 'enum'],
  ['title', '', '/title', 'minLength'],
  ['title', 'x'.repeat(301), '/title', 'maxLength'],
  ['title', 'a\0b', '/title', 'pattern'],
  ['title', 'a\ud800b', '/title', 'pattern'],
  ['title', 7, '/title', 'type'],
  ['narrative', 'x'.repeat(20_001), '/narrative', 'maxLength'],
  ['language', 'EN', '/language', 'pattern'],
  ['severity', { level: 2, axes: { people: 2, safeguards: 2 } }, '/severity/axes', 'required'],
  ['severity', { level: 2, axes: { people: 2, safeguards: 2, reach: 8 } }, '/severity/axes/reach', 'maximum'],
  ['severity', { level: 3, axes: { people: 2, safeguards: 2, reach: 2 } }, '/severity/level', 'level_not_of_axes'],
  ['hazard_domain', 'space', '/hazard_domain', 'enum'],
  ['occurred_month', '2026-13', '/occurred_month', 'pattern'],
  ['occurred_month', '2026-11', '/occurred_month', 'month_not_of_day'],
  ['detected', '2026-02-30', '/detected', 'day_not_in_calendar'],
  ['detected', '2026-06-31', '/detected', 'day_not_in_calendar'],
  ['ongoing', 'no', '/ongoing', 'type'],
  ['sector', [], '/sector', 'minItems'],
  ['sector', ['education', 'education'], '/sector', 'uniqueItems'],
  ['countries_affected', ['SG', 'XX'], '/countries_affected/1', 'country_unknown'],
  [
    'harms',
    [{ type: 'economic', status: 'actual', scale: null, affected: [], more: 1 }],
    '/harms/0',
    'additionalProperties',
  ],
  ['mitigations', [{ text: 'x', worked: 'yes', nist_ai_rmf: 'MANAGE 5.1' }], '/mitigations/0/nist_ai_rmf', 'pattern'],
  ['techniques', ['AML.TA0043'], '/techniques/0', 'pattern'],
  ['component_tags', [{ function: 'f', tag: `${'A'.repeat(42)}B` }], '/component_tags/0/tag', 'pattern'],
  ['evidence', [{ kind: 'url', reference: '' }], '/evidence/0/reference', 'minLength'],
];

test('each wrong value is refused with its place and a code', async (t) => {
  for (const [name, value, pointer, code] of refused) {
    const [problem] = fieldProblems(type, { ...fullFields, [name]: value });
    t.match(problem, { pointer, code }, `${name}: ${JSON.stringify(value).slice(0, 60)}`);
  }
});

test('of a union, the branch that was meant says what is wrong, each place once', async (t) => {
  const problems = (severity: unknown) => fieldProblems(type, { ...minimalFields, severity });
  t.same(problems('high'), [{ pointer: '/severity', code: 'const' }]);
  t.same(problems(3), [{ pointer: '/severity', code: 'type' }]);
  t.same(problems({ level: 9, axes: { people: 9, safeguards: 2, reach: null }, z: 1 }), [
    { pointer: '/severity', code: 'additionalProperties' },
    { pointer: '/severity/level', code: 'maximum' },
    { pointer: '/severity/axes/people', code: 'maximum' },
  ]);
});

test('lengths count characters, not UTF-16 units', async (t) => {
  t.same(fieldProblems(type, { ...minimalFields, title: '🚨'.repeat(300) }), []);
});

test('the list of countries is ISO 3166-1 alpha-2', async (t) => {
  t.equal(COUNTRIES.size, 249);
  for (const code of COUNTRIES) t.match(code, /^[A-Z]{2}$/);
});

test('scrubbing reaches every free text and nothing else', async (t) => {
  const field = (name: string) => type.fields.find((one) => one.name === name)!;
  const changed = (name: string, change: (text: string) => string | null) =>
    mapTexts(field(name), fullFields[name as keyof typeof fullFields], change);
  const upper = (text: string) => text.toUpperCase();
  t.equal(changed('failure_pattern', upper), 'DATA WAS TAKEN FOR AN INSTRUCTION.');
  t.same(changed('safeguards_bypassed', upper), ['INPUT FILTER', 'CONFIRMATION BY A PERSON']);
  t.same(changed('mitigations', upper), [{ text: 'THE TOOL WAS CUT OFF.', worked: 'yes', nist_ai_rmf: 'MANAGE 4.1' }]);
  t.same(changed('capability_level', upper), { suite: 'AGENTIC MISUSE SUITE', band: 'moderate' });
  t.equal(changed('hazard_domain', upper), 'cyber');
  t.equal(
    changed('evidence', () => null),
    null,
  );
  t.same(
    changed('safeguards_bypassed', (text) => (text.startsWith('input') ? null : text)),
    ['confirmation by a person'],
  );
  t.same(textsOf(field('evidence'), fullFields.evidence), ['https://evidence.example/1']);
  t.same(textsOf(field('techniques'), fullFields.techniques), []);
  t.equal(mapTexts(field('title'), null, upper), null);
});

test('every string that is not a code is reached by scrubbing', async (t) => {
  const open = type.fields
    .filter(({ scrub }) => scrub === 'none')
    .flatMap(({ name, schema }) => openTexts(name, schema));
  t.same(open, []);
  const reached = type.fields
    .filter(({ scrub }) => scrub !== 'none')
    .flatMap(({ name, schema }) => openTexts(name, schema));
  const named = type.fields
    .filter(({ scrub }) => scrub !== 'none')
    .flatMap(({ name, textMembers, schema }) => {
      const item = 'items' in schema ? `${name}/*` : name;
      return (textMembers ?? ['']).map((member) => (member ? `${item}/${member}` : item));
    });
  t.same(reached, named);
});

/** Places of strings that a writer may fill as they like: with a length and no enumeration. */
function openTexts(place: string, schema: object): string[] {
  const { type, maxLength, items, properties, anyOf } = schema as Record<string, never>;
  if (type === 'string') return maxLength === undefined ? [] : [place];
  if (items) return openTexts(`${place}/*`, items);
  if (anyOf) return (anyOf as object[]).flatMap((one) => openTexts(place, one));
  return Object.entries<object>(properties ?? {}).flatMap(([name, one]) => openTexts(`${place}/${name}`, one));
}
