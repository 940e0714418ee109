// The RFC's own tokens and digests, sd-jwt-python's specification cases, and an independent implementation.
import { createPublicKey, hash, type JsonWebKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { SDJwtInstance } from '@sd-jwt/core';
import { test } from 'tap';
import { issueSdJwt, presentFields, verifySdJwt, withoutKeyBinding } from '../src/index.ts';
import { goodHeader, handMade, issuer, options, refusal, signWith } from './hand-made.ts';
import { readSpecification } from './structured-issuer.ts';

const vectors = new URL('vectors/', import.meta.url);

type Vectors = {
  issuer_public_jwk: JsonWebKey;
  tokens: { section: string; compact: string; disclosures: unknown[]; issuer_payload: Record<string, unknown> }[];
};
const rfc: Vectors = JSON.parse(readFileSync(new URL('rfc9901/tokens.json', vectors), 'utf8'));
const rfcOptions = {
  algorithms: ['ES256'],
  key: createPublicKey({ key: rfc.issuer_public_jwk, format: 'jwk' }),
  now: 1_700_000_000,
} as const;

for (const [number, { section, compact, issuer_payload }] of rfc.tokens.entries()) {
  test(`the issuer's part of token ${number} of the RFC verifies: ${section}`, async (t) => {
    // The first is printed as the bare issuer-signed JWT.
    const token = compact.includes('~') ? withoutKeyBinding(compact) : `${compact}~`;
    const verified = verifySdJwt(token, rfcOptions);
    t.strictSame(verified.payload, issuer_payload);
    t.equal(verified.disclosures.length, token.split('~').length - 2);
    t.notMatch(JSON.stringify(verified.claims), /"(_sd|_sd_alg|\.\.\.)":/);
    for (const { digest, encoded } of verified.disclosures) t.equal(digest, hash('sha256', encoded, 'base64url'));
    if (compact !== token)
      t.equal(
        refusal(() => verifySdJwt(compact, rfcOptions)),
        expectedWhole(compact),
      );
  });
}

function expectedWhole(compact: string): string {
  return compact.includes('~') ? 'key_binding_present' : 'token_malformed';
}

test('the presentation of section 5.2 discloses what the RFC says', async (t) => {
  const { claims } = verifySdJwt(withoutKeyBinding(rfc.tokens[2]!.compact), rfcOptions);
  t.match(claims, { given_name: 'John', family_name: 'Doe', sub: 'user_42' });
  t.strictSame(claims.nationalities, ['US']);
  t.match(claims.address, { street_address: '123 Main St', locality: 'Anytown', region: 'Anystate', country: 'US' });
  t.notOk('email' in claims);
});

test('the digests of sections 4.2.1 and 4.2.2 come out of the disclosures printed there', async (t) => {
  const name = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
  const element = 'WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0';
  const payload = {
    _sd: ['X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0'],
    nationalities: ['DE', { '...': 'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs' }, 'US'],
  };
  const { claims } = verifySdJwt(handMade(payload, [name, element]), options);
  t.strictSame(claims, { family_name: 'Möbius', nationalities: ['DE', 'FR', 'US'] });
});

test('white space and escapes in a disclosure do not matter', async (t) => {
  for (const text of ['[\n"s",\n"family_name",\n"M\\u00f6bius"\n]', '["s","family_name","Möbius"]']) {
    const disclosure = Buffer.from(text).toString('base64url');
    const token = handMade({ _sd: [hash('sha256', disclosure, 'base64url')] }, [disclosure]);
    t.strictSame(verifySdJwt(token, options).claims, { family_name: 'Möbius' });
  }
});

const cases = new URL('sd-jwt-python/', vectors);
for (const file of readdirSync(cases).filter((name) => name.endsWith('.yml'))) {
  test(`the specification case ${file} comes out as expected`, async (t) => {
    const { payload, disclosures, flat, header, expected } = readSpecification(
      readFileSync(new URL(file, cases), 'utf8'),
    );
    const structured = verifySdJwt(handMade(payload, disclosures, { ...goodHeader, ...header }), options);
    t.strictSame(structured.claims, expected);
    t.match(structured.header, header);
    if (flat === undefined) return;
    const sign = signWith(issuer.privateKey);
    const issued = issueSdJwt({
      header: { ...goodHeader, ...header },
      claims: flat.claims,
      fields: flat.fields,
      sign,
    });
    t.strictSame(verifySdJwt(presentFields(issued, flat.chosen), options).claims, expected);
  });
}

const theirs = new SDJwtInstance({
  hasher: (data, alg) => hash(alg.replace('-', ''), data as string, 'buffer'),
  hashAlg: 'sha-256',
  saltGenerator: (length) => 'x'.repeat(length - 8) + Math.random().toString(36).slice(2, 10).padEnd(8, '0'),
  signAlg: 'Ed25519',
  signer: (data) => signWith(issuer.privateKey)(data).toString('base64url'),
  verifier: (data, signature) => verify(null, Buffer.from(data), issuer.publicKey, Buffer.from(signature, 'base64url')),
});

test('an independent implementation verifies every prefix of what is issued here', async (t) => {
  const claims = { iss: 'https://node.example', tick: 7, retracted: false };
  const fields: [string, unknown][] = [
    ['title', 'Möbius 漢字'],
    ['severity', { level: 3, axes: { people: 2 } }],
    ['techniques', ['a', 'b']],
    ['evidence', null],
  ];
  const issued = issueSdJwt({ header: goodHeader, claims, fields, sign: signWith(issuer.privateKey) });
  for (let k = 0; k <= fields.length; k++) {
    const { payload } = await theirs.verify(presentFields(issued, k));
    t.strictSame(payload, { ...claims, ...Object.fromEntries(fields.slice(0, k)) });
  }
});

test('what an independent implementation issues and presents verifies here', async (t) => {
  const claims = {
    iss: 'https://node.example',
    name: 'Ada',
    address: { street: 'Main St', city: 'Anytown' },
    nationalities: ['DE', 'FR', 'US'],
  };
  const token = await theirs.issue(claims, {
    _sd: ['name', 'address', 'nationalities'],
    address: { _sd: ['street'], _sd_decoy: 2 },
    nationalities: { _sd: [0, 2] },
  });
  t.strictSame(verifySdJwt(token, options).claims, claims);
  const presented = await theirs.present(token, { address: true, nationalities: { 2: true } });
  const { name: _, ...rest } = claims;
  const expected = { ...rest, address: { city: 'Anytown' }, nationalities: ['FR', 'US'] };
  t.strictSame(verifySdJwt(presented, options).claims, expected);
});
