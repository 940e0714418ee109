import { endpoint } from '@detente/contract';
import { type Test, test } from 'tap';
import { compileCheck, contractDocument, createLogger, createService, problem, route } from '../src/index.ts';
import { breakDown, sample, sampleService } from './sample.ts';

const good = { title: 'a', harms: [], severity: 'unrated' };
const cases = '/sample/v1/cases';

async function start(t: Test, options = {}, lines: string[] = []) {
  const app = await sampleService(options, lines);
  t.teardown(() => app.close());
  return app;
}

const errorsOf = (answer: { json: () => { errors?: { in: string; pointer: string; code: string }[] } }) =>
  answer.json().errors?.map((error) => `${error.in} ${error.pointer} ${error.code}`);

test('a good request gets what the handler returned, with nothing dropped and defaults filled in', async (t) => {
  const app = await start(t);
  const answer = await app.inject({ method: 'POST', url: cases, payload: good });
  t.equal(answer.statusCode, 201);
  t.same(answer.json(), { id: '1', title: 'a', dry_run: false });
  t.equal(answer.headers.location, '/sample/v1/cases/1');
  t.equal(answer.headers['cache-control'], 'no-store');
  const list = await app.inject({ url: '/sample/v1/tile/0/x001/234?level=3&level=4' });
  t.same(list.json(), { path: '0/x001/234', level: [3, 4], limit: 10 }, 'a name may stand for the rest of the path');
});

test('every wrong field of a body is told by its pointer', async (t) => {
  const app = await start(t);
  const wrong = { title: '', harms: [{ type: 'x', count: -1 }, {}], severity: { level: 9 }, 'a/b': 2, constructor: 1 };
  const answer = await app.inject({ method: 'POST', url: cases, payload: wrong });
  t.equal(answer.statusCode, 422);
  t.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
  t.match(answer.json(), { type: 'urn:detente:problem:validation_failed', status: 422, code: 'validation_failed' });
  t.same(errorsOf(answer)?.sort(), [
    'body /a~1b unknown_member',
    'body /constructor unknown_member',
    'body /harms/0/count minimum',
    'body /harms/0/type enum',
    'body /harms/1/count required',
    'body /harms/1/type required',
    'body /severity/level maximum',
    'body /title min_length',
  ]);
  const coerced = await app.inject({ method: 'POST', url: cases, payload: { title: 3, harms: null, severity: true } });
  t.same(errorsOf(coerced), ['body /title type', 'body /harms type', 'body /severity any_of'], 'nothing is coerced');
  const none = await app.inject({ method: 'POST', url: cases });
  t.same(errorsOf(none), ['body  type'], 'a body that is not there');
});

test('a member is there only if it was sent, whatever every object has', async (t) => {
  const check = compileCheck(
    { type: 'object', required: ['constructor', 'toString'], properties: { constructor: {}, toString: {} } },
    'body',
  );
  t.same(
    check({}).map(({ pointer, code }) => `${pointer} ${code}`),
    ['/constructor required', '/toString required'],
  );
});

test('parameters have one spelling, and unknown ones are refused', async (t) => {
  const app = await start(t);
  for (const id of ['0x1', '1e0', '+1', '01', '1.0', '%201', '0', '-1', '9'.repeat(20), 'one', '1%00'])
    t.equal((await app.inject({ url: `${cases}/${id}` })).statusCode, 422, id);
  const tile = await app.inject({ url: '/sample/v1/tile/7?limit=101&limits=1&level=a' });
  t.same(errorsOf(tile)?.sort(), ['query /level/0 type', 'query /limit maximum', 'query /limits unknown_member']);
  t.equal((await app.inject({ url: '/sample/v1/tile/7?limit=1&limit=2' })).statusCode, 422, 'twice');
  t.equal((await app.inject({ url: '/sample/v1/tile/7?__proto__=1' })).statusCode, 422);
  t.equal((await app.inject({ url: `${cases}/%ff` })).statusCode, 400, 'not UTF-8');
  t.equal((await app.inject({ url: `${cases}/${'1'.repeat(300)}` })).statusCode, 414);
});

test('a body of a wrong or respelled type, or encoded, never reaches a handler', async (t) => {
  const app = await start(t);
  const payload = JSON.stringify(good);
  const types = [
    'text/plain',
    'application/jsonx',
    'application/json-patch+json',
    'application/json, text/plain',
    'application/json;x=1',
    'application/json; charset=latin1',
    'application/json; charset=utf-8; x',
    'application/json ;charset=utf-8;',
    'text/json',
    'application /json',
    ' ',
    'application/json\t',
    'application/json;',
    '*/*',
    'multipart/form-data; boundary=a',
    'application/x-www-form-urlencoded',
    'application/x-ndjson',
    'application/vnd.api+json',
    'application/json;charset=utf-16',
  ];
  for (const type of types) {
    const answer = await app.inject({ method: 'POST', url: cases, payload, headers: { 'content-type': type } });
    t.equal(answer.statusCode, 415, type);
  }
  t.equal((await app.inject({ method: 'POST', url: cases, payload })).statusCode, 415, 'no type');
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"'])
    t.equal(
      (await app.inject({ method: 'POST', url: cases, payload, headers: { 'content-type': type } })).statusCode,
      201,
      type,
    );
  for (const encoding of ['gzip', 'br', 'identity', '', 'x'])
    t.equal(
      (await app.inject({ method: 'POST', url: cases, payload: good, headers: { 'content-encoding': encoding } }))
        .statusCode,
      415,
      `encoding ${encoding}`,
    );
  const surplus = await app.inject({ method: 'GET', url: `${cases}/1`, payload: good });
  t.equal(surplus.statusCode, 415, 'a body that no endpoint takes');
});

test('strict JSON is applied to bodies, with 400 for what does not parse and 422 for what does', async (t) => {
  const app = await start(t);
  const post = (payload: string) =>
    app.inject({ method: 'POST', url: cases, payload, headers: { 'content-type': 'application/json' } });
  t.equal((await post('{')).json().code, 'malformed_json');
  t.equal((await post('')).statusCode, 400);
  const twice = await post('{"title":"a","title":"b"}');
  t.equal(twice.statusCode, 422);
  t.same(errorsOf(twice), ['body /title duplicate_member']);
  t.equal((await post(JSON.stringify({ ...good, title: 'x'.repeat(5000) }))).json().code, 'payload_too_large');
});

test('other bodies come to the handler as bytes', async (t) => {
  const app = await start(t);
  const payload = '{"a":1}\n{"a":2}\n{broken';
  const request = { method: 'POST', url: `${cases}/batch`, payload } as const;
  const answer = await app.inject({ ...request, headers: { 'content-type': 'application/x-ndjson' } });
  t.equal(answer.body, payload);
  t.equal(answer.headers['content-type'], 'application/x-ndjson');
  t.equal((await app.inject({ ...request, headers: { 'content-type': 'application/json' } })).statusCode, 415);
});

test('changes need If-Match with the present tag', async (t) => {
  const app = await start(t);
  const change = (headers: Record<string, string>) =>
    app.inject({ method: 'PATCH', url: `${cases}/1`, payload: { title: 'b' }, headers });
  t.equal((await change({})).statusCode, 428);
  t.equal((await change({ 'if-match': '"2"' })).statusCode, 412);
  t.equal((await change({ 'if-match': 'W/"1"' })).statusCode, 412, 'weak');
  t.equal((await change({ 'if-match': '*' })).statusCode, 412, 'anything');
  t.equal((await change({ 'if-match': '"0", "1"' })).statusCode, 204);
});

test('what is not there is 404, a method that is not there 405, with a problem each', async (t) => {
  const app = await start(t);
  const absent = await app.inject({
    method: 'POST',
    url: '/nowhere',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  });
  t.equal(absent.statusCode, 404);
  t.equal(absent.headers['content-type'], 'application/problem+json; charset=utf-8');
  const put = await app.inject({
    method: 'PUT',
    url: `${cases}/1`,
    payload: '{',
    headers: { 'content-type': 'text/plain' },
  });
  t.equal(put.statusCode, 405);
  t.same(String(put.headers.allow).split(', ').sort(), ['GET', 'HEAD', 'PATCH']);
  t.equal((await app.inject({ method: 'HEAD', url: `${cases}/1` })).statusCode, 200);
});

test('an unknown error is a bare 500, and one line of the log', async (t) => {
  const lines: string[] = [];
  const app = await start(t, {}, lines);
  const answer = await app.inject({ method: 'POST', url: '/sample/v1/breakdowns', payload: { how: 'x\nx' } });
  t.equal(answer.statusCode, 500);
  t.same(Object.keys(answer.json()), ['type', 'title', 'status', 'code', 'instance']);
  t.notMatch(answer.body, /secret/);
  const errors = lines.map((line) => JSON.parse(line)).filter((line) => line.level >= 50);
  t.equal(errors.length, 1);
  t.match(errors[0], { err: { message: 'secret of the database: x x' }, instance: answer.json().instance });
});

test('with checkReplies an answer that the contract does not declare is a 500 that says why', async (t) => {
  const lines: string[] = [];
  const app = await start(t, {}, lines);
  for (const how of ['wrong reply', 'extra member', 'undeclared'])
    t.equal(
      (await app.inject({ method: 'POST', url: '/sample/v1/breakdowns', payload: { how } })).statusCode,
      500,
      how,
    );
  t.match(lines.join(''), /breakDown answered 200 with \/id must be integer/);
  t.match(lines.join(''), /\/more is not known here/);
  t.match(lines.join(''), /breakDown does not declare not_found/);
});

test('errors of other packages are told as the service says', async (t) => {
  const app = await start(t, {
    problemOf: (error: unknown) => (error instanceof TypeError ? undefined : problem('conflict')),
  });
  const answer = await app.inject({ method: 'POST', url: '/sample/v1/breakdowns', payload: { how: 'x' } });
  t.equal(answer.statusCode, 409);
});

test('a service serves exactly its contract', async (t) => {
  const logger = createLogger({ name: 'sample', level: 'silent' });
  const app = await createService({ ...sample, endpoints: [breakDown], logger });
  const stray = endpoint({ ...breakDown, operationId: 'stray', path: '/stray' });
  t.throws(() => route(app, stray), { code: 'endpoint_unknown' });
  await t.rejects(async () => await app.ready(), { code: 'endpoint_unserved', message: 'no route serves breakDown' });
  await app.close();
});

test('the document that is served is the one of the contract, in OpenAPI 3.1', async (t) => {
  const app = await start(t);
  const served = (await app.inject({ url: '/openapi.json' })).json();
  t.equal(JSON.stringify(served), JSON.stringify(await contractDocument(sample)), 'byte for byte');
  t.match(served, { openapi: '3.1.0', info: { title: 'Sample' } });
  t.same(Object.keys(served.components.schemas), ['Case', 'Harm', 'Problem']);
  t.equal(served.components.schemas.Case.properties.harms.items.$ref, '#/components/schemas/Harm');
  const { post } = served.paths[cases];
  t.equal(post.requestBody.content['application/json'].schema.$ref, '#/components/schemas/Case');
  t.match(post.parameters, [{ name: 'dry_run', in: 'query', required: false }]);
  t.ok(served.paths['/sample/v1/tile/{path}'], 'the rest of a path has its name');
  const operations = Object.values<object>(served.paths).flatMap((item) => Object.keys(item));
  t.equal(operations.length, sample.endpoints.length, 'nothing else is in it');
});

test('the docs page loads nothing from elsewhere', async (t) => {
  const app = await start(t, { docs: '/sample', settings: { DETENTE_RATE_LIMIT_PER_MINUTE: 100 } });
  const page = await app.inject({ url: '/sample/docs' });
  t.equal(page.statusCode, 200);
  t.match(page.body, /<title>Sample/);
  t.notMatch(page.body, /(src|href)="(https?:)?\/\//);
  t.match(page.headers['content-security-policy'], /^default-src 'none'; script-src 'self';/);
  const script = await app.inject({ url: '/sample/docs/static/swagger-ui-bundle.js' });
  t.match(script, { statusCode: 200, headers: { 'x-content-type-options': 'nosniff', 'x-ratelimit-limit': '100' } });
  const shown = await app.inject({ url: '/sample/docs/json' });
  t.equal(shown.body, (await app.inject({ url: '/sample/openapi.json' })).body, 'the page shows the document');
  const stray = await app.inject({ url: '/sample/docs/static/nothing.js' });
  t.match(stray.json(), { status: 404, code: 'not_found' });
  const api = await app.inject({ url: `${cases}/1` });
  t.equal(api.headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'");
  const none = await start(t, { docs: false });
  t.equal((await none.inject({ url: '/docs' })).statusCode, 404);
});

test('readiness names the checks that fail and waits for none', async (t) => {
  const checks = [
    { name: 'border database', check: async () => {} },
    { name: 'keys', check: async () => Promise.reject(new Error('password of the database')) },
  ];
  const app = await start(t, { ready: checks });
  t.equal((await app.inject({ url: '/healthz' })).statusCode, 200);
  const answer = await app.inject({ url: '/readyz' });
  t.equal(answer.statusCode, 503);
  t.equal(answer.json().detail, 'not ready: keys');
  t.ok(answer.headers['retry-after']);
});

test('an address that asks too much is told when to come back, before anything else, and health is not counted', async (t) => {
  const app = await start(t, { settings: { DETENTE_RATE_LIMIT_PER_MINUTE: 3 } });
  const statuses = [];
  for (const url of [`${cases}/1`, '/nowhere', `${cases}/x`, `${cases}/1`, '/nowhere', '/healthz'])
    statuses.push((await app.inject({ url })).statusCode);
  t.same(statuses, [200, 404, 422, 429, 429, 200]);
  const answer = await app.inject({ url: `${cases}/1` });
  t.equal(answer.json().code, 'rate_limited');
  t.match(answer.headers['retry-after'], /^[0-9]+$/);
});

test('under pressure load is shed with Retry-After, but not in the reserved lane', async (t) => {
  const app = await start(t, { settings: { DETENTE_PRESSURE_DELAY_MS: 1 } });
  await app.ready();
  const until = Date.now() + 5_000;
  while (!app.isUnderPressure() && Date.now() < until) {
    const busy = performance.now() + 60;
    while (performance.now() < busy);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const warn = { method: 'POST', url: '/sample/v1/breakdowns', payload: { how: 'x' } } as const;
  const [shed, stranger, reserved, health] = await Promise.all([
    app.inject({ url: `${cases}/1`, headers: { authorization: 'Bearer x' } }),
    app.inject(warn),
    app.inject({ ...warn, headers: { authorization: 'Bearer x' } }),
    app.inject({ url: '/healthz' }),
  ]);
  for (const answer of [shed, stranger]) {
    t.match([answer.statusCode, answer.json().code], [503, 'overloaded']);
    t.ok(answer.headers['retry-after']);
  }
  t.equal(reserved.statusCode, 500, 'its handler was reached');
  t.equal(health.statusCode, 200);
});
