// The parsers that read what a peer, a lab or a stranger sends, each with what is valid for it. A name that ends in `signed`
// means that the sender holds the key: what is changed is signed after the change.
import { FeedError, verifyPage } from '@detente/feed';
import { InteropError, importFile } from '@detente/interop';
import {
  offerFrom,
  parseApproval,
  parseAttestation,
  parseCanary,
  parseContest,
  parseOffer,
  parseRecall,
  parseRecallAnswer,
  parseStanding,
  ReciprocityError,
} from '@detente/reciprocity';
import { ProblemError, parseJson } from '@detente/server';
import { type Parser, sameText } from './fuzz.ts';
import { keysParsers } from './keys-parsers.ts';
import { day, hash43, held, pageOf, recordInput } from './samples.ts';
import { signatureParsers } from './signature-parsers.ts';
import { tlogParsers } from './tlog-parsers.ts';
import { tokenParsers } from './token-parsers.ts';

const coded = { code: 'by_hand', params: { days: 3, about: 'text' } };
const rule = {
  type: 'incident',
  domains: ['*'],
  bands: ['4', '5-7'],
  tier: 'green',
  condition: 'as-given',
  onward: null,
};
const offer = {
  gives: [rule],
  access: [],
  obligations: [coded],
  waives: [],
  notice_days: 0,
  backlog: true,
  valid_from: '2026-01-01',
  valid_until: day,
};
const standing = { standing: 'good', since: day, reason: coded, overridden: false };
const recall = { cause: 'narrowed', level: 1, records: [{ id: recordInput.id, digest: hash43 }] };
const kept = { recall: hash43, answer: 'kept', legal_basis: 'An act.', passed_to: ['A ministry'] };
const purged = { recall: hash43, answer: 'purged', legal_basis: null, passed_to: [] };

/** A parser of a statement's body. */
function ofBody(name: string, seeds: readonly object[], parse: (body: unknown) => unknown): Parser {
  return {
    name: `reciprocity/${name}`,
    as: 'json',
    seeds: seeds.map((seed) => JSON.stringify(seed)),
    run: (text) => parse(parseJson(Buffer.from(text))),
    refusals: [ReciprocityError, ProblemError],
  };
}

/** A parser of a file that an officer was given. */
function ofFile(name: string, as: Parser['as'], seeds: readonly string[]): Parser {
  return {
    name: `interop/${name}`,
    as,
    seeds,
    run: (text) => importFile(name, Buffer.from(text)),
    refusals: [InteropError],
  };
}

const incidents = [
  'incident_id,date,Alleged deployer of AI system,Alleged developer of AI system,Alleged harmed or nearly harmed parties,description,title',
  '1,2015-05-19,"[""acme""]","[]","[""passengers""]","It said ""yes"".",A title',
  '2,2016-01-01,"[]","[""acme""]","[]",Broken\u00a0over,Another',
].join('\r\n');

const report = {
  data_type: 'AVID',
  metadata: { report_id: 'AVID-2023-R0001' },
  affects: { developer: ['Acme'], deployer: [], artifacts: [{ type: 'Model', name: 'm' }] },
  problemtype: { classof: 'CVE Entry', description: { lang: 'eng', value: 'A title' } },
  impact: {
    avid: { risk_domain: ['Security'], sep_view: ['S0100'], lifecycle_view: ['L05'], taxonomy_version: '0.2' },
  },
  description: { lang: 'eng', value: 'A description.' },
  references: [{ type: 'source', label: 'x', url: 'https://a.example' }],
  reported_date: '2023-01-13',
};

const caseStudy = `id: AML.CS0001
object-type: case-study
name: A title
summary: >
  A summary.
incident-date: 2020-01-02
procedure:
- {tactic: AML.TA0002, technique: AML.T0000, description: &a 'What was done'}
- {tactic: AML.TA0003, technique: AML.T0001, description: *a}
target: Something
case-study-type: incident
`;

export const parsers: readonly Parser[] = [
  ...tokenParsers,
  ...keysParsers,
  {
    name: 'feed/page',
    as: 'json',
    seeds: [pageOf(false), pageOf(true)],
    run: (text) => verifyPage(text, held),
    refusals: [FeedError],
  },
  ...tlogParsers,
  ...signatureParsers,
  ofBody('offer', [offer, offerFrom('balanced', day), offerFrom('open', day)], parseOffer),
  ofBody('standing', [standing], parseStanding),
  ofBody('recall', [recall], parseRecall),
  ofBody('recall-answer', [kept, purged], parseRecallAnswer),
  ofBody('canary', [{ day }], parseCanary),
  ofBody('approval', [{ record: 'A'.repeat(43) }], parseApproval),
  ofBody('contest', [{ about: 'A'.repeat(43), shows: ['B'.repeat(43)], told: null }], parseContest),
  ofBody(
    'attestation',
    [
      { obligation: 'suite_adopted/a', day },
      { obligation: 'drill', day },
    ],
    parseAttestation,
  ),
  {
    name: 'server/json',
    as: 'text',
    seeds: [
      JSON.stringify(offer),
      Buffer.from(JSON.stringify(report, null, 1)).toString('latin1'),
      '[1e3,-0.5,"\\u00e9"]',
    ],
    run: (text) => {
      const bytes = Buffer.from(text, 'latin1');
      sameText(JSON.stringify(parseJson(bytes)), JSON.stringify(JSON.parse(bytes.toString())));
    },
    refusals: [ProblemError],
  },
  ofFile('incidents.csv', 'text', [incidents]),
  ofFile('reports.jsonl', 'json', [JSON.stringify(report)]),
  ofFile('case-study.yaml', 'text', [caseStudy]),
];
