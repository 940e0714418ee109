// Every request that the contracts allow for, made from their own lists of endpoints: a new route, parameter or body has no values
// here, and the walk fails until somebody says what to send.

import { createHash } from 'node:crypto';
import type { EndpointDefinition } from '@detente/contract';
import { pathParams } from '@detente/contract';
import type { Call } from './ask.ts';
import { CANARIES } from './phrases.ts';
import { offerBody, source } from './plant-cases.ts';
import type { World } from './world.ts';

type Pools = Record<string, readonly string[]>;
export type Known = { params: Pools; queries: Pools; bodies: Record<string, unknown> };

const NOBODY = '00000000-0000-4000-8000-000000000000';
const NOTHING = Buffer.alloc(32, 9).toString('base64url');

/** All names that there are, whoever may use them; and some that nobody has. */
export async function readKnown(world: World): Promise<Known> {
  const { node, peers, names } = world;
  const column = async (database: 'home' | 'border', text: string) =>
    (await node.sql(database, text)).map((row) => String(Object.values(row)[0]));
  const ids = await column('home', 'SELECT id FROM cases UNION SELECT id FROM records UNION SELECT id FROM labs');
  const digests = await column(
    'home',
    'SELECT digest FROM records UNION SELECT digest FROM received UNION SELECT digest FROM recalls',
  );
  const findings = await column('home', `SELECT f->>'id' FROM drafts, jsonb_array_elements(findings) f LIMIT 1`);
  const tiles = await column('border', `SELECT '0/' || lpad(index::text, 3, '0') FROM entries`);
  const logs = [...Object.values(peers).map(({ log }) => log.name), `${new URL(node.origin).host}/log/v1`];
  const called = [...Object.values(names), 'reader', 'nobody-at-all'];
  const size = Number((await column('border', 'SELECT max(size) FROM checkpoints'))[0]) % 256 || 256;
  const partial = ['0/000', 'entries/000'].map((tile) => `${tile}.p/${Math.min(size, 255)}`);
  return {
    params: {
      id: [...ids, NOBODY, 'not-an-id'],
      name: called,
      peer: [...called.slice(0, -2), 'nobody-at-all'],
      digest: [...digests, NOTHING, 'not-a-digest'],
      number: ['0', '1', '7', 'x'],
      origin_hash: logs.map((log) => createHash('sha256').update(log).digest('hex')),
      path: [...tiles, ...tiles.map((tile) => tile.replace('0/', 'entries/')), ...partial, '9/999', 'x'],
    },
    queries: {
      q: Object.values(CANARIES).map(({ phrase }) => phrase),
      registry: ['aiid', 'none'],
      cursor: ['x', Buffer.from('{"tick":1}').toString('base64url')],
      month: ['2026-01'],
      peer: called,
      record: [...ids, ...digests],
    },
    bodies: bodiesFor(world, digests[0]!, findings[0]!),
  };
}

/** A body that fits, for each operation that takes one. */
function bodiesFor({ peers, node }: World, digest: string, finding: string): Record<string, unknown> {
  const reason = 'walk';
  const fields = { kind: 'incident', title: 'A walk', summary: 'Of every route.', language: 'en' };
  const offer = offerBody('clear');
  const day = new Date().toISOString().slice(0, 10);
  return {
    createCase: { fields, source },
    createCases: `${JSON.stringify({ fields, source })}\n`,
    createUpdate: { text: 'More of it.' },
    triageCase: { severity: 'unrated', tlp: 'clear', reason },
    correctCase: { fields, reason },
    judgeFindings: { verdicts: [{ id: finding, verdict: 'keep' }], reason },
    releaseCase: { draft: digest, public_edition: true, reason },
    retractCase: { reason },
    addPeer: { name: 'other', origin: 'http://127.0.0.9:9', fingerprint: NOTHING, reason },
    setStanding: { standing: 'good', reason },
    checkPeer: { reason },
    enrolPeer: { unchecked: true, reason },
    offboardPeer: { reason },
    pinPeer: { fingerprint: NOTHING, reason },
    offerPeer: { offer, reason },
    checkOffer: { offer },
    simulateOffer: { offer },
    contestMark: { about: digest, reason },
    attestObligation: { obligation: 'drill', reason },
    approveWarning: { reason },
    answerRecall: { answer: 'purged', passed_to: [], reason },
    createLab: { name: 'Walk', reason },
    disableLab: { reason },
    createToken: { name: 'walk', scope: 'reader', reason },
    disableToken: { reason },
    postReceipt: { receipt: 'e30.e30.e30' },
    putStatement: { statement: 'e30.e30.e30' },
    postNotice: { warning: peers.green.record().token },
    addCheckpoint: `old 0\n\n${peers.green.log.checkpoint()}`,
    gossip: {
      logs: [...Object.values(peers).map(({ log }) => log.name), `${new URL(node.origin).host}/log/v1`].map((log) => ({
        log,
        descriptors: [],
        checkpoints: [],
      })),
    },
    day,
  };
}

/** Requests of one endpoint.
 *  @param whole with every name; else with one or two of each, for those who are turned away before */
export function requestsOf(endpoint: EndpointDefinition, known: Known, whole: boolean): Call[] {
  const { method, body } = endpoint;
  const some = <T>(all: readonly T[]) => (whole ? all : [...all.slice(0, 2), all.at(-1)!]);
  const paths = pathsOf(endpoint, known, some);
  const queries = queriesOf(endpoint, known, some);
  const calls = paths.flatMap((path, at) => {
    // Every query of one address, and of the others the plain one.
    const asked = at === 0 ? queries : queries.slice(0, 1);
    return asked.map((query): Call => ({ method, path: path + query }));
  });
  if (!body) return calls;
  const fit = known.bodies[endpoint.operationId];
  if (fit === undefined) throw new Error(`no body is known for ${endpoint.operationId}: say one in requests.ts`);
  const contentType = body.contentType === '*/*' ? 'text/plain' : (body.contentType ?? 'application/json');
  const bodies = [fit, 'no json', {}, { ...(typeof fit === 'object' ? fit : {}), unknown: true }];
  return calls.flatMap((call) => bodies.map((one) => ({ ...call, body: one, contentType })));
}

/** The other methods of its address. */
export function otherMethodsOf(endpoint: EndpointDefinition, known: Known): Call[] {
  const [path] = pathsOf(endpoint, known, (all) => all.slice(0, 1)) as [string];
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  return methods.filter((one) => one !== endpoint.method).map((method) => ({ method, path }));
}

/** Queries that it does not take. */
export function oddRequestsOf(endpoint: EndpointDefinition, known: Known): Call[] {
  const [path] = pathsOf(endpoint, known, (all) => all.slice(0, 1)) as [string];
  const { method } = endpoint;
  return [
    ...['?unknown=1', '?limit=x&after=-1&late=x&level=9&cursor=%00', '?q=&q=&limit=0'].map((query) => ({
      method,
      path: path + query,
    })),
    ...(method === 'GET' ? [{ method, path: `${path}/%00`, headers: { 'if-none-match': '"x", *' } }] : []),
  ];
}

function joined(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
}

type Some = <T>(all: readonly T[]) => readonly T[];

function pathsOf({ path, operationId }: EndpointDefinition, { params }: Known, some: Some): string[] {
  return pathParams(path).reduce<string[]>(
    (paths, name) => {
      const pool = params[name];
      if (!pool) throw new Error(`no {${name}} is known for ${operationId}: say some in requests.ts`);
      return paths.flatMap((one) =>
        some(pool).map((value) => one.replace(new RegExp(`\\{${name}\\*?\\}`), () => value)),
      );
    },
    [path],
  );
}

type Property = { type?: string; enum?: readonly string[]; minimum?: number; maximum?: number; anyOf?: Property[] };

function queriesOf({ query, operationId }: EndpointDefinition, { queries }: Known, some: Some): string[] {
  const properties = Object.entries((query?.properties ?? {}) as Record<string, Property>);
  const required = new Set(query?.required ?? []);
  const values = properties.map(([name, schema]) => [name, valuesOf(name, schema)] as const);
  const needed = values.filter(([name]) => required.has(name) && !('default' in (query!.properties[name] as object)));
  // Each value of one beside the first of the others.
  const first = needed.map(([name, own]) => [name, own[0]!] as const);
  const base = needed.flatMap(([name, own]) =>
    some(own).map((value) => joined(first.map(([other, usual]) => [other, other === name ? value : usual]))),
  );
  if (base.length === 0) base.push('');
  const more = values
    .filter((one) => !needed.includes(one))
    .flatMap(([name, own]) => some(own).map((value) => base[0] + joined([[name, value]])));
  return [...base, ...more].map((one) => (one === '' ? '' : `?${one.slice(1)}`));

  function valuesOf(name: string, schema: Property): readonly string[] {
    if (schema.enum) return schema.enum;
    if (schema.type === 'boolean') return ['true', 'false'];
    if (schema.type === 'integer') return ['1', '3', `${Math.min(schema.maximum ?? 200, 200)}`];
    const pool = queries[name];
    if (!pool) throw new Error(`no ${name}= is known for ${operationId}: say some in requests.ts`);
    return pool;
  }
}
