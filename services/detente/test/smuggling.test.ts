// What two parsers on the way could take for two requests: sent byte by byte to a service, and to one behind the router.

import { connect } from 'node:net';
import { endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import { createLogger, createService, listen, route } from '@detente/server';
import { type Test, test } from 'tap';
import { buildRouter } from '../src/router.ts';

const about = { tags: ['sample'], summary: 'Sample', security: 'none', problems: [] } as const;
const take = endpoint({
  ...about,
  operationId: 'take',
  method: 'POST',
  path: '/reporting/v1/take',
  body: { schema: Type.Object({ a: Type.String() }, { additionalProperties: false }), maxBytes: 4096 },
  responses: { 200: { description: 'Taken', schema: Type.Object({ a: Type.String() }) } },
});
const hidden = endpoint({
  ...about,
  operationId: 'hidden',
  method: 'GET',
  path: '/reporting/v1/hidden',
  responses: { 204: { description: 'Reached' } },
});
const good = '{"a":"b"}';
const json = 'Content-Type: application/json\r\n';

/** A service, the router before it, and what their handlers and logs have seen. */
async function start(t: Test) {
  const lines: string[] = [];
  const logger = createLogger({ name: 'test', level: 'trace' }, { write: (line) => void lines.push(line) });
  const seen = { taken: [] as string[], hidden: 0 };
  const app = await createService({ title: 'Sample', version: '1.0.0', endpoints: [take, hidden], logger });
  route(app, take).to(({ body }, { rawBody }) => {
    seen.taken.push(rawBody!.toString());
    return { status: 200, body };
  });
  route(app, hidden).to(() => {
    seen.hidden += 1;
    return { status: 204 };
  });
  const service = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(service.close);
  const router = await buildRouter({
    config: {
      DETENTE_REPORTING: service.origin,
      DETENTE_EXCHANGE: service.origin,
      DETENTE_PUBLICATION: service.origin,
      DETENTE_TLS_CERT: '',
      DETENTE_TLS_KEY: '',
      DETENTE_HOST: '127.0.0.1',
      DETENTE_PORT: 0,
      DETENTE_LOG_LEVEL: 'trace',
      DETENTE_TRUSTED_PROXIES: '',
      DETENTE_MAX_CONNECTIONS: 100,
    },
    logger,
  });
  const front = await listen(router, { port: 0, host: '127.0.0.1' });
  t.teardown(front.close);
  return { seen, lines, ways: { 'straight at the service': service.port, 'through the router': front.port } };
}

/** Sends bytes as they are. What comes back until the other side ends, or until so many answers are there. */
function send(port: number, bytes: string, answers = Number.POSITIVE_INFINITY): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
      if (text.split('\r\n\r\n').length > answers && text.endsWith(good)) socket.destroy();
    });
    // Whoever waits for more after all is let go, and found wanting.
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('close', () => resolve(text)).on('error', () => {});
  });
}

const post = (headers: string, body: string) => `POST /reporting/v1/take HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`;
const inner = 'GET /reporting/v1/hidden HTTP/1.1\r\nHost: a\r\n\r\n';
const hex = good.length.toString(16);
const chunked = `${hex}\r\n${good}\r\n0\r\n\r\n`;
const length = `Content-Length: ${good.length}\r\n`;
const coded = 'Transfer-Encoding: chunked\r\n';

/** Each holds a second request where one of two readings ends the first. */
const shapes: [what: string, bytes: string][] = [
  ['length, then chunks', post(`${json}Content-Length: 5\r\n${coded}`, `0\r\n\r\n${inner}`)],
  ['chunks, then length', post(`${json}${coded}Content-Length: ${5 + inner.length}\r\n`, `0\r\n\r\n${inner}`)],
  ['two lengths', post(`${json}${length}Content-Length: ${good.length + inner.length}\r\n`, good + inner)],
  [
    'two lengths in one',
    post(`${json}Content-Length: ${good.length}, ${good.length + inner.length}\r\n`, good + inner),
  ],
  ['the same length twice in one', post(`${json}Content-Length: ${good.length}, ${good.length}\r\n`, good + inner)],
  ['a length with a sign', post(`${json}Content-Length: +${good.length}\r\n`, good + inner)],
  ['a negative length', post(`${json}Content-Length: -1\r\n`, good + inner)],
  ['a hexadecimal length', post(`${json}Content-Length: 0x${hex}\r\n`, good + inner)],
  ['a length with a point', post(`${json}Content-Length: ${good.length}.0\r\n`, good + inner)],
  ['a length with a gap', post(`${json}Content-Length: 1 0\r\n`, good + inner)],
  ['a length beyond 2^64', post(`${json}Content-Length: 18446744073709551625\r\n`, good + inner)],
  ['no length at all', post(`${json}Content-Length:\r\n`, good + inner)],
  ['chunks not last', post(`${json}Transfer-Encoding: chunked, identity\r\n`, chunked + inner)],
  ['chunks twice', post(`${json}Transfer-Encoding: chunked, chunked\r\n`, chunked + inner)],
  ['chunks in two headers', post(`${json}${coded}Transfer-Encoding: identity\r\n`, chunked + inner)],
  ['a misspelled coding', post(`${json}Transfer-Encoding: xchunked\r\n`, chunked + inner)],
  ['a quoted coding', post(`${json}Transfer-Encoding: "chunked"\r\n`, chunked + inner)],
  ['a coding with a tab in it', post(`${json}Transfer-Encoding: chun\tked\r\n`, chunked + inner)],
  ['a coding behind a vertical tab', post(`${json}Transfer-Encoding: \vchunked\r\n`, chunked + inner)],
  ['gzip, then chunks', post(`${json}Transfer-Encoding: gzip, chunked\r\n`, chunked + inner)],
  ['an unknown coding', post(`${json}Transfer-Encoding: cow\r\n${length}`, good + inner)],
  ['a space before the colon', post(`${json}Transfer-Encoding : chunked\r\n${length}`, good + inner)],
  ['a tab before the colon', post(`${json}Content-Length\t: 5\r\n${length}`, good + inner)],
  ['a space before the name', post(`${json} ${coded}${length}`, good + inner)],
  ['a folded header', post(`X-A: b\r\n ${coded}${json}${length}`, good + inner)],
  ['a folded coding', post(`${json}Transfer-Encoding:\r\n chunked\r\n`, chunked + inner)],
  ['a name with an underscore that is two', post(`${json}Transfer\0Encoding: chunked\r\n${length}`, good + inner)],
  ['a header without a colon', post(`${json}Transfer-Encoding chunked\r\n${length}`, good + inner)],
  ['an empty name', post(`${json}: x\r\n${length}`, good + inner)],
  ['a bare line feed between headers', post(`${json.replace('\r', '')}${length}`, good + inner)],
  ['bare line feeds at the end', post(`${json}${length}`, '').replace(/\r\n\r\n$/, '\n\n') + good + inner],
  ['a bare carriage return', post(`X-A: b\rContent-Length: 0\r\n${json}${length}`, good + inner)],
  ['NUL in a value', post(`X-A: b\0c\r\n${json}${length}`, good + inner)],
  ['a chunk of a sign', post(`${json}${coded}`, `+${hex}\r\n${good}\r\n0\r\n\r\n${inner}`)],
  ['a chunk of 0x', post(`${json}${coded}`, `0x${hex}\r\n${good}\r\n0\r\n\r\n${inner}`)],
  ['a chunk beyond 2^64', post(`${json}${coded}`, `1000000000000000${hex}\r\n${good}\r\n0\r\n\r\n${inner}`)],
  ['a chunk longer than it says', post(`${json}${coded}`, `1\r\n${good}\r\n0\r\n\r\n${inner}`)],
  ['a chunk ended by a bare line feed', post(`${json}${coded}`, `${hex}\n${good}\n0\n\n${inner}`)],
  ['a chunk’s extension with a line feed', post(`${json}${coded}`, `${hex};a\n${good}\r\n0\r\n\r\n${inner}`)],
  ['a chunk’s extension with NUL', post(`${json}${coded}`, `${hex};a=\0\r\n${good}\r\n0\r\n\r\n${inner}`)],
  [
    'a trailer that says another length',
    post(`${json}${coded}`, `${hex}\r\n${good}\r\n0\r\nContent-Length: 1\r\n\r\n${inner}`),
  ],
  [
    'chunks by HTTP/1.0',
    post(`${json}${coded}`, chunked + inner)
      .replace('HTTP/1.1', 'HTTP/1.0')
      .replace(good, '{"a":1}  '),
  ],
  ['a target in two parts', `POST /reporting/v1/take /reporting/v1/hidden HTTP/1.1\r\nHost: a\r\n\r\n${inner}`],
  ['no version', `POST /reporting/v1/take\r\nHost: a\r\n\r\n${inner}`],
  ['another version', `POST /reporting/v1/take HTTP/1.2\r\nHost: a\r\n\r\n${inner}`],
  ['HTTP/2 begun in clear', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${inner}`],
  ['a tab for a space', `POST\t/reporting/v1/take\tHTTP/1.1\r\nHost: a\r\n\r\n${inner}`],
];

test('a request that two parsers could cut in two places is refused, and nothing behind it is taken for another', async (t) => {
  const { seen, ways, lines } = await start(t);
  for (const [way, port] of Object.entries(ways)) {
    for (const [what, bytes] of shapes) {
      const answer = await send(port, bytes);
      const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
      t.match(statuses, [/^4\d\d$/], `${what}, ${way}: ${statuses}`);
      t.equal(statuses.length, 1, `${what}, ${way}: one answer`);
      t.match(answer.toLowerCase(), /\r\ncontent-type: application\/problem\+json/, `${what}, ${way}`);
    }
  }
  t.equal(seen.hidden, 0, 'no second request was seen');
  t.same(seen.taken, [], 'and the first was not taken either');
  for (const line of lines) t.notMatch(line, /hidden/, 'and the log does not repeat it');
});

test('what has one reading alone is served by it', async (t) => {
  const { seen, ways } = await start(t);
  const shapes: [what: string, bytes: string][] = [
    ['a length', post(`${json}${length}`, good)],
    ['chunks', post(`${json}${coded}`, chunked)],
    ['chunks in capitals', post(`${json}TRANSFER-ENCODING: CHUNKED\r\n`, chunked)],
    ['a chunk’s extension', post(`${json}${coded}`, `${hex};a=b;c="d"\r\n${good}\r\n0\r\n\r\n`)],
    ['two requests, one behind the other', post(`${json}${length}`, good) + post(`${json}${length}`, good)],
  ];
  for (const [way, port] of Object.entries(ways)) {
    for (const [what, bytes] of shapes) {
      seen.taken.length = 0;
      const wanted = bytes.split('POST').length - 1;
      const answer = await send(port, bytes, wanted);
      t.equal(answer.match(/HTTP\/1\.1 200 /g)?.length, wanted, `${what}, ${way}`);
      t.same(seen.taken, Array(wanted).fill(good), `${what}, ${way}: as it was sent`);
    }
  }
  t.equal(seen.hidden, 0);
});

test('the router writes nothing down of what passes it', async (t) => {
  const { lines, ways } = await start(t);
  const { length } = lines;
  const canary = `Authorization: Bearer CANARY\r\nX-A: CANARY\r\n${json}Content-Length: 14\r\n`;
  const passed = post(`Connection: close\r\n${canary}`, '{"a":"CANARY"}').replace('take ', 'take?CANARY ');
  await send(ways['through the router'], passed);
  for (const line of lines.slice(length)) {
    t.equal(JSON.parse(line).route, '/reporting/v1/take', 'the service behind it names a route');
    t.notMatch(line, /CANARY/);
  }
  t.equal(lines.length - length, 1, 'and the router says nothing');
});
