// What is said between this node and its peers, in words.

import { type HostileNode, until } from '@detente/testkit';
import { type PeerAudience, p } from './phrases.ts';
import { offerBody, offerTo } from './plant-cases.ts';
import { ok, SECOND_OFFICER, toPeer, type World } from './world.ts';

const cut = ({ token, lengths }: ReturnType<HostileNode['record']>, level = 2) => token.slice(0, lengths[level]);

export async function plantWords(world: World): Promise<void> {
  await peersSpeak(world);
  const [amber, green] = [await givenBy(world, 'amber'), await givenBy(world, 'green')];
  await offerTo(world, 'amber', { obligations: [{ code: 'suite_adopted', params: { suite: p.suite, days: 90 } }] });
  await toPeer(
    world,
    'amber',
    'attestations',
    { obligation: `suite_adopted/${p.suite}`, reason: p.attestReason },
    'POST',
  );
  await contest(world, amber);
  await answer(world, green);
  await approve(world);
  await receive(world);
  await mirror(world);
  await untilSaid(world);
}

/** A record, something that is refused, an offer and a standing. */
async function peersSpeak(world: World): Promise<void> {
  const { strict } = world.peers;
  strict.log.add(cut(strict.record({ title: `A ${p.peerTitle}`, root_cause: `A ${p.peerCause}.` }), 3));
  const bad = strict.record({ title: `A ${p.peerRefused}` });
  strict.log.add(bad.token, `${bad.token}x~`);
  const access = [{ kind: 'testbed', name: p.peerAccess, condition: 'unconditional' }];
  const reason = { code: 'officer', params: { told: p.peerTold } };
  const standing = { standing: 'probation', since: '2026-01-01', reason, overridden: true };
  await says(
    world,
    'strict',
    await strict.state('detente-offer+jwt', offerBody('amber', { access }), { aud: world.node.origin }),
  );
  await says(world, 'strict', await strict.state('detente-standing+jwt', standing, { aud: world.node.origin }));
}

async function says(world: World, peer: PeerAudience, statement: string): Promise<void> {
  const call = { method: 'PUT', path: '/exchange/v1/statements', body: { statement } };
  await until(`${peer} is heard`, async () => (await world.caller.as(peer, call)).status === 204);
}

const good = { standing: 'good', since: '2026-01-01', reason: { code: 'enrolled', params: {} }, overridden: false };

/** A record of a peer that this node has given a receipt for. */
async function givenBy(world: World, peer: PeerAudience) {
  const made = world.peers[peer].record();
  const { digest } = made;
  const { id } = JSON.parse(Buffer.from(made.token.split('.')[1]!, 'base64url').toString()) as { id: string };
  const aud = world.node.origin;
  await says(world, peer, await world.peers[peer].state('detente-offer+jwt', offerBody('green'), { aud }));
  await says(world, peer, await world.peers[peer].state('detente-standing+jwt', good, { aud }));
  world.peers[peer].log.add(cut(made));
  const held = `SELECT FROM received WHERE digest = $1`;
  await until(`the record of ${peer} is here`, async () => (await world.node.sql('home', held, [digest])).length === 1);
  const receipts = 'SELECT FROM receipts_out WHERE peer = $1';
  const given = () => world.node.sql('border', receipts, [world.peers[peer].origin]);
  await until(`${peer} has its receipt`, async () => (await given()).length > 0);
  return { id, digest };
}

async function contest(world: World, { digest }: { digest: string }): Promise<void> {
  await toPeer(world, 'amber', 'contests', { about: digest, told: p.toldContest, reason: p.contestReason }, 'POST');
}

async function answer(world: World, named: { id: string; digest: string }): Promise<void> {
  const { green } = world.peers;
  const body = { cause: 'retracted', level: 0, records: [named] };
  const recall = await green.state('detente-recall+jwt', body, { aud: world.node.origin });
  await ok(world, 'green', { method: 'POST', path: '/exchange/v1/notices', body: { recall } });
  const path = '/casework/v1/recalls';
  const asked = async () =>
    (await ok(world, 'officer', { method: 'GET', path: `${path}?direction=received` })).json.items;
  await until('the recall is here', async () => (await asked()).length > 0);
  const [{ digest }] = await asked();
  const said = { answer: 'kept', legal_basis: p.legalBasis, passed_to: [p.passedTo], reason: p.answerReason };
  await ok(world, 'officer', { method: 'POST', path: `${path}/${digest}/answer`, body: said });
}

async function approve(world: World): Promise<void> {
  const [{ digest }] = (await world.node.sql('home', 'SELECT digest FROM records WHERE severity = 6')) as [
    { digest: string },
  ];
  const { bearers } = world.callers;
  const first = bearers.get('officer')!;
  bearers.set('officer', SECOND_OFFICER);
  const path = `/casework/v1/warnings/${digest}/approval`;
  await ok(world, 'officer', { method: 'POST', path, body: { reason: p.standingReason } });
  bearers.set('officer', first);
}

/** What a peer says that it stored. */
async function receive(world: World): Promise<void> {
  const { node, peers } = world;
  const [given] = await node.sql('home', 'SELECT digest FROM records WHERE NOT edition AND NOT retracted LIMIT 1');
  const records = [{ digest: given!.digest, level: 1, disclosed: given!.digest }];
  const body = { log: `${new URL(node.origin).host}/log/v1`, page: null, records };
  const receipt = await peers.red.state('detente-receipt+jwt', body, { aud: node.origin });
  await ok(world, 'red', { method: 'POST', path: '/exchange/v1/receipts', body: { receipt } });
}

/** A bundle of a peer’s log, as if it had been mirrored: these peers show no tiles. And a checkpoint that it has cosigned here. */
async function mirror(world: World): Promise<void> {
  const { green } = world.peers;
  await world.node.sql('border', 'INSERT INTO mirrors (log, peer) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    green.log.name,
    green.origin,
  ]);
  const bundle = Buffer.alloc(256 * 34, Buffer.from('0020'.padEnd(68, '7'), 'hex'));
  await world.node.sql(
    'border',
    'INSERT INTO mirror_entries (log, index, leaves) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING',
    [green.log.name, bundle],
  );
  const body = `old 0\n\n${green.log.checkpoint()}`;
  const call = { method: 'POST', path: '/witness/v1/add-checkpoint', body, contentType: 'text/plain' };
  await ok(world, 'green', call);
}

/** Everything that this node has to say has been said. */
async function untilSaid({ node }: World): Promise<void> {
  const waiting = `SELECT FROM statements_out WHERE sent_at IS NULL
    UNION ALL SELECT FROM notices_out WHERE delivered_at IS NULL`;
  await until('all is said', async () => (await node.sql('border', waiting)).length === 0);
  const outgoing = 'SELECT FROM outgoing';
  await until('all is carried', async () => (await node.sql('home', outgoing)).length === 0);
}
