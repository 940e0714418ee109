// A node with a canary in every field, vault item and free text; its labs, officers, and a peer of each kind.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostileNode, startHostileNode, startNode, type TestNode, until } from '@detente/testkit';
import type { Test } from 'tap';
import { type Answer, type Call, Caller, type Callers } from './ask.ts';
import { CANARIES, PEERS, type PeerAudience, p } from './phrases.ts';
import { plantCases } from './plant-cases.ts';
import { plantWords } from './plant-words.ts';
import { Watch } from './watch.ts';

export type World = {
  node: TestNode;
  watch: Watch;
  caller: Caller;
  callers: Callers;
  peers: Record<PeerAudience, HostileNode>;
  /** What each peer is called here. */
  names: Record<PeerAudience, string>;
  labs: string[];
};

/** @throws Error with the answer unless the call succeeds */
export async function ok(world: Pick<World, 'caller'>, who: Parameters<Caller['as']>[0], call: Call): Promise<Answer> {
  const answer = await world.caller.as(who, call);
  if (answer.status >= 400) throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.text}`);
  return answer;
}

/** Starts the node and its peers until the test ends, and plants everything. */
export async function startWorld(t: Test): Promise<World> {
  const started = PEERS.map(async (name) => [name, await startHostileNode(t)] as const);
  const node = await startNode(t, { name: 'cn', tickMs: 1000, witnessesRequired: 0 });
  const peers = Object.fromEntries(await Promise.all(started)) as World['peers'];
  const watch = new Watch(CANARIES);
  // That this one is a peer is nobody's business: it is not listed.
  const hidden = new URL(peers.suspended.origin).host;
  watch.add('hiddenOrigin', {
    phrase: hidden,
    may: ['reader', 'officer', 'suspended', 'border', 'logs'],
    unshown: ['logs'],
  });
  const { casework } = JSON.parse(readFileSync(join(node.data, 'state.json'), 'utf8')) as { casework: string };
  const bearers: Callers['bearers'] = new Map([['officer', node.token]]);
  const callers = {
    casework,
    origin: node.address,
    bearers,
    peers: new Map(Object.entries(peers)) as Callers['peers'],
  };
  const caller = new Caller(callers, watch);
  t.teardown(() => caller.close());
  const names = Object.fromEntries(PEERS.map((name) => [name, name])) as World['names'];
  const world: World = { node, watch, caller, callers, peers, names: { ...names, suspended: p.peerName }, labs: [] };
  await addCallers(world);
  await enrol(world);
  await plantCases(world);
  await plantWords(world);
  return world;
}

async function addCallers(world: World): Promise<void> {
  const { node, callers } = world;
  const post = (path: string, body: object) =>
    ok(world, 'officer', { method: 'POST', path: `/casework/v1/${path}`, body });
  for (const [audience, name] of [
    ['lab-a', p.labA],
    ['lab-b', p.labB],
  ] as const) {
    const { json } = await post('labs', { name, reason: p.labReason });
    callers.bearers.set(audience, json.key);
    world.labs.push(json.id);
  }
  const { json } = await post('tokens', { name: 'reader', scope: 'reader', reason: p.tokenReason });
  callers.bearers.set('reader', json.token);
  // A second officer whom no other one made.
  const hash = createHash('sha256').update(SECOND_OFFICER).digest('base64url');
  await node.sql('home', `INSERT INTO tokens (hash, name, scope) VALUES ($1, $2, 'officer')`, [hash, p.tokenName]);
}

/** Of the officer whose name is a canary. */
export const SECOND_OFFICER = `detente_${randomBytes(32).toString('base64url')}`;

async function enrol(world: World): Promise<void> {
  const { peers, names } = world;
  peers.green.shown = peers.green.descriptor((body) => Object.assign(body, { contact: { name: p.peerContact } }));
  for (const key of PEERS) {
    const { origin, fingerprint } = peers[key];
    const more = { sandbox: key === 'sandbox', listed: key !== 'suspended' };
    const body = { name: names[key], origin, fingerprint, ...more, reason: p.peerReason };
    await ok(world, 'officer', { method: 'POST', path: '/casework/v1/peers', body });
  }
  await until('all peers are known', async () => {
    const { json } = await ok(world, 'officer', { method: 'GET', path: '/casework/v1/peers' });
    return json.items.every(({ status }: { status: string }) => status === 'active') && json.items.length === 6;
  });
}

/** Says something to a peer by its name here. */
export function toPeer(world: World, peer: PeerAudience, what: string, body: object, method = 'PUT'): Promise<Answer> {
  const path = `/casework/v1/peers/${world.names[peer]}/${what}`;
  return ok(world, 'officer', { method, path, body });
}

export const key = () => ({ 'idempotency-key': randomUUID() });
