// A full set of values of the incident type, and tokens that no honest issuer would make.
import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { type IncidentFields, type RecordInput, severityOf } from '../src/index.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
export const signer = { kid: 'A'.repeat(43), privateKey };
export const iss = 'https://node.example';
export const expectation = { iss, keyFor: (kid: string) => (kid === signer.kid ? publicKey : undefined) };

export const fullFields = {
  kind: 'incident',
  title: 'A controller acted on a forged instruction 🚨',
  summary: 'An agent followed an instruction that stood in a document.',
  language: 'en',
  severity: severityOf({ people: 2, safeguards: 3, reach: 4 }),
  hazard_domain: 'cyber',
  occurred_month: '2026-10',
  occurred: '2026-10-03',
  detected: '2026-10-04',
  ongoing: false,
  lifecycle_stage: 'operate-and-monitor',
  sector: ['information-and-communication'],
  deployment: {
    breadth: 'broad',
    autonomy: 'high',
    critical_function: false,
    unintended_use: null,
    multiple_systems: true,
    business_functions: ['citizen-or-customer-service'],
    tasks: ['interaction-support'],
  },
  countries_affected: ['SG', 'CN', 'US'],
  harms: [{ type: 'economic', status: 'actual', scale: '10-99', affected: ['consumers'] }],
  mitigations: [{ text: 'The tool was cut off.', worked: 'yes', nist_ai_rmf: 'MANAGE 4.1' }],
  techniques: ['AML.T0051', 'AML.T0051.001'],
  failure_pattern: 'Data was taken for an instruction.',
  root_cause: 'No separation of instructions and content.',
  safeguards_bypassed: ['input filter', 'confirmation by a person'],
  detection: 'A customer asked why.',
  component_tags: [{ function: 'oprf-2026', tag: 'A'.repeat(43) }],
  narrative: '这是一份完整的叙述。'.repeat(20),
  capability_level: { suite: 'agentic misuse suite', band: 'moderate' },
  evidence: [{ kind: 'url', reference: 'https://evidence.example/1' }],
} satisfies Required<IncidentFields>;

export const minimalFields = { kind: 'hazard', title: 'A', summary: 'B', language: 'zh-Hans' };

export function input(change: Partial<RecordInput> = {}): RecordInput {
  return {
    iss,
    id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
    type: 'incident/1',
    tlp: 'green',
    tick: 7,
    exercise: false,
    retracted: false,
    fields: fullFields,
    ...change,
  };
}

type Forgery = {
  header?: object;
  claims?: object;
  fields: readonly (readonly [string, unknown])[];
  digests?: (all: string[]) => unknown;
};

/** Signs whatever it is given, with the honest key. */
export function forge({ header, claims, fields, digests = (all) => all }: Forgery): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const disclosures = fields.map(([name, value], at) => encode([`salt-${at}`.padEnd(22, 'A'), name, value]));
  const all = disclosures.map((disclosure) => hash('sha256', disclosure, 'base64url')).sort();
  const { fields: _, ...signed } = input();
  const payload = { ...signed, _sd: digests(all), _sd_alg: 'sha-256', ...claims };
  const text = `${encode({ alg: 'Ed25519', typ: 'detente+sd-jwt', kid: signer.kid, ...header })}.${encode(payload)}`;
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
  return [`${text}.${signature}`, ...disclosures, ''].join('~');
}
