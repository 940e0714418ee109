// Standings that follow from what both sides signed: when they change, what the peer is told, and what an officer may do.

import { randomUUID } from 'node:crypto';
import { disclosedDigest, loadKeys, signReceipt } from '@detente/keys';
import { keptBy } from '@detente/reciprocity';
import { countQueries } from '@detente/testkit';
import { type Test, test } from 'tap';
import { boundBetween, marksOfBoth } from '../src/conduct.ts';
import { readLedger } from '../src/evidence.ts';
import { carryOut } from '../src/jobs/carry.ts';
import { judgeDaily, judgePeers } from '../src/jobs/conduct.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { sequence } from '../src/jobs/sequence.ts';
import { simulate } from '../src/offer-effects.ts';
import type { WorkerNode } from './worker-node.ts';
import { CN, fields, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

const acknowledge = { code: 'acknowledge_within', params: { hours: 24 } };
const standingsOf = async ({ home }: WorkerNode, iss: string) =>
  (
    await home.query(
      `SELECT body FROM statements WHERE typ = 'detente-standing+jwt' AND iss = $1 AND void_at IS NULL ORDER BY seq`,
      [iss],
    )
  ).rows.map(({ body }) => body);
const last = async (node: WorkerNode, iss = CN) => (await standingsOf(node, iss)).at(-1);
const digests = async ({ home }: WorkerNode) =>
  (await home.query('SELECT digest, token, lengths FROM records ORDER BY place')).rows;

/** Lets so many days pass for what is there. */
async function age({ home, border }: WorkerNode, days: number): Promise<void> {
  const back = [days];
  await home.query(`UPDATE statements SET received_at = received_at - $1 * interval '1 day'`, back);
  await home.query(`UPDATE terms SET computed_at = computed_at - $1 * interval '1 day'`, back);
  await border.query(`UPDATE checkpoints SET made_at = made_at - $1 * interval '1 day'`, back);
  await border.query(`UPDATE witnessed_days SET at = at - $1 * interval '1 day', day = day - $1::integer`, back);
}

/** `us` was served so many records by `cn`, which asks for receipts within a day; ten days ago. */
async function served(t: Test, count: number, obligations: object[] = [acknowledge]) {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: { ...offer('amber'), obligations } as never });
  await talk(cn, us);
  for (let n = 0; n < count; n++) await releaseCase(cn, await cn.report({ fields: { ...fields, title: `No. ${n}` } }));
  await log(cn);
  await cn.border.query(
    'INSERT INTO served (peer, mark) VALUES ($1, 100000) ON CONFLICT (peer) DO UPDATE SET mark = 100000',
    [US],
  );
  await age(cn, 10);
  return { cn, us };
}

/** A receipt of `us` for records, as the exchange keeps it, so many hours after they were there. */
async function receipted(cn: WorkerNode, us: WorkerNode, rows: Awaited<ReturnType<typeof digests>>, hours: number) {
  const keys = loadKeys(us.worker.settings.DETENTE_KEYS.replace(/worker$/, 'exchange'));
  const seq = 1 + (await cn.border.query('SELECT FROM receipts_in')).rowCount!;
  const records = rows.map(({ digest, token, lengths }) => ({
    ...{ digest, level: 3, disclosed: disclosedDigest(token.slice(0, lengths[3])) },
  }));
  const body = { log: cn.worker.logName, page: null, records };
  const { jws } = await signReceipt({ iss: US, aud: CN, seq, body }, keys.signer('receipt'));
  await cn.border.query(
    `INSERT INTO receipts_in (peer, seq, jws, received_at) VALUES ($1, $2, $3, now() - $4 * interval '1 hour')`,
    [US, seq, jws, 240 - hours],
  );
}

test('who does not acknowledge is on probation, is told why, and both sides give accordingly', async (t) => {
  const { cn, us } = await served(t, 6);
  await judgePeers(cn.worker);
  t.match(await last(cn), {
    ...{ standing: 'probation', overridden: false },
    reason: { code: 'conduct_missing', params: { obligation: 'acknowledge_within', broken: 6, kept: 0 } },
  });
  await talk(cn, us);
  t.same(await last(us), await last(cn), 'the peer has the same');
  await judgePeers(cn.worker);
  t.equal((await standingsOf(cn, CN)).length, 2, 'nothing new is not signed again');

  await handlePeerRequest(cn.worker, { op: 'standing', peer: US, standing: 'good', told: 'agreed' });
  await judgePeers(cn.worker);
  const word = { overridden: true, reason: { code: 'officer', params: { told: 'agreed' } } };
  t.match(await last(cn), { standing: 'good', ...word }, 'an officer’s word wins');
  await handlePeerRequest(cn.worker, { op: 'judge', peer: US });
  t.match(await last(cn), { standing: 'probation', overridden: false }, 'until it is taken back');

  await receipted(cn, us, await digests(cn), 0);
  await judgePeers(cn.worker);
  t.match(await last(cn), { standing: 'probation', reason: { code: 'conduct_mending' } }, 'not before it has rested');
});

test('nobody is judged before what waited while the node stood still had an hour to come', async (t) => {
  const { cn } = await served(t, 6);
  const today = new Date().toISOString().slice(0, 10);
  t.equal(await judgeDaily(cn.worker, ''), '', 'the node has stood still for ten days');
  await sequence(cn.worker);
  t.equal(await judgeDaily(cn.worker, ''), '', 'until just now');
  t.equal((await standingsOf(cn, CN)).length, 1);
  await cn.border.query(
    `INSERT INTO checkpoints (size, note, made_at)
     SELECT 1000000 + n, 'x', now() - n * interval '10 minutes' FROM generate_series(1, 5) n`,
  );
  t.equal(await judgeDaily(cn.worker, ''), '', 'for less than an hour it has been at work again');
  await cn.border.query(
    `INSERT INTO checkpoints (size, note, made_at) VALUES (2000000, 'x', now() - interval '62 minutes')`,
  );
  t.equal(await judgeDaily(cn.worker, ''), today);
  t.match(await last(cn), { standing: 'probation', reason: { code: 'conduct_missing' } });
  t.equal(await judgeDaily(cn.worker, today), today);
});

test('what was acknowledged in time keeps it good, and late receipts count as missing', async (t) => {
  const { cn, us } = await served(t, 6);
  const count = async () => {
    const [home, border] = [countQueries(cn.worker.home), countQueries(cn.worker.border)];
    const sources = { home: home.database, border: border.database };
    const { evidence } = await readLedger(sources, { own: CN, peer: US, now: new Date() });
    return [home.asked.count + border.asked.count, evidence.length];
  };
  t.same(await count(), [15, 6]);
  await receipted(cn, us, await digests(cn), 5);
  t.same(await count(), [15, 7], 'evidence takes as many questions however much there is of it');
  await judgePeers(cn.worker);
  t.equal((await standingsOf(cn, CN)).length, 1, 'it was in good standing, and still is');
  await cn.border.query(`UPDATE receipts_in SET received_at = received_at + interval '5 days'`);
  await judgePeers(cn.worker);
  t.match(await last(cn), { standing: 'probation', reason: { code: 'conduct_missing' } });
  const about = (await last(cn)).reason.params.evidence;
  const contest = { about, shows: [about], told: 'It was sent in time.' };
  await handlePeerRequest(us.worker, { op: 'contest', peer: CN, contest });
  await handlePeerRequest(us.worker, { op: 'attest', peer: CN, obligation: 'drill', day: '2026-11-24' });
  await talk(us, cn);
  const kept = async () => {
    const [parties, day] = [{ own: CN, peer: US, now: new Date() }, new Date().toISOString().slice(0, 10)];
    const bounds = await boundBetween(cn.worker.home.now, { ...parties, day });
    return keptBy(marksOfBoth(parties, bounds, await readLedger(cn.worker, parties)).peer);
  };
  t.match(await kept(), [{ broken: 6, contested: 6, evidence: [about] }], 'and a contest stands beside them');
  const said = (await readLedger(cn.worker, { own: CN, peer: US, now: new Date() })).evidence.slice(-3);
  t.match(said.map(({ kind, by }) => `${kind} ${by}`).sort(), [`attestation ${US}`, `contest ${US}`]);
  await cn.border.query(
    `INSERT INTO checkpoints (size, note, made_at) SELECT 100000, '', received_at - interval '20 minutes' FROM receipts_in`,
  );
  const { evidence } = await readLedger(cn.worker, { own: CN, peer: US, now: new Date() });
  const [receipt, record] = ['receipt', 'record'].map((kind) => evidence.find((one) => one.kind === kind)!);
  t.ok(
    Math.abs(receipt!.at - record!.at) < 60,
    'but what came just after we stood still may have been there all the time',
  );
});

test('what an offer promises is simulated as both kept it of late, and what would be given follows', async (t) => {
  const { cn, us } = await served(t, 20, []);
  await handlePeerRequest(us.worker, { op: 'offer', peer: CN, offer: offer('amber') });
  await talk(us, cn);
  const ask = (obligations: object[], tier = 'amber-strict') => {
    const plain = offer('amber');
    const proposed = { ...plain, gives: [{ ...plain.gives[0], tier }], obligations } as never;
    const now = new Date();
    const day = now.toISOString().slice(0, 10);
    return simulate(cn.worker, { own: CN, peer: US, offer: proposed, day, now });
  };
  const levels = (cells: readonly { before: unknown; after: unknown; rule: { code: string } }[]) =>
    [...new Set(cells.map(({ before, after, rule }) => `${before} ${after} ${rule.code}`))].sort();

  const free = await ask([]);
  t.same([free.standings, levels(free.given.cells), free.taken.cells], [[], ['3 4 offer_unconditional'], []]);
  t.match(free.given, { records: 20, more: 20 });

  const asked = await ask([acknowledge]);
  t.match(asked.standings, [
    {
      code: 'foreseen_peer',
      params: { standing: 'probation', obligation: 'acknowledge_within', kept: 0, broken: 20, days: 90 },
    },
  ]);
  t.match(asked.given, { more: 0, less: 0, cells: [] }, 'probation leaves no more than now');

  const promised = await ask([{ code: 'minimum_detail', params: { percent: 100 } }], 'amber');
  t.match(promised.standings, [
    { code: 'foreseen_own', params: { standing: 'restricted', obligation: 'minimum_detail', broken: 20 } },
  ]);
  t.same(levels(promised.taken.cells), ['3 2 standing_restricted']);

  await receipted(cn, us, await digests(cn), 5);
  t.same((await ask([acknowledge])).standings, [], 'what was kept is held against nobody');
  await handlePeerRequest(us.worker, { op: 'standing', peer: CN, standing: 'good', told: 'agreed' });
  await talk(us, cn);
  t.same((await ask([{ code: 'minimum_detail', params: { percent: 100 } }])).standings, [], 'an officer’s word stays');
});

test('who gives nothing in return is told what is due, which an offer foresees, and one record mends it', async (t) => {
  const inReturn = { code: 'give_in_return', params: { from: '2', percent: 10 } };
  const { cn, us } = await served(t, 10, []);
  const day = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  const filled = JSON.stringify({ detected: day, occurred: day, failure_pattern: 'One obeyed' });
  await cn.home.query(`UPDATE drafts SET fields = fields || $1::jsonb`, [filled]);
  await age(cn, 30);
  await cn.home.query(`UPDATE statements SET received_at = received_at - interval '1 day'`);
  const offered = { ...offer('amber'), obligations: [inReturn] } as never;
  const now = new Date();
  const { standings } = await simulate(cn.worker, { own: CN, peer: US, offer: offered, day, now });
  const due = { obligation: 'give_in_return/2', kept: 0, broken: 1 };
  t.match(standings, [{ code: 'foreseen_peer', params: { standing: 'probation', ...due } }]);

  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offered });
  await judgePeers(cn.worker);
  t.match(await last(cn), { standing: 'good' }, 'nothing is due of what was given before it was asked for');
  await cn.home.query(`UPDATE statements SET received_at = received_at - interval '41 days' WHERE seq > 1`);
  await judgePeers(cn.worker);
  const reason = { code: 'conduct_owing', params: { ...due, needed: 1 } };
  t.match(await last(cn), { standing: 'probation', reason });
  await talk(cn, us);
  t.same(await last(us), await last(cn), 'the peer has the same');

  const give = (name: string, tick: number, retracted = false) =>
    cn.home.query(
      `INSERT INTO received (peer, digest, id, type, tick, place, level, domain, band, tlp, exercise, retracted, presentation,
         fields, received_at, direct)
       VALUES ($1, $2, $3, 'incident/1', $4, $4, 3, 'cyber', '2-3', 'clear', false, $5, 'x', $6, now(), 3)`,
      [US, name, '8e03978e-40d5-43dd-bc93-6894a57f9324', tick, retracted, retracted ? '{}' : JSON.stringify(full)],
    );
  const full = { kind: 'incident', title: 'x', summary: 'x', language: 'en', ongoing: true, root_cause: 'x' };
  await give('back', 1);
  const rested = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  await give('withdrawn', 2, true);
  await judgePeers(cn.worker, rested);
  t.match(await last(cn), { standing: 'probation', reason }, 'what was withdrawn is not given');
  await cn.home.query(`DELETE FROM received WHERE digest = 'withdrawn'`);
  await judgePeers(cn.worker, rested);
  t.match(await last(cn), { standing: 'good', reason: { code: 'conduct_good' } });
});

test('offers without obligations sign nothing; later ones suspend who is shown to break them, and let him mend it', async (t) => {
  const { cn, us } = await served(t, 1, []);
  const { database: border, asked } = countQueries(cn.worker.border);
  await judgePeers({ ...cn.worker, border });
  await judgePeers(us.worker);
  t.match([await standingsOf(cn, CN), await standingsOf(us, US)], [[{ reason: { code: 'enrolled' } }], [{}]]);
  t.equal(asked.count, 1, 'the peers alone');

  const recalls = { code: 'answer_recalls_within', params: { days: 1 } };
  const healthy = { code: 'log_health', params: { hours: 24, witnesses: 1 } };
  await handlePeerRequest(cn.worker, {
    op: 'offer',
    peer: US,
    offer: { ...offer('amber'), obligations: [recalls, healthy] } as never,
  });
  await age(cn, 10);
  for (let n = 0; n < 60; n++) {
    const [recall, answer] = [randomUUID(), randomUUID()];
    await cn.home.query(
      `INSERT INTO recalls (digest, peer, own, made_at, due_at, answer, answered_at)
       VALUES ($1, $2, true, now() - interval '9 days', now(), $3, now() - interval '5 days')`,
      [recall, US, answer],
    );
  }
  await judgePeers(cn.worker);
  t.match(await last(cn), { standing: 'probation', reason: { code: 'conduct_missing' } }, 'late by our clock alone');
  await cn.border.query(
    `INSERT INTO forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors)
     VALUES ('us.example/log/v1', $1, 1, 1, 'a', 'b', '', '{}', '{}')`,
    [US],
  );
  await judgePeers(cn.worker);
  await carryOut(cn.worker);
  t.match(await last(cn), { standing: 'suspended', reason: { code: 'conduct_broken' } });
  t.equal((await cn.border.query('SELECT status FROM peers')).rows[0].status, 'suspended');
  await cn.home.query('DELETE FROM recalls');
  await cn.border.query('DELETE FROM forks');
  const later = new Date(Date.now() + 15 * 86_400_000).toISOString().slice(0, 10);
  await judgePeers(cn.worker, later);
  await carryOut(cn.worker);
  t.match(await last(cn), { standing: 'restricted', since: later });
  t.equal((await cn.border.query('SELECT status FROM peers')).rows[0].status, 'active');
});
