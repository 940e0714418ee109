// A record's way over a relay: from its own node by one that may pass it on to one that takes it from there.

import { publicKeyOf } from '@detente/keys';
import { type Level, verifyRecord } from '@detente/record';
import { readPeerNames } from '@detente/store/casework';
import { type Test, test } from 'tap';
import { explainRelayed } from '../src/explain-relayed.ts';
import { carryOut } from '../src/jobs/carry.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { relaying } from '../src/jobs/relay.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';
import { add, CN, decide, fields, landStatement, log, offer, releaseCase, US } from './worker-pair.ts';

const SG = 'https://sg.example';
const LOG = 'cn.example/log/v1';

type Onward = { to: string[]; tier: 'green' | 'amber' } | null;
const onward = (to: Onward) => ({ ...offer('amber'), gives: [{ ...offer('amber').gives[0]!, onward: to }] }) as never;

/** Three nodes that know each other: cn lets sg pass on what is green, and us takes cn's records from sg. */
async function trio(t: Test) {
  const [cn, sg, us] = [
    await startWorkerNode(t, { origin: CN }),
    await startWorkerNode(t, { origin: SG }),
    await startWorkerNode(t, { origin: US }),
  ];
  const named = { cn, sg, us };
  const pairs = Object.values(named).flatMap((node) =>
    Object.entries(named).flatMap(([name, other]) => (other === node ? [] : [{ node, name, other }])),
  );
  for (const { node, name, other } of pairs) await add(node, other, name);
  for (const { node, other } of pairs) await talkTo(node, other);
  return named;
}

/** What two exchanges do: a node's descriptor, and what it says to the other, land there. */
async function talkTo(from: WorkerNode, to: WorkerNode): Promise<void> {
  await carryOut(from.worker);
  const { rows: descriptors } = await from.border.query('SELECT jws FROM descriptor');
  const { rows: statements } = await from.border.query(
    'UPDATE statements_out SET sent_at = now() WHERE peer = $1 AND sent_at IS NULL RETURNING jws',
    [to.worker.origin],
  );
  for (const { jws } of descriptors) await landStatement(to, jws, 'descriptor', from.worker.origin);
  for (const { jws } of statements) await landStatement(to, jws, 'statement', from.worker.origin);
  await takeIn(to.worker);
  await carryOut(to.worker);
}

async function say(from: WorkerNode, to: WorkerNode, body: unknown): Promise<void> {
  await handlePeerRequest(from.worker, { op: 'offer', peer: to.worker.origin, offer: body as never });
  await talkTo(from, to);
}

/** What exchanges do with a record version of cn: brought to a node by another. */
async function bring(cn: WorkerNode, to: WorkerNode, what: { by?: string; level: Level; rule?: string; age?: string }) {
  const { by = CN, level, rule = null, age = '2 minutes' } = what;
  const { rows } = await cn.home.query('SELECT digest, token, lengths, place, tick FROM records ORDER BY tick');
  const { digest, token, lengths, place } = rows.at(-1);
  await to.border.query(
    `INSERT INTO landing (peer, kind, digest, place, rule, body, origin, received_at)
     VALUES ($1, 'record', $2, $3, $4, $5, $6, now() - $7::interval)`,
    [by, digest, place, rule, token.slice(0, lengths[level]), by === CN ? null : CN, age],
  );
  await takeIn(to.worker);
  return digest as string;
}

/** What the exchange of a node does: it mirrors cn's log to its end. */
async function mirror(cn: WorkerNode, node: WorkerNode): Promise<void> {
  const { rows } = await cn.border.query('SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1');
  await node.border.query(
    `INSERT INTO mirrors (log, peer, size, note) VALUES ($1, $2, $3, $4)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note`,
    [LOG, CN, rows[0].size, rows[0].note],
  );
}

const passed = async ({ border }: WorkerNode) =>
  (
    await border.query(
      `SELECT s.peer, d.origin, s.digest, s.level, s.followed, s.number, d.body
       FROM relays s JOIN relayed d USING (digest) ORDER BY place`,
    )
  ).rows;
const why = async ({ worker }: WorkerNode, record: string) => {
  const peers = await worker.border.read(readPeerNames);
  const peer = peers.find(({ origin }) => origin === US)!;
  const explained = await explainRelayed(worker, { own: SG, peers, peer, record, day: utcToday() });
  return explained && { ...explained, steps: explained.steps.slice(0, 6) };
};
const recalls = async ({ home }: WorkerNode) =>
  (
    await home.query(
      `SELECT s.aud, s.body FROM recalls r JOIN statements s USING (digest) WHERE own ORDER BY r.made_at, s.seq`,
    )
  ).rows;
const held = async ({ home }: WorkerNode) =>
  (await home.query('SELECT peer, relay, direct, level, rule, presentation FROM received ORDER BY tick')).rows;
const refusals = async ({ border }: WorkerNode) =>
  (await border.query('SELECT peer, code FROM quarantine ORDER BY number')).rows;

test('a record is passed on as far as its own node allows, and taken in where the relay is accepted', async (t) => {
  const { cn, sg, us } = await trio(t);
  const relay = relaying(sg.worker);
  const pass = async () => {
    await relay();
    await carryOut(sg.worker);
  };
  await say(cn, sg, onward({ to: [US], tier: 'green' }));
  await say(sg, us, offer('amber'));
  const id = await cn.report({ fields });
  await releaseCase(cn, id);
  await log(cn);
  const digest = await bring(cn, sg, { level: 3 });
  const { rows } = await cn.home.query('SELECT token, lengths FROM records');
  const prefix = (level: number) => rows[0].token.slice(0, rows[0].lengths[level]);

  await t.test('nothing is passed on to who has not asked for it, nor before the log is mirrored', async (t) => {
    await pass();
    t.same(await passed(sg), []);
    await say(us, sg, { ...offer(null), relays: [CN] });
    await pass();
    t.same(await passed(sg), [], 'there is no proof yet');
    await mirror(cn, sg);
    await pass();
    t.match(await passed(sg), [
      { peer: US, origin: CN, digest, level: 2, followed: false, number: '1', body: prefix(2) },
    ]);
    await pass();
    t.equal((await passed(sg)).length, 1, 'once');
    t.match(await why(sg, digest), {
      ...{ origin: 'cn', id: /./, digest, level: 2, conclusion: 'under_way' },
      steps: [
        { step: 'peer', code: 'active' },
        { step: 'terms' },
        { step: 'grant', state: 'done', code: 'relayed', params: { rule: 0, level: 2 } },
        { step: 'warning' },
        { step: 'log', code: 'logged' },
        { step: 'page', code: 'late_item', params: { number: 1 } },
      ],
    });
    t.equal(await why(sg, 'A'.repeat(43)), undefined);
  });

  await t.test(
    'who takes no records of a node from this peer refuses it, and whoever brings more than the terms give',
    async (t) => {
      await say(us, sg, offer(null));
      await bring(cn, us, { by: SG, level: 2 });
      await say(us, sg, { ...offer(null), relays: ['https://br.example'] });
      await bring(cn, us, { by: SG, level: 3 });
      await say(us, sg, { ...offer(null), relays: [CN] });
      await us.border.query(`UPDATE peers SET status = 'expelled' WHERE origin = $1`, [CN]);
      await bring(cn, us, { by: SG, level: 1 });
      await us.border.query(`UPDATE peers SET status = 'active' WHERE origin = $1`, [CN]);
      await bring(cn, us, { by: SG, level: 4, rule: 'override' });
      t.match(await refusals(us), [
        { peer: SG, code: 'relay_not_accepted' },
        { peer: SG, code: 'relay_not_accepted' },
        { peer: SG, code: 'relay_not_accepted' },
        { peer: SG, code: 'above_terms' },
      ]);
      t.same(await held(us), []);
    },
  );

  await t.test('one under a key that its own node has not shown us yet waits for that', async (t) => {
    const setKeys = (text: string) =>
      us.border.query(`UPDATE peers SET keys = jsonb_set(keys, '{record}', ${text}) WHERE origin = $1`, [CN]);
    const { rows: known } = await us.border.query('SELECT keys FROM peers WHERE origin = $1', [CN]);
    const before = await refusals(us);
    await setKeys(`keys -> 'agency'`);
    await bring(cn, us, { by: SG, level: 1, rule: 'relayed' });
    t.same([await held(us), await refusals(us)], [[], before]);
    await bring(cn, us, { by: SG, level: 2, age: '2 days' });
    t.same(await refusals(us), [...before, { peer: SG, code: 'key_unknown' }], 'but not for ever');
    await setKeys(`'${JSON.stringify(known[0].keys.record)}'`);
    await takeIn(us.worker);
    t.match(await held(us), [{ peer: CN, relay: SG, level: 1 }]);
  });

  await t.test(
    'what comes direct and by the relay is one record: the longer of both, and its own node’s first',
    async (t) => {
      await bring(cn, us, { by: SG, level: 2, rule: 'relayed' });
      t.match(await held(us), [
        { peer: CN, relay: SG, direct: null, level: 2, rule: 'relayed', presentation: prefix(2) },
      ]);
      await say(cn, us, offer('amber'));
      await bring(cn, us, { level: 1 });
      t.match(await held(us), [{ peer: CN, relay: SG, direct: 1, level: 2, presentation: prefix(2) }]);
      const key = publicKeyOf(cn.worker.publicKeys.record.jwk);
      t.equal(
        verifyRecord(prefix(2), { iss: CN, keyFor: () => key }).digest,
        digest,
        'under the signature of its node',
      );
    },
  );

  await t.test('what the relay asks back is cut to what its own node gave', async (t) => {
    await say(cn, sg, onward(null));
    await pass();
    t.match(await passed(sg), [{ peer: US, level: null }], 'the node that it is of allows nothing any more');
    t.match(await why(sg, digest), {
      ...{ level: null, conclusion: 'withheld' },
      steps: [
        { step: 'peer' },
        { step: 'terms' },
        { step: 'grant', state: 'stopped', code: 'onward_none', params: { cell: 'incident/other/unrated' } },
      ],
    });
    t.match(await recalls(sg), [{ aud: US, body: { cause: 'narrowed', level: 0, records: [{ digest }] } }]);
    const { rows: notices } = await sg.border.query(`SELECT digest, body FROM notices_out WHERE kind = 'recall'`);
    await us.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'recall', $2, $3)`, [
      SG,
      notices[0].digest,
      notices[0].body,
    ]);
    await takeIn(us.worker);
    const answer = { recall: notices[0].digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
    await handlePeerRequest(us.worker, { op: 'answer', answer });
    t.match(await held(us), [{ relay: null, direct: 1, level: 1, presentation: prefix(1) }]);
    await say(cn, sg, onward({ to: ['*'], tier: 'amber' }));
    await pass();
    t.match(await passed(sg), [{ level: 3, number: '2', body: prefix(3) }], 'wider again, it comes anew');
    await bring(cn, us, { by: SG, level: 3 });
    t.match(await held(us), [{ relay: SG, direct: 1, level: 3 }]);
  });

  await t.test('a withdrawal follows, and the origin’s recall is passed on', async (t) => {
    await decide(cn, id, 'retraction', null);
    await log(cn);
    await mirror(cn, sg);
    await say(cn, sg, onward(null));
    const withdrawn = await bring(cn, sg, { level: 0 });
    await pass();
    t.match(await passed(sg), [{ digest }, { digest: withdrawn, level: 0, followed: true }]);
    await bring(cn, us, { by: SG, level: 0 });
    t.equal((await held(us)).length, 2);
    await say(cn, sg, onward({ to: [US], tier: 'green' }));
    await pass();
    const { rows: notices } = await cn.border.query(
      `SELECT digest, body FROM notices_out WHERE kind = 'recall' AND peer = $1`,
      [SG],
    );
    for (const one of notices)
      await sg.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'recall', $2, $3)`, [
        CN,
        one.digest,
        one.body,
      ]);
    await takeIn(sg.worker);
    await pass();
    t.match((await passed(sg))[0], { digest, level: null });
    t.match((await recalls(sg)).at(-1), { aud: US, body: { cause: 'retracted', level: 0, records: [{ digest }] } });
    const answer = { recall: notices.at(-1)!.digest, answer: 'purged' as const, legal_basis: null, passed_to: [] };
    await handlePeerRequest(sg.worker, { op: 'answer', answer });
    const { rows: said } = await sg.home.query(
      `SELECT body FROM statements WHERE typ = 'detente-recall-answer+jwt' AND iss = $1`,
      [SG],
    );
    t.match(said, [{ body: { answer: 'purged', passed_to: [US] } }], 'and the origin is told to whom it went');
  });

  await t.test('who takes nothing more from the relay is told what its node asks back or withdraws', async (t) => {
    const another = await cn.report({ fields });
    await releaseCase(cn, another);
    await log(cn);
    await mirror(cn, sg);
    const digest = await bring(cn, sg, { level: 3 });
    await pass();
    t.match((await passed(sg)).at(-1), { peer: US, digest, level: 2 });
    const before = (await recalls(sg)).length;
    await say(us, sg, offer(null));
    await pass();
    t.match((await passed(sg)).at(-1), { digest, level: null });
    t.equal((await recalls(sg)).length, before, 'that it takes no more asks nothing back');
    await say(cn, sg, onward({ to: [US], tier: 'clear' as never }));
    await pass();
    t.match((await recalls(sg)).slice(before), [
      { aud: US, body: { cause: 'narrowed', level: 1, records: [{ digest }] } },
    ]);
    await decide(cn, another, 'retraction', null);
    await log(cn);
    await mirror(cn, sg);
    await bring(cn, sg, { level: 0 });
    await pass();
    t.match((await recalls(sg)).slice(before + 1), [
      { aud: US, body: { cause: 'retracted', level: 0, records: [{ digest }] } },
    ]);
    await pass();
    t.equal((await recalls(sg)).length, before + 2, 'once');
  });
});
