// Every refusal is a test of its own; then what verifies, and what no mutation gets through.
import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import { SdJwtError, type VerifyOptions, verifySdJwt, withoutKeyBinding } from '../src/index.ts';
import { digestOf, disclosing, encode, goodHeader, handMade, issuer, options, refusal } from './hand-made.ts';
import {
  chain,
  chainOfElements,
  deep,
  disclosed,
  element,
  es256,
  es256Token,
  first,
  form,
  good,
  header,
  inner,
  json,
  jwt,
  limits,
  now,
  one,
  payload,
  type Row,
  sd,
  second,
  signature,
  signatures,
  validity,
} from './refused-tokens.ts';

for (const [sentence, token, code, change] of [
  ...form,
  ...limits,
  ...deep,
  ...json,
  ...signatures,
  ...disclosed,
  ...validity,
]) {
  test(`a token is refused with ${sentence}`, async (t) => {
    t.equal(
      refusal(() => verifySdJwt(token(), { ...options, ...change })),
      code,
    );
  });
}

test('the tokens around the refused ones verify', async (t) => {
  const claims = (token: string, change?: Partial<VerifyOptions>) =>
    verifySdJwt(token, { ...options, ...change }).claims;
  t.strictSame(claims(good), { iss: 'https://node.example', id: 'x', title: 'Möbius 漢字', summary: { a: [1, 2] } });
  t.strictSame(claims(`${jwt}~${second}~`), { iss: 'https://node.example', id: 'x', summary: { a: [1, 2] } });
  t.strictSame(claims(withoutKeyBinding(`${good}${jwt}`)), claims(good));
  t.strictSame(claims(handMade(sd(inner), [inner, one])), { b: { a: 1 } });
  t.strictSame(claims(handMade(sd(inner), [one, inner])), { b: { a: 1 } });
  t.strictSame(claims(handMade({ a: [{ '...': digestOf(element) }, { '...': 'decoy' }] }, [element])), { a: ['x'] });
  t.strictSame(claims(handMade({ a: [{ '...': 'decoy' }], _sd: ['decoy 2'], b: { _sd: [] } })), { a: [], b: {} });
  t.strictSame(claims(disclosing([['', '', null]])), { '': null });
  t.strictSame(claims(handMade({ a: '\0' })), { a: '\0' });
  t.strictSame(claims(es256Token('ieee-p1363'), es256), { a: 1 });
  t.strictSame(
    claims(handMade({ exp: now + 1, nbf: now, aud: ['a', 'b'] }), { now, audience: 'b', required: ['exp'] }).exp,
    now + 1,
  );
  t.doesNotThrow(() =>
    claims(good, { typ: 'example+sd-jwt', key: ({ kid }) => (kid === 'one' ? issuer.publicKey : undefined) }),
  );
  t.doesNotThrow(() => claims(chain(30)));
  t.doesNotThrow(() => claims(chain(15, (a) => ({ a }))));
  t.doesNotThrow(() => claims(chain(15, (a) => [a])));
  t.doesNotThrow(() => claims(chainOfElements(15)));
  t.doesNotThrow(() => claims(good, { limits: { maxLength: good.length, maxDisclosures: 2, maxDepth: 3 } }));
  t.doesNotThrow(() => claims(good, { key: createPublicKey(issuer.privateKey) }));
});

test('names that every object inherits are claims like others', async (t) => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
  const { claims } = verifySdJwt(disclosing(names.map((name) => ['s', name, name])), options);
  t.strictSame(
    Object.entries(claims),
    names.map((name) => [name, name]),
  );
  t.strictSame(Object.keys(Object.prototype), []);
});

test('what is returned beside the claims is what was signed and sent', async (t) => {
  const verified = verifySdJwt(good, options);
  t.equal(verified.signed, `${header}.${payload}`);
  t.equal(verified.signature.toString('base64url'), signature);
  t.strictSame(verified.header, goodHeader);
  t.strictSame(verified.payload, JSON.parse(Buffer.from(payload, 'base64url').toString()));
  t.strictSame(verified.disclosures, [
    { name: 'title', value: 'Möbius 漢字', encoded: first, digest: digestOf(first) },
    { name: 'summary', value: { a: [1, 2] }, encoded: second, digest: digestOf(second) },
  ]);
});

test('claims stand in the order of the token’s disclosures, whatever that of the digests', async (t) => {
  const disclosures = ['c', 'a', 'b', 'd'].map((name) => encode(['s', name, 1]));
  for (const digests of [disclosures.map(digestOf), disclosures.map(digestOf).reverse()])
    t.strictSame(Object.keys(verifySdJwt(handMade({ _sd: digests }, disclosures), options).claims), [
      'c',
      'a',
      'b',
      'd',
    ]);
});

test('limits and form are checked before a key is asked for', async (t) => {
  const key = () => t.fail('a key was asked for');
  const bad: Row[] = [...form, ...limits, ...json];
  for (const [, token, code, change] of bad) {
    t.equal(
      refusal(() => verifySdJwt(token(), { algorithms: ['Ed25519'], key: key as never, ...change })),
      code,
    );
  }
});

test('every bit flipped, byte dropped and byte doubled in a token is refused', async (t) => {
  const bytes = Buffer.from(good, 'latin1');
  let accepted = 0;
  const attempt = (mutant: Buffer) => {
    if (refusal(() => verifySdJwt(mutant.toString('latin1'), options)) === 'accepted') accepted++;
  };
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 1; bit < 256; bit *= 2) attempt(Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ bit : byte))));
    attempt(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]));
    attempt(Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at)]));
  }
  t.equal(accepted, 0);
});

test('every byte of a token replaced by any other is refused', async () => {
  const character = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(...'AQgw-_.~=+/\n'),
  );
  fc.assert(
    fc.property(fc.nat(good.length - 1), character, (at, other) => {
      fc.pre(other !== good[at]);
      return refusal(() => verifySdJwt(good.slice(0, at) + other + good.slice(at + 1), options)) !== 'accepted';
    }),
    { numRuns: 500 },
  );
});

test('whatever is thrown at a token is an SdJwtError with a code', async () => {
  const part = fc.oneof(
    fc.json().map(encode),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(header, payload, signature, one),
  );
  const parts = fc.array(fc.tuple(part, fc.constantFrom('.', '~')), { maxLength: 8 });
  fc.assert(
    fc.property(parts, (pieces) => refusal(() => verifySdJwt(pieces.flat().join(''), options)) !== 'accepted'),
    { numRuns: 500 },
  );
});

test('an error bears its code, its name and no value of a claim', async (t) => {
  t.plan(3);
  try {
    verifySdJwt(disclosing([['s', 'iss', 'secret']], { iss: 'x' }), options);
  } catch (error) {
    t.ok(error instanceof SdJwtError && error instanceof Error);
    t.match(error, { name: 'SdJwtError', code: 'claim_name_clash' });
    t.notMatch(String(error), /secret/);
  }
});
