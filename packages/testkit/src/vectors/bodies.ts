// Bodies of statements, as they are read once the statement is verified.

import type { VectorFile } from './vector.ts';

const hash = Buffer.alloc(32, 5).toString('base64url');
const rule = { type: 'incident', domains: ['*'], bands: ['*'], tier: 'green', condition: 'as-given', onward: null };
const offer = {
  gives: [rule],
  access: [],
  obligations: [],
  waives: [],
  notice_days: 0,
  backlog: true,
  valid_from: '2026-11-01',
  valid_until: null,
};
const obliged = (code: string, params: object) => ({ code, params });
const standing = { standing: 'good', since: '2026-11-01', reason: { code: 'enrolled', params: {} }, overridden: false };
const recalled = { id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', digest: hash };
const recall = { cause: 'retracted', level: 0, records: [recalled] };
const answer = { recall: hash, answer: 'purged', legal_basis: null, passed_to: [] };

/** Name, body, and the place that is refused; none when the body is accepted. */
type Row = [name: string, body: unknown, pointer?: string];

const offers: Row[] = [
  ['everything, green', offer],
  ['nothing', { ...offer, gives: [] }],
  ['a type that nobody knows', { ...offer, gives: [{ ...rule, type: 'safety-card' }] }],
  [
    'obligations',
    { ...offer, obligations: [obliged('acknowledge_within', { hours: 24 }), obliged('drill', { days: 365 })] },
  ],
  ['an obligation for one band', { ...offer, obligations: [obliged('report_within', { band: '5-7', hours: 24 })] }],
  [
    'an obligation that nobody knows',
    { ...offer, obligations: [obliged('timeliness', { days: 3, until: 'receipt' })] },
  ],
  ['what the other need not keep', { ...offer, waives: ['log_health'], notice_days: 90 }],
  ['access', { ...offer, access: [{ kind: 'testbed', name: 'range-1', condition: 'as-given' }] }],
  ['onward', { ...offer, gives: [{ ...rule, onward: { to: ['https://sg.example'], tier: 'green' } }] }],
  ['one day', { ...offer, valid_until: '2026-11-01' }],
  ['a member too many', { ...offer, note: '' }, '/note'],
  ['a member missing', { ...offer, backlog: undefined }, ''],
  ['a star beside others', { ...offer, gives: [{ ...rule, domains: ['*', 'cyber'] }] }, '/gives/0/domains'],
  ['a domain twice', { ...offer, gives: [{ ...rule, domains: ['cyber', 'cyber'] }] }, '/gives/0/domains'],
  ['no band', { ...offer, gives: [{ ...rule, bands: [] }] }, '/gives/0/bands'],
  ['a domain that is none', { ...offer, gives: [{ ...rule, domains: ['space'] }] }, '/gives/0/domains/0'],
  ['a condition that is none', { ...offer, gives: [{ ...rule, condition: 'never' }] }, '/gives/0/condition'],
  ['a measure out of bounds', { ...offer, obligations: [obliged('drill', { days: 0 })] }, '/obligations/0/params/days'],
  ['a measure missing', { ...offer, obligations: [obliged('drill', {})] }, '/obligations/0/params/days'],
  [
    'a parameter too many',
    { ...offer, obligations: [obliged('drill', { days: 1, of: 'a' })] },
    '/obligations/0/params/of',
  ],
  ['a notice of two years', { ...offer, notice_days: 730 }, '/notice_days'],
  [
    'onward to everybody and one',
    { ...offer, gives: [{ ...rule, onward: { to: ['*', 'https://sg.example'], tier: 'green' } }] },
    '/gives/0/onward/to',
  ],
  ['a day that is not in the calendar', { ...offer, valid_from: '2026-02-30' }, '/valid_from'],
  ['an end before the start', { ...offer, valid_until: '2026-10-31' }, '/valid_until'],
];

const standings: Row[] = [
  ['good', standing],
  ['expelled by an officer', { ...standing, standing: 'expelled', reason: { code: 'officer', params: { told: 'x' } } }],
  ['a standing that is none', { ...standing, standing: 'bad' }, '/standing'],
  ['a day that is not in the calendar', { ...standing, since: '2026-11-31' }, '/since'],
  [
    'a parameter that is a list',
    { ...standing, reason: { code: 'officer', params: { told: [] } } },
    '/reason/params/told',
  ],
  ['a code in upper case', { ...standing, reason: { code: 'Officer', params: {} } }, '/reason/code'],
  ['a member too many', { ...standing, note: '' }, '/note'],
];

const recalls: Row[] = [
  ['one record, whole', recall],
  ['down to green', { ...recall, cause: 'narrowed', level: 2 }],
  ['as the peering ends', { ...recall, cause: 'ended' }],
  ['no record', { ...recall, records: [] }, '/records'],
  ['a cause that is none', { ...recall, cause: 'regret' }, '/cause'],
  ['level 6', { ...recall, level: 6 }, '/level'],
  ['an id of hyphens', { ...recall, records: [{ ...recalled, id: '-'.repeat(36) }] }, '/records/0/id'],
  ['a digest that is too short', { ...recall, records: [{ ...recalled, digest: 'x' }] }, '/records/0/digest'],
];

const answers: Row[] = [
  ['purged', answer],
  ['kept for a reason', { ...answer, answer: 'kept', legal_basis: 'evidence in case 7/2026' }],
  ['passed on', { ...answer, answer: 'passed-on', passed_to: ['https://fr.example'] }],
  ['kept without a reason', { ...answer, answer: 'kept' }, '/legal_basis'],
  ['purged with a reason to keep', { ...answer, legal_basis: 'evidence' }, '/legal_basis'],
  ['passed on to nobody', { ...answer, answer: 'passed-on' }, '/passed_to'],
  ['an answer that is none', { ...answer, answer: 'ignored' }, '/answer'],
];

const canaries: Row[] = [
  ['a day', { day: '2026-11-24' }],
  ['a day that is not in the calendar', { day: '2026-02-29' }, '/day'],
  ['no day', {}, ''],
  ['a member too many', { day: '2026-11-24', note: '' }, '/note'],
];

const approvals: Row[] = [
  ['of a record', { record: Buffer.alloc(32, 5).toString('base64url') }],
  ['of nothing', {}, ''],
  ['of what is no digest', { record: 'A' }, '/record'],
];

const digest = Buffer.alloc(32, 5).toString('base64url');
const contest = { about: digest, shows: [Buffer.alloc(32, 6).toString('base64url')], told: null };

const contests: Row[] = [
  ['with what shows it', contest],
  ['with words', { ...contest, told: 'It was sent on Monday.' }],
  ['with nothing that shows it', { ...contest, shows: [] }, '/shows'],
  ['with the same twice', { ...contest, shows: [digest, digest] }, '/shows'],
  ['about what is no digest', { ...contest, about: 'A' }, '/about'],
  ['without told', { about: digest, shows: contest.shows }, ''],
];

const attestations: Row[] = [
  ['of a suite', { obligation: 'suite_adopted/frontier-bio', day: '2026-11-24' }],
  ['of drills', { obligation: 'drill', day: '2026-11-24' }],
  ['of what is measured', { obligation: 'acknowledge_within', day: '2026-11-24' }, '/obligation'],
  ['of no suite', { obligation: 'suite_adopted', day: '2026-11-24' }, '/obligation'],
  ['of a day that is not in the calendar', { obligation: 'drill', day: '2026-02-29' }, '/day'],
];

const kinds: [typ: string, rows: Row[], refused: string][] = [
  ['detente-offer+jwt', offers, 'offer_malformed'],
  ['detente-standing+jwt', standings, 'standing_malformed'],
  ['detente-recall+jwt', recalls, 'recall_malformed'],
  ['detente-recall-answer+jwt', answers, 'recall_malformed'],
  ['detente-canary+jwt', canaries, 'canary_malformed'],
  ['detente-approval+jwt', approvals, 'approval_malformed'],
  ['detente-contest+jwt', contests, 'contest_malformed'],
  ['detente-attestation+jwt', attestations, 'attestation_malformed'],
];

export function statementBodies(): VectorFile {
  return {
    description:
      'Bodies of statements: the payload without iss, aud, seq and jti. A refused one names the place that is wrong by JSON ' +
      'pointer; where a member is missing, that is its object.',
    section: '7, 13',
    cases: kinds.flatMap(([typ, rows, refused]) =>
      rows.map(([name, body, pointer]) => {
        const expected = pointer === undefined ? { accepted: true } : { refused, pointer };
        return { name: `${typ}: ${name}`, typ, body, expected };
      }),
    ),
  };
}
