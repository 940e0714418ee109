// Calls to a peer that is somebody else than it should be, or somewhere else: a real listener on this machine counts who came.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createBrotliDecompress } from 'node:zlib';
import { descriptorKeys, loadKeys, readPublicKeys, signStatement, verifyDescriptor } from '@detente/keys';
import type { Resolve } from '@detente/server';
import { type Test, test } from 'tap';
import { open, root, sentences } from './line-to.ts';

const vectors = JSON.parse(
  readFileSync(new URL('../../../packages/testkit/vectors/refused-origins.json', import.meta.url), 'utf8'),
) as { cases: { origin?: string }[] };
const refusedOrigins = vectors.cases.flatMap(({ origin }) => origin ?? []);

/** Somebody at a port of this machine, on every address of it; what comes is counted, and answered by `act`. */
async function listen(t: Test, act: (socket: Socket) => void = (socket) => socket.end()) {
  const seen = { connections: 0, requests: [] as string[], closed: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    seen.connections += 1;
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        seen.closed += 1;
        sockets.delete(socket);
      });
    socket.once('data', (bytes) => {
      seen.requests.push(bytes.toString('latin1'));
      act(socket);
    });
  });
  server.listen(0, '::');
  await once(server, 'listening');
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

/** A resolver that gives these answers, one a question, and the last for ever. */
function resolver(...answers: string[][]) {
  const asked = { count: 0 };
  const resolve: Resolve = (_name, _options, done) => {
    const addresses = answers[Math.min(asked.count++, answers.length - 1)]!;
    setImmediate(() =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
  };
  return { asked, resolve };
}

test('no spelling of an origin that leads inside makes a connection', async (t) => {
  const { seen, port } = await listen(t);
  const withPort = (origin: string) =>
    /^https?:\/\/[^/?#@\\]+$/.test(origin) && !/:\d+$/.test(origin) ? `${origin}:${port}` : origin;
  t.ok(refusedOrigins.length >= 60);
  for (const origin of refusedOrigins.flatMap((one) => [one, withPort(one)]))
    t.throws(() => open(t, origin), { code: /^(address_refused|origin_malformed)$/ }, origin);
  t.same(seen.connections, 0);
});

test('no name that leads inside makes a connection, and the officer is told why', async (t) => {
  const { seen, port } = await listen(t);
  const inside = ['127.0.0.1', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1', '127.1.2.3'];
  for (const address of inside) {
    for (const answer of [[address], ['8.8.8.8', address], [address, '2606:4700::1']]) {
      const { asked, resolve } = resolver(answer);
      const told = await sentences(open(t, `https://peer.example:${port}`, { resolve }));
      for (const one of told)
        t.match(one, /the peer’s address is not a public one \((loopback|unspecified|ipv4Mapped)\)/);
      t.equal(asked.count, 2, 'each call looked it up, and did not connect');
    }
  }
  t.equal(seen.connections, 0);
});

test('a name that leads elsewhere the second time is looked at again, by the socket itself', async (t) => {
  const { seen, port } = await listen(t);
  const rebinds = [['0.0.0.0'], ['::ffff:127.0.0.1'], ['169.254.169.254'], ['127.0.0.1', '10.0.0.1']];
  for (const second of rebinds) {
    const before = seen.connections;
    const { asked, resolve } = resolver(['127.0.0.1'], second);
    const line = open(t, `http://localhost:${port}`, { resolve, reach: { loopback: true, networks: [] } });
    const [first, next] = await sentences(line);
    t.notMatch(first, /public/, 'the first answer is good, and is called');
    t.match(next, /not a public one/, `and then it leads to ${second}`);
    t.equal(asked.count, 2);
    t.equal(seen.connections, before + 1, 'the second made no connection');
  }
});

test('loopback is out of reach unless it is allowed, and is then the only place for plain HTTP', async (t) => {
  const { seen, port } = await listen(t);
  t.throws(() => open(t, `http://127.0.0.1:${port}`), { code: 'address_refused', message: /speak HTTPS/ });
  t.throws(() => open(t, `https://127.0.0.1:${port}`), { code: 'address_refused' });
  const reach = { loopback: true, networks: [] };
  t.throws(() => open(t, 'http://peer.example', { reach }), { code: 'address_refused', message: /not on it/ });
  const { resolve } = resolver(['8.8.8.8']);
  const told = await sentences(open(t, `http://localhost:${port}`, { reach, resolve }));
  for (const one of told) t.match(one, /leads off this machine/);
  t.equal(seen.connections, 0);
  await sentences(open(t, `http://127.0.0.1:${port}`, { reach }));
  t.equal(seen.connections, 2, 'the listener that counts is there');
});

test('a descriptor that points elsewhere is refused, and nothing in it is ever called', async (t) => {
  const worker = join(root, 'worker');
  const keys = loadKeys(worker);
  const identity = keys.signer('identity');
  const iss = 'https://peer.example:8443';
  const sign = (endpoints: Record<string, string>) => {
    const log = { log: 'peer.example:8443/log/v1', witness: 'peer.example:8443/witness/v1' };
    const about = { types: { incident: [1] }, contract: 'A'.repeat(43), contact: { name: 'duty' }, day: '2026-11-26' };
    const body = { keys: descriptorKeys(readPublicKeys(worker)), endpoints, ...log, ...about };
    return signStatement({ typ: 'detente-descriptor+jwt', iss, seq: 1, body }, identity);
  };
  const { seen, port } = await listen(t);
  const own = { exchange: `${iss}/exchange/v1`, log: `${iss}/log/v1` };
  const pinned = { origin: iss, fingerprint: identity.kid };
  await t.resolves(verifyDescriptor((await sign(own)).jws, pinned));
  for (const origin of [
    ...refusedOrigins,
    `http://127.0.0.1:${port}`,
    'https://peer.example',
    'https://peer.example:8444',
  ]) {
    const { jws } = await sign({ ...own, exchange: `${origin}/exchange/v1` });
    await t.rejects(verifyDescriptor(jws, pinned), { code: 'body_malformed' }, origin);
  }
  t.equal(seen.connections, 0);
});

const head = (status: string, ...lines: string[]) =>
  `HTTP/1.1 ${status}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
const development = { loopback: true, networks: [] };

test('a redirect is not followed', async (t) => {
  const other = await listen(t);
  for (const status of ['301 x', '302 x', '303 x', '307 x', '308 x', '300 x', '304 x', '399 x']) {
    const to = `location: http://127.0.0.1:${other.port}/`;
    const { seen, port } = await listen(t, (socket) =>
      socket.end(head(status, to, 'refresh: 0; url=/x', 'content-length: 0')),
    );
    const told = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development }));
    t.match(told, [new RegExp(`status ${status.slice(0, 3)}`), /redirect/], status);
    t.equal(seen.requests.length, 2, 'each call is made once');
  }
  t.equal(other.seen.connections, 0);
});

// 200 MiB of zeros, by brotli at its best.
const bomb = Buffer.from(
  'y///PwAkAOKxQHLv//j//weABEAcFoDu/R////8AkACIwwLQvf/j//8fABIAcVgAuvd//P//A0ACIA4LQPf+j///fwBIAMRhAeje//H//w' +
    '8ACYA4LADd+z/+//8BIAEQhwWge//H//8/ACQA4rAAdO//+P//B4AEQBwWgO79H////wCQAIjDAtC9/+P//x8AEgBxWAC693/8//8DQAIg' +
    'DgtA9/6P//9/AEgAxGEB6N7/8f//DwAJgDgsAN37P/7//wEgARCHBaB7/8f//z8AJADisAB07//4//8HgARAHBaA7v0f////AJAAiMMC0L' +
    '3/4///HwASAHFYALr3f/z//wNAAiAOC0D3/o///38ASADEYQHo3v/x//8PAAmAOCwA3fs//v//ASABEIcFoHv/l///fwAkAOKwAHTv/wA=',
  'base64',
);

test('an answer that opens to 200 MiB is refused before a byte of it is opened', async (t) => {
  let opened = 0;
  const decompress = createBrotliDecompress().on('data', (chunk) => {
    opened += chunk.length;
  });
  decompress.end(bomb);
  await once(decompress, 'end');
  t.equal(opened, 200 * 1024 * 1024);
  t.ok(bomb.length < 400);
  for (const encoding of ['br', 'gzip', 'deflate', 'zstd', 'identity', 'compress, br', 'x', '']) {
    const { port } = await listen(t, (socket) => {
      socket.write(head('200 OK', `content-encoding: ${encoding}`, `content-length: ${bomb.length}`));
      socket.write(bomb);
    });
    const before = process.memoryUsage();
    const told = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development }));
    for (const one of told) t.match(one, /content-encoding/, encoding);
    const after = process.memoryUsage();
    t.ok(after.rss - before.rss < 64 * 1024 * 1024, `${encoding} costs no memory`);
  }
});

test('an answer without an end, in its head or its body, is cut at its size', async (t) => {
  const endless = (first: string, piece: Buffer) => (socket: Socket) => {
    socket.write(first);
    const more = () => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };
  const lines = Buffer.from('x-a: b\r\n'.repeat(500));
  const body = Buffer.alloc(65_536, 'a');
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), body, Buffer.from('\r\n')]);
  const shapes: [what: string, act: (socket: Socket) => void, told: RegExp][] = [
    ['a head', endless('HTTP/1.1 200 OK\r\n', lines), /OVERFLOW/],
    ['one line of a head', endless('HTTP/1.1 200 OK\r\nx-a: ', body), /OVERFLOW/],
    ['a body without a length', endless(head('200 OK'), body), /longer than/],
    ['a body in chunks', endless(head('200 OK', 'transfer-encoding: chunked'), chunk), /longer than/],
    ['an announced length', endless(head('200 OK', 'content-length: 99999999999'), body), /longer than/],
  ];
  for (const [what, act, sentence] of shapes) {
    const { seen, port } = await listen(t, act);
    const told = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development, timeoutMs: 60_000 }));
    for (const one of told) t.match(one, sentence, what);
    t.equal(seen.requests.length, 2, `${what}: nothing is asked twice`);
  }
});

test('an answer that does not come, or drips, is cut off', async (t) => {
  const drip = (first: string) => (socket: Socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write('a'), 20);
    socket.on('close', () => clearInterval(timer));
  };
  const shapes: [string, (socket: Socket) => void][] = [
    ['silence', () => {}],
    ['a dripping head', drip('HTTP/1.1 200 OK\r\nx-a: ')],
    ['a dripping body', drip(head('200 OK', 'content-length: 100000'))],
    ['half a head', (socket) => socket.write('HTTP/1.1 200 OK\r\nconte')],
    ['answers that are none yet', (socket) => socket.write(head('103 x').repeat(3))],
  ];
  for (const [what, act] of shapes) {
    const { port } = await listen(t, act);
    const told = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development, timeoutMs: 400 }));
    for (const one of told) t.match(one, /took too long|TIMEOUT/, what);
  }
});

test('what is no HTTP, or more than one answer, is not taken', async (t) => {
  const ok = head('200 OK', 'content-length: 2');
  const shapes: [string, string][] = [
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['HTTP/0.9', '<html>'],
    ['two lengths', head('200 OK', 'content-length: 2', 'content-length: 3')],
    ['length and chunks', head('200 OK', 'content-length: 2', 'transfer-encoding: chunked')],
    ['a folded header', head('200 OK', 'x-a: b', ' c', 'content-length: 2')],
    ['a space before the colon', head('200 OK', 'content-length : 2')],
    ['an upgrade', head('101 x', 'upgrade: websocket', 'connection: upgrade')],
  ];
  for (const [what, bytes] of shapes) {
    const { port } = await listen(t, (socket) => socket.end(bytes));
    const told = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development }));
    for (const one of told) t.not(one, 'it was answered', `${what}: ${one}`);
  }
  const { port } = await listen(t, (socket) => socket.write(`${ok}{}${ok}no`));
  const [descriptor] = await sentences(open(t, `http://127.0.0.1:${port}`, { reach: development }));
  t.equal(descriptor, 'it was answered', 'what was asked for is taken, what was not is not');
});
