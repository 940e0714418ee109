// Statements: one envelope for everything signed that is no record.

import { createHmac } from 'node:crypto';
import { digest, signStatement } from '@detente/keys';
import { encode, signByHand } from '../hostile/by-hand.ts';
import { respelled } from './names.ts';
import { cn, fixedText, testKey, us } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

const agency = testKey(cn, 'agency');
const typ = 'detente-canary+jwt';
const header = { alg: 'Ed25519', typ, kid: agency.kid };
const claims = { iss: cn, aud: us, seq: 1, jti: fixedText('canary') };
const payload = { ...claims, day: '2026-11-24' };

export async function statements(): Promise<VectorFile> {
  return {
    description:
      'Statements as they are verified before their body is read: form, header, key, signature, payload, iss, aud. Each is held ' +
      'against one expected typ, issuer, audience and the issuer’s keys of the purpose; `typ` of a case says which typ.',
    section: '3',
    given: { iss: cn, aud: us, keys: [agency.publicJwk] },
    cases: [...(await accepted()), ...refusedForms(), ...refusedHeaders(), ...refusedPayloads()],
  };
}

async function accepted(): Promise<Case[]> {
  const bodies = {
    'detente-offer+jwt': {
      gives: [{ type: 'incident', domains: ['*'], bands: ['*'], tier: 'green', condition: 'as-given', onward: null }],
      access: [],
      obligations: [],
      waives: [],
      notice_days: 0,
      backlog: true,
      valid_from: '2026-11-01',
      valid_until: null,
    },
    'detente-standing+jwt': {
      standing: 'good',
      since: '2026-11-01',
      reason: { code: 'enrolled', params: {} },
      overridden: false,
    },
    'detente-recall+jwt': {
      cause: 'retracted',
      level: 0,
      records: [{ id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', digest: fixedHash }],
    },
    'detente-recall-answer+jwt': { recall: fixedHash, answer: 'purged', legal_basis: null, passed_to: [] },
    'detente-canary+jwt': { day: '2026-11-24' },
    'detente-approval+jwt': { record: fixedHash },
    'detente-contest+jwt': { about: fixedHash, shows: [otherHash], told: null },
    'detente-attestation+jwt': { obligation: 'drill', day: '2026-11-24' },
  } as const;
  const signed = Object.entries(bodies).map(async ([name, body]) => {
    const input = { typ: name as keyof typeof bodies, iss: cn, aud: us, seq: 3, jti: fixedText(name), body };
    const { jws, digest } = await signStatement(input, agency);
    const expected = { iss: cn, aud: us, seq: 3, jti: fixedText(name), kid: agency.kid, digest, body };
    return { name: `accepted: ${name}`, typ: name, jws, expected };
  });
  return [...(await Promise.all(signed)), otherOrder()];
}

const otherHash = Buffer.alloc(32, 6).toString('base64url');
const fixedHash = Buffer.alloc(32, 5).toString('base64url');

function otherOrder(): Case {
  const { jti, seq, ...rest } = payload;
  const jws = signByHand({ kid: agency.kid, typ, alg: 'Ed25519' }, { seq, ...rest, jti }, agency.privateKey);
  const expected = {
    ...claims,
    kid: agency.kid,
    digest: digest(typ, jws.slice(0, jws.lastIndexOf('.'))),
    body: { day: '2026-11-24' },
  };
  return { name: 'accepted: members in another order', typ, jws, expected };
}

function refusedForms(): Case[] {
  const good = signByHand(header, payload, agency.privateKey);
  const [head, body, signature] = good.split('.') as [string, string, string];
  const last = Buffer.from(signature, 'base64url');
  last[63] = last[63]! ^ 1;
  const rows: [string, string, string][] = [
    ['two parts', `${head}.${body}`, 'jws_malformed'],
    ['four parts', `${good}.${signature}`, 'jws_malformed'],
    ['no payload: it is detached', `${head}..${signature}`, 'jws_malformed'],
    ['an empty signature', `${head}.${body}.`, 'jws_malformed'],
    ['padding', `${good}==`, 'base64url_not_canonical'],
    ['a respelled signature', `${head}.${body}.${respelled(signature)}`, 'base64url_not_canonical'],
    ['a signature of 63 bytes', `${head}.${body}.${encode(last.subarray(1))}`, 'base64url_not_canonical'],
    ['a space before it', ` ${good}`, 'base64url_not_canonical'],
    ['a bit of the signature turned', `${head}.${body}.${encode(last)}`, 'signature_invalid'],
    ['a signature over another payload', `${head}.${encode({ ...payload, seq: 2 })}.${signature}`, 'signature_invalid'],
    ['an S to which the order was added', `${head}.${body}.${addOrder(signature)}`, 'signature_invalid'],
  ];
  return rows.map(([name, jws, refused]) => ({ name, typ, jws, expected: { refused } }));
}

function refusedHeaders(): Case[] {
  const other = testKey(cn, 'receipt');
  const rows: [string, unknown, string][] = [
    ['alg EdDSA', { ...header, alg: 'EdDSA' }, 'algorithm_refused'],
    ['alg none', { ...header, alg: 'none' }, 'algorithm_refused'],
    ['alg in lower case', { ...header, alg: 'ed25519' }, 'algorithm_refused'],
    ['a key in the header', { ...header, jwk: agency.publicJwk }, 'header_refused'],
    ['a place for keys in the header', { ...header, jku: 'https://cn.example/keys' }, 'header_refused'],
    ['a certificate in the header', { ...header, x5c: [] }, 'header_refused'],
    ['an unencoded payload (RFC 7797)', { ...header, b64: false, crit: ['b64'] }, 'header_refused'],
    ['crit alone', { ...header, crit: [] }, 'header_refused'],
    ['no kid', { alg: 'Ed25519', typ }, 'header_refused'],
    ['a kid that is no thumbprint', { ...header, kid: 'agency' }, 'header_refused'],
    ['another typ', { ...header, typ: 'detente-offer+jwt' }, 'typ_unexpected'],
    ['a typ in upper case', { ...header, typ: 'Detente-Canary+jwt' }, 'typ_unexpected'],
    ['a member twice', `{"alg":"none",${JSON.stringify(header).slice(1)}`, 'json_not_canonical'],
    ['white space', JSON.stringify(header, null, 1), 'json_not_canonical'],
    ['no JSON', '{"alg":', 'json_malformed'],
    ['a key of another purpose', { ...header, kid: other.kid }, 'key_unknown'],
  ];
  const made = rows.map(([name, head, refused]) => {
    const key = name === 'a key of another purpose' ? other : agency;
    return { name: `header: ${name}`, typ, jws: signByHand(head, payload, key.privateKey), expected: { refused } };
  });
  return [...made, mac('HS256', 'sha256', 'base64url_not_canonical'), mac('HS512', 'sha512', 'algorithm_refused')];
}

/** The public key as the secret of a MAC: what a verifier that asks the header for the algorithm would accept. */
function mac(alg: string, algorithm: string, refused: string): Case {
  const signed = `${encode({ ...header, alg })}.${encode(payload)}`;
  const code = createHmac(algorithm, Buffer.from(agency.publicJwk.x, 'base64url')).update(signed).digest('base64url');
  return { name: `header: alg ${alg}`, typ, jws: `${signed}.${code}`, expected: { refused } };
}

function refusedPayloads(): Case[] {
  const text = JSON.stringify(payload);
  const rows: [string, unknown, string][] = [
    ['a member twice', `{"seq":9,${text.slice(1)}`, 'json_not_canonical'],
    ['white space', text.replace(',', ', '), 'json_not_canonical'],
    ['an escape that is not needed', text.replace('cn', '\\u0063n'), 'json_not_canonical'],
    ['a number in another spelling', text.replace('"seq":1', '"seq":1.0'), 'json_not_canonical'],
    ['NUL in a string', { ...payload, note: '\0' }, 'json_malformed'],
    ['half a surrogate pair', { ...payload, note: '\ud800' }, 'json_malformed'],
    ['a byte order mark', `\ufeff${text}`, 'json_malformed'],
    ['no JSON', 'day', 'json_malformed'],
    ['an array', [payload], 'claims_malformed'],
    ['no iss', { aud: us, seq: 1, jti: payload.jti, day: payload.day }, 'claims_malformed'],
    ['a seq of 0', { ...payload, seq: 0 }, 'claims_malformed'],
    ['a seq of 2^53', { ...payload, seq: 2 ** 53 }, 'claims_malformed'],
    ['a seq that is text', { ...payload, seq: '1' }, 'claims_malformed'],
    ['a jti of 15 bytes', { ...payload, jti: Buffer.alloc(15).toString('base64url') }, 'claims_malformed'],
    ['a list of audiences', { ...payload, aud: [us] }, 'claims_malformed'],
    ['another issuer', { ...payload, iss: us }, 'issuer_unexpected'],
    ['another audience', { ...payload, aud: cn }, 'audience_unexpected'],
    ['no audience', { iss: cn, seq: 1, jti: payload.jti, day: payload.day }, 'audience_unexpected'],
  ];
  return rows.map(([name, body, refused]) => {
    return { name: `payload: ${name}`, typ, jws: signByHand(header, body, agency.privateKey), expected: { refused } };
  });
}

/** RFC 8032 §5.1.7 wants S below the group's order. */
export function addOrder(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse().copy(bytes, 32);
  return bytes.toString('base64url');
}
