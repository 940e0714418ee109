import { createHash } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@detente/server';
import { type Test, test } from 'tap';
import { request } from 'undici';
import { buildRouter } from '../src/router.ts';

type Seen = { service: string; method: string; url: string; headers: IncomingMessage['headers']; body: Buffer };

/** Three services that note what reaches them, and the router before them. */
async function start(t: Test) {
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
      DETENTE_MAX_CONNECTIONS: 100,
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
