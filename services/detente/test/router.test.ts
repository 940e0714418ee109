import { createHash } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createLogger } from '@detente/server';
import { type Test, test } from 'tap';
import { request } from 'undici';
import { buildRouter, type RouterConfig } from '../src/router.ts';

type Seen = { service: string; method: string; url: string; headers: IncomingMessage['headers']; body: Buffer };

/** Three services that note what reaches them, and the router before them. */
async function start(t: Test, settings: Partial<RouterConfig> = {}) {
  const seen: Seen[] = [];
  const reply = { status: 200, body: Buffer.from('{"a":"é"}') };
  const upstream = async (service: string) => {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method = '', url = '', headers } = incoming;
      seen.push({ service, method, url, headers, body: Buffer.concat(chunks) });
      response.writeHead(reply.status, { 'content-type': 'application/json', signature: 'detente=:AA==:' });
      response.end(reply.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.teardown(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const app = await buildRouter({
    config: {
      DETENTE_REPORTING: await upstream('reporting'),
      DETENTE_EXCHANGE: await upstream('exchange'),
      DETENTE_PUBLICATION: await upstream('publication'),
      DETENTE_TLS_CERT: '',
      DETENTE_TLS_KEY: '',
      DETENTE_HOST: '127.0.0.1',
      DETENTE_PORT: 0,
      DETENTE_LOG_LEVEL: 'silent',
      DETENTE_TRUSTED_PROXIES: '',
      DETENTE_MAX_CONNECTIONS: 100,
      ...settings,
    },
    logger: createLogger({ name: 'router', level: 'silent' }),
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  t.teardown(() => app.close());
  return { seen, reply, origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
}

test('what is signed passes untouched, both ways', async (t) => {
  const { seen, reply, origin } = await start(t);
  const body = Buffer.from('{"statement" :  "\u00e9\\u00e9", "b":1.0}\n');
  const headers = {
    'content-type': 'application/json',
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'signature-input': 'detente=("@method" "@target-uri");created=1;keyid="k";tag="detente"',
    signature: `detente=:${Buffer.alloc(64, 9).toString('base64')}:`,
    accept: 'application/json',
  };
  const path = '/exchange/v1/statements?after=0&x=a%2Fb%20c';
  const answer = await request(origin + path, { method: 'PUT', headers, body });
  const [arrived] = seen;
  t.equal(arrived!.service, 'exchange');
  t.equal(arrived!.url, path);
  t.same(arrived!.body, body);
  for (const [name, value] of Object.entries(headers)) t.equal(arrived!.headers[name], value, name);
  t.equal(answer.headers.signature, 'detente=:AA==:');
  t.equal(answer.headers['content-encoding'], undefined);
  t.same(Buffer.from(await answer.body.arrayBuffer()), reply.body);
});

test('each address goes to its service, with its whole path', async (t) => {
  const { seen, origin } = await start(t);
  const ways = [
    ['/reporting/v1/cases', 'reporting'],
    ['/reporting/docs', 'reporting'],
    ['/exchange/v1/feed?after=1', 'exchange'],
    ['/witness/v1/add-checkpoint', 'exchange'],
    ['/.well-known/detente', 'exchange'],
    ['/.well-known/security.txt', 'publication'],
    ['/log/v1/tile/0/x001/234', 'publication'],
    ['/publication/v1/editions', 'publication'],
    ['/', 'publication'],
    ['/exchanges', 'publication'],
  ] as const;
  for (const [path] of ways) await (await request(origin + path)).body.dump();
  t.same(
    seen.map(({ url, service }) => [url, service]),
    ways.map(([path, service]) => [path, service]),
  );
});

test('the client’s address is the router’s to say, and not the client’s', async (t) => {
  const { seen, origin } = await start(t);
  const headers = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7', 'x-real-ip': '203.0.113.7' };
  await (await request(`${origin}/reporting/v1/cases`, { headers })).body.dump();
  t.equal(seen[0]!.headers['x-forwarded-for'], '127.0.0.1');
  t.equal(seen[0]!.headers.forwarded, undefined);
  t.equal(seen[0]!.headers['x-real-ip'], undefined);
});

test('a proxy in front that is trusted says whose address it is, up to the first that is not', async (t) => {
  const { seen, origin } = await start(t, { DETENTE_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' });
  const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.1.2.3', 'x-real-ip': '198.51.100.2' };
  await (await request(`${origin}/reporting/v1/cases`, { headers })).body.dump();
  t.equal(seen[0]!.headers['x-forwarded-for'], '203.0.113.7');
  t.equal(seen[0]!.headers['x-real-ip'], undefined);
  await t.rejects(start(t, { DETENTE_TRUSTED_PROXIES: 'our proxy' }), {
    message: /^settings: DETENTE_TRUSTED_PROXIES /,
  });
});

test('nothing is sent twice: a service that is not there now is said to be unavailable', async (t) => {
  const { seen, reply, origin } = await start(t);
  reply.status = 503;
  const answer = await request(`${origin}/exchange/v1/feed`);
  await answer.body.dump();
  t.equal(answer.statusCode, 503);
  t.equal(seen.length, 1);
});

test('a way out of a service’s part of the address is none', async (t) => {
  const { seen, origin } = await start(t);
  for (const path of ['/reporting/%2e%2e/exchange/v1/feed', '/reporting/..%2fexchange/v1/feed', '/log/%5c..%5cx']) {
    t.equal(await statusOf(origin, path), 400, path);
  }
  t.same(seen, []);
});

/** As it is: other clients tidy an address up before they send it. */
function statusOf(origin: string, path: string): Promise<number | undefined> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once('error', reject);
  });
}

test('a body larger than any contract takes is refused before it is read', async (t) => {
  const { seen, origin } = await start(t);
  const body = Buffer.alloc(16_777_217);
  const answer = await request(`${origin}/reporting/v1/cases/batch`, { method: 'POST', body }).catch(() => undefined);
  await answer?.body.dump();
  t.ok(answer === undefined || answer.statusCode === 413);
  t.same(seen, []);
});

/** What comes back on a connection of its own for bytes as they are. */
function answerTo(origin: string, bytes: string): Promise<{ status: number; type: string; body: string }> {
  const { port, hostname } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: hostname }, () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
      const [head, body] = text.split('\r\n\r\n', 2);
      const length = Number(/^content-length: (\d+)$/im.exec(head!)?.[1] ?? 0);
      if (body !== undefined && Buffer.byteLength(body) >= length) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n', 2);
      const type = /^content-type: ([^;\r\n]+)/im.exec(head)?.[1] ?? '';
      resolve({ status: Number(head.split(' ')[1]), type, body });
    });
  });
}

test('whatever a client sends that is no request here is answered with a problem, and never as a fault of the node', async (t) => {
  const { seen, origin } = await start(t);
  const get = (path: string, ...lines: string[]) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${lines.join('')}\r\n`;
  const refused: [string, number, string][] = [
    [get('/%ff'), 400, 'malformed_request'],
    [get('/reporting/%'), 400, 'malformed_request'],
    [get('/publication/v1/%E0%A4%A'), 400, 'malformed_request'],
    ['GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400, 'malformed_request'],
    ['GET  two spaces HTTP/1.1\r\n\r\n', 400, 'malformed_request'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed_request'],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'malformed_request'],
    [get('/', 'a b: c\r\n'), 400, 'malformed_request'],
    [get('/', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'), 400, 'malformed_request'],
    [get('/', 'Content-Length: x\r\n'), 400, 'malformed_request'],
    ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'malformed_request'],
    [get('/', `X: ${'x'.repeat(17_000)}\r\n`), 431, 'headers_too_large'],
    [get(`/${'x'.repeat(17_000)}`), 431, 'headers_too_large'],
    [get('/', 'Content-Length: 99999999999\r\n'), 413, 'payload_too_large'],
    ['TRACE / HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'method_not_allowed'],
    ['PROPFIND /reporting/v1/cases HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'method_not_allowed'],
    ['CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'method_not_allowed'],
  ];
  for (const [bytes, status, code] of refused) {
    const name = JSON.stringify(bytes.slice(0, 60));
    const answer = await answerTo(origin, bytes);
    t.equal(answer.status, status, name);
    t.equal(answer.type, 'application/problem+json', name);
    if (answer.body.startsWith('{')) t.match(JSON.parse(answer.body), { status, code }, name);
    else t.fail(`${name}: ${answer.body}`);
  }
  t.equal(
    seen.filter(({ service }) => service !== 'publication').length,
    0,
    'nothing of it reached a service that takes something in',
  );
});

test('what is unusual and no fault is passed on', async (t) => {
  const { origin } = await start(t);
  const usual = 'Host: x\r\n';
  const passed = [
    `GET * HTTP/1.1\r\n${usual}\r\n`,
    `GET / HTTP/1.1\r\n${usual}Expect: something\r\n\r\n`,
    `GET / HTTP/1.1\r\n${usual}Upgrade: websocket\r\nConnection: upgrade\r\n\r\n`,
    `GET / HTTP/1.1\r\n${usual}Connection: x-forwarded-for, host\r\n\r\n`,
    `GET / HTTP/1.1\r\n${usual}Connection: nonsense\r\nKeep-Alive: x\r\nTE: trailers\r\nTrailer: a\r\n\r\n`,
    `GET / HTTP/1.1\r\n${usual}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `GET / HTTP/1.1\r\n${usual}Content-Length: 2\r\n\r\n{}`,
    `DELETE / HTTP/1.1\r\n${usual}Content-Length: 2\r\n\r\n{}`,
    'GET / HTTP/1.0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: \xe9 bad host\r\n\r\n',
    `GET http://elsewhere/publication/v1/editions HTTP/1.1\r\n${usual}\r\n`,
    `GET //elsewhere/x HTTP/1.1\r\n${usual}\r\n`,
    `GET /a?b=%ff&c=[] HTTP/1.1\r\n${usual}\r\n`,
    `GET / HTTP/1.1\r\n${usual}X: \xff\xfe\r\nCookie: a=b; c\r\nCookie: d\r\n\r\n`,
    `POST /reporting/v1/cases HTTP/1.1\r\n${usual}Content-Type: nonsense\r\nContent-Length: 1\r\n\r\nx`,
    `POST /reporting/v1/cases HTTP/1.1\r\n${usual}Content-Length: 1\r\n\r\nx`,
    `POST /reporting/v1/cases HTTP/1.1\r\n${usual}Content-Type: application/json\r\nContent-Length: 0\r\n\r\n`,
    `POST / HTTP/1.1\r\n${usual}Expect: 100-continue\r\nContent-Length: 1\r\n\r\nx`,
  ];
  for (const bytes of passed) {
    const answer = await answerTo(origin, bytes);
    t.ok([200, 100, 400].includes(answer.status), `${JSON.stringify(bytes.slice(0, 90))}: ${answer.status}`);
    if (answer.status === 400) t.equal(answer.type, 'application/problem+json', bytes);
  }
});
