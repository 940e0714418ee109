// That the fuzz by contract sees what is wrong: a service that breaks a small contract in one way after another.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ContractReport, type Document, fuzzContract, readContract } from '@detente/testkit/contract-fuzz';
import { type Test, test } from 'tap';

const problem = (codes: string) => ({
  description: codes,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const id = { type: 'string', pattern: '^[a-f]{4}$' };
const Thing = { type: 'object', required: ['id'], properties: { id }, additionalProperties: false };
const json = (schema: object) => ({ 'application/json': { schema } });
const ofThings = [{ in: 'path', name: 'id', required: true, schema: id }];
const document: Document = {
  openapi: '3.1.0',
  components: {
    schemas: { Thing, Problem: { type: 'object', required: ['type', 'status', 'code'] } },
  },
  paths: {
    '/things': {
      post: {
        operationId: 'makeThing',
        security: [{ key: [] }],
        requestBody: { content: json({ $ref: '#/components/schemas/Thing' }) },
        responses: {
          201: {
            description: 'Made',
            headers: { location: {} },
            content: json({ $ref: '#/components/schemas/Thing' }),
          },
          401: problem('`credential_invalid`: no'),
          422: problem('`validation_failed`: no'),
        },
      },
    },
    '/things/{id}': {
      get: {
        operationId: 'readThing',
        parameters: ofThings,
        responses: {
          200: { description: 'It', content: json({ $ref: '#/components/schemas/Thing' }) },
          404: problem('`not_found`: no'),
        },
      },
    },
  },
};

type Reply = { status: number; headers?: Record<string, string>; body?: unknown };
type Break = (right: Reply, request: IncomingMessage, body: unknown) => Reply;

/** What keeps to the contract. */
function serve(things: Set<string>, { method, url = '', headers }: IncomingMessage, body: unknown): Reply {
  const [path] = url.split('?') as [string];
  const name = /^\/things\/([^/]*)$/.exec(path)?.[1];
  if (path === '/things' ? method !== 'POST' : name !== undefined && method !== 'GET' && method !== 'HEAD')
    return refuse(405, 'method_not_allowed', { allow: path === '/things' ? 'POST' : 'GET, HEAD' });
  if (name !== undefined) return things.has(name) ? { status: 200, body: { id: name } } : refuse(404, 'not_found');
  if (path !== '/things') return refuse(404, 'not_found');
  if (headers.authorization !== 'Bearer right')
    return refuse(401, 'credential_invalid', { 'www-authenticate': 'Bearer' });
  const made = (body ?? {}) as { id?: unknown };
  const isRight = /^[a-f]{4}$/.test(String(made.id)) && typeof made.id === 'string' && Object.keys(made).length === 1;
  if (!isRight) return refuse(422, 'validation_failed');
  things.add(String(made.id));
  return { status: 201, headers: { location: `/things/${made.id}` }, body: made };
}

function refuse(status: number, code: string, headers: Record<string, string> = {}): Reply {
  const type = { 'content-type': 'application/problem+json' };
  return { status, headers: { ...type, ...headers }, body: { type: `urn:detente:problem:${code}`, status, code } };
}

/** Fuzzes a service that is broken in one way. */
async function fuzzed(t: Test, spoil: Break = (right) => right): Promise<ContractReport> {
  const things = new Set<string>();
  const server = createServer(async (request, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = parse(Buffer.concat(chunks).toString());
    const { status, headers, body: said } = spoil(serve(things, request, body), request, body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(request.method === 'HEAD' || said === undefined ? '' : JSON.stringify(said));
  });
  // As the services do, so that every answer is the service's own.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const contract = readContract('things', document);
  const authorize = (_: unknown, kind: string) => [['authorization', `Bearer ${kind}`]] as const;
  return fuzzContract({ contract, base, authorize, examples: {} }, { requests: 250, seed: 7 });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test('of a service that keeps to its contract nothing is told, and both operations succeed', async (t) => {
  const { failures, byOperation, sent } = await fuzzed(t);
  t.same(failures, []);
  t.ok(sent >= 250);
  t.ok((byOperation.get('makeThing')?.get('201') ?? 0) > 20, 'things are made');
  t.ok((byOperation.get('readThing')?.get('200') ?? 0) > 20, 'those that were made are asked for');
});

const breaks: [what: string, kind: RegExp, spoil: Break][] = [
  [
    'a fault of the service',
    /makeThing: answers 500/,
    (right) => (right.status === 201 ? refuse(500, 'internal') : right),
  ],
  [
    '503 for another reason than load',
    /answers 503 unavailable/,
    ({ status }) => refuse(503, `unavailable${status}`.slice(0, 11)),
  ],
  [
    'a status that is not declared',
    /readThing: 202 is not declared/,
    (right) => ({ ...right, status: right.status === 200 ? 202 : right.status }),
  ],
  [
    'a member too many',
    /readThing: 200 does not fit its schema/,
    (right) => (right.status === 200 ? { status: 200, body: { id: 'aaaa', more: 1 } } : right),
  ],
  [
    'a header that is missing',
    /makeThing: 201 without location/,
    ({ headers, ...right }) => (right.status === 201 ? right : { ...right, headers: headers ?? {} }),
  ],
  [
    'another content type',
    /readThing: 200 as text\/html/,
    (right) => (right.status === 200 ? { ...right, headers: { 'content-type': 'text/html' } } : right),
  ],
  [
    'a code that is not declared',
    /readThing: 404 conflict is not declared/,
    (right) => (right.status === 404 ? refuse(404, 'conflict') : right),
  ],
  [
    'a problem that is none',
    /makeThing: 422 is no problem/,
    (right) => (right.status === 422 ? { ...right, body: { error: 'no' } } : right),
  ],
  [
    '401 without a challenge',
    /makeThing: 401 without www-authenticate/,
    (right) => (right.status === 401 ? refuse(401, 'credential_invalid') : right),
  ],
  [
    'a body that the contract refuses',
    /makeThing: takes a body that the contract refuses/,
    (right, request) => {
      const isMade = request.method === 'POST' && right.status === 422;
      return isMade ? { status: 201, headers: { location: '/' }, body: { id: 'aaaa' } } : right;
    },
  ],
];

for (const [what, kind, spoil] of breaks)
  test(`${what} is told of, with a line for a shell`, async (t) => {
    const { failures } = await fuzzed(t, spoil);
    const told = failures.find((failure) => kind.test(failure.kind));
    t.match(told, { kind, curl: /curl -i .* 'http:\/\/127\.0\.0\.1:\d+\/things/, seed: Number });
  });

test('a connection that is cut is no answer', async (t) => {
  const { failures } = await fuzzed(t, (right, { socket, url }) => {
    if (url?.startsWith('/things/')) socket.destroy();
    return right;
  });
  t.match(
    failures.map(({ kind }) => kind),
    ['readThing: no answer'],
  );
});
