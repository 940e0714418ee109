import { test } from 'tap';
import {
  contentDigest,
  type HttpResponse,
  type SignatureErrorCode,
  signRequest,
  signResponse,
  verifyResponse,
} from '../src/index.ts';
import { keyForAnyOf, makeKey, now, refusalOf, seconds } from './support.ts';

const client = makeKey();
const server = makeKey();
const other = makeKey();
const keyFor = keyForAnyOf(server, other);
const targetUri = 'https://a.example/exchange/v1/feed?after=1';
const sign = () => signRequest({ method: 'GET', targetUri, headers: {} }, client, { now });
const request = sign();
const body = Buffer.from('{"items":[]}');

function answer(status = 200, content = body, at = now): HttpResponse {
  return { status, headers: signResponse({ status, body: content }, server, { request, now: at }), body: content };
}

function refusal(response: HttpResponse, to: { signature: string; created: number } = request) {
  return refusalOf(() => verifyResponse(response, { request: to, keyFor, now }));
}

test('a response verifies for the request that it answers, with a body or none', async (t) => {
  t.strictSame(verifyResponse(answer(), { request, keyFor, now }), { keyid: server.kid, created: seconds });
  t.equal(refusal(answer(204, Buffer.alloc(0))), 'accepted');
  const bodiless = signResponse({ status: 204 }, server, { request, now });
  t.equal(refusal({ status: 204, headers: bodiless }), 'accepted', 'none is the empty one');
  t.equal(
    refusalOf(() => answer(199)),
    'component_malformed',
  );
  t.equal(refusal(answer(599)), 'accepted');
  t.equal(
    refusalOf(() => answer(600)),
    'component_malformed',
  );
  const nameless = { ...server, kid: 'short' };
  t.equal(
    refusalOf(() => signResponse({ status: 200 }, nameless, { request, now })),
    'parameter_malformed',
  );
  t.equal(answer(204, Buffer.alloc(0)).headers['content-digest'], contentDigest(''));
  t.equal(
    answer().headers['signature-input'],
    `detente=("@status" "content-digest" "signature";req;key="detente");created=${seconds};keyid="${server.kid}";tag="detente"`,
  );
});

test('a response to another request, even to the same one sent again, is refused', async (t) => {
  t.equal(refusal(answer(), sign()), 'signature_invalid');
  t.equal(refusal(answer(200, body, now - 61_000)), 'created_before_request');
  t.equal(refusal(answer(200, body, now + 61_000)), 'created_in_future');
  t.equal(refusal(answer(200, body, now - 60_000)), 'accepted');
  t.equal(refusal(answer(200, body, now + 60_000)), 'accepted');
});

type Change = (response: HttpResponse) => HttpResponse;
const edit =
  (name: string, from: string | RegExp, to: string): Change =>
  (response) => ({
    ...response,
    headers: { ...response.headers, [name]: String(response.headers[name]).replace(from, to) },
  });
const set =
  (name: string, value: string | string[] | undefined): Change =>
  (response) => ({ ...response, headers: { ...response.headers, [name]: value } });
const input = 'signature-input';

const faults: [what: string, code: SignatureErrorCode, change: Change][] = [
  ['no signature', 'signature_missing', set('signature', undefined)],
  ['two labels', 'signature_multiple', edit(input, /$/, ', sig2=("@status");created=1')],
  ['two labels, ours last', 'signature_multiple', edit(input, /^/, 'sig2=("@status");created=1, ')],
  ['no inner list', 'signature_malformed', set(input, 'detente=1')],
  ['two signatures', 'signature_multiple', edit('signature', /$/, ', sig2=:AAAA:')],
  ['a header twice', 'header_duplicate', (response) => set(input, [String(response.headers[input]), 'x=()'])(response)],
  ['63 bytes', 'signature_malformed', set('signature', `detente=:${Buffer.alloc(63).toString('base64')}:`)],
  ['65 bytes', 'signature_malformed', set('signature', `detente=:${Buffer.alloc(65).toString('base64')}:`)],
  ['no request signature', 'component_missing', edit(input, ' "signature";req;key="detente"', '')],
  ["its own signature instead of the request's", 'component_missing', edit(input, ';req;', ';')],
  ['no status', 'component_missing', edit(input, '"@status" ', '')],
  ['no digest covered', 'component_missing', edit(input, '"content-digest" ', '')],
  ['a component twice', 'component_duplicate', edit(input, '"@status"', '"@status" "@status"')],
  ['more components', 'component_unexpected', edit(input, '"@status"', '"@status" "date"')],
  ['another order', 'signature_not_canonical', edit(input, '"@status" "content-digest"', '"content-digest" "@status"')],
  ['no created', 'parameter_missing', edit(input, /created=\d+;/, '')],
  ['a negative created', 'parameter_malformed', edit(input, /created=/, 'created=-')],
  ['a created of 13 digits', 'parameter_malformed', edit(input, /created=/, 'created=100')],
  ['a name for keyid', 'parameter_malformed', edit(input, /keyid="[^"]+"/, 'keyid="key"')],
  ['no keyid', 'parameter_missing', edit(input, /keyid="[^"]+";/, '')],
  ['no tag', 'parameter_missing', edit(input, /;tag="detente"/, '')],
  ['another tag', 'tag_unexpected', edit(input, 'tag="detente"', 'tag="x"')],
  ['an algorithm', 'parameter_unexpected', edit(input, ';tag', ';alg="ed25519";tag')],
  ['an unknown key', 'keyid_unknown', edit(input, /keyid="[^"]+"/, `keyid="${client.kid}"`)],
  ['another key', 'signature_invalid', edit(input, /keyid="[^"]+"/, `keyid="${other.kid}"`)],
  ['another status', 'signature_invalid', (response) => ({ ...response, status: 201 })],
  ['no final status', 'component_malformed', (response) => ({ ...response, status: 103 })],
  ['no Content-Digest', 'digest_missing', set('content-digest', undefined)],
  ['another body', 'digest_mismatch', (response) => ({ ...response, body: Buffer.from('{}') })],
  ['a cut body', 'digest_mismatch', (response) => ({ ...response, body: body.subarray(0, -1) })],
  [
    'another body with its digest',
    'signature_invalid',
    (response) => set('content-digest', contentDigest('{}'))({ ...response, body: Buffer.from('{}') }),
  ],
];

test('every fault of a response is refused by its own code', async (t) => {
  for (const [what, code, change] of faults) t.equal(refusal(change(answer())), code, what);
});
