// undici calls on the loopback with a hostile server in the peer's place.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type Test, test } from 'tap';
import { contentDigest, signResponse } from '../src/index.ts';
import { signedRequest } from '../src/undici.ts';
import { callTo, limits, poolOf, server, stranger, wireFault } from './wire.ts';

type Hostile = (request: IncomingMessage, response: ServerResponse) => void;

async function startHostile(t: Test, act: Hostile): Promise<string> {
  const hostile = createServer(act).listen(0, '127.0.0.1');
  await once(hostile, 'listening');
  t.teardown(() => {
    hostile.closeAllConnections();
    hostile.close();
  });
  return `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
}

const page = Buffer.from('{"items":[]}');

/** What an honest peer would answer to this request; `to` stands for another request's signature. */
function honest(
  request: IncomingMessage,
  more: { status?: number; body?: Buffer; to?: string; key?: typeof server } = {},
) {
  const signature = more.to ?? /:(.*):/.exec(String(request.headers.signature))![1]!;
  const response = { status: more.status ?? 200, body: more.body ?? page };
  return signResponse(response, more.key ?? server, { request: { signature }, now: Date.now() });
}

const hostiles: [what: string, fault: Record<string, unknown>, act: Hostile][] = [
  ['honest after all', { code: 'accepted' }, (request, response) => response.writeHead(200, honest(request)).end(page)],
  ['an unsigned response', { inner: 'signature_missing', status: 200 }, (_request, response) => response.end(page)],
  [
    'a response of a stranger',
    { inner: 'keyid_unknown' },
    (request, response) => response.writeHead(200, honest(request, { key: stranger })).end(page),
  ],
  [
    'an unsigned refusal',
    { code: 'response_unverified', status: 403 },
    (_request, response) => response.writeHead(403).end(),
  ],
  [
    'another status',
    { inner: 'signature_invalid' },
    (request, response) => response.writeHead(404, honest(request)).end(page),
  ],
  [
    'another body',
    { inner: 'digest_mismatch' },
    (request, response) => response.writeHead(200, honest(request)).end('{"items":[1]}'),
  ],
  [
    'a body with its own digest',
    { inner: 'signature_invalid' },
    (request, response) => {
      const digest = { 'content-digest': contentDigest('{}') };
      response.writeHead(200, { ...honest(request), ...digest }).end('{}');
    },
  ],
  [
    'no digest',
    { inner: 'digest_missing' },
    (request, response) => {
      const { 'content-digest': _digest, ...rest } = honest(request);
      response.writeHead(200, rest).end(page);
    },
  ],
  [
    'two digests',
    { inner: 'header_duplicate' },
    (request, response) => {
      const digest = ['sha-256=:AA==:', honest(request)['content-digest']!];
      response.writeHead(200, { ...honest(request), 'content-digest': digest }).end(page);
    },
  ],
  [
    'a signed redirect',
    { code: 'redirect_refused', status: 302 },
    (request, response) =>
      response.writeHead(302, { ...honest(request, { status: 302 }), location: '/elsewhere' }).end(page),
  ],
  [
    'a content-encoding',
    { code: 'content_encoding_refused' },
    (request, response) => {
      const zipped = gzipSync(Buffer.alloc(1_000_000));
      response.writeHead(200, { ...honest(request, { body: zipped }), 'content-encoding': 'gzip' }).end(zipped);
    },
  ],
  [
    'an announced excess',
    { code: 'response_too_large' },
    (request, response) => {
      response.writeHead(200, { ...honest(request), 'content-length': '100001' }).write('x');
    },
  ],
  [
    'an endless body',
    { code: 'response_too_large' },
    (request, response) => {
      response.writeHead(200, honest(request));
      Readable.from(endless()).pipe(response);
    },
  ],
  [
    'a cut body',
    { code: 'response_cut_off', status: 200 },
    (request, response) => {
      response.writeHead(200, { ...honest(request), 'content-length': '1000' }).write('x', () => response.destroy());
    },
  ],
  ['a closed connection', { code: 'unreachable' }, (request) => request.socket.destroy()],
];

function* endless() {
  for (;;) yield Buffer.alloc(16_384);
}

test('a hostile server brings no response past the verification', async (t) => {
  let act: Hostile = () => {};
  let elsewhere = 0;
  const origin = await startHostile(t, (request, response) => {
    if (request.url === '/elsewhere') elsewhere += 1;
    act(request, response);
  });
  const pool = poolOf(t, origin);
  for (const [what, fault, hostile] of hostiles) {
    act = hostile;
    t.match(await wireFault(signedRequest(pool, callTo(origin, '/signed/feed'), limits)), fault, what);
  }
  t.equal(elsewhere, 0, 'no redirect is followed');
});

test('a good response to another request is refused', async (t) => {
  const seen: string[] = [];
  const origin = await startHostile(t, (request, response) => {
    seen.push(/:(.*):/.exec(String(request.headers.signature))![1]!);
    response.writeHead(200, honest(request, { to: seen[0]! })).end(page);
  });
  const pool = poolOf(t, origin);
  const call = callTo(origin, '/signed/feed?after=1');
  t.equal((await signedRequest(pool, call, limits)).status, 200);
  const swapped = { code: 'response_unverified', inner: 'signature_invalid' };
  t.match(await wireFault(signedRequest(pool, call, limits)), swapped, 'the same request sent again');
  t.match(
    await wireFault(signedRequest(pool, callTo(origin, '/signed/feed?after=2'), limits)),
    swapped,
    'another page',
  );
});

test('the total time bounds a slow drip of body or head and a silent server', async (t) => {
  const origin = await startHostile(t, (request, response) => {
    if (request.url === '/silent') return;
    response.writeHead(200, honest(request));
    const drip = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(drip));
  });
  const pool = poolOf(t, origin);
  const short = { totalMs: 300, maxBytes: 1000 };
  for (const path of ['/drip', '/silent']) {
    t.match(await wireFault(signedRequest(pool, callTo(origin, path), short)), { code: 'timeout' }, path);
  }
  const dripping = createTcpServer((socket) => {
    socket.on('error', () => {}).write('HTTP/1.1 200 OK\r\n');
    const drip = setInterval(() => socket.write('x: y\r\n'), 50);
    socket.on('close', () => clearInterval(drip));
  }).listen(0, '127.0.0.1');
  await once(dripping, 'listening');
  t.teardown(() => dripping.close());
  const head = `http://127.0.0.1:${(dripping.address() as AddressInfo).port}`;
  t.match(await wireFault(signedRequest(poolOf(t, head), callTo(head, '/'), short)), { code: 'timeout' });
});

test('a caller can end its call, and nobody at the address is unreachable', async (t) => {
  const origin = await startHostile(t, () => {});
  const stop = new AbortController();
  const call = signedRequest(poolOf(t, origin), callTo(origin, '/', { signal: stop.signal }), limits);
  stop.abort(new Error('stopping'));
  t.match(await wireFault(call), { code: 'aborted' });
  const nobody = 'http://127.0.0.1:1';
  t.match(await wireFault(signedRequest(poolOf(t, nobody), callTo(nobody, '/'), limits)), { code: 'unreachable' });
});
