// RFC 9421: Appendix B.2, the component examples of §2, and an independent implementation in both directions.
import { constants, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { component, createSignature, verifySignature } from 'http-message-sig';
import { parseDictionary } from 'structured-headers';
import { test } from 'tap';
import { componentValue, type Message, type RequestMessage } from '../src/components.ts';
import {
  formatSignatureBase,
  signRequest,
  signResponse,
  verifyMessage,
  verifyRequest,
  verifyResponse,
} from '../src/index.ts';
import { keyForAnyOf, makeKey, now, refusalOf, seconds } from './support.ts';

const vectors = new URL('vectors/rfc9421-appendix-b/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, vectors), 'latin1');
const publicKeyOf = (name: string): KeyObject => {
  const der = read(name).replace(/-----[^-]+-----|\s/g, '');
  return createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' });
};

type Verify = (base: string, signature: Buffer) => boolean;
const ed25519 = publicKeyOf('test-key-ed25519.pub');
const algorithms: Record<string, Verify> = {
  'test-key-rsa-pss': (base, signature) => {
    const key = { key: publicKeyOf('test-key-rsa-pss.pub'), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 };
    return verify('sha512', Buffer.from(base), key, signature);
  },
  'test-key-ecc-p256': (base, signature) => {
    const key = { key: publicKeyOf('test-key-ecc-p256.pub'), dsaEncoding: 'ieee-p1363' as const };
    return verify('sha256', Buffer.from(base), key, signature);
  },
  'test-shared-secret': (base, signature) => {
    const secret = Buffer.from(read('test-shared-secret'), 'base64');
    return createHmac('sha256', secret).update(base).digest().equals(signature);
  },
  'test-key-ed25519': (base, signature) => verify(null, Buffer.from(base), ed25519, signature),
};

const cases = ['b21_request', 'b22_request', 'b23_request', 'b24_response', 'b25_request', 'b26_request'];

function parseVector(name: string): Message {
  const [head] = read(`${name}_signed.txt`).split(/\r?\n\r?\n/);
  const [start, ...lines] = head!.split(/\r?\n/);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const [first, second] = start!.split(' ');
  if (first!.startsWith('HTTP/')) return { status: Number(second), headers };
  return { method: first!, targetUri: `https://${headers.host}${second}`, headers };
}

function verifyVector(message: Message) {
  return verifyMessage(message, {
    verify: (base, signature, parameters) => algorithms[String(parameters.get('keyid'))]!(base, signature),
  });
}

for (const name of cases) {
  test(`Appendix B.2.${name[2]} gives the published signature base and verifies`, async (t) => {
    const { base, label } = verifyVector(parseVector(name));
    t.equal(base, read(`${name}_sigbase.txt`).trimEnd());
    t.equal(label, `sig-${name.slice(0, 3)}`);
  });

  test(`Appendix B.2.${name[2]} is refused after a change of any covered component or parameter`, async (t) => {
    const message = parseVector(name);
    const { components } = verifyVector(message);
    const input = message.headers['signature-input'] as string;
    const headers = {
      ...message.headers,
      'signature-input': input.replace('created=1618884473', 'created=1618884474'),
    };
    t.equal(
      refusalOf(() => verifyVector({ ...message, headers })),
      'signature_invalid',
    );
    for (const identifier of components) {
      const changed = changeComponent(message, identifier.slice(1, identifier.indexOf('"', 1)));
      t.equal(
        refusalOf(() => verifyVector(changed)),
        'signature_invalid',
        identifier,
      );
    }
  });
}

function changeComponent(message: Message, name: string): Message {
  if (name === '@status') return { ...message, status: 201 } as Message;
  if (name === '@method') return { ...message, method: 'PUT' } as Message;
  if (name.startsWith('@')) return { ...message, targetUri: 'https://example.org/bar?param=value&Pet=cat' } as Message;
  return { ...message, headers: { ...message.headers, [name]: `${message.headers[name]}0` } };
}

test('Appendix B.2.6 is reproduced byte for byte', async (t) => {
  const message = parseVector('b26_request');
  const unsigned = { ...message, headers: { ...message.headers, signature: undefined, 'signature-input': undefined } };
  const wanted =
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
  t.equal(message.headers['signature-input'], wanted);
  const base = formatSignatureBase(unsigned, parseDictionary(wanted).get('sig-b26') as never);
  const signature = sign(null, Buffer.from(base), createPrivateKey(read('test-key-ed25519.key'))).toString('base64');
  t.equal(`sig-b26=:${signature}:`, message.headers.signature);
});

const request: RequestMessage = {
  method: 'POST',
  targetUri:
    'https://www.example.com/path?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something',
  headers: {
    'x-ows-header': '   Leading and trailing whitespace.   ',
    'x-obs-fold-header': 'Obsolete\r\n    line folding.',
    'cache-control': ['max-age=60', '   must-revalidate'],
    'example-dict': '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d',
    'example-header': ['value, with, lots', 'of, commas'],
    'x-empty-header': '',
  },
};

const examples: [name: string, parameters: Record<string, string | boolean>, value: string][] = [
  ['x-ows-header', {}, 'Leading and trailing whitespace.'],
  ['x-obs-fold-header', {}, 'Obsolete line folding.'],
  ['cache-control', {}, 'max-age=60, must-revalidate'],
  ['x-empty-header', {}, ''],
  ['example-dict', {}, 'a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
  ['example-dict', { key: 'a' }, '1'],
  ['example-dict', { key: 'b' }, '2;x=1;y=2'],
  ['example-dict', { key: 'c' }, '(a b c)'],
  ['example-dict', { key: 'd' }, '?1'],
  ['example-header', { bs: true }, ':dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:'],
  ['@authority', {}, 'www.example.com'],
  ['@scheme', {}, 'https'],
  ['@path', {}, '/path'],
  ['@target-uri', {}, request.targetUri],
  ['@request-target', {}, request.targetUri.slice('https://www.example.com'.length)],
  ['@query-param', { name: 'var' }, 'this%20is%20a%20big%0Amultiline%20value'],
  ['@query-param', { name: 'bar' }, 'with%20plus%20whitespace'],
  ['@query-param', { name: 'fa%C3%A7ade%22%3A%20' }, 'something'],
];

test('component values are those of the examples in section 2', async (t) => {
  for (const [name, parameters, value] of examples) {
    t.equal(
      componentValue(request, [name, new Map(Object.entries(parameters))]),
      value,
      `${name} ${JSON.stringify(parameters)}`,
    );
  }
});

const refusals: [name: string, parameters: Record<string, string | boolean>, code: string][] = [
  ['x-absent', {}, 'component_missing'],
  ['example-dict', { key: 'e' }, 'component_missing'],
  ['X-Ows-Header', {}, 'component_malformed'],
  ['x-ows-header', { key: 'a' }, 'component_malformed'],
  ['x-ows-header', { sf: true }, 'component_unsupported'],
  ['x-ows-header', { tr: true }, 'component_unsupported'],
  ['@path', { req: true }, 'component_malformed'],
  ['@status', {}, 'component_unsupported'],
  ['@unknown', {}, 'component_unsupported'],
  ['@method', { name: 'a' }, 'component_unsupported'],
  ['@query-param', { name: 'absent' }, 'component_missing'],
  ['@query-param', {}, 'component_malformed'],
  ['@query-param', { name: true }, 'component_malformed'],
  ['@query-param', { name: 'var', bs: true }, 'component_malformed'],
  ['example-dict', { key: 'a', bs: true }, 'component_unsupported'],
];

test('a component that cannot be had is refused by its own code', async (t) => {
  for (const [name, parameters, code] of refusals) {
    const act = () => componentValue(request, [name, new Map(Object.entries(parameters))]);
    t.equal(refusalOf(act), code, `${name} ${JSON.stringify(parameters)}`);
  }
  const twice = { ...request, targetUri: 'https://example.com/?a=1&a=2' };
  t.equal(
    refusalOf(() => componentValue(twice, ['@query-param', new Map([['name', 'a']])])),
    'component_ambiguous',
  );
  const query = (targetUri: string) => componentValue({ ...request, targetUri }, ['@query', new Map()]);
  t.equal(query('https://example.com/'), '?', 'section 2.2.7: no query is an empty one');
  t.equal(query('https://example.com/?a'), '?a');
  t.equal(
    refusalOf(() => query('no URI')),
    'component_malformed',
  );
  t.equal(
    componentValue({ ...request, targetUri: "https://example.com/?a=~!'()*" }, [
      '@query-param',
      new Map([['name', 'a']]),
    ]),
    '%7E%21%27%28%29*',
    'the percent-encode set of forms',
  );
  const answer = { status: 200, headers: {} };
  const of = (name: string, message: Message = answer) => componentValue(message, [name, new Map([['req', true]])]);
  t.equal(
    refusalOf(() => of('@method')),
    'component_missing',
  );
  t.equal(of('@method', { ...answer, request }), request.method);
  t.equal(
    refusalOf(() => componentValue(answer, ['@method', new Map()])),
    'component_malformed',
  );
  t.equal(
    refusalOf(() => componentValue(request, [7, new Map()])),
    'component_malformed',
  );
  const folded = { ...request, headers: { 'x-a': 'a\nb' } };
  t.equal(
    refusalOf(() => componentValue(folded, ['x-a', new Map()])),
    'component_malformed',
  );
});

test('the general verifier refuses repeated components and asks which of two signatures is meant', async (t) => {
  const accept = { verify: () => true };
  const headers = { 'signature-input': 'a=("@method" "@method")', signature: 'a=:AA==:' };
  t.equal(
    refusalOf(() => verifyMessage({ ...request, headers }, accept)),
    'component_duplicate',
  );
  const two = { 'signature-input': 'a=("@method"), b=("@path")', signature: 'a=:AA==:, b=:AA==:' };
  t.equal(
    refusalOf(() => verifyMessage({ ...request, headers: two }, accept)),
    'signature_multiple',
  );
  t.strictSame(verifyMessage({ ...request, headers: two }, { ...accept, label: 'b' }).components, ['"@path"']);
  t.equal(
    refusalOf(() => verifyMessage({ ...request, headers: two }, { ...accept, label: 'c' })),
    'label_unexpected',
  );
  t.equal(
    refusalOf(() => verifyMessage({ ...request, headers: {} }, accept)),
    'signature_missing',
  );
  const faults: [input: string, signature: string, code: string][] = [
    ['a=("example-dict";key="a" "example-dict";key="b")', 'a=:AA==:', 'accepted'],
    ['a=("@method")', 'b=:AA==:', 'label_unexpected'],
    ['a=1', 'a=:AA==:', 'signature_malformed'],
    ['a=("@method")', 'a=(:AA==:)', 'signature_malformed'],
    ['a=("@method")', 'a="AA=="', 'signature_malformed'],
    ['a=("@method"', 'a=:AA==:', 'signature_malformed'],
  ];
  for (const [input, signature, code] of faults) {
    const message = { ...request, headers: { ...request.headers, 'signature-input': input, signature } };
    t.equal(
      refusalOf(() => verifyMessage(message, accept)),
      code,
      `${input} ${signature}`,
    );
  }
  const lines = { 'signature-input': ['a=("@method")', 'b=("@path")'], signature: ['a=:AA==:', 'b=:AA==:'] };
  t.strictSame(verifyMessage({ ...request, headers: lines }, { ...accept, label: 'b' }).label, 'b');
  const answer = { status: 200, headers: {}, request };
  for (const second of ['"example-dict";key="a";req', '"example-dict";req;key="a"']) {
    const input = `a=("example-dict";req;key="a" ${second})`;
    const message = { ...answer, headers: { 'signature-input': input, signature: 'a=:AA==:' } };
    t.equal(
      refusalOf(() => verifyMessage(message, accept)),
      'component_duplicate',
      'section 2: whatever the order of its parameters',
    );
  }
});

const key = makeKey();
const body = Buffer.from('{"hello": "world"}');
const post = {
  method: 'POST',
  targetUri: 'https://a.example/exchange/v1/receipts?x=1',
  headers: { 'content-type': 'application/json' },
  body,
};
const toOccurrences = (headers: Record<string, unknown>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value: String(value) }));
const verifier = {
  algorithm: 'ed25519',
  verify: (data: Uint8Array, signature: Uint8Array) => verify(null, data, key.publicKey, signature),
};
const signer = { algorithm: 'ed25519', sign: (data: Uint8Array) => sign(null, data, key.privateKey) };
const policy = {
  algorithms: ['ed25519'],
  requiredComponents: ['@target-uri'],
  requiredParameters: ['nonce'],
  now: seconds,
};
const responseComponents = ['@status', 'content-digest', component('signature', { req: true, key: 'detente' })];

test('http-message-sig and the general verifier accept what the fast way signs', async (t) => {
  const signed = signRequest(post, key, { now });
  const headers = { ...post.headers, ...signed.headers };
  const foreign = {
    kind: 'request',
    method: post.method,
    targetUri: post.targetUri,
    fields: toOccurrences(headers),
  } as const;
  await verifySignature(foreign, { policy, resolveVerifier: () => verifier });
  verifyMessage({ ...post, headers }, { verify: verifier.verify as never });

  const answer = signResponse({ status: 200, body }, key, { request: signed, now });
  await verifySignature(
    { kind: 'response', status: 200, fields: toOccurrences(answer), request: foreign },
    {
      policy: { ...policy, requiredComponents: responseComponents, requiredParameters: [] },
      resolveVerifier: () => verifier,
    },
  );
  const message = { status: 200, headers: answer, request: { ...post, headers } };
  verifyMessage(message, { verify: verifier.verify as never });
  t.equal(
    refusalOf(() => verifyMessage({ ...message, request: post }, { verify: () => true })),
    'component_missing',
  );
});

test('the fast way accepts what http-message-sig signs', async (t) => {
  const mine = signRequest(post, key, { now });
  const headers = { ...post.headers, 'content-digest': mine.headers['content-digest']! };
  const foreign = {
    kind: 'request',
    method: post.method,
    targetUri: post.targetUri,
    fields: toOccurrences(headers),
  } as const;
  const parameters = {
    created: mine.created,
    expires: mine.expires,
    nonce: mine.nonce,
    keyid: key.kid,
    tag: 'detente',
  };
  const components = ['@method', '@target-uri', 'content-type', 'content-digest'];
  const made = await createSignature(foreign, { label: 'detente', components, parameters, signer });
  const signedHeaders = { ...headers, signature: made.signature, 'signature-input': made.signatureInput };
  const verified = verifyRequest({ ...post, headers: signedHeaders }, { keyFor: keyForAnyOf(key), now });
  t.equal(verified.signature, mine.signature);

  const digest = signResponse({ status: 404, body }, key, { request: mine, now })['content-digest']!;
  const answer = await createSignature(
    {
      kind: 'response',
      status: 404,
      fields: [{ name: 'content-digest', value: digest }],
      request: { ...foreign, fields: toOccurrences(signedHeaders) },
    },
    {
      label: 'detente',
      components: responseComponents,
      parameters: { created: seconds, keyid: key.kid, tag: 'detente' },
      signer,
    },
  );
  const response = {
    status: 404,
    headers: { 'content-digest': digest, signature: answer.signature, 'signature-input': answer.signatureInput },
    body,
  };
  t.equal(verifyResponse(response, { request: mine, keyFor: keyForAnyOf(key), now }).keyid, key.kid);
});
