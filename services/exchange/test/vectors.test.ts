// The cases of requests.json: what the exchange makes of a peer's signature, in the words in which it answers.

import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { verifyRequest } from '@detente/http-signature';
import { type PublicJwk, thumbprint } from '@detente/keys';
import { test } from 'tap';
import { exchangeProblem } from '../src/faults.ts';

type Case = {
  name: string;
  now: number;
  method: string;
  target_uri: string;
  body: string;
  headers: Record<string, string>;
  expected: { refused: string } | { signature: string; signature_base: string };
};

const file = new URL('../../../packages/testkit/vectors/requests.json', import.meta.url);
const { given, cases } = JSON.parse(readFileSync(file, 'utf8')) as { given: { keys: PublicJwk[] }; cases: Case[] };
const keys = new Map(given.keys.map((jwk) => [thumbprint(jwk), createPublicKey({ key: jwk, format: 'jwk' })]));

for (const { name, now, expected, ...one } of cases) {
  test(`a request: ${name}`, async (t) => {
    const request = { ...one, targetUri: one.target_uri, body: Buffer.from(one.body) };
    const options = { keyFor: (kid: string) => keys.get(kid), now: now * 1000 };
    if ('signature' in expected) {
      const { keyid, signature } = verifyRequest(request, options);
      t.equal(signature, expected.signature);
      const base = Buffer.from(expected.signature_base);
      t.ok(verify(null, base, keys.get(keyid)!, Buffer.from(signature, 'base64')), 'its base is what was signed');
      return;
    }
    try {
      verifyRequest(request, options);
      t.fail('it was accepted');
    } catch (error) {
      t.equal(exchangeProblem(error)?.code, expected.refused);
    }
  });
}
