// A real Fastify server, called with undici, by injection and over a bare socket.
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'tap';
import { contentDigest, signRequest } from '../src/index.ts';
import { signedRequest } from '../src/undici.ts';
import { callTo, client, limits, poolOf, server, startNode, stranger, wireFault } from './wire.ts';

test('a signed request is answered by a signed response', async (t) => {
  const { origin, spent } = await startNode(t);
  const pool = poolOf(t, origin);
  const path = '/signed/who?after=1&x=a%20b&../..';
  const who = await signedRequest(pool, callTo(origin, path), limits);
  t.match(who, { status: 200, keyid: server.kid });
  t.strictSame(JSON.parse(String(who.body)), { peer: 'https://peer.example', url: path });
  const [until] = spent.values();
  t.ok(until! > new Date(Date.now() + 60_000), 'the nonce is kept beyond the expiry');

  const body = JSON.stringify({ text: 'é'.repeat(30_000) });
  const echo = await signedRequest(pool, callTo(origin, '/signed/echo', { method: 'POST', body }), limits);
  t.strictSame(JSON.parse(String(echo.body)), { body: JSON.parse(body) });

  const empty = await signedRequest(pool, callTo(origin, '/signed/empty'), limits);
  t.match(empty, { status: 204, body: Buffer.alloc(0), headers: { 'content-digest': contentDigest('') } });
  const raw = await signedRequest(pool, callTo(origin, '/signed/bytes'), limits);
  t.strictSame([...raw.body], [0, 255]);

  const message = { method: 'HEAD', targetUri: `${origin}/signed/bytes`, headers: {} };
  const { headers } = signRequest(message, client, { now: Date.now() });
  const head = await pool.request({ method: 'HEAD', path: '/signed/bytes', headers });
  t.match(head, { statusCode: 200, headers: { 'content-digest': contentDigest('') } }, 'HEAD has no content');
});

test('errors behind a good signature are signed too', async (t) => {
  const { origin } = await startNode(t);
  const pool = poolOf(t, origin);
  const post = (path: string, body: string, contentType?: string) =>
    signedRequest(pool, callTo(origin, path, { method: 'POST', body, ...(contentType && { contentType }) }), limits);
  t.equal((await signedRequest(pool, callTo(origin, '/signed/fails'), limits)).status, 500);
  t.equal((await post('/signed/echo', '{"a":')).status, 400);
  t.equal((await post('/signed/echo', '{"__proto__":{"a":1}}')).status, 400, 'the JSON parser is as strict as without');
  t.equal((await post('/signed/echo', '<a/>', 'text/xml')).status, 415);
  const stream = await signedRequest(pool, callTo(origin, '/signed/stream'), limits);
  t.match(JSON.parse(String(stream.body)), { statusCode: 500, code: 'response_stream' });
});

test('requests outside the scope are neither verified nor signed', async (t) => {
  const { app, origin } = await startNode(t);
  const open = await app.inject('/open');
  t.strictSame(open.json(), { signed: false });
  t.equal(open.headers.signature, undefined);
  t.match(await wireFault(signedRequest(poolOf(t, origin), callTo(origin, '/open'), limits)), {
    inner: 'signature_missing',
  });
});

type Wire = { url: string; method: 'GET' | 'POST'; headers: Record<string, string | string[]>; payload?: string };

test('the server refuses before it parses, unsigned, with the code of the fault', async (t) => {
  const node = await startNode(t);
  const { app, origin } = node;
  const post = (more: { key?: typeof client; at?: number; target?: string } = {}): Wire => {
    const headers = { 'content-type': 'application/json' };
    const payload = '{"a":1}';
    const targetUri = origin + (more.target ?? '/signed/echo');
    const message = { method: 'POST', targetUri, headers, body: Buffer.from(payload) };
    const signed = signRequest(message, more.key ?? client, { now: more.at ?? Date.now() });
    return { url: '/signed/echo', method: 'POST', headers: { ...headers, ...signed.headers }, payload };
  };
  const good = post();
  const table: [what: string, code: string, wire: Wire][] = [
    ['unsigned', 'signature_missing', { ...good, headers: { 'content-type': 'application/json' } }],
    ['by a stranger', 'signature_invalid', post({ key: stranger })],
    ['by a stranger, over other bytes', 'digest_mismatch', { ...post({ key: stranger }), payload: '{"a": 1}' }],
    ['too old', 'expired', post({ at: Date.now() - 200_000 })],
    ['too new', 'created_in_future', post({ at: Date.now() + 90_000 })],
    ['for another path', 'signature_invalid', post({ target: '/signed/small' })],
    ['other bytes of the same JSON', 'digest_mismatch', { ...post(), payload: '{"a": 1}' }],
    ['malformed JSON with a wrong digest', 'digest_mismatch', { ...post(), payload: '{"a' }],
    [
      'another content type',
      'signature_invalid',
      { ...post(), headers: { ...post().headers, 'content-type': 'text/plain' } },
    ],
  ];
  for (const [what, code, wire] of table) {
    const answer = await app.inject(wire);
    t.match(
      { ...answer.json(), signature: answer.headers.signature ?? null },
      { statusCode: 401, code, signature: null },
      what,
    );
  }
  const forged = await app.inject({ ...good, headers: { ...good.headers, host: 'evil.example' } });
  t.equal(forged.statusCode, 200, 'the Host header decides nothing');
  t.equal(node.parsed, 1);
});

test('a request is accepted once, and the answer to its replay is signed', async (t) => {
  const { app, origin } = await startNode(t);
  const request = { method: 'GET', targetUri: `${origin}/signed/who`, headers: {} };
  const signed = signRequest(request, client, { now: Date.now() });
  const wire = { url: '/signed/who', headers: signed.headers };
  const [one, two] = await Promise.all([app.inject(wire), app.inject(wire)]);
  t.strictSame([one.statusCode, two.statusCode].sort(), [200, 409]);
  const replayed = one.statusCode === 409 ? one : two;
  t.equal(replayed.json().code, 'nonce_replayed');
  t.ok(replayed.headers.signature);
  const nonce = 'brokenAAAAAAAAAAAAAAAA';
  const broken = signRequest(request, client, { now: Date.now(), nonce });
  const failed = await app.inject({ url: '/signed/who', headers: broken.headers });
  t.equal(failed.statusCode, 500, 'when nonces cannot be kept nothing is accepted');
});

test('duplicated fields and foreign targets on the raw wire are refused', async (t) => {
  const node = await startNode(t);
  const { origin } = node;
  const signed = (method: string, path: string, body = '') => {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const message = { method, targetUri: origin + path, headers, body: Buffer.from(body) };
    return { ...headers, ...signRequest(message, client, { now: Date.now() }).headers } as Record<string, string>;
  };
  const send = async (start: string, headers: [string, string][], body = ''): Promise<string> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const lines = [`${start} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers.map(([k, v]) => `${k}: ${v}`)];
    socket.end(`${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    let text = '';
    for await (const chunk of socket) text += chunk;
    return /"code":"(\w+)"/.exec(text)?.[1] ?? text.slice(9, 12);
  };
  const json = '{"a":1}';
  const post = () => Object.entries(signed('POST', '/signed/echo', json));
  t.equal(await send('POST /signed/echo', post(), json), '200');
  const twice = [...post(), ['Content-Type', 'text/plain'] as [string, string]];
  t.equal(await send('POST /signed/echo', twice, json), 'header_duplicate');
  const again = post();
  const doubled = [...again, again.find(([name]) => name === 'signature')!];
  t.equal(await send('POST /signed/echo', doubled, json), 'header_duplicate');
  const get = () => Object.entries(signed('GET', '/signed/who'));
  t.equal(await send('GET /signed/who', get()), '200');
  t.equal(await send('GET http://evil.example/signed/who', get()), 'target_mismatch');
  t.equal(await send('GET /signed/who?', get()), 'signature_invalid');
  t.equal(await send('GET /signed/who', get(), 'unsigned body'), 'component_missing');
});

test('a body beyond the limit of its route is refused, announced or not', async (t) => {
  const { origin } = await startNode(t, { bodyLimit: 1000 });
  const pool = poolOf(t, origin);
  const post = (path: string, length: number) =>
    signedRequest(pool, callTo(origin, path, { method: 'POST', body: `"${'x'.repeat(length - 2)}"` }), limits);
  t.equal((await post('/signed/small', 10)).status, 200);
  t.match(await wireFault(post('/signed/small', 11)), { code: 'response_unverified', status: 413 });
  t.equal((await post('/signed/echo', 1000)).status, 200);
  t.match(await wireFault(post('/signed/echo', 1001)), { code: 'response_unverified', status: 413 });

  // What was signed is another body: a server that read all of this one would answer 401.
  const headers = { 'content-type': 'application/json' };
  const message = { method: 'POST', targetUri: `${origin}/signed/echo`, headers, body: Buffer.from('{}') };
  const signed = { ...headers, ...signRequest(message, client, { now: Date.now() }).headers };
  const chunks = Readable.from([Buffer.alloc(900), Buffer.alloc(900)]);
  const streamed = await pool.request({ method: 'POST', path: '/signed/echo', headers: signed, body: chunks });
  t.equal(streamed.statusCode, 413);
  await streamed.body.dump();

  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const lines = Object.entries({ host: 'a', 'content-length': '1001', ...signed }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(`POST /signed/echo HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(2000) });
  t.match(String(answer), 'HTTP/1.1 413', 'an announced excess is not waited for');
  socket.destroy();
});
