// What reads keys, statements, descriptors and receipts.
import { hash } from 'node:crypto';
import {
  KeysError,
  parseDescriptor,
  parseIntakeReceipt,
  parseOrigin,
  parsePublicJwk,
  parseReceipt,
  type Receipt,
  type SignedStatement,
  type StatementTyp,
  shownIdentity,
  signIntakeGroup,
  signStatement,
  verifyDescriptor,
  verifyIntakeReceipt,
  verifyStatement,
} from '@detente/keys';
import { ProblemError, parseJson } from '@detente/server';
import { decode, encode, signByHand } from '../hostile/by-hand.ts';
import { type Parser, sameText } from './fuzz.ts';
import { day, descriptor, hash43, keyFor, origin, signer, us } from './samples.ts';

const receipt: Receipt = {
  log: 'us.example/log/v1',
  page: { after: 3, next: 9 },
  records: [
    { digest: hash43, level: 2, disclosed: hash43 },
    { digest: signer.kid, level: 0, disclosed: hash43, late: 4 },
  ],
};
const statement = await signed('detente-canary+jwt', { day }, us);
const described = await signed('detente-descriptor+jwt', descriptor);
const pinned = { origin, fingerprint: signer.kid };
const canary = { typ: 'detente-canary+jwt', iss: origin, aud: us, keyFor } as const;

const report = Buffer.from('a report');
const reports = [{ salt: Buffer.alloc(16, 1), bodyDigest: hash('sha256', report, 'buffer') }];
const intake = await signIntakeGroup({ iss: origin, day, reports }, signer);

const statementParsers: readonly Parser[] = [
  {
    name: 'keys/statement',
    as: 'text',
    seeds: [statement.jws],
    run: (text) => verifyStatement(text, canary),
    refusals: [KeysError],
  },
  {
    name: 'keys/statement signed',
    as: 'json',
    seeds: [payloadOf(statement)],
    run: (text) => verifyStatement(signByHand(headerOf(canary.typ), text, signer.privateKey), canary),
    refusals: [KeysError],
  },
  {
    name: 'keys/descriptor',
    as: 'text',
    seeds: [described.jws],
    run: (text) => verifyDescriptor(text, pinned),
    refusals: [KeysError],
  },
  {
    name: 'keys/descriptor shown',
    as: 'json',
    seeds: [payloadOf(described)],
    run: (text) => shownIdentity(unsigned('detente-descriptor+jwt', text)),
    refusals: [KeysError],
  },
  {
    name: 'keys/descriptor body',
    as: 'json',
    seeds: [JSON.stringify(descriptor)],
    run: (text) => parseDescriptor(parseJson(Buffer.from(text)), origin),
    refusals: [KeysError, ProblemError],
  },
  {
    name: 'keys/receipt body',
    as: 'json',
    seeds: [JSON.stringify(receipt)],
    run: (text) => parseReceipt(parseJson(Buffer.from(text)), us),
    refusals: [KeysError, ProblemError],
  },
];

export const keysParsers: readonly Parser[] = [
  ...statementParsers,
  {
    name: 'keys/intake-receipt',
    as: 'json',
    seeds: [JSON.stringify(intake[0])],
    run: (text) => {
      const value = parseJson(Buffer.from(text));
      parseIntakeReceipt(value);
      return verifyIntakeReceipt({ receipt: value, body: report, iss: origin, keyFor });
    },
    refusals: [KeysError, ProblemError],
  },
  {
    name: 'keys/jwk',
    as: 'json',
    seeds: [JSON.stringify(signer.publicJwk), JSON.stringify(descriptor.keys.mailbox.jwk)],
    run: (text) => parsePublicJwk(parseJson(Buffer.from(text))),
    refusals: [KeysError, ProblemError],
  },
  {
    name: 'keys/origin',
    as: 'text',
    seeds: [origin, 'https://peer.example:8443', 'http://[::1]:8080', 'https://xn--bcher-kva.example'],
    run: (text) => sameText(parseOrigin(text).origin, text),
    refusals: [KeysError],
  },
];

function signed(typ: StatementTyp, body: object, aud?: string): Promise<SignedStatement> {
  return signStatement({ typ, iss: origin, ...(aud === undefined ? {} : { aud }), seq: 3, body }, signer);
}

function headerOf(typ: string) {
  return { alg: 'Ed25519', typ, kid: signer.kid };
}

/** A statement whose payload is exactly this text, with a signature that nobody made. */
function unsigned(typ: StatementTyp, payload: string): string {
  return [headerOf(typ), payload, Buffer.alloc(64)].map(encode).join('.');
}

function payloadOf({ jws }: SignedStatement): string {
  return JSON.stringify(decode(jws.split('.')[1]!));
}
