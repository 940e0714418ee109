import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Test, test } from 'tap';
import { connect, createClient, dataOf, ProblemError } from '../src/index.ts';
import type { paths } from './vectors/sample.types.ts';

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

async function serve(t: Test, answer: Answer): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const reply = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

async function faultOf(call: Promise<unknown>): Promise<ProblemError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (failure: unknown) => failure,
  );
  if (!(error instanceof ProblemError)) throw error;
  return error;
}

test('a call sends what its types say, with the token, and gives the body', async (t) => {
  const seen: unknown[] = [];
  const baseUrl = await serve(t, ({ method, url, headers }, body, response) => {
    seen.push(method, url, headers.authorization, headers['content-type'], JSON.parse(body));
    reply(response, 201, { id: '7', title: 'a', dry_run: true });
  });
  const client = connect<paths>({ baseUrl, token: 'lab_1' });
  const body = { title: 'a', harms: [], severity: 'unrated' as const };
  const result = await client.POST('/sample/v1/cases', { params: { query: { dry_run: true } }, body });
  const made = dataOf(result);
  const id: string = made.id;
  t.equal(id, '7');
  t.same(seen, ['POST', '/sample/v1/cases?dry_run=true', 'Bearer lab_1', 'application/json', body]);
});

test('what the contract does not have does not compile', async (t) => {
  const client = connect<paths>({ baseUrl: 'http://127.0.0.1:1' });
  const wrong = () => [
    // @ts-expect-error: no such path
    client.GET('/sample/v1/nothing'),
    // @ts-expect-error: no such method
    client.DELETE('/sample/v1/cases/{id}', { params: { path: { id: 1 } } }),
    // @ts-expect-error: not a harm
    client.POST('/sample/v1/cases', { body: { title: 'a', harms: ['x'], severity: 'unrated' } }),
  ];
  t.type(wrong, 'function');
  t.type(createClient({ service: 'reporting', baseUrl: 'http://127.0.0.1:1' }).GET, 'function');
});

test('a problem is an error with its code and every wrong field', async (t) => {
  const errors = [{ in: 'path', pointer: '/id', code: 'minimum', detail: 'must be >= 1' }];
  const problem = {
    type: 'urn:detente:problem:validation_failed',
    title: 'Fields are wrong',
    status: 422,
    code: 'validation_failed',
    detail: 'one',
    errors,
  };
  const baseUrl = await serve(t, (_, __, response) =>
    reply(response, 422, problem, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '7' }),
  );
  const fault = await faultOf(
    connect<paths>({ baseUrl }).GET('/sample/v1/cases/{id}', { params: { path: { id: 0 } } }),
  );
  t.match(fault, { status: 422, code: 'validation_failed', message: 'Fields are wrong: one', errors, retryAfter: 7 });
});

test('an answer that is neither success nor problem, or lies about itself, is an unexpected reply', async (t) => {
  const answers: [number, unknown, string][] = [
    [502, 'Bad gateway', 'text/html'],
    [500, { code: 5, errors: [{ pointer: 1 }], title: ['x'] }, 'application/problem+json'],
    [404, null, 'application/problem+json'],
  ];
  for (const [status, body, type] of answers) {
    const baseUrl = await serve(t, (_, __, response) => reply(response, status, body, { 'content-type': type }));
    const fault = await faultOf(
      connect<paths>({ baseUrl }).GET('/sample/v1/cases/{id}', { params: { path: { id: 1 } } }),
    );
    t.match(fault, { status, code: 'unexpected_reply', errors: [] }, type);
  }
});

test('redirects are not followed, and no answer in time or at all is told as such', async (t) => {
  const asked: (string | undefined)[] = [];
  const baseUrl = await serve(t, ({ url }, _, response) => {
    asked.push(url);
    if (url?.endsWith('/1')) response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const client = connect<paths>({ baseUrl, token: 'lab_1', timeout: 300 });
  const get = (id: number) => client.GET('/sample/v1/cases/{id}', { params: { path: { id } } });
  t.match(await faultOf(get(1)), { code: 'unreachable', status: 0 });
  t.match(await faultOf(get(2)), { code: 'unreachable', message: `no answer from ${baseUrl}` }, 'it hangs');
  t.same(asked, ['/sample/v1/cases/1', '/sample/v1/cases/2']);
  t.match(
    await faultOf(
      connect<paths>({ baseUrl: 'http://127.0.0.1:1' }).GET('/sample/v1/cases/{id}', { params: { path: { id: 1 } } }),
    ),
    {
      code: 'unreachable',
    },
  );
});
