// Warnings at the worker: who is told of what when a record is signed, and what is taken home of what peers warn of.

import { applyOutgoing, readLanding, readOutgoing } from '@detente/store/worker';
import { test } from 'tap';
import { carryOut } from '../src/jobs/carry.ts';
import { carryOutDecisions } from '../src/jobs/decide.ts';
import { makeDrafts } from '../src/jobs/draft.ts';
import { takeIn } from '../src/jobs/landing.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import type { WorkerNode } from './worker-node.ts';
import { CN, decide, fields, landStatement, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

const severity = (level: number) => ({ level, axes: { people: level, safeguards: 1, reach: 1 } });

async function release(
  node: WorkerNode,
  level: number,
  { tlp = 'amber', decided = releaseCase } = {},
): Promise<string> {
  const id = await node.report({ fields });
  await node.home.query('UPDATE cases SET severity = $2, status = $3, tlp = $4 WHERE id = $1', [
    id,
    JSON.stringify(severity(level)),
    'drafted',
    tlp,
  ]);
  await decided(node, id);
  return id;
}

const noticesOf = async ({ border }: WorkerNode) =>
  (await border.query(`SELECT peer, kind, digest, body FROM notices_out WHERE kind = 'warning' ORDER BY number`)).rows;

/** What the exchanges do with the warnings. */
async function warn(from: WorkerNode, to: WorkerNode): Promise<void> {
  for (const { digest, body } of await noticesOf(from))
    await to.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'warning', $2, $3)`, [
      from.worker.origin,
      digest,
      body,
    ]);
  await takeIn(to.worker);
}

const inbox = async ({ home }: WorkerNode) =>
  (
    await home.query(
      `SELECT digest, level, place::int, fields->>'title' AS title, warned_at IS NOT NULL AS warned FROM received
       ORDER BY received_at, digest`,
    )
  ).rows;

test('severity 5 is told to a peer that is offered nothing, at green, before the log has it', async (t) => {
  const { cn, us } = await pair(t);
  await release(cn, 5);
  const [notice] = await noticesOf(cn);
  t.match(notice, { peer: US, kind: 'warning' });
  await warn(cn, us);
  t.match(await inbox(us), [{ digest: notice.digest, level: 2, place: null, warned: true, title: fields.title }]);
  const { rows } = await cn.home.query('SELECT token, lengths FROM records');
  t.equal(notice.body, rows[0].token.slice(0, rows[0].lengths[2]), 'the bytes of the record itself');
});

test('severity 4 is told at once to whom the terms grant it, and to nobody else', async (t) => {
  const { cn, us } = await pair(t);
  await release(cn, 4);
  t.same(await noticesOf(cn), []);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await release(cn, 4);
  await release(cn, 3);
  t.equal((await noticesOf(cn)).length, 1);
  await warn(cn, us);
  t.match(await inbox(us), [{ level: 2, place: null, warned: true }], 'no more than green without the log’s proof');
});

test('what waits is lowered when the terms narrow, the floor is not, and what may have arrived is recalled', async (t) => {
  const { cn, us } = await pair(t);
  const offers = async (tier: Parameters<typeof offer>[0]) => {
    await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer(tier) });
    await carryOut(cn.worker);
  };
  const waiting = async () => (await noticesOf(cn)).map(({ digest, body }) => [digest, body]);
  await offers('amber');
  await talk(cn, us);
  await release(cn, 4, { tlp: 'clear' });
  await release(cn, 4, { tlp: 'amber' });
  await release(cn, 5);
  const { rows } = await cn.home.query('SELECT digest, token, lengths FROM records');
  const [open, held, grave] = (await noticesOf(cn)).map(({ digest }) => rows.find((row) => row.digest === digest));
  const cut = ({ digest, token, lengths }: (typeof rows)[0], level: number) => [digest, token.slice(0, lengths[level])];
  t.same(await waiting(), [cut(open, 2), cut(held, 2), cut(grave, 2)]);
  await offers('clear');
  t.same(await waiting(), [cut(open, 1), cut(grave, 2)], 'one is cut, one is dropped');
  await handlePeerRequest(cn.worker, { op: 'standing', peer: US, standing: 'suspended' });
  await carryOut(cn.worker);
  t.same(await waiting(), [cut(grave, 2)], 'whoever is suspended is told of what is grave alone');
  const { rows: recalls } = await cn.home.query('SELECT body FROM recalls JOIN statements USING (digest) WHERE own');
  const asked = recalls.flatMap(({ body }) =>
    body.records.map((record: { digest: string }) => `${record.digest} ${body.level}`),
  );
  const expected = [`${open.digest} 1`, `${held.digest} 0`, `${grave.digest} 2`, `${open.digest} 0`];
  t.same(asked.sort(), expected.sort(), 'undelivered is not unread: a call that failed may have arrived');
});

test('a warning that is carried after the narrower terms is not given by those before', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  const decided = async (node: WorkerNode, id: string) => {
    await makeDrafts(node.worker);
    const text = `INSERT INTO decisions (case_id, kind, draft, public, actor, reason)
      SELECT $1, 'release', digest, false, 'officer', 'test' FROM drafts WHERE case_id = $1`;
    await node.home.query(text, [id]);
    await carryOutDecisions(node.worker);
  };
  await release(cn, 4, { decided });
  t.same(await noticesOf(cn), [], 'it waits at home');
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer(null) });
  // A carry takes so many rows at once, and may be killed behind any of them: here, before that of the narrower terms.
  const rows = await readOutgoing(cn.worker.home.now, 200);
  const warned = rows.slice(
    0,
    rows.findIndex(({ kind }) => kind === 'terms'),
  );
  t.ok(
    warned.some(({ kind }) => kind === 'notice'),
    'the warning comes before them',
  );
  await cn.worker.border.write((tx) => applyOutgoing(tx, warned));
  t.same(await noticesOf(cn), []);
  await carryOut(cn.worker);
  t.same(await noticesOf(cn), []);
});

test('the feed completes what was warned of: the same record, its place, and all that is granted', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await release(cn, 5);
  await warn(cn, us);
  await log(cn);
  const { rows } = await cn.home.query('SELECT digest, token, lengths, place FROM records');
  const { digest, token, lengths, place } = rows[0];
  const land = (body: string) =>
    us.border.query(`INSERT INTO landing (peer, kind, digest, place, body) VALUES ($1, 'record', $2, $3, $4)`, [
      CN,
      digest,
      place,
      body,
    ]);
  await land(token.slice(0, lengths[3]));
  await takeIn(us.worker);
  const complete = { digest, level: 3, place: Number(place), warned: true };
  t.match(await inbox(us), [complete]);
  await warn(cn, us);
  t.match(await inbox(us), [complete], 'the warning once more takes nothing away');
});

test('what peers call a warning and is none goes to quarantine, with its bytes', async (t) => {
  const { cn, us } = await pair(t);
  await release(cn, 3);
  await release(cn, 4);
  const { rows } = await cn.home.query('SELECT digest, token, lengths FROM records ORDER BY severity');
  for (const { digest, token, lengths } of rows) {
    const text = `INSERT INTO landing (peer, kind, digest, body, received_at)
      VALUES ($1, 'warning', $2, $3, now() - interval '2 minutes')`;
    await us.border.query(text, [CN, digest, token.slice(0, lengths[2])]);
  }
  await takeIn(us.worker);
  t.same(await inbox(us), []);
  const { rows: refused } = await us.border.query('SELECT kind, code, body FROM quarantine ORDER BY number');
  t.match(refused, [
    { kind: 'warning', code: 'warning_severity', body: rows[0].token.slice(0, rows[0].lengths[2]) },
    { kind: 'warning', code: 'above_terms' },
  ]);
});

test('an expelled peer is told nothing, and a withdrawal is no warning', async (t) => {
  const { cn } = await pair(t);
  const id = await release(cn, 6);
  t.equal((await noticesOf(cn)).length, 1);
  await decide(cn, id, 'retraction', null);
  t.equal((await noticesOf(cn)).length, 1);
  await cn.border.query(`UPDATE peers SET status = 'expelled'`);
  await release(cn, 6);
  t.equal((await noticesOf(cn)).length, 1);
});

test('a warning is taken home before a page that came first, and between its records', async (t) => {
  const { cn, us } = await pair(t);
  await release(cn, 5);
  await landStatement(us, 'no statement', 'statement', CN);
  const order: string[] = [];
  const { border } = us.worker;
  const watched = {
    ...border,
    now: {
      query: async (text: string, values?: readonly unknown[]) => {
        order.push(/kind = 'warning'/.test(text) ? 'warnings' : /FROM landing/.test(text) ? 'landing' : '');
        return border.now.query(text, values);
      },
    },
  };
  const [notice] = await noticesOf(cn);
  await us.border.query(`INSERT INTO landing (peer, kind, digest, body) VALUES ($1, 'warning', $2, $3)`, [
    CN,
    notice.digest,
    notice.body,
  ]);
  await takeIn({ ...us.worker, border: watched as typeof border });
  t.same(order.filter(Boolean).slice(0, 2), ['landing', 'warnings']);
  t.same(await readLanding(us.worker.border.now, 'warnings', new Map(), 10), []);
  t.equal((await inbox(us)).length, 1);
  await carryOut(us.worker);
});
