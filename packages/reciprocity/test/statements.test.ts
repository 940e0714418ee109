// What a peer signs is read to the letter: each bound of each member, from both sides.
import { type Test, test } from 'tap';
import {
  answersTo,
  type Evidence,
  isSingleGrant,
  parseAttestation,
  parseCanary,
  parseContest,
  parseOffer,
  parseRecall,
  parseRecallAnswer,
  parseStanding,
  RECALL_ANSWERS,
  RECALL_DAYS,
  RECALLED_AT_ONCE,
  ReciprocityError,
  STANDINGS,
} from '../src/index.ts';
import { offer, rule } from './samples.ts';

const id = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const digest = 'aZ0-_'.padEnd(43, 'x');
const held = { id, digest };

/** What a body is refused with, `pointer problem`; `accepted` when it comes back as it was. */
function verdict(parse: (body: unknown) => unknown, body: unknown): string {
  try {
    return parse(body) === body ? 'accepted' : 'changed';
  } catch (error) {
    if (!(error instanceof ReciprocityError)) throw error;
    return `${error.code} ${error.params.pointer} ${error.params.problem}`;
  }
}

type Case = [change: object, refused?: string | undefined];

/** Each change to a good body with its verdict: accepted, or refused at a place for a reason. */
function verdicts(t: Test, parse: (body: unknown) => unknown, code: string, good: object, cases: Case[]): void {
  t.equal(verdict(parse, good), 'accepted');
  for (const body of [undefined, null, 7, '{}', [], [good]]) t.equal(verdict(parse, body), `${code}  type`);
  t.equal(verdict(parse, { ...good, more: 1 }), `${code} /more boolean`);
  for (const name of Object.keys(good)) {
    const { [name]: _, ...rest } = good as Record<string, unknown>;
    t.equal(verdict(parse, rest), `${code}  required`, `without ${name}`);
  }
  for (const [change, refused] of cases) {
    t.equal(
      verdict(parse, { ...good, ...change }),
      refused ? `${code} ${refused}` : 'accepted',
      JSON.stringify(change),
    );
  }
}

const recall = { cause: 'retracted', level: 0, records: [held] };

test('a recall is read strictly', async (t) => {
  const many = (count: number) => Array(count).fill(held);
  verdicts(t, parseRecall, 'recall_malformed', recall, [
    [{ cause: 'narrowed' }],
    [{ cause: 'ended' }],
    [{ cause: 'regretted' }, '/cause enum'],
    [{ level: 5 }],
    [{ level: 6 }, '/level maximum'],
    [{ level: -1 }, '/level minimum'],
    [{ level: 1.5 }, '/level type'],
    [{ records: many(RECALLED_AT_ONCE) }],
    [{ records: many(RECALLED_AT_ONCE + 1) }, '/records maxItems'],
    [{ records: [] }, '/records minItems'],
    [{ records: [{ id }] }, '/records/0 required'],
    [{ records: [{ digest }] }, '/records/0 required'],
    [{ records: [held, { ...held, tier: 'red' }] }, '/records/1/tier boolean'],
    [{ records: [{ id: `x${id.slice(1)}`, digest }] }, '/records/0/id pattern'],
    [{ records: [{ id: `${id}0`, digest }] }, '/records/0/id pattern'],
    [{ records: [{ id: `0${id}`, digest }] }, '/records/0/id pattern'],
    [{ records: [{ id: '-'.repeat(36), digest }] }, '/records/0/id pattern'],
    [{ records: [{ id: id.replace('-4', '-1'), digest }] }, '/records/0/id pattern'],
    [{ records: [{ id, digest: `${digest}x` }] }, '/records/0/digest pattern'],
    [{ records: [{ id, digest: digest.slice(1) }] }, '/records/0/digest pattern'],
    [{ records: [{ id, digest: digest.replace('-', '+') }] }, '/records/0/digest pattern'],
  ]);
  t.same([RECALLED_AT_ONCE, RECALL_DAYS], [400, 7]);
});

test('a contest names what it is about and what shows otherwise', async (t) => {
  const digests = (count: number) => Array.from({ length: count }, (_, at) => `${at}`.padStart(43, 'x'));
  verdicts(t, parseContest, 'contest_malformed', { about: digest, shows: [digest], told: null }, [
    [{ shows: digests(20) }],
    [{ shows: digests(21) }, '/shows maxItems'],
    [{ shows: [] }, '/shows minItems'],
    [{ shows: [digest, digest] }, '/shows uniqueItems'],
    [{ shows: [`${digest}x`] }, '/shows/0 pattern'],
    [{ about: digest.slice(1) }, '/about pattern'],
    [{ told: 'x'.repeat(200) }],
    [{ told: 'x'.repeat(201) }, '/told maxLength'],
    [{ told: '' }, '/told minLength'],
    [{ told: 'a\u0000' }, '/told pattern'],
  ]);
});

test('what can be attested is attested, for a day', async (t) => {
  verdicts(t, parseAttestation, 'attestation_malformed', { obligation: 'drill', day: '2026-11-24' }, [
    [{ obligation: 'suite_adopted/a' }],
    [{ obligation: `safety_cards/${'a'.repeat(100)}` }],
    [{ obligation: `safety_cards/${'a'.repeat(101)}` }, '/obligation not_attested'],
    [{ obligation: `safety_cards/${'a'.repeat(108)}` }, '/obligation maxLength'],
    [{ obligation: 'suite_adopted' }, '/obligation not_attested'],
    [{ obligation: 'drill/a' }, '/obligation not_attested'],
    [{ obligation: 'drills' }, '/obligation not_attested'],
    [{ obligation: 'log_health' }, '/obligation not_attested'],
    [{ obligation: 'Drill' }, '/obligation pattern'],
    [{ day: '2026-02-29' }, '/day day_not_in_calendar'],
    [{ day: '24.11.2026' }, '/day pattern'],
  ]);
});

test('what answers a digest is found among what a node signed', async (t) => {
  const [own, other] = ['https://cn.example', 'https://us.example'];
  const receipt = (name: string, at: number, by = own): Evidence => {
    return { kind: 'receipt', digest: name, by, at, records: ['record'] };
  };
  const evidence: Evidence[] = [
    receipt('later', 9),
    receipt('sooner', 3),
    receipt('sooner', 4),
    receipt('theirs', 1, other),
    { kind: 'recall_answer', digest: 'answer', by: own, at: 5, recall: 'recall' },
    { kind: 'recall', digest: 'recall', by: other, at: 1 },
  ];
  t.same(answersTo('record', own, evidence), ['sooner', 'later']);
  t.same(answersTo('recall', own, evidence), ['answer']);
  t.same(answersTo('answer', own, evidence), ['answer'], 'its own word speaks for itself');
  t.same(answersTo('theirs', own, evidence), []);
  const many = Array.from({ length: 30 }, (_, at) => receipt(`${at}`, at));
  t.same([answersTo('record', own, many).length, answersTo('record', own, many)[0]], [20, '0']);
});

test('an answer to a recall says why what is kept is kept, and to whom what was passed on went', async (t) => {
  const text = (change: string) => ({ answer: 'kept', legal_basis: change });
  verdicts(
    t,
    parseRecallAnswer,
    'recall_malformed',
    { recall: digest, answer: 'purged', legal_basis: null, passed_to: [] },
    [
      [text('§ 12')],
      [text('𠮷'.repeat(1000))],
      [text('x'.repeat(2001)), '/legal_basis maxLength'],
      [text(''), '/legal_basis minLength'],
      [text('a\u0000'), '/legal_basis pattern'],
      [text('a\ud800'), '/legal_basis pattern'],
      [{ answer: 'kept' }, '/legal_basis only_and_always_when_kept'],
      [{ legal_basis: '§ 12' }, '/legal_basis only_and_always_when_kept'],
      [{ answer: 'passed-on', passed_to: ['https://us.example'] }],
      [{ answer: 'purged', passed_to: Array(100).fill('a') }],
      [{ passed_to: Array(101).fill('a') }, '/passed_to maxItems'],
      [{ passed_to: [''] }, '/passed_to/0 minLength'],
      [{ passed_to: ['a\u0000b'] }, '/passed_to/0 pattern'],
      [{ answer: 'passed-on' }, '/passed_to missing'],
      [{ answer: 'lost' }, '/answer enum'],
      [{ recall: 'x' }, '/recall pattern'],
    ],
  );
  t.same(RECALL_ANSWERS, ['purged', 'kept', 'passed-on']);
});

const days: [day: string, problem?: string][] = [
  ['2024-02-29'],
  ['2026-12-31'],
  ['2026-02-29', 'day_not_in_calendar'],
  ['2026-06-31', 'day_not_in_calendar'],
  ['2026-13-01', 'pattern'],
  ['2026-00-01', 'pattern'],
  ['2026-01-00', 'pattern'],
  ['2026-01-32', 'pattern'],
  ['2026-1-01', 'pattern'],
  ['12026-01-01', 'pattern'],
  ['2026-01-011', 'pattern'],
  ['2026-01-01T00:00:00Z', 'pattern'],
  ['2026-01-01\n', 'pattern'],
];

test('a canary names a day of the calendar and nothing else', async (t) => {
  verdicts(
    t,
    parseCanary,
    'canary_malformed',
    { day: '2026-11-24' },
    days.map(([day, problem]) => [{ day }, problem && `/day ${problem}`]),
  );
});

const standing = { standing: 'good', since: '2026-01-01', reason: { code: 'initial', params: {} }, overridden: false };

test('a standing is read strictly', async (t) => {
  const reason = (code: string, params: object = {}) => ({ reason: { code, params } });
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, at]));
  verdicts(t, parseStanding, 'standing_malformed', standing, [
    ...STANDINGS.map((one): Case => [{ standing: one }]),
    [{ standing: 'fine' }, '/standing enum'],
    [{ overridden: true }],
    [{ overridden: 'yes' }, '/overridden type'],
    ...days.map(([since, problem]): Case => [{ since }, problem && `/since ${problem}`]),
    [reason('a'.repeat(64))],
    [reason('a'.repeat(65)), '/reason/code pattern'],
    [reason('A'), '/reason/code pattern'],
    [reason('9a'), '/reason/code pattern'],
    [reason('a b'), '/reason/code pattern'],
    [reason(''), '/reason/code pattern'],
    [reason('a_9', many(16))],
    [reason('a', many(17)), '/reason/params maxProperties'],
    [reason('a', { ['p'.repeat(64)]: 'x'.repeat(200) })],
    [reason('a', { ['p'.repeat(65)]: 1 }), `/reason/params/${'p'.repeat(65)} boolean`],
    [reason('a', { P: 1 }), '/reason/params/P boolean'],
    [reason('a', { 'p-': 1 }), '/reason/params/p- boolean'],
    [reason('a', { p: 'x'.repeat(201) }), '/reason/params/p maxLength'],
    [reason('a', { p: 'x\u0000' }), '/reason/params/p pattern'],
    [reason('a', { p: '\udfffx' }), '/reason/params/p pattern'],
    [reason('a', { p: '' })],
    [reason('a', { p: Number.MAX_SAFE_INTEGER, q: Number.MIN_SAFE_INTEGER })],
    [reason('a', { p: Number.MAX_SAFE_INTEGER + 1 }), '/reason/params/p type'],
    [reason('a', { p: Number.MIN_SAFE_INTEGER - 1 }), '/reason/params/p type'],
    [reason('a', { p: 0.5 }), '/reason/params/p type'],
    [reason('a', { p: true }), '/reason/params/p type'],
    [{ reason: { code: 'a' } }, '/reason required'],
    [{ reason: { params: {} } }, '/reason required'],
    [{ reason: { code: 'a', params: {}, text: '' } }, '/reason/text boolean'],
  ]);
});

const drill = { kind: 'drill', name: 'spring-2027', condition: 'unconditional' };
const obliged = (code: string, params: object, refused?: string): Case => {
  return [
    {
      obligations: [
        { code: 'drill', params: { days: 365 } },
        { code, params },
      ],
    },
    refused,
  ];
};
const obligationCases: Case[] = [
  obliged('acknowledge_within', { hours: 1 }),
  obliged('acknowledge_within', { hours: 8_760 }),
  obliged('acknowledge_within', { hours: 0 }, '/obligations/1/params/hours unfit'),
  obliged('acknowledge_within', { hours: 8_761 }, '/obligations/1/params/hours unfit'),
  obliged('acknowledge_within', { hours: '1' }, '/obligations/1/params/hours unfit'),
  obliged('acknowledge_within', {}, '/obligations/1/params/hours unfit'),
  obliged('acknowledge_within', { hours: 1, soon: 1 }, '/obligations/1/params/soon unknown'),
  obliged('report_within', { band: '5-7', hours: 24 }),
  obliged('report_within', { band: '6', hours: 24 }, '/obligations/1/params/band unfit'),
  obliged('report_within', { band: 4, hours: 24 }, '/obligations/1/params/band unfit'),
  obliged('minimum_detail', { percent: 100 }),
  obliged('minimum_detail', { percent: 101 }, '/obligations/1/params/percent unfit'),
  obliged('log_health', { hours: 24, witnesses: 2 }),
  obliged('log_health', { hours: 24 }, '/obligations/1/params/witnesses unfit'),
  obliged('answer_recalls_within', { days: 7 }),
  obliged('suite_adopted', { suite: 'cyber-range/3', days: 365 }),
  obliged('suite_adopted', { suite: 'Cyber range', days: 365 }, '/obligations/1/params/suite unfit'),
  obliged('give_in_return', { from: '2', percent: 20 }),
  obliged('give_in_return', { from: '3', percent: 20 }, '/obligations/1/params/from unfit'),
  obliged('give_in_return', { from: '5', percent: 101 }, '/obligations/1/params/percent unfit'),
  obliged('safety_cards', { models: 'frontier', days: 90 }),
  obliged('promised_next_year', { anything: 'at all' }),
  obliged('to_string', {}),
];

test('an offer is read strictly', async (t) => {
  const one = (change: object) => ({ gives: [rule(), { ...rule(), ...change }] });
  const { tier: _, ...tierless } = rule();
  verdicts(t, parseOffer, 'offer_malformed', offer(rule()), [
    [{ gives: Array(256).fill(rule()) }],
    [{ gives: Array(257).fill(rule()) }, '/gives maxItems'],
    [{ gives: [tierless] }, '/gives/0 required'],
    [one({ more: 1 }), '/gives/1/more boolean'],
    [one({ type: 'a'.repeat(64) })],
    [one({ type: 'a'.repeat(65) }), '/gives/1/type pattern'],
    [one({ type: 'Incident' }), '/gives/1/type pattern'],
    [one({ type: '1a' }), '/gives/1/type pattern'],
    [one({ type: 'a/1' }), '/gives/1/type pattern'],
    [one({ domains: ['bio', 'bio'] }), '/gives/1/domains uniqueItems'],
    [one({ domains: ['bio', 'dogs'] }), '/gives/1/domains/1 enum'],
    [one({ domains: ['*'] })],
    [one({ domains: ['bio', '*'] }), '/gives/1/domains star_beside_others'],
    [one({ domains: [] }), '/gives/1/domains minItems'],
    [one({ bands: ['4', '4'] }), '/gives/1/bands uniqueItems'],
    [one({ bands: ['4', '5-7'] })],
    [one({ bands: ['8'] }), '/gives/1/bands/0 enum'],
    [one({ bands: ['4', '*'] }), '/gives/1/bands star_beside_others'],
    [one({ bands: [] }), '/gives/1/bands minItems'],
    [one({ tier: null, onward: { to: ['*'], tier: 'red' } })],
    [one({ onward: { to: ['https://sg.example', 'http://127.0.0.1:7000'], tier: 'clear' } })],
    [one({ onward: { to: ['*', 'https://sg.example'], tier: 'clear' } }), '/gives/1/onward/to star_beside_others'],
    [one({ onward: { to: [], tier: 'clear' } }), '/gives/1/onward/to minItems'],
    [one({ onward: { to: ['*'], tier: null } }), '/gives/1/onward/tier enum'],
    [one({ tier: 'white' }), '/gives/1/tier enum'],
    [one({ onward: 'red' }), '/gives/1/onward type'],
    [one({ condition: 'as-given' })],
    [one({ condition: 'never' }), '/gives/1/condition enum'],
    [{ obligations: Array(64).fill({ code: 'a', params: {} }) }],
    [{ obligations: Array(65).fill({ code: 'a', params: {} }) }, '/obligations maxItems'],
    [{ obligations: ['a'] }, '/obligations/0 type'],
    ...obligationCases,
    [{ access: Array(65).fill(drill) }, '/access maxItems'],
    [{ access: [drill, { ...drill, kind: 'testbed', condition: 'as-given' }] }],
    [{ access: [{ ...drill, kind: 'party' }] }, '/access/0/kind enum'],
    [{ access: [{ ...drill, name: 'A' }] }, '/access/0/name pattern'],
    [{ waives: ['log_health', 'of_next_year'] }],
    [{ waives: ['drill', 'drill'] }, '/waives uniqueItems'],
    [{ waives: ['Drill'] }, '/waives/0 pattern'],
    [{ notice_days: 365 }],
    [{ notice_days: 366 }, '/notice_days maximum'],
    [{ notice_days: -1 }, '/notice_days minimum'],
    [{ backlog: 1 }, '/backlog type'],
    [{ valid_until: '2026-01-01' }],
    [{ valid_until: '2025-12-31' }, '/valid_until before_valid_from'],
    [{ valid_until: 'never' }, '/valid_until pattern'],
    [{ valid_until: '2026-02-30' }, '/valid_until day_not_in_calendar'],
    ...days.map(([valid_from, problem]): Case => [{ valid_from }, problem && `/valid_from ${problem}`]),
  ]);
});

test('an error names the place and what is wrong there', async (t) => {
  t.throws(() => parseCanary({ day: '2026-02-30' }), {
    name: 'ReciprocityError',
    code: 'canary_malformed',
    message: 'canary_malformed /day day_not_in_calendar',
  });
});

test('only an override and a named disclosure go beyond the terms', async (t) => {
  const rules = ['override', 'named_disclosure', 'later_version_of_given', 'offer_unconditional', ''];
  t.same(rules.map(isSingleGrant), [true, true, false, false, false]);
});
