// Names and spellings: public keys, origins, base64url, digests.

import { digest, disclosedDigest, parsePublicJwk, thumbprint } from '@detente/keys';
import { cn, testKey } from './test-keys.ts';
import type { VectorFile } from './vector.ts';

const p = 2n ** 255n - 19n;
// The y, and the u, of the points of order 1, 2, 4 and 8.
const smallY = [
  1n,
  p - 1n,
  0n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
];
const smallU = [
  0n,
  1n,
  p - 1n,
  0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
  0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
];
const sign = 2n ** 255n;

export function publicKeys(): VectorFile {
  const edwards = testKey(cn, 'record').publicJwk;
  const montgomery = testKey(cn, 'mailbox').publicJwk;
  const accepted = [edwards, montgomery].map((jwk) => {
    return { name: `a good ${jwk.crv} key`, jwk, expected: { thumbprint: thumbprint(parsePublicJwk(jwk)) } };
  });
  const weak = [
    ...smallY.map((y, at) => ['Ed25519', `a point of small order, ${at + 1}`, y] as const),
    ['Ed25519', 'a point of small order with its sign bit', 1n + sign] as const,
    ['Ed25519', 'a y that is not reduced: p', p] as const,
    ['Ed25519', 'a y that is not reduced: p + 1, of small order', p + 1n] as const,
    ['Ed25519', 'a y that is not reduced: 2^255 - 1', sign - 1n] as const,
    ...smallU.map((u, at) => ['X25519', `a u whose shared secret is zero, ${at + 1}`, u] as const),
    ['X25519', 'a u that is not reduced: p + 9', p + 9n] as const,
    ['X25519', 'the unused highest bit', 9n + sign] as const,
  ].map(([crv, name, number]) => {
    return { name: `${crv}: ${name}`, jwk: { kty: 'OKP', crv, x: encode(number) }, expected: { refused: 'key_weak' } };
  });
  const malformed = [
    ['another curve', { ...edwards, crv: 'Ed448' }],
    ['another kind', { ...edwards, kty: 'EC' }],
    ['a member too many', { ...edwards, use: 'sig' }],
    ['the private half beside it', { ...edwards, d: edwards.x }],
    ['no x', { kty: 'OKP', crv: 'Ed25519' }],
    ['an x of 31 bytes', { ...edwards, x: edwards.x.slice(0, 42) }],
    ['an x with padding', { ...edwards, x: `${edwards.x}=` }],
    ['an x with unused bits set', { ...edwards, x: respelled(edwards.x) }],
  ].map(([name, jwk]) => ({ name: name as string, jwk, expected: { refused: 'key_malformed' } }));
  return {
    description: 'Public keys as JWK: the RFC 7638 thumbprint of the good ones, the refusal of the others.',
    section: '2',
    cases: [...accepted, ...weak, ...malformed],
  };
}

export function origins(): VectorFile {
  const good = [
    ['https://cn.example', 'cn.example'],
    ['https://cn.example:8443', 'cn.example:8443'],
    ['http://localhost:8080', 'localhost:8080'],
    ['https://xn--fiqs8s.example', 'xn--fiqs8s.example'],
    ['https://[2600:1f18::1]', '[2600:1f18::1]'],
  ].map(([origin, host]) => {
    return { name: origin!, origin, expected: { log: `${host}/log/v1`, witness: `${host}/witness/v1` } };
  });
  const bad = [
    'https://cn.example/',
    'https://cn.example:443',
    'http://cn.example:80',
    'https://CN.example',
    'HTTPS://cn.example',
    'https://cn.example/path',
    'https://cn.example?',
    'https://cn.example#',
    'https://user@cn.example',
    'https://cn.example:08443',
    'https://中国.example',
    'https://0x7f.1',
    'https://[2600:1f18:0::1]',
    'cn.example',
    'wss://cn.example',
    '',
  ].map((origin) => ({ name: `not the one spelling: ${origin}`, origin, expected: { refused: 'origin_malformed' } }));
  return {
    description:
      'Origins in their one spelling, and the names that follow from them. Where no node may be: refused-origins.json.',
    section: '1',
    cases: [...good, ...bad],
  };
}

export function digests(): VectorFile {
  const header = base64url(
    '{"alg":"Ed25519","typ":"detente-canary+jwt","kid":"mbBwEd5OaMyDP8maUC2ikln12qKnsfw9DHy3ATDfUEI"}',
  );
  const payload = base64url('{"iss":"https://cn.example"}');
  const typ = 'detente-canary+jwt';
  const signed = `${header}.${payload}`;
  const signatures = [Buffer.alloc(64, 7), Buffer.alloc(64, 9)].map((bytes) => bytes.toString('base64url'));
  const named = signatures.map((signature, at) => {
    return { name: `a statement, signature ${at + 1} of 2: one digest`, typ, text: `${signed}.${signature}` };
  });
  const disclosures = ['', 'WyJzIiwidGl0bGUiLCJBIl0~', 'WyJzIiwidGl0bGUiLCJBIl0~WyJ0Iiwic3VtbWFyeSIsIkIiXQ~'];
  return {
    description:
      'digest: of `header.payload` under its typ, whatever the signature. disclosed: of a presentation from its first tilde on. ' +
      'Nothing here is verified.',
    section: '1',
    cases: [
      ...named.map((one) => ({ ...one, expected: { digest: digest(typ, signed) } })),
      {
        name: 'the same characters under another typ',
        typ: 'detente+sd-jwt',
        text: `${signed}.${signatures[0]}~`,
        expected: { digest: digest('detente+sd-jwt', signed) },
      },
      ...disclosures.map((text, count) => {
        const presentation = `${signed}.${signatures[0]}~${text}`;
        return { name: `${count} disclosures`, presentation, expected: { disclosed: disclosedDigest(presentation) } };
      }),
    ],
  };
}

/** A last character that decodes to the same bytes. */
export function respelled(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) + 1];
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** 32 bytes, little-endian. */
function encode(number: bigint): string {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse().toString('base64url');
}
