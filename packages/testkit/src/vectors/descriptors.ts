// Descriptors, and which may follow which.

import {
  type Descriptor,
  logNameOf,
  type PublishedPurpose,
  signDescriptor,
  thumbprint,
  witnessNameOf,
} from '@detente/keys';
import { signByHand } from '../hostile/by-hand.ts';
import { announcedKeys, cn, fixedText, testKey } from './test-keys.ts';
import type { Case, VectorFile } from './vector.ts';

const typ = 'detente-descriptor+jwt';
const identity = testKey(cn, 'identity');

export function descriptorBody(origin: string, rotated: readonly PublishedPurpose[] = []): Descriptor {
  return {
    keys: announcedKeys(origin, rotated),
    endpoints: {
      exchange: `${origin}/exchange/v1`,
      log: `${origin}/log/v1`,
      reporting: `${origin}/reporting/v1`,
      publication: `${origin}/publication/v1`,
    },
    types: { incident: [1] },
    contract: Buffer.alloc(32, 1).toString('base64url'),
    log: logNameOf(origin),
    witness: witnessNameOf(origin),
    contact: { name: 'Duty officer', email: 'duty@cn.example' },
    day: '2026-11-24',
  };
}

export async function signedDescriptor(origin: string): Promise<string> {
  const input = { iss: origin, seq: 1, jti: fixedText('descriptor'), body: descriptorBody(origin) };
  return (await signDescriptor(input, testKey(origin, 'identity'))).jws;
}

export async function descriptors(): Promise<VectorFile> {
  const body = descriptorBody(cn);
  const jws = await signedDescriptor(cn);
  const accepted = { seq: 1, fingerprint: identity.kid, body };
  const next = testKey(cn, 'identity', 'next');
  const rotated = descriptorBody(cn, ['identity']);
  const later = { iss: cn, seq: 2, jti: fixedText('second descriptor'), body: rotated };
  return {
    description:
      'Descriptors as they are read from an origin: the only key that is taken from a message, and only if its thumbprint is the ' +
      'pinned `fingerprint`, or `next`, which the descriptor before announced.',
    section: '4',
    given: { origin: cn, fingerprint: identity.kid },
    cases: [
      { name: 'accepted', jws, expected: accepted },
      {
        name: 'accepted: signed by the announced identity key',
        next: next.kid,
        jws: (await signDescriptor(later, next)).jws,
        expected: { seq: 2, fingerprint: next.kid, body: rotated },
      },
      {
        name: 'an identity key that was not announced',
        jws: (await signDescriptor(later, next)).jws,
        expected: { refused: 'fingerprint_mismatch' },
      },
      ...refusedBodies(body),
    ],
  };
}

function refusedBodies(body: Descriptor): Case[] {
  const { keys, endpoints } = body;
  const change = (part: object) => ({ ...body, ...part });
  const withKey = (purpose: string, part: object) =>
    change({ keys: { ...keys, [purpose]: { ...keys[purpose as PublishedPurpose], ...part } } });
  const rows: [string, object, string][] = [
    ['one key for two purposes', withKey('log', { jwk: keys.record.jwk }), 'keys_not_distinct'],
    ['one successor for two purposes', withKey('log', { next: keys.record.next }), 'keys_not_distinct'],
    [
      'a successor that is another purpose’s key',
      withKey('log', { next: thumbprint(keys.record.jwk) }),
      'keys_not_distinct',
    ],
    ['a key of small order', withKey('log', { jwk: { ...keys.log.jwk, x: 'A'.repeat(43) } }), 'key_weak'],
    [
      'a signing key where a box key belongs',
      withKey('mailbox', { jwk: testKey(cn, 'log', 'third').publicJwk }),
      'key_malformed',
    ],
    ['no key for a purpose', change({ keys: { ...keys, witness: undefined } }), 'body_malformed'],
    ['a key for the vault', change({ keys: { ...keys, vault: keys.mailbox } }), 'body_malformed'],
    ['another log', change({ log: 'us.example/log/v1' }), 'body_malformed'],
    [
      'an endpoint elsewhere',
      change({ endpoints: { ...endpoints, log: 'https://us.example/log/v1' } }),
      'body_malformed',
    ],
    [
      'an endpoint with a slash at its end',
      change({ endpoints: { ...endpoints, log: `${cn}/log/v1/` } }),
      'body_malformed',
    ],
    ['an endpoint with a query', change({ endpoints: { ...endpoints, log: `${cn}/log/v1?x` } }), 'body_malformed'],
    ['versions out of order', change({ types: { incident: [2, 1] } }), 'body_malformed'],
    ['a contact of two lines', change({ contact: { name: 'Duty\nofficer' } }), 'body_malformed'],
    ['a day that is not in the calendar', change({ day: '2026-02-30' }), 'body_malformed'],
    ['a member too many', change({ note: '' }), 'body_malformed'],
    ['an audience', change({ aud: cn }), 'audience_unexpected'],
    ['another origin', change({ iss: 'https://us.example' }), 'issuer_unexpected'],
  ];
  return rows.map(([name, part, refused]) => {
    const payload = { iss: cn, seq: 1, jti: fixedText('descriptor'), ...part };
    const jws = signByHand({ alg: 'Ed25519', typ, kid: identity.kid }, payload, identity.privateKey);
    return { name, jws, expected: { refused } };
  });
}

/** `keys` alone matter here, so nothing else of a body is shown. */
export function successions(): VectorFile {
  const first = announcedKeys(cn);
  const record = announcedKeys(cn, ['record']).record;
  const rows: [string, number, object, object][] = [
    ['nothing but the number has changed', 2, first, { rotated: [] }],
    ['the record key became the announced one', 2, announcedKeys(cn, ['record']), { rotated: ['record'] }],
    ['two at once', 7, announcedKeys(cn, ['record', 'log']), { rotated: ['record', 'log'] }],
    ['the same number', 1, first, { refused: 'sequence_not_higher' }],
    ['a lower number', 0, first, { refused: 'sequence_not_higher' }],
    [
      'a key that nobody announced',
      2,
      { ...first, record: { jwk: testKey(cn, 'record', 'third').publicJwk, next: record.next } },
      { refused: 'key_unannounced' },
    ],
    [
      'another successor for a key that stays',
      2,
      { ...first, record: { jwk: first.record.jwk, next: record.next } },
      { refused: 'key_unannounced' },
    ],
    [
      'one good change and one that was not announced',
      2,
      { ...first, record, log: { jwk: testKey(cn, 'log', 'third').publicJwk, next: record.next } },
      { refused: 'key_unannounced' },
    ],
  ];
  return {
    description:
      'Whether a verified descriptor may follow the one that is held, and which keys it rotates. Only `seq` and `keys` decide.',
    section: '4',
    given: { seq: 1, keys: first },
    cases: rows.map(([name, seq, keys, expected]) => ({ name, seq, keys, expected })),
  };
}
