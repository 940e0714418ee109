import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import { bundleIssuer, type Signer, signBundle, signStatement, verifyBundle } from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { keyForOnly, newNode } from './key-folder.ts';

const iss = 'https://cn.example';
const aud = 'https://us.example:8443';
const made = 1_790_000_000;
const content = Buffer.from('{"bundle":"detente/bundle/1"}');

const seal = (signer: Signer, bytes: Uint8Array = content) =>
  signBundle({ iss, aud, seq: 7, made, content: bytes }, signer);

test('any content survives, under the digest that the protocol names', async (t) => {
  const signer = newNode(t).exchange.signer('transport');
  const expected = { iss, aud, keyFor: keyForOnly(signer) };
  const seconds = fc.integer({ min: 0, max: 2 ** 40 });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), seconds, fc.integer({ min: 1 }), async (bytes, made, seq) => {
      const { jws, digest } = await signBundle({ iss, aud, seq, made, content: bytes }, signer);
      const named = createHash('sha256').update('detente/bundle/1\n').update(bytes).digest('base64url');
      const { body, ...rest } = await verifyBundle(jws, bytes, expected);
      t.strictSame(body, { made, content: named });
      t.match(rest, { iss, aud, seq, digest, kid: signer.kid });
      t.equal(bundleIssuer(jws), iss);
    }),
    { numRuns: 100 },
  );
});

test('every flipped bit and every cut of signature or content is refused', async (t) => {
  const signer = newNode(t).exchange.signer('transport');
  const expected = { iss, aud, keyFor: keyForOnly(signer) };
  const { jws } = await seal(signer);
  const line = Buffer.from(jws, 'latin1');
  const flips = (bytes: Buffer) =>
    Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return changed;
    });
  const accepted: string[] = [];
  for (const changed of flips(line))
    if ((await codeOf(verifyBundle(changed.toString('latin1'), content, expected))) === 'accepted')
      accepted.push(changed.toString('latin1'));
  for (let end = 0; end < line.length; end++)
    if ((await codeOf(verifyBundle(jws.slice(0, end), content, expected))) === 'accepted') accepted.push(`cut ${end}`);
  t.same(accepted, []);
  const cuts = Array.from(content, (_, end) => content.subarray(0, end));
  const longer = [Buffer.concat([content, Buffer.from(' ')]), Buffer.concat([Buffer.from(' '), content])];
  const codes = new Set<string>();
  for (const changed of [...flips(content), ...cuts, ...longer])
    codes.add(await codeOf(verifyBundle(jws, changed, expected)));
  t.same([...codes], ['content_mismatch']);
});

test('who signed, for whom and as what must be as expected', async (t) => {
  const [node, other] = [newNode(t), newNode(t)];
  const signer = node.exchange.signer('transport');
  const keyFor = keyForOnly(signer);
  const { jws } = await seal(signer);
  const codeFor = (expected: object, text = jws) =>
    codeOf(verifyBundle(text, content, { iss, aud, keyFor, ...expected }));
  t.equal(await codeFor({}), 'accepted');
  t.equal(await codeFor({ iss: aud }), 'issuer_unexpected');
  t.equal(await codeFor({ aud: iss }), 'audience_unexpected');
  t.equal(await codeFor({ keyFor: keyForOnly(other.exchange.signer('transport')) }), 'key_unknown');
  const digest = createHash('sha256').update('detente/bundle/1\n').update(content).digest('base64url');
  const sign = (body: object, typ: 'detente-bundle+jwt' | 'detente-offer+jwt' = 'detente-bundle+jwt') =>
    signStatement({ typ, iss, aud, seq: 7, body }, signer);
  const body = { made, content: digest };
  t.equal(await codeFor({}, (await sign(body)).jws), 'accepted');
  t.equal(await codeFor({}, (await sign(body, 'detente-offer+jwt')).jws), 'typ_unexpected');
  const plain = createHash('sha256').update(content).digest('base64url');
  t.equal(await codeFor({}, (await sign({ ...body, content: plain })).jws), 'content_mismatch', 'the name is in it');
  for (const wrong of [
    { ...body, made: -1 },
    { ...body, made: 0.5 },
    { ...body, made: '7' },
    { ...body, content: randomBytes(31).toString('base64url') },
    { ...body, more: 1 },
    { made },
    { content: digest },
  ])
    t.equal(await codeFor({}, (await sign(wrong)).jws), 'body_malformed', JSON.stringify(wrong));
});

test('what is not whole is not signed, and a text that is no bundle has no issuer', async (t) => {
  const signer = newNode(t).exchange.signer('transport');
  for (const wrong of [{ made: -1 }, { made: Number.NaN }, { seq: 0 }, { iss: 'cn.example' }, { aud: 'us' }])
    t.match(
      await codeOf(signBundle({ iss, aud, seq: 7, made, content, ...wrong }, signer)),
      /^(body|claims|origin)_malformed$/,
      JSON.stringify(wrong),
    );
  const { jws } = await signStatement({ typ: 'detente-offer+jwt', iss, aud, seq: 1, body: {} }, signer);
  t.throws(() => bundleIssuer(jws), { code: 'typ_unexpected' });
  t.throws(() => bundleIssuer('x'), { code: 'jws_malformed' });
});
