// Whose room a request uses up: a stranger's, at his address, or a caller's own.

import { type EndpointDefinition, endpoint } from '@detente/contract';
import { Type } from '@detente/schema';
import { type Test, test } from 'tap';
import { createLogger, createService, problem, route } from '../src/index.ts';

const responses = { 204: { description: 'Done' } } as const;
const about = { tags: ['sample'], summary: 'Sample', responses, problems: [] } as const;
const look = endpoint({ ...about, operationId: 'look', method: 'GET', path: '/look', security: 'none' });
const report = endpoint({ ...about, operationId: 'report', method: 'GET', path: '/report', security: 'lab-key' });
const pull = endpoint({ ...about, operationId: 'pull', method: 'GET', path: '/pull', security: 'peer-signature' });
const warn = endpoint({
  ...about,
  operationId: 'warn',
  method: 'POST',
  path: '/warn',
  security: 'peer-signature',
  body: { schema: Type.Object({}, { additionalProperties: false }), maxBytes: 100 },
  lane: 'reserved',
});
const endpoints = [look, report, pull, warn] as EndpointDefinition[];

const keyid = (name: string) => name.padEnd(43, 'A');
const signed = (name: string) => ({
  'signature-input': `detente=();created=1;keyid="${keyid(name)}"`,
  signature: name,
});
const lab = (key: string) => ({ authorization: `Bearer ${key}` });

/** A service that knows the labs and peers whose names begin with `good`, and counts how often it had to look. */
async function start(t: Test, strangers: number, callers: number) {
  const logger = createLogger({ name: 'sample', level: 'silent' });
  const settings = { DETENTE_RATE_LIMIT_PER_MINUTE: strangers, DETENTE_CALLER_LIMIT_PER_MINUTE: callers };
  const names = new WeakMap<object, string>();
  const asked = { count: 0 };
  const app = await createService({
    title: 'Sample',
    version: '1.0.0',
    endpoints,
    logger,
    settings,
    callerOf: (request) => names.get(request),
  });
  app.register(async (scope) => {
    scope.addHook('preParsing', async (request) => {
      const { security } = request.routeOptions.config.endpoint!;
      if (security === 'none') return;
      asked.count += 1;
      const { authorization = '', signature = '' } = request.headers;
      const name = security === 'lab-key' ? authorization.slice(7) : String(signature);
      if (!name.startsWith('good')) throw problem('credential_invalid');
      names.set(request, name);
    });
    for (const one of [look, report, pull]) route(scope, one).to(() => ({ status: 204 }));
    route(scope, warn).to(() => ({ status: 204 }));
  });
  t.teardown(() => app.close());
  const call = async (url: string, headers = {}, remoteAddress = '198.51.100.1') => {
    const body = url === '/warn' ? { method: 'POST' as const, payload: {} } : {};
    const answer = await app.inject({ url, headers, remoteAddress, ...body });
    if (answer.statusCode === 429) {
      t.match(answer.json(), { status: 429, code: 'rate_limited' });
      t.match(answer.headers['retry-after'], /^[1-9]\d*$/);
    }
    return answer.statusCode;
  };
  const flood = async (times: number, url: string, headers = () => ({}), address?: string) => {
    const seen: number[] = [];
    for (let at = 0; at < times; at++) seen.push(await call(url, headers(), address));
    return seen;
  };
  return { call, flood, asked };
}

test('a stranger’s flood uses up his address’s room, and nobody’s who is known there', async (t) => {
  const { call, flood } = await start(t, 10, 100);
  t.equal(await call('/report', lab('good one')), 204);
  t.equal(await call('/pull', signed('good')), 204);
  t.equal((await flood(30, '/look')).filter((status) => status === 429).length, 22);
  t.equal(await call('/look', {}, '198.51.100.2'), 204, 'another address has its own');
  t.same(await flood(20, '/report', () => lab('good one')), Array(20).fill(204), 'the lab that was let in has its own');
  t.same(await flood(20, '/pull', () => signed('good')), Array(20).fill(204), 'and so has the peer');
  t.equal(await call('/report', lab('good other')), 429, 'who was never let in there is a stranger');
  t.equal(await call('/report', lab('good one'), '198.51.100.3'), 204, 'and elsewhere the lab begins again');
});

test('guessing credentials is a stranger’s flood, and stops before anybody is looked up', async (t) => {
  const { call, flood, asked } = await start(t, 10, 100);
  t.equal(await call('/pull', signed('good')), 204);
  let at = 0;
  const guesses = await flood(40, '/report', () => lab(`guess ${at++}`));
  t.equal(guesses.filter((status) => status === 401).length, 9);
  t.equal(guesses.filter((status) => status === 429).length, 31);
  t.equal(asked.count, 10, 'nothing was asked for what was refused');
  const copied = () => ({ ...signed('good'), signature: 'bad' });
  const forged = await flood(40, '/pull', copied, '198.51.100.9');
  t.equal(forged.filter((status) => status === 429).length, 30, 'a peer’s key id, copied, is a stranger elsewhere');
  t.equal(await call('/pull', signed('good')), 204, 'and the peer is served');
  const beside = await flood(40, '/pull', copied);
  t.same(beside, Array(40).fill(401), 'beside the peer it is looked at, and refused');
  t.same(await flood(20, '/pull', () => signed('good')), Array(20).fill(204), 'and costs the peer nothing of its room');
});

test('a stranger in an IPv6 network has one room, however many addresses he has', async (t) => {
  const { call } = await start(t, 10, 100);
  const seen = [];
  for (let at = 1; at <= 20; at++) seen.push(await call('/look', {}, `2001:db8:0:1::${at.toString(16)}`));
  t.equal(seen.filter((status) => status === 429).length, 10);
  t.equal(await call('/look', {}, '2001:db8:0:2::1'), 204);
});

test('a caller has a room of his own, whatever addresses he comes from, and another has another', async (t) => {
  const { call, flood } = await start(t, 1_000, 10);
  const seen = [];
  for (let at = 0; at < 30; at++) seen.push(await call('/report', lab('good one'), `198.51.100.${at % 3}`));
  t.equal(seen.filter((status) => status === 204).length, 13, 'the first from each address is a stranger’s');
  t.equal(await call('/report', lab('good two')), 204);
  t.equal((await flood(12, '/pull', () => signed('good')))[11], 429, 'a peer’s room is bounded like a lab’s');
});

test('warnings of who is known are not counted, and a flood of anything else leaves room for one who is not yet', async (t) => {
  const { call, flood } = await start(t, 10, 10);
  await flood(30, '/pull', () => signed('good'));
  t.equal(await call('/pull', signed('good')), 429);
  t.same(await flood(30, '/warn', () => signed('good')), Array(30).fill(204), 'a peer whose room is used up may warn');
  await flood(30, '/look', () => ({}), '198.51.100.7');
  t.equal(await call('/pull', signed('good-new'), '198.51.100.7'), 429);
  t.equal(await call('/warn', signed('good-new'), '198.51.100.7'), 204, 'the lane has a room of its own for strangers');
  const unsigned = await flood(30, '/warn', () => ({}), '198.51.100.8');
  t.same(unsigned.slice(10), Array(20).fill(429), 'and who brings no signature is not in it');
  t.equal(await call('/warn', signed('good-new'), '198.51.100.8'), 204);
});
