// A whole node with something of everything in it: cases, records, editions, peers, notices, recalls, a refusal.
import { randomUUID } from 'node:crypto';
import { dataOf } from '@detente/client';
import { addLab, offer, until } from '../federation.ts';
import { type HostileNode, startHostileNode } from '../hostile/node.ts';
import { startNode, type Test, type TestNode } from '../node.ts';

const bands = ['unrated', '0-1', '2-3', '4', '5-7'];
/** Of some cases this node decides by itself, so that there are records and editions; the others wait for officers. */
const policy = {
  release: [{ sources: ['lab'], domains: ['cyber'], bands, take_proposals: true, public_edition: true }],
};
const cells = { type: 'incident', domains: ['*'], bands: ['*'], tier: 'green' };
/** Everything up to green, unconditionally. */
export const offerBody = {
  gives: [{ ...cells, condition: 'unconditional', onward: null }],
  ...{
    access: [],
    obligations: [],
    waives: [],
    notice_days: 0,
    backlog: true,
    valid_from: '2026-01-01',
    valid_until: null,
  },
};

export type World = {
  node: TestNode;
  /** API key of a lab. */
  key: string;
  /** The peer that calls, with bodies that it has signed, by operation. */
  caller: HostileNode;
  signed: Record<string, unknown[]>;
};

/** Starts the node and two peers until the test ends: one calls, of the other there is something in every list. */
export async function startWorld(t: Test): Promise<World> {
  const start = () => startHostileNode(t);
  const [node, caller, other] = await Promise.all([startNode(t, { name: 'us', policy }), start(), start()]);
  const [key] = await Promise.all([report(node), enrol(node, 'caller', caller), enrol(node, 'other', other)]);
  await fillLists(node, other);
  await mirror(node, caller);
  await untilThereIsEverything(node);
  return { node, key, caller, signed: await signBodies(node, caller) };
}

/** Two bundles of the caller's log, as if they had been mirrored: a hostile node shows no tiles. */
async function mirror(node: TestNode, { origin }: HostileNode): Promise<void> {
  const log = `${new URL(origin).host}/log/v1`;
  await node.sql('border', 'INSERT INTO mirrors (log, peer) VALUES ($1, $2) ON CONFLICT DO NOTHING', [log, origin]);
  for (const index of [0, 1])
    await node.sql('border', 'INSERT INTO mirror_entries (log, index, leaves) VALUES ($1, $2, $3)', [
      log,
      index,
      Buffer.alloc(256 * 34, Buffer.from('0020'.padEnd(68, '7'), 'hex')),
    ]);
}

function severityOf(level: number) {
  return { level, axes: { people: level, safeguards: 0, reach: 0 } };
}

/** Reports of a lab, of every severity. @returns its key */
async function report(node: TestNode): Promise<string> {
  const key = await addLab(node, 'Northlight');
  const lab = node.reporting(key);
  const send = async (at: number) => {
    const fields = {
      ...{ kind: 'incident' as const, title: `An agent ran unapproved command ${at}`, language: 'en' },
      ...{ summary: 'Nobody had approved it.', hazard_domain: at % 3 === 0 ? ('cyber' as const) : ('bio' as const) },
      severity: severityOf(at % 8),
    };
    const params = { header: { 'idempotency-key': randomUUID() } };
    dataOf(await lab.POST('/reporting/v1/cases', { body: { fields }, params }));
  };
  await Promise.all(Array.from({ length: 24 }, (_, at) => send(at)));
  return key;
}

/** Enrols a hostile node, with offers both ways. */
async function enrol(node: TestNode, name: string, peer: HostileNode): Promise<void> {
  const { origin, fingerprint } = peer;
  await node.casework.POST('/casework/v1/peers', { body: { name, origin, fingerprint, reason: 'test' } });
  await until(`${name} is enrolled`, async () => {
    const { items } = dataOf(await node.casework.GET('/casework/v1/peers'));
    return items.some((one) => one.name === name && one.status === 'active');
  });
  await offer(node, { name }, 'amber');
  const statement = await peer.state('detente-offer+jwt', offerBody, { aud: node.origin, seq: 1 });
  await until(`the exchange knows ${name}`, () => brings(node, peer, 'PUT', 'statements', { statement }));
}

/** Whether the node takes in what a peer brings. */
async function brings(node: TestNode, peer: HostileNode, method: string, where: string, body: object) {
  const call = { method, path: `/exchange/v1/${where}`, body: JSON.stringify(body) };
  const { status } = await peer.send(Number(new URL(node.address).port), peer.sign(node.origin, call));
  return status === 204;
}

/** A record of a peer's as it warns of it. */
function warningOf(peer: HostileNode, level: number) {
  const { token, lengths, digest } = peer.record({ severity: severityOf(level) });
  const { id } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { id: string };
  return { warning: token.slice(0, lengths[2]), named: { id, digest } };
}

/** What a peer sends of itself: records, one that is refused, warnings, and recalls that wait for an answer. */
async function fillLists(node: TestNode, peer: HostileNode): Promise<void> {
  const bad = peer.record();
  peer.log.add(bad.token, `${bad.token}x~`);
  for (let at = 0; at < 4; at++) {
    const { token, lengths } = peer.record();
    peer.log.add(token, token.slice(0, lengths[2]));
  }
  for (let seq = 1; seq <= 8; seq++) {
    const { warning, named } = warningOf(peer, 5);
    const body = { cause: 'retracted', level: 0, records: [named] };
    const recall = await peer.state('detente-recall+jwt', body, { aud: node.origin, seq });
    await brings(node, peer, 'POST', 'notices', { warning });
    await brings(node, peer, 'POST', 'notices', { recall });
  }
}

async function untilThereIsEverything({ casework, publication }: TestNode): Promise<void> {
  await until('there is something of everything', async () => {
    const { logged, received, quarantined } = dataOf(await casework.GET('/casework/v1/status'));
    const { items: recalls } = dataOf(await casework.GET('/casework/v1/recalls'));
    const { items: editions } = dataOf(await publication.GET('/publication/v1/editions'));
    return [logged, received, quarantined, recalls.length, editions.length].every((count) => count > 0);
  });
}

/** Bodies that only the holder of a peer's keys can make. */
async function signBodies(node: TestNode, peer: HostileNode): Promise<Record<string, unknown[]>> {
  const day = new Date().toISOString().slice(0, 10);
  const warnings = Array.from({ length: 8 }, (_, at) => warningOf(peer, 4 + (at % 4)));
  const [{ named }] = warnings as [ReturnType<typeof warningOf>];
  const state = async (member: string, typ: Parameters<HostileNode['state']>[0], body: object) => {
    const sign = async (seq: number) => ({ [member]: await peer.state(typ, body, { aud: node.origin, seq }) });
    return Promise.all([2, 3, 4].map(sign));
  };
  const standing = { standing: 'good', since: day, reason: { code: 'enrolled', params: {} }, overridden: false };
  const stored = [{ digest: named.digest, level: 2, disclosed: named.digest }];
  const receipt = { log: `${new URL(node.origin).host}/log/v1`, page: null, records: stored };
  const answer = { recall: named.digest, answer: 'purged', legal_basis: null, passed_to: [] };
  return {
    putStatement: [
      ...(await state('statement', 'detente-offer+jwt', offerBody)),
      ...(await state('statement', 'detente-standing+jwt', standing)),
      ...(await state('statement', 'detente-contest+jwt', { about: named.digest, shows: [named.digest], told: null })),
      ...(await state('statement', 'detente-attestation+jwt', { obligation: 'drill', day })),
    ],
    postReceipt: await state('receipt', 'detente-receipt+jwt', receipt),
    postNotice: [
      ...warnings.map(({ warning }) => ({ warning })),
      ...(await state('recall', 'detente-recall+jwt', { cause: 'retracted', level: 0, records: [named] })),
      ...(await state('answer', 'detente-recall-answer+jwt', answer)),
      ...(await state('canary', 'detente-canary+jwt', { day })),
    ],
  };
}
