import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'tap';
import {
  contentDigest,
  formatTargetUri,
  type HttpRequest,
  nonceKeptUntil,
  pickHeaders,
  type SignatureErrorCode,
  signRequest,
  verifyRequest,
} from '../src/index.ts';
import { keyForAnyOf, makeKey, now, refusalOf, seconds } from './support.ts';

const key = makeKey();
const other = makeKey();
const keyFor = keyForAnyOf(key, other);
const get: HttpRequest = { method: 'GET', targetUri: 'https://a.example/exchange/v1/feed?after=1', headers: {} };
const post: HttpRequest = {
  method: 'POST',
  targetUri: 'https://a.example/exchange/v1/receipts',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"a":1}'),
};

function signed(request: HttpRequest, options: { lifetime?: number; now?: number } = {}): HttpRequest {
  const { headers } = signRequest(request, key, { now, ...options });
  return { ...request, headers: { ...request.headers, ...headers } };
}

function refusal(request: HttpRequest, at = now) {
  return refusalOf(() => verifyRequest(request, { keyFor, now: at }));
}

/** Signs any parameters over the components of a bodiless request, to show faults behind a good signature. */
function signedWith(parameters: string): HttpRequest {
  const base = `"@method": ${get.method}\n"@target-uri": ${get.targetUri}\n"@signature-params": ${parameters}`;
  const signature = sign(null, Buffer.from(base), key.privateKey).toString('base64');
  return { ...get, headers: { 'signature-input': `detente=${parameters}`, signature: `detente=:${signature}:` } };
}

test('a signed request verifies and gives its parameters', async (t) => {
  const made = signRequest(post, key, { now, lifetime: 300 });
  const verified = verifyRequest({ ...post, headers: { ...post.headers, ...made.headers } }, { keyFor, now });
  const { headers: _headers, ...expected } = made;
  t.strictSame(verified, expected);
  t.match(verified, { keyid: key.kid, created: seconds, expires: seconds + 300, nonce: /^[\w-]{22}$/ });
  t.equal(refusal(signed(get)), 'accepted');
  const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
  t.equal(
    signRequest(get, key, { now, nonce }).headers['signature-input'],
    `detente=("@method" "@target-uri");created=${seconds};expires=${seconds + 60};nonce="${nonce}";keyid="${key.kid}";tag="detente"`,
  );
});

type Change = (request: HttpRequest) => HttpRequest;
const setHeader =
  (name: string, value: string | string[] | undefined): Change =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value } });
const editHeader =
  (name: string, from: string | RegExp, to: string): Change =>
  (request) => {
    const before = String(request.headers[name]);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to replace in ${name}`);
    return setHeader(name, after)(request);
  };
const repeatHeader =
  (name: string): Change =>
  (request) =>
    setHeader(name, [String(request.headers[name]), String(request.headers[name])])(request);
const bytes = (length: number) => `detente=:${Buffer.alloc(length, 7).toString('base64')}:`;
const input = 'signature-input';

const faults: [what: string, code: SignatureErrorCode, change: Change][] = [
  ['no Signature-Input', 'signature_missing', setHeader(input, undefined)],
  ['no Signature', 'signature_missing', setHeader('signature', undefined)],
  ['an empty Signature', 'signature_missing', setHeader('signature', '')],
  ['Signature-Input twice', 'header_duplicate', repeatHeader(input)],
  ['Signature twice', 'header_duplicate', repeatHeader('signature')],
  ['Content-Type twice', 'header_duplicate', repeatHeader('content-type')],
  ['Content-Digest twice', 'header_duplicate', repeatHeader('content-digest')],
  ['two labels', 'signature_multiple', editHeader(input, /$/, ', sig2=("@method");created=1')],
  ['two labels, ours last', 'signature_multiple', editHeader(input, /^/, 'sig2=("@method");created=1, ')],
  ['two signatures', 'signature_multiple', editHeader('signature', /$/, ', sig2=:AAAA:')],
  ['the same signature joined twice', 'signature_malformed', editHeader('signature', /^(.*)$/, '$1, $1')],
  ['the same input joined twice', 'signature_not_canonical', editHeader(input, /^(.*)$/, '$1, $1')],
  ['another label', 'label_unexpected', editHeader(input, /^detente/, 'sig1')],
  ['another label of the signature', 'label_unexpected', editHeader('signature', /^detente/, 'sig1')],
  ['a label in capitals', 'signature_malformed', editHeader(input, /^detente/, 'Detente')],
  ['no inner list', 'signature_malformed', setHeader(input, 'detente=1')],
  ['a truncated input', 'signature_malformed', editHeader(input, /;tag="detente"$/, ';tag="deten')],
  ['an endless input', 'signature_malformed', editHeader(input, 'tag=', `a="${'x'.repeat(3000)}";tag=`)],
  ['a signature of 63 bytes', 'signature_malformed', setHeader('signature', bytes(63))],
  ['a signature of 65 bytes', 'signature_malformed', setHeader('signature', bytes(65))],
  ['a signature of no bytes', 'signature_malformed', setHeader('signature', 'detente=::')],
  ['a truncated signature', 'signature_malformed', editHeader('signature', /.{4}:$/, ':')],
  ['a signature without its colon', 'signature_malformed', editHeader('signature', /:$/, '')],
  ['a signature without padding', 'signature_malformed', editHeader('signature', '==', '')],
  ['a signature with stray bits', 'signature_not_canonical', editHeader('signature', /.==/, 'B==')],
  ['a signature with a parameter', 'signature_malformed', editHeader('signature', /$/, ';a=1')],
  ['another signature', 'signature_invalid', setHeader('signature', bytes(64))],
  ['@method twice', 'component_duplicate', editHeader(input, '"@method"', '"@method" "@method"')],
  ['no @method', 'component_missing', editHeader(input, '"@method" ', '')],
  ['no @target-uri', 'component_missing', editHeader(input, '"@target-uri" ', '')],
  ['no body digest', 'component_missing', editHeader(input, ' "content-type" "content-digest"', '')],
  ['no components', 'component_missing', editHeader(input, /\(.*\)/, '()')],
  ['more components', 'component_unexpected', editHeader(input, '"content-type"', '"content-type" "date"')],
  ['a component with a parameter', 'component_missing', editHeader(input, '"@method"', '"@method";req')],
  ['only half of the body', 'signature_not_canonical', editHeader(input, ' "content-type"', '')],
  [
    'components in another order',
    'signature_not_canonical',
    editHeader(input, '"@method" "@target-uri"', '"@target-uri" "@method"'),
  ],
  ['more white space', 'signature_not_canonical', editHeader(input, '"@method" ', '"@method"  ')],
  ['no created', 'parameter_missing', editHeader(input, /created=\d+;/, '')],
  ['no expires', 'parameter_missing', editHeader(input, /expires=\d+;/, '')],
  ['no nonce', 'parameter_missing', editHeader(input, /nonce="[^"]+";/, '')],
  ['no keyid', 'parameter_missing', editHeader(input, /keyid="[^"]+";/, '')],
  ['no tag', 'parameter_missing', editHeader(input, /;tag="detente"/, '')],
  ['a string for created', 'parameter_malformed', editHeader(input, /created=(\d+)/, 'created="$1"')],
  ['a fraction for created', 'parameter_malformed', editHeader(input, /created=(\d+)/, 'created=$1.5')],
  ['a negative created', 'parameter_malformed', editHeader(input, /created=/, 'created=-')],
  ['a created of 13 digits', 'parameter_malformed', editHeader(input, /created=/, 'created=100')],
  ['a negative expires', 'parameter_malformed', editHeader(input, /expires=/, 'expires=-')],
  ['an expires of 13 digits', 'parameter_malformed', editHeader(input, /expires=/, 'expires=100')],
  ['a short nonce', 'parameter_malformed', editHeader(input, /nonce="[^"]+"/, 'nonce="AAAA"')],
  ['a nonce with stray bits', 'parameter_malformed', editHeader(input, /nonce="(.{21})./, 'nonce="$1B')],
  ['a name for keyid', 'parameter_malformed', editHeader(input, /keyid="[^"]+"/, 'keyid="test-key"')],
  ['another tag', 'tag_unexpected', editHeader(input, 'tag="detente"', 'tag="detente2"')],
  ['an algorithm', 'parameter_unexpected', editHeader(input, ';tag', ';alg="ed25519";tag')],
  ['an unknown parameter', 'parameter_unexpected', editHeader(input, ';tag', ';x=1;tag')],
  [
    'parameters in another order',
    'signature_not_canonical',
    editHeader(input, /(;keyid="[^"]+")(;tag="detente")/, '$2$1'),
  ],
  ['an unknown keyid', 'keyid_unknown', editHeader(input, /keyid="[^"]+"/, `keyid="${makeKey().kid}"`)],
  ["another peer's keyid", 'signature_invalid', editHeader(input, /keyid="[^"]+"/, `keyid="${other.kid}"`)],
  ['another nonce', 'signature_invalid', editHeader(input, /nonce="..../, 'nonce="AAAA')],
  ['another method', 'signature_invalid', (request) => ({ ...request, method: 'PUT' })],
  ['another target', 'signature_invalid', (request) => ({ ...request, targetUri: `${request.targetUri}?` })],
  [
    'another origin',
    'signature_invalid',
    (request) => ({ ...request, targetUri: 'https://b.example/exchange/v1/receipts' }),
  ],
  [
    'another scheme',
    'signature_invalid',
    (request) => ({ ...request, targetUri: String(request.targetUri).replace('https', 'http') }),
  ],
  [
    'a line break in the target',
    'component_malformed',
    (request) => ({ ...request, targetUri: `${request.targetUri}\n` }),
  ],
  ['a lower-case method', 'component_malformed', (request) => ({ ...request, method: 'post' })],
  ['a method that ends in a line', 'component_malformed', (request) => ({ ...request, method: 'POST\n"x": y' })],
  ['a method that begins with a line', 'component_malformed', (request) => ({ ...request, method: 'x\n"x": POST' })],
  ['a method of 21 letters', 'component_malformed', (request) => ({ ...request, method: 'P'.repeat(21) })],
  ['another content-type', 'signature_invalid', setHeader('content-type', 'text/plain')],
  ['no content-type', 'component_missing', setHeader('content-type', undefined)],
  ['a line break in content-type', 'component_malformed', setHeader('content-type', 'text/plain\n"x": y')],
  ['no Content-Digest', 'digest_missing', setHeader('content-digest', undefined)],
  ['another algorithm of the digest', 'digest_malformed', editHeader('content-digest', 'sha-256', 'sha-512')],
  ['another digest', 'digest_mismatch', setHeader('content-digest', contentDigest('other'))],
  ['another body', 'digest_mismatch', (request) => ({ ...request, body: Buffer.from('{"a":2}') })],
  ['no body', 'digest_mismatch', (request) => ({ ...request, body: undefined })],
  [
    'another body with its digest',
    'signature_invalid',
    (request) => setHeader('content-digest', contentDigest('x'))({ ...request, body: Buffer.from('x') }),
  ],
];

test('every fault of a request is refused by its own code', async (t) => {
  t.equal(refusal(signed(post)), 'accepted');
  for (const [what, code, change] of faults) t.equal(refusal(change(signed(post))), code, what);
  const joined = { ...signed(get), body: Buffer.from('a body added to a request signed without') };
  t.equal(refusal(joined), 'component_missing');
  const unknown = editHeader(input, /keyid="[^"]+"/, `keyid="${makeKey().kid}"`)(signed(post));
  t.equal(refusal({ ...unknown, body: Buffer.from('x') }), 'keyid_unknown', 'before anything is hashed for a stranger');
});

test('what could leave its line in a signature base is not signed either', async (t) => {
  const refused = (change: Partial<HttpRequest>) => refusalOf(() => signed({ ...post, ...change }));
  t.equal(refused({ method: 'post' }), 'component_malformed');
  t.equal(refused({ targetUri: `${post.targetUri}\n"x": y` }), 'component_malformed');
  t.equal(refused({ headers: { 'content-type': 'a\nb' } }), 'component_malformed');
  for (const type of ['a', 'ab', 'a b', 'a'.repeat(512)])
    t.equal(refused({ headers: { 'content-type': type } }), 'accepted');
  for (const type of ['', ' a', 'a ', 'ä', 'a'.repeat(513)]) {
    t.equal(refused({ headers: { 'content-type': type } }), 'component_malformed', JSON.stringify(type));
  }
});

test('a signature is good from a minute before its creation to a minute after its expiry', async (t) => {
  const request = signed(get, { lifetime: 60 });
  const at = (offset: number) => refusal(request, now + offset * 1000);
  t.equal(at(-60), 'accepted');
  t.equal(at(-61), 'created_in_future');
  t.equal(at(120), 'accepted');
  t.equal(at(121), 'expired');
  const until = nonceKeptUntil(verifyRequest(request, { keyFor, now })).getTime();
  t.equal(refusal(request, until - 1), 'accepted', 'the nonce is kept as long as the request is accepted');
  t.equal(refusal(request, until), 'expired');
});

test('a lifetime is more than nothing and 300 seconds at most', async (t) => {
  const rest = `nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="${key.kid}";tag="detente"`;
  const lasting = (lifetime: number) =>
    refusal(signedWith(`("@method" "@target-uri");created=${seconds};expires=${seconds + lifetime};${rest}`));
  t.equal(lasting(300), 'accepted');
  t.equal(lasting(301), 'lifetime_too_long');
  t.equal(lasting(0), 'parameter_malformed');
  t.equal(lasting(-1), 'parameter_malformed');
  t.equal(
    refusalOf(() => signed(get, { lifetime: 301 })),
    'lifetime_too_long',
  );
  t.equal(
    refusalOf(() => signed(get, { lifetime: 0 })),
    'parameter_malformed',
  );
});

test('only Ed25519 keys sign and verify', async (t) => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  t.equal(
    refusalOf(() => signRequest(get, { kid: key.kid, privateKey: ec.privateKey }, { now })),
    'key_unsuitable',
  );
  t.equal(
    refusalOf(() => signRequest(get, { ...key, privateKey: key.publicKey }, { now })),
    'key_unsuitable',
  );
  t.equal(
    refusalOf(() => signRequest(get, { ...key, kid: 'short' }, { now })),
    'parameter_malformed',
  );
  t.equal(
    refusalOf(() => signRequest({ ...post, headers: {} }, key, { now })),
    'component_missing',
  );
  t.equal(
    refusalOf(() => verifyRequest(signed(get), { keyFor: () => ec.publicKey, now })),
    'key_unsuitable',
  );
  t.equal(
    refusalOf(() => verifyRequest(signed(get), { keyFor: () => key.privateKey, now })),
    'key_unsuitable',
  );
});

test('no change of one character anywhere in the signature fields is accepted', async (t) => {
  const request = signed(post);
  const names = ['signature-input', 'signature', 'content-digest', 'content-type'] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 32, max: 126 }),
      fc.nat(2),
      (name, place, code, kind) => {
        const value = String(request.headers[name]);
        const at = place % value.length;
        const inserted = kind === 0 ? '' : String.fromCharCode(code);
        const changed = value.slice(0, at) + inserted + value.slice(kind === 2 ? at : at + 1);
        fc.pre(changed !== value);
        return refusal(setHeader(name, changed)(request)) !== 'accepted';
      },
    ),
    { numRuns: 1000 },
  );
  t.pass();
});

test('any method, path and body that can be signed verifies, and not under another path', async (t) => {
  const path = fc.stringMatching(/^\/[!"$-~]{0,40}$/);
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PUT'),
      path,
      fc.uint8Array({ maxLength: 200 }),
      (method, target, body) => {
        const request = signed({ ...post, method, targetUri: formatTargetUri('https://a.example', target), body });
        return (
          refusal(request) === 'accepted' && refusal({ ...request, targetUri: `${request.targetUri}/` }) !== 'accepted'
        );
      },
    ),
    { numRuns: 200 },
  );
  t.pass();
});

test('a target is a path on the configured origin', async (t) => {
  t.equal(formatTargetUri('http://127.0.0.1:8080', '/a?b=c'), 'http://127.0.0.1:8080/a?b=c');
  for (const target of ['', '*', 'http://b.example/a', 'b.example:443', '/a#b', '/a b', '/a\n', '/ä']) {
    t.equal(
      refusalOf(() => formatTargetUri('https://a.example', target)),
      'target_mismatch',
      JSON.stringify(target),
    );
  }
  for (const origin of [
    'https://a.example/',
    'https://A.example',
    'https://a.example:443',
    'a.example',
    'https://u@a.example',
  ]) {
    t.equal(
      refusalOf(() => formatTargetUri(origin, '/')),
      'target_mismatch',
      origin,
    );
  }
});

test('raw headers are picked by name with every line kept', async (t) => {
  const picked = pickHeaders(
    ['Signature', 'a', 'X', 'y', 'signature', 'b', 'Content-Type', 'c'],
    new Set(['signature', 'content-type']),
  );
  t.strictSame(picked, { signature: ['a', 'b'], 'content-type': ['c'] });
  t.strictSame(pickHeaders(['X', 'y', 'Signature'], new Set(['signature'])), {}, 'a name without a value');
});
