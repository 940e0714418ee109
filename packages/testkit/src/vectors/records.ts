// Records: one with every field at each level, a withdrawal, and everything that must be refused.

import { sign } from 'node:crypto';
import { digest } from '@detente/keys';
import { type IncidentFields, recordType, type SignedPart } from '@detente/record';
import { issueSdJwt } from '@detente/sd-jwt';
import { signByHand } from '../hostile/by-hand.ts';
import { cn, fixedText, testKey } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

export const signer = testKey(cn, 'record');
export const recordHeader = { alg: 'Ed25519', typ: 'detente+sd-jwt', kid: signer.kid };
export const type = recordType('incident/1');

export const part: SignedPart = {
  iss: cn,
  id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
  type: 'incident/1',
  tlp: 'green',
  tick: 12,
  exercise: false,
  retracted: false,
};

export const fullFields = {
  kind: 'incident',
  title: 'An agent obeyed an instruction in a document 🚨',
  summary: 'The instruction stood in a document that the agent was asked to sum up.',
  language: 'en',
  severity: { level: 4, axes: { people: 2, safeguards: 3, reach: 4 } },
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
  countries_affected: ['CN', 'SG', 'US'],
  harms: [{ type: 'economic', status: 'actual', scale: '10-99', affected: ['consumers'] }],
  mitigations: [{ text: 'The tool was cut off.', worked: 'yes', nist_ai_rmf: 'MANAGE 4.1' }],
  techniques: ['AML.T0051', 'AML.T0051.001'],
  failure_pattern: 'Data was taken for an instruction.',
  root_cause: 'Nothing kept instructions and content apart.',
  safeguards_bypassed: ['input filter', 'confirmation by a person'],
  detection: 'A customer asked why.',
  component_tags: [{ function: 'oprf-2026', tag: Buffer.alloc(32, 6).toString('base64url') }],
  narrative: '这是一份完整的叙述。',
  capability_level: { suite: 'agentic misuse suite', band: 'moderate' },
  evidence: [{ kind: 'url', reference: 'https://evidence.example/1' }],
} satisfies Required<IncidentFields>;

export type MadeRecord = { token: string; digest: string; lengths: number[] };

/** A version whose salts are fixed by `label`. */
export function madeRecord(
  label: string,
  change: Partial<SignedPart>,
  fields: IncidentFields,
  key = signer,
): MadeRecord {
  let salts = 0;
  const values: Readonly<Record<string, unknown>> = fields;
  const { token, lengths } = issueSdJwt({
    header: { ...recordHeader, kid: key.kid },
    claims: { ...part, ...change },
    fields: type.fields.map(({ name }) => [name, values[name] ?? null] as const),
    sign: (text) => sign(null, Buffer.from(text), key.privateKey),
    salt: () => fixedText(`${label}, salt ${salts++}`),
  });
  const signed = token.slice(0, token.indexOf('.', token.indexOf('.') + 1));
  return { token, digest: digest(recordHeader.typ, signed), lengths: type.counts.map((count) => lengths[count]!) };
}

export const full = madeRecord('full', {}, fullFields);

export function records(): VectorFile {
  const levels = full.lengths.map((length, level) => {
    const shown = type.fields.slice(0, type.counts[level]).map(({ name }) => name);
    const fields = Object.fromEntries(shown.map((name) => [name, fullFields[name as keyof typeof fullFields]]));
    const cell = level === 0 ? 'incident/other/unrated' : 'incident/cyber/4';
    return {
      name: `every field, level ${level}`,
      presentation: full.token.slice(0, length),
      expected: { ...part, kid: signer.kid, digest: full.digest, level, cell, fields },
    };
  });
  return {
    description:
      'Records that are accepted, with what they say. The presentations of the six levels are prefixes of one text.',
    section: '5',
    given: { iss: cn, keys: [signer.publicJwk] },
    cases: [...levels, few(), withdrawal(), otherSpelling()],
  };
}

function few(): Case {
  const fields = { kind: 'hazard', title: 'A', summary: 'B', language: 'zh-Hans' } as const;
  const change = { tlp: 'clear', tick: 0, exercise: true } as const;
  const made = madeRecord('few', change, fields);
  const all = Object.fromEntries(
    type.fields.map(({ name }) => [name, (fields as Record<string, unknown>)[name] ?? null]),
  );
  const cell = 'incident/other/unrated';
  return {
    name: 'a drill of which only what must be there is there',
    presentation: made.token,
    expected: { ...part, ...change, kid: signer.kid, digest: made.digest, level: 5, cell, fields: all },
  };
}

function withdrawal(): Case {
  const change = { tick: 40, retracted: true };
  const made = madeRecord('withdrawal', change, {});
  const cell = 'incident/other/unrated';
  return {
    name: 'a withdrawal of it',
    presentation: made.token.slice(0, made.lengths[0]),
    expected: { ...part, ...change, kid: signer.kid, digest: made.digest, level: 0, cell, fields: {} },
  };
}

/** Nothing asks a record for the one spelling of JSON: what was signed is what stands there. */
function otherSpelling(): Case {
  const [, payload = ''] = full.token.split('.');
  const text = Buffer.from(payload, 'base64url').toString().replace('"tick":12,', '"tick": 12.0, ');
  const jwt = signByHand(recordHeader, text, signer.privateKey);
  const named = digest(recordHeader.typ, jwt.slice(0, jwt.lastIndexOf('.')));
  const cell = 'incident/other/unrated';
  return {
    name: 'JSON in another spelling',
    presentation: `${jwt}~`,
    expected: { ...part, kid: signer.kid, digest: named, level: 0, cell, fields: {} },
  };
}
