// One client that takes all it can get of the router, whose others are served meanwhile.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import { createLogger, createService, listen, route } from '@detente/server';
import { type Test, test } from 'tap';
import { request } from 'undici';
import { buildRouter, type RouterConfig } from '../src/router.ts';

const about = { tags: ['sample'], summary: 'Sample', security: 'none', problems: [] } as const;
const take = endpoint({
  ...about,
  operationId: 'take',
  method: 'POST',
  path: '/exchange/v1/take',
  body: { schema: Type.Object({ a: Type.String() }, { additionalProperties: false }), maxBytes: 4096 },
  responses: { 204: { description: 'Taken' } },
});
const here = endpoint({
  ...about,
  operationId: 'here',
  method: 'GET',
  path: '/exchange/v1/here',
  responses: { 204: { description: 'Reached' } },
});
const logger = createLogger({ name: 'test', level: 'silent' });
const stranger = '127.0.0.2';
const limits = { handshake: 60_000, header: 60_000, request: 60_000, silence: 60_000, sweep: 100 };

type Settings = Partial<RouterConfig> & { limits?: typeof limits };

/** A service, how many requests it was given, and the router before it. */
async function start(t: Test, settings: Settings = {}) {
  const app = await createService({ title: 'Sample', version: '1.0.0', endpoints: [take, here], logger });
  route(app, take).to(() => ({ status: 204 }));
  route(app, here).to(() => ({ status: 204 }));
  const given = { requests: 0 };
  app.server.on('request', () => {
    given.requests += 1;
  });
  const service = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(service.close);
  return { given, ...(await startRouter(t, service.origin, settings)) };
}

async function startRouter(t: Test, to: string, { limits: times = limits, ...settings }: Settings = {}) {
  const config: RouterConfig = {
    DETENTE_REPORTING: to,
    DETENTE_EXCHANGE: to,
    DETENTE_PUBLICATION: to,
    DETENTE_TLS_CERT: '',
    DETENTE_TLS_KEY: '',
    DETENTE_HOST: '127.0.0.1',
    DETENTE_PORT: 0,
    DETENTE_LOG_LEVEL: 'silent',
    DETENTE_TRUSTED_PROXIES: '',
    DETENTE_MAX_CONNECTIONS: 1000,
    ...settings,
  };
  const app = await buildRouter({ config, logger, limits: times });
  const router = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(router.close);
  const sockets: Crowd['sockets'] = [];
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
  });
  const crowd: Crowd = { sockets, answers: [], ended: 0 };
  return { origin: router.origin, port: router.port, server: app.server, crowd };
}

type Crowd = { sockets: Socket[]; answers: string[]; ended: number };

/** Opens connections from another address than the tests', and leaves them open. */
function fill(port: number, crowd: Crowd, count: number, bytes: string): void {
  for (let at = 0; at < count; at++) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: stranger, allowHalfOpen: true });
    crowd.sockets.push(socket);
    if (bytes !== '') socket.write(bytes);
    socket.setEncoding('latin1').on('data', (text: string) => crowd.answers.push(text));
    socket.on('error', () => {});
    Promise.race([once(socket, 'end'), once(socket, 'close')]).then(() => (crowd.ended += 1));
  }
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not in time: ${what}`);
}

async function reach(origin: string, headers: Record<string, string> = {}): Promise<number> {
  const signal = AbortSignal.timeout(10_000);
  const answer = await request(`${origin}/exchange/v1/here`, { headers, signal, reset: true });
  await answer.body.dump();
  return answer.statusCode;
}

const begun = (header = '') =>
  `POST /exchange/v1/take HTTP/1.1\r\nHost: a\r\n${header}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{`;

test('requests whose bodies do not come hold up nobody else’s', async (t) => {
  const { given, origin, port, crowd } = await start(t);
  fill(port, crowd, 70, begun());
  await until('the service has as many as it ever had', () => given.requests >= 64);
  t.equal(await reach(origin), 204);
  t.same(crowd.answers, [], 'while they wait');
});

test('one client has a fifth of what a service is given, and the rest is told so', async (t) => {
  const { given, origin, port, crowd, server } = await start(t);
  fill(port, crowd, 150, begun());
  await until('all have an answer or are waiting', () => given.requests + crowd.answers.length === 150);
  t.equal(given.requests, 77);
  for (const answer of crowd.answers) {
    t.match(answer, /^HTTP\/1\.1 503 /);
    t.match(answer, /\r\nretry-after: 2\r\n/i);
    t.match(answer, /"code":"overloaded"/);
  }
  t.equal(await reach(origin), 204);
  for (const socket of crowd.sockets) socket.destroy();
  await until('all are gone', async () => (await connectionsOf(server)) === 0);
  const before = given.requests;
  fill(port, crowd, 77, begun());
  await until('it is given as many again', () => given.requests === before + 77);
});

test('behind a proxy that is trusted, whoever is behind it has his share', async (t) => {
  const proxies = { DETENTE_TRUSTED_PROXIES: stranger, DETENTE_MAX_CONNECTIONS: 160 };
  const { given, port, crowd } = await start(t, proxies);
  fill(port, crowd, 150, begun('X-Forwarded-For: 2001:db8::1\r\n'));
  await until('all have an answer or are waiting', () => given.requests + crowd.answers.length === 150);
  t.equal(given.requests, 77, 'no connection of the proxy’s is too many');
  const ask = (address: string) =>
    `GET /exchange/v1/here HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: ${address}\r\n\r\n`;
  const statusOf = async (address: string) => {
    const count = crowd.answers.length;
    fill(port, crowd, 1, ask(address));
    await until('it is answered', () => crowd.answers.length > count);
    return Number(crowd.answers.at(-1)!.split(' ')[1]);
  };
  t.equal(await statusOf('2001:db8::ffff'), 503, 'the same /64');
  t.equal(await statusOf('2001:db8:0:1::1'), 204, 'another');
  t.equal(await statusOf('192.0.2.1'), 204);
});

test('one client’s connections leave room for all others', async (t) => {
  const { origin, port, crowd, server } = await start(t, { DETENTE_MAX_CONNECTIONS: 40 });
  fill(port, crowd, 100, '');
  await until('the rest is refused', () => crowd.ended >= 60);
  t.equal(await reach(origin), 204);
  await until('it has its fifth', async () => (await connectionsOf(server)) === 8);
  t.equal(crowd.ended, 92);
});

test('whoever does not close after he was answered is closed', async (t) => {
  const short = { ...limits, header: 200, request: 200 };
  const { port, crowd, server } = await start(t, { limits: short });
  fill(port, crowd, 3, begun());
  fill(port, crowd, 3, 'GET / HTTP/1.1\r\n');
  fill(port, crowd, 3, 'nonsense\r\n\r\n');
  await until('all are answered', () => crowd.answers.length === 9);
  for (const answer of crowd.answers) t.match(answer, /^HTTP\/1\.1 40[08] /);
  await until('none has kept its place', async () => (await connectionsOf(server)) === 0);
  t.pass('though none has closed');
});

function connectionsOf(server: Server) {
  return new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
}

test('requests sent one behind the other on a connection give their places back when it is gone', async (t) => {
  const silent = { requests: 0 };
  const service = createServer(() => (silent.requests += 1)).listen(0, '127.0.0.1');
  await once(service, 'listening');
  t.teardown(() => {
    service.closeAllConnections();
    service.close();
  });
  const { port, crowd, server } = await startRouter(t, `http://127.0.0.1:${(service.address() as AddressInfo).port}`);
  const ask = `GET ${here.path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  fill(port, crowd, 1, ask.repeat(77));
  await until('they have come', () => silent.requests === 77);
  fill(port, crowd, 1, ask);
  await until('one more is refused', () => crowd.answers.length === 1);
  t.match(crowd.answers[0], /^HTTP\/1\.1 503 /);
  for (const socket of crowd.sockets) socket.destroy();
  await until('both are gone', async () => (await connectionsOf(server)) === 0);
  fill(port, crowd, 1, ask.repeat(77));
  await until('as many are passed on again', () => silent.requests === 154);
});
