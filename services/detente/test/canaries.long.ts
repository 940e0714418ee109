// Every route of every contract as every audience, with a canary in every field, vault item and free text: nobody is given one that
// the design does not give him. What each may see stands in canaries/phrases.ts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointDefinition, Security } from '@detente/contract';
import { contracts } from '@detente/contract/contracts';
import { runDetente } from '@detente/testkit';
import { test } from 'tap';
import type { Call } from './canaries/ask.ts';
import { AUDIENCES, type Audience, CANARIES, PEERS } from './canaries/phrases.ts';
import { type Known, oddRequestsOf, otherMethodsOf, readKnown, requestsOf } from './canaries/requests.ts';
import { ok, startWorld, toPeer, type World } from './canaries/world.ts';

const endpoints: readonly EndpointDefinition[] = Object.values(contracts).flatMap((contract) => [
  ...contract.endpoints,
]);
/** Whom a route lets in. */
const WHOSE: Record<Security, readonly Audience[]> = {
  none: AUDIENCES,
  'lab-key': ['lab-a', 'lab-b'],
  'officer-token': ['reader', 'officer'],
  'peer-signature': PEERS,
};
/** Beside the contracts. */
const PAGES = [
  ...['/', '/healthz', '/readyz', '/health', '/ready', '/metrics', '/robots.txt', '/favicon.ico', '/nothing', '/%00'],
  ...['reporting', 'casework', 'exchange', 'publication'].flatMap((name) => [`/${name}/openapi.json`, `/${name}/docs`]),
  ...['/casework', '/casework/v1', '/exchange/v1', '/reporting/v1', '/publication/v1', '/log/v1', '/.well-known/x'],
];
/** They are the same for all others. */
const PAGE_READERS = new Set<Audience>(['stranger', 'lab-a', 'officer', 'green']);

test('no byte names what its reader may not see', { timeout: 540_000 }, async (t) => {
  const world = await startWorld(t);
  const { watch, caller } = world;
  t.ok(Object.keys(CANARIES).length >= 50, `${Object.keys(CANARIES).length} canaries`);
  const known = await readKnown(world);
  for (const audience of AUDIENCES) {
    const pages = PAGE_READERS.has(audience) ? PAGES.map((path) => ({ method: 'GET', path })) : [];
    await caller.all(audience, [...endpoints.flatMap((endpoint) => callsOf(audience, endpoint, known)), ...pages]);
  }
  await carryAway(world);
  await actLast(world);
  await readAgain(world, known);
  await lookBeneath(world);
  t.comment(`${caller.calls} calls, ${watch.looks} looks`);
  t.same([...watch.leaks], [], 'nobody sees what is not for him');
  t.same(watch.unseen(), [], 'everybody was shown what is');
  const silent = endpoints.map(({ operationId }) => operationId).filter((name) => !caller.answered.has(name));
  t.same(silent, [], 'every operation has answered somebody well');
});

/** What an audience asks of an endpoint: everything if he is let in, else one of each. An officer’s writes are done by hand, before and
 *  after: here they are refused, by a name that nobody has or a body that none is. */
function callsOf(audience: Audience, endpoint: EndpointDefinition, known: Known): Call[] {
  const { security, method, operationId } = endpoint;
  const isHis = WHOSE[security].includes(audience);
  const isAct = audience === 'officer' && security === 'officer-token' && method !== 'GET';
  const mayAct = !isAct || operationId === 'checkOffer' || operationId === 'simulateOffer';
  const isWhole = isHis && (security !== 'none' || audience === 'stranger') && method === 'GET';
  const calls = requestsOf(endpoint, known, isWhole);
  const asked = (isHis ? calls : calls.slice(0, 2)).filter(({ body }) => mayAct || body !== known.bodies[operationId]);
  if (audience === 'stranger') asked.push(...otherMethodsOf(endpoint, known));
  if (audience === WHOSE[security].at(-1)) asked.push(...oddRequestsOf(endpoint, known));
  return asked;
}

/** What officers hand over by other ways: dossiers of every tier, bundles, balance sheets. */
async function carryAway({ node, watch, names }: World): Promise<void> {
  const versions = await node.sql(
    'home',
    `SELECT DISTINCT ON (id) digest, edition, tlp FROM records WHERE place IS NOT NULL ORDER BY id, tick DESC`,
  );
  const readers = { 1: 'stranger', 2: 'green', 3: 'amber', 4: 'strict', 5: 'red' } as const;
  for (const { digest, edition, tlp } of versions) {
    for (const [level, reader] of Object.entries(readers)) {
      if (!edition && (level === '1' || (tlp === 'red' && level !== '5'))) continue;
      const args = ['dossier', `${digest}`, '--level', level, '-o', '-', '--data', node.data];
      const { stdout } = await runDetente(args);
      watch.look(reader, `dossier of ${tlp} ${edition ? 'edition' : 'record'} up to ${level}`, stdout);
    }
  }
  for (const peer of ['green', 'amber', 'strict', 'red', 'suspended'] as const) {
    const file = join(node.data, `${peer}.bundle`);
    await runDetente(['bundle', 'export', names[peer], '-o', file, '--data', node.data]);
    watch.look(peer, 'bundle', readFileSync(file));
    const page = join(node.data, `${peer}.html`);
    await runDetente(['balance', names[peer], '--html', page, '--data', node.data]);
    watch.look('officer', 'balance page', readFileSync(page));
  }
}

/** What ends something, so that the walk could not do it before. */
async function actLast(world: World): Promise<void> {
  const reason = 'the end of the walk';
  const post = (path: string, body: object = { reason }) =>
    ok(world, 'officer', { method: 'POST', path: `/casework/v1/${path}`, body });
  await toPeer(world, 'sandbox', 'check', { reason }, 'POST');
  await toPeer(world, 'sandbox', 'enrolment', { unchecked: true, reason });
  await toPeer(world, 'strict', 'fingerprint', { fingerprint: Buffer.alloc(32, 3).toString('base64url'), reason });
  await toPeer(world, 'green', 'offboarding', { reason }, 'POST');
  await post(`labs/${world.labs[1]}/disable`);
  await post('tokens/reader/disable');
}

/** Those who have lost something by that. */
const LOSERS = ['stranger', 'lab-b', 'reader', 'green', 'strict'] as const;

/** The lists once more, for them. */
async function readAgain({ caller }: World, known: Known): Promise<void> {
  const reads = endpoints.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  for (const audience of LOSERS)
    await caller.all(
      audience,
      reads.flatMap((endpoint) => requestsOf(endpoint, known, false)),
    );
}

/** What was sent to peers, every table of border, and what the processes wrote. */
async function lookBeneath({ node, watch, peers }: World): Promise<void> {
  for (const peer of PEERS) {
    const { heard } = peers[peer];
    const heads = heard.map(({ url, headers }) => `${url} ${JSON.stringify(headers)}`);
    watch.look(peer, 'heads of calls to it', heads.join('\n'));
    const bodies = new Set(heard.map(({ body }) => body.toString()));
    watch.look(peer, 'bodies of calls to it', [...bodies].join('\n'));
  }
  const tables = await node.sql(
    'border',
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const rows = await node.sql('border', `SELECT to_jsonb(r)::text AS row FROM ${name} r`);
    watch.look('border', `table ${name}`, rows.map(({ row }) => row).join('\n'));
  }
  watch.look('logs', 'output of the processes', node.log());
}
