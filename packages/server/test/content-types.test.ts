// A body comes to a handler checked, or not at all, however its type is spelled and however often.

import { connect } from 'node:net';
import { endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import { type Test, test } from 'tap';
import { createLogger, createService, listen, route } from '../src/index.ts';

const take = endpoint({
  operationId: 'take',
  method: 'POST',
  path: '/take',
  tags: ['sample'],
  summary: 'Take it',
  security: 'none',
  body: { schema: Type.Object({ a: Type.Literal(1) }, { additionalProperties: false }), maxBytes: 4096 },
  responses: { 204: { description: 'Taken' } },
  problems: [],
});

async function start(t: Test) {
  const logger = createLogger({ name: 'sample', level: 'silent' });
  const app = await createService({ title: 'Sample', version: '1.0.0', endpoints: [take], logger });
  const seen: unknown[] = [];
  route(app, take).to(({ body }) => {
    seen.push(body);
    return { status: 204 };
  });
  const { port, close } = await listen(app, { port: 0, host: '127.0.0.1' });
  t.teardown(close);
  const post = (headers: string[], body: string) =>
    new Promise<number>((resolve) => {
      const lines = [
        'POST /take HTTP/1.1',
        'Host: a',
        'Connection: close',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ];
      let text = '';
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`${[...lines, ...headers].join('\r\n')}\r\n\r\n`, 'latin1');
        socket.write(body);
      });
      socket.setEncoding('latin1').on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]))).on('error', () => {});
    });
  return { post, seen };
}

const good = '{"a":1}';
/** What another parser might make of each of these bodies is not what the schema asks for. */
const wrong = '{"a":2,"b":[]}';

const taken = [
  'application/json',
  'Application/JSON',
  'APPLICATION/JSON',
  'application/json;charset=utf-8',
  'application/json; charset=utf-8',
  'application/json ; charset=UTF-8',
  'application/json; charset="utf-8"',
  'application/json; Charset=utf-8',
];

const refused = [
  '',
  ' ',
  '*/*',
  'application/*',
  'json',
  'application',
  'application/',
  '/json',
  'text/json',
  'text/plain',
  'text/html',
  'text/x-json',
  'application/x-json',
  'application/jsonp',
  'application/javascript',
  'application/json5',
  'application/jsonc',
  'application/ld+json',
  'application/problem+json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/vnd.api+json',
  'application/json+xml',
  'application/xml',
  'application/yaml',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=a',
  'multipart/form-data',
  'application/octet-stream',
  'application/json,text/plain',
  'text/plain,application/json',
  'application/json, application/json',
  'application/json;',
  'application/json;x=1',
  'application/json; charset=utf-8; x=1',
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json; charset=utf-7',
  "application/json; charset='utf-8'",
  'application/json; charset="utf-8',
  'application/json; charset=',
  'application/json;; charset=utf-8',
  'application/json charset=utf-8',
  'application/json\t;charset=utf-8',
  'application/json\tx',
  'application /json',
  'application/ json',
  'application\\json',
  '"application/json"',
  'application/json\xa0',
  '\xa0application/json',
  'application/js\xf6n',
  'application/json%00',
  'application/json#',
  '__proto__',
  'constructor',
  `application/json${' '.repeat(200)}; charset=utf-8`,
  'a'.repeat(8_000),
];

test('there are as many spellings as are promised', async (t) => {
  t.ok(new Set(refused).size >= 40);
});

test('one type is taken, in its spellings, and its body is checked', async (t) => {
  const { post, seen } = await start(t);
  for (const type of taken) {
    t.equal(await post([`Content-Type: ${type}`], good), 204, type);
    t.equal(await post([`Content-Type: ${type}`], wrong), 422, type);
  }
  t.same(
    seen,
    taken.map(() => ({ a: 1 })),
  );
});

test('no other spelling brings a body to a handler, whatever is in it', async (t) => {
  const { post, seen } = await start(t);
  for (const type of refused)
    for (const body of [good, wrong, 'a=1', '<a/>'])
      t.equal(await post([`Content-Type: ${type}`], body), 415, type.slice(0, 60));
  for (const body of [good, wrong]) {
    t.equal(await post([], body), 415, 'no type at all');
    for (const first of ['application/json', 'text/plain'])
      for (const second of ['application/json', 'text/plain', ''])
        t.equal(
          await post([`Content-Type: ${first}`, `content-type: ${second}`], body),
          415,
          `${first}, then ${second}`,
        );
    t.equal(await post(['Content-Type: text/plain', 'X-Content-Type: application/json'], body), 415);
    t.equal(await post(['Content-Type: application/json', 'Content-Encoding: identity'], body), 415);
    t.equal(await post(['Content-Type: application/json', 'Content-Encoding: x', 'Content-Encoding:'], body), 415);
  }
  t.equal(await post(['Content-Type : application/json'], good), 400, 'a space before the colon');
  t.equal(await post(['Content-Type: application/json\0'], good), 400, 'a NUL');
  t.same(seen, []);
});
