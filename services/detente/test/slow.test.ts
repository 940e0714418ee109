// Connections that take their time: each is closed by the server, with the limits of the test in the place of its own.

import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import { createLogger, createService, defaultLimits, listen, route } from '@detente/server';
import { type Test, test } from 'tap';
import { buildRouter } from '../src/router.ts';

const vector = (name: string) => fileURLToPath(new URL(`vectors/tls/${name}`, import.meta.url));
const take = endpoint({
  operationId: 'take',
  method: 'POST',
  path: '/reporting/v1/take',
  tags: ['sample'],
  summary: 'Take it',
  security: 'none',
  body: { schema: Type.Object({ a: Type.String() }, { additionalProperties: false }), maxBytes: 4096 },
  responses: { 204: { description: 'Taken' } },
  problems: [],
});
const logger = createLogger({ name: 'test', level: 'silent' });

async function startService(t: Test, limits = {}) {
  const app = await createService({ title: 'Sample', version: '1.0.0', endpoints: [take], logger, limits });
  route(app, take).to(() => ({ status: 204 }));
  const service = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(service.close);
  return { ...service, server: app.server };
}

async function startRouter(
  t: Test,
  to: string,
  more: { tls?: boolean; limits?: Parameters<typeof buildRouter>[0]['limits'] },
) {
  const config = {
    DETENTE_REPORTING: to,
    DETENTE_EXCHANGE: to,
    DETENTE_PUBLICATION: to,
    DETENTE_TLS_CERT: more.tls ? vector('localhost.crt') : '',
    DETENTE_TLS_KEY: more.tls ? vector('localhost.key') : '',
    DETENTE_HOST: '127.0.0.1',
    DETENTE_PORT: 0,
    DETENTE_LOG_LEVEL: 'silent' as const,
    DETENTE_TRUSTED_PROXIES: '',
    DETENTE_MAX_CONNECTIONS: 100,
  };
  const app = await buildRouter({ config, logger, ...(more.limits && { limits: more.limits }) });
  const router = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(router.close);
  return { ...router, server: app.server };
}

/** Sends the beginning, then a byte now and then, until the other side has closed; what it said before. */
function drip(open: () => Socket, beginning: string, byte: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = open();
    const write = (bytes: string) => socket.writable && socket.write(bytes, 'latin1');
    let timer: NodeJS.Timeout | undefined;
    socket.once('connect', () => {
      if (beginning !== '') write(beginning);
      if (byte !== '') timer = setInterval(() => write(byte), 20);
    });
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve(text);
    });
  });
}

const head = 'POST /reporting/v1/take HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const shapes: [what: string, beginning: string, byte: string][] = [
  ['silence', '', ''],
  ['a request line that drips', 'POST /reporting', 'a'],
  ['a header that drips', `${head}X-A: `, 'a'],
  ['headers that drip', head, 'A:b\r\n'],
  ['line ends that drip', '', '\r\n'],
  ['half a header', `${head}X-A`, ''],
  ['a body that drips', `${head}Content-Length: 4000\r\n\r\n{"a":"`, 'a'],
  ['a body that does not come', `${head}Content-Length: 4000\r\n\r\n`, ''],
  ['chunks that drip', `${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'],
  ['a chunk’s extension that drips', `${head}Transfer-Encoding: chunked\r\n\r\n1;`, 'a'],
  ['a trailer that drips', `${head}Transfer-Encoding: chunked\r\n\r\n9\r\n{"a":"b"}\r\n0\r\nX-A: `, 'a'],
];

test('a slow connection is closed, whatever it is slow with, and told why', async (t) => {
  const service = await startService(t, {
    headersTimeout: 300,
    requestTimeout: 600,
    sweep: 100,
    connectionTimeout: 5_000,
  });
  const limits = { handshake: 300, header: 300, request: 600, silence: 5_000, sweep: 100 };
  const router = await startRouter(t, service.origin, { limits });
  const secure = await startRouter(t, service.origin, { limits, tls: true });
  const ways: [string, () => Socket][] = [
    ['a service', () => connect(service.port, '127.0.0.1')],
    ['the router', () => connect(router.port, '127.0.0.1')],
    ['the router with TLS', () => connectTls({ port: secure.port, host: '127.0.0.1', rejectUnauthorized: false })],
  ];
  for (const [way, open] of ways) {
    const answers = await Promise.all(shapes.map(([, beginning, byte]) => drip(open, beginning, byte)));
    for (const [at, [what]] of shapes.entries()) {
      t.match(answers[at], /^HTTP\/1\.1 408 /, `${what}, at ${way}`);
      t.match(answers[at], /"code":"request_timeout"/);
      t.equal(answers[at]!.match(/HTTP\/1\.1 /g)?.length, 1, `${what}, at ${way}: one answer`);
    }
  }
});

test('a handshake that does not come to its end is closed', async (t) => {
  const service = await startService(t);
  const limits = { handshake: 300, header: 300, request: 600, silence: 5_000, sweep: 100 };
  const { port } = await startRouter(t, service.origin, { limits, tls: true });
  const begun = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03';
  for (const [what, beginning, byte] of [
    ['silence', '', ''],
    ['half a hello', begun, ''],
    ['a hello that drips', begun, '\0'],
    ['a warning that drips', '', '\x15\x03\x01\x00\x02\x01\x00'],
    ['HTTP', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', ''],
  ] as const)
    t.notMatch(await drip(() => connect(port, '127.0.0.1'), beginning, byte), /^HTTP\/1\.1 2/, what);
});

test('the limits are those that are promised, with TLS and without', async (t) => {
  const service = await startService(t);
  t.match(service.server, { headersTimeout: 10_000, requestTimeout: 30_000, timeout: 90_000, maxHeadersCount: 0 });
  t.equal(defaultLimits.sweep, 2_000);
  for (const tls of [false, true]) {
    const { server } = await startRouter(t, service.origin, { tls });
    t.match(server, { headersTimeout: 10_000, requestTimeout: 60_000, timeout: 90_000, maxHeadersCount: 0 });
    t.match(server, { connectionsCheckingInterval: 2_000, maxHeaderSize: 16_384, joinDuplicateHeaders: true });
  }
});
