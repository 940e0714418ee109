// A listening server, and what a stranger can send to it byte by byte.

import { connect } from 'node:net';
import { type Test, test } from 'tap';
import { listen } from '../src/index.ts';
import { sampleService } from './sample.ts';

const good = JSON.stringify({ title: 'a', harms: [], severity: 'unrated' });

async function start(t: Test, options = {}) {
  const lines: string[] = [];
  const app = await sampleService(options, lines);
  const { port, close } = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(close);
  return { port, lines };
}

/** Sends bytes as they are, and returns everything that comes back until the server ends, or `ms` are over. */
function send(port: number, bytes: string | Uint8Array, ms = 5_000): Promise<{ text: string; ended: boolean }> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const finish = (ended: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, ended });
    };
    const timer = setTimeout(finish, ms, false);
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => finish(true)).on('error', () => {});
  });
}

function post(headers: string, body = good, path = '/sample/v1/cases'): string {
  return `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n\r\n${body}`;
}
const json = `Content-Type: application/json\r\nContent-Length: ${good.length}`;

function refused(t: Test, answer: { text: string }, status: number, what: string): void {
  t.match(answer.text, new RegExp(`^HTTP/1\\.1 ${status} `), what);
  t.match(answer.text.toLowerCase(), /\r\ncontent-type: application\/problem\+json/, `${what}: with a problem`);
  t.match(answer.text, new RegExp(`"status":${status},`));
}

test('a request as it should be is served', async (t) => {
  const { port } = await start(t);
  t.match((await send(port, post(json))).text, /^HTTP\/1\.1 201 /);
});

test('what is not HTTP, and what smuggles a second request, is refused', async (t) => {
  const { port, lines } = await start(t);
  const shapes: [string, string][] = [
    ['no HTTP at all', 'HELO there\r\n\r\n'],
    ['TLS to a plain port', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
    ['both length and chunks', post(`${json}\r\nTransfer-Encoding: chunked`, '0\r\n\r\n')],
    ['two lengths', post(`${json}\r\nContent-Length: 5`)],
    ['a length with a sign', post('Content-Type: application/json\r\nContent-Length: +5', 'abcde')],
    ['chunks not last', post('Content-Type: application/json\r\nTransfer-Encoding: chunked, identity', '0\r\n\r\n')],
    ['a respelled encoding', post('Content-Type: application/json\r\nTransfer-Encoding: xchunked', '0\r\n\r\n')],
    ['a malformed chunk', post('Content-Type: application/json\r\nTransfer-Encoding: chunked', 'zz\r\n\r\n')],
    ['a space before the colon', post(`Content-Length : 5\r\n${json}`)],
    ['a folded header', post(`X-A: b\r\n c\r\n${json}`)],
    ['a bare line feed', `POST /sample/v1/cases HTTP/1.1\nHost: a\n${json}\n\n${good}`],
    ['a NUL in a header', post(`X-A: b\0c\r\n${json}`)],
    ['no Host', `POST /sample/v1/cases HTTP/1.1\r\nConnection: close\r\n${json}\r\n\r\n${good}`],
  ];
  for (const [what, bytes] of shapes) {
    const answer = await send(port, bytes);
    refused(t, answer, 400, what);
    t.equal(answer.text.match(/HTTP\/1\.1 /g)?.length, 1, `${what}: one answer`);
  }
  t.notMatch(lines.join(''), /"status":2/, 'no handler was reached');
});

test('types, encodings and credentials sent twice are refused, not chosen from', async (t) => {
  const { port } = await start(t);
  refused(t, await send(port, post(`${json}\r\nContent-Type: text/plain`)), 415, 'two types, the good one first');
  refused(t, await send(port, post(`Content-Type: text/plain\r\n${json}`)), 415, 'two types, the good one last');
  refused(t, await send(port, post(`${json}\r\nContent-Encoding: br`)), 415, 'an encoded body');
});

test('a body that is too long is refused before it is sent, and while it is sent', async (t) => {
  const { port } = await start(t);
  const announced = await send(port, post('Content-Type: application/json\r\nContent-Length: 9999999', '{'));
  refused(t, announced, 413, 'announced');
  const chunk = `1000\r\n${' '.repeat(4096)}\r\n`;
  const chunks = await send(
    port,
    post('Content-Type: application/json\r\nTransfer-Encoding: chunked', chunk.repeat(3)),
  );
  refused(t, chunks, 413, 'in chunks');
});

test('a body that is too long is read to its end and dropped, so that the answer arrives and the next request too', async (t) => {
  const { port } = await start(t);
  const long = ' '.repeat(1_000_000);
  const kept = `POST /sample/v1/cases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;
  const chunks = `${kept}Transfer-Encoding: chunked\r\n\r\n${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
  for (const first of [`${kept}Content-Length: ${long.length}\r\n\r\n${long}`, chunks]) {
    const { text } = await send(port, first + post(json));
    t.same(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 413', 'HTTP/1.1 201']);
  }
});

test('methods that no endpoint has, and expectations that nobody knows, are answered as any other request', async (t) => {
  const { port } = await start(t);
  for (const method of ['QUERY', 'OPTIONS', 'TRACE'])
    for (const type of ['', json]) {
      const answer = await send(port, post(type, type === '' ? '' : good).replace('POST', method));
      refused(t, answer, 405, `${method} with ${type}`);
      t.match(answer.text.toLowerCase(), /\r\nallow: post\r\n/);
    }
  refused(t, await send(port, post('', '', '/nowhere').replace('POST', 'QUERY')), 400, 'a QUERY of nothing');
  t.match((await send(port, post(`Expect: something\r\n${json}`))).text, /^HTTP\/1\.1 201 /);
});

test('a header that is too large is 431, and 2,000 small ones are all seen', async (t) => {
  const { port } = await start(t);
  refused(t, await send(port, post(`${json}\r\nX-A: ${'a'.repeat(20_000)}`)), 431, 'one long');
  const many = Array.from({ length: 2_100 }, () => 'A:').join('\r\n');
  refused(t, await send(port, post(`${many}\r\n${json}\r\nContent-Encoding: br`)), 415, 'the last of many');
});

test('a body that is not UTF-8 is malformed', async (t) => {
  const { port } = await start(t);
  const body = Buffer.from(good);
  body[good.indexOf('a"')] = 0xff;
  refused(t, await send(port, Buffer.concat([Buffer.from(post(json, '')), body])), 400, 'a stray byte');
});

test('a header or body that drips is cut off in time', async (t) => {
  const { port } = await start(t, { limits: { headersTimeout: 300, requestTimeout: 600, sweep: 100 } });
  const [header, body] = await Promise.all([
    send(port, 'POST /sample/v1/cases HTTP/1.1\r\nHost: a\r\nX-A'),
    send(port, post(json, '{"ti')),
  ]);
  refused(t, header, 408, 'a header');
  t.ok(header.ended);
  refused(t, body, 408, 'a body');
  t.ok(body.ended);
});

test('an answer that its handler never gives is 503 in time', async (t) => {
  const app = await sampleService({ limits: { handlerTimeout: 200 } });
  app.get('/never', { schema: { hide: true } }, () => new Promise(() => {}));
  const { port, close } = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(close);
  const answer = await send(port, 'GET /never HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  refused(t, answer, 503, 'late');
  t.match(answer.text.toLowerCase(), /\r\nretry-after: /);
});

test('whatever is sent, the log has whole lines, short texts and no body', async (t) => {
  const { port, lines } = await start(t);
  const path = `/${'x'.repeat(2_000)}%0a%0dlevel`;
  await send(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  await send(port, post(json, JSON.stringify({ how: 'CANARY\n'.repeat(100) }), '/sample/v1/breakdowns'));
  await send(
    port,
    post('Content-Type: application/json\r\nContent-Length: 12', '{"how":"\\n"}', '/sample/v1/breakdowns'),
  );
  t.ok(lines.length >= 3);
  for (const line of lines) {
    t.equal(line.indexOf('\n'), line.length - 1);
    t.ok(line.length < 4_096);
    t.notMatch(line, /x{300}|Content-Type/);
  }
});

test('one slow caller does not hold up the others, nor the end of the service', async (t) => {
  const app = await sampleService({ limits: { closeTimeout: 300 } });
  const { port, close } = await listen(app, { port: 0, host: '127.0.0.1' });
  const slow = send(port, 'POST /sample/v1/cases HTTP/1.1\r\nHost: a\r\nX-A', 8_000);
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(port, post(json))));
  t.ok(answers.every(({ text }) => text.startsWith('HTTP/1.1 201')));
  await close();
  t.ok((await slow).ended, 'cut, long before it would have given up');
});
