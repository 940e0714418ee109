// A peer in the sandbox is given nothing; enrolled, it is given what the terms say; offboarded, it is asked for everything.

import { type Test, test } from 'tap';
import { sendCanaries } from '../src/jobs/canaries.ts';
import { carryOut } from '../src/jobs/carry.ts';
import { concludeOffboardings } from '../src/jobs/offboarding.ts';
import { handlePeerRequest } from '../src/jobs/peers.ts';
import { recomputeAllTerms } from '../src/jobs/terms.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';
import { add, CN, fields, log, offer, pair, releaseCase, talk, US } from './worker-pair.ts';

const grave = { level: 5, axes: { people: 5, safeguards: 3, reach: 4 } };
const count = async ({ border }: WorkerNode, text: string) => (await border.query(text)).rowCount;
const peerOf = async ({ border }: WorkerNode) =>
  (await border.query('SELECT status, sandbox, keys <> $1 AS known FROM peers', ['{}'])).rows[0];
const standings = async ({ home }: WorkerNode) =>
  (await home.query(`SELECT body FROM statements WHERE typ = 'detente-standing+jwt' AND iss = $1 ORDER BY seq`, [CN]))
    .rows;
const recalls = async ({ home }: WorkerNode) =>
  (await home.query('SELECT digest, body FROM recalls JOIN statements USING (digest) ORDER BY made_at')).rows;
const serve = ({ border }: WorkerNode) =>
  border.query('INSERT INTO served (peer, mark) VALUES ($1, 100000) ON CONFLICT (peer) DO UPDATE SET mark = 100000', [
    US,
  ]);

async function sandboxed(t: Test): Promise<{ cn: WorkerNode; us: WorkerNode }> {
  const cn = await startWorkerNode(t, { origin: CN });
  const us = await startWorkerNode(t, { origin: US });
  const fingerprint = us.worker.keys.signer('identity').kid;
  await handlePeerRequest(cn.worker, { op: 'add', name: 'us', origin: US, fingerprint, ca: null, sandbox: true });
  await carryOut(cn.worker);
  await add(us, cn, 'cn');
  await talk(us, cn);
  await talk(cn, us);
  return { cn, us };
}

test('a peer in the sandbox is checked and talked to, and given nothing: no offer, no floor, no warning', async (t) => {
  const { cn } = await sandboxed(t);
  t.match(await peerOf(cn), { status: 'active', sandbox: true, known: true });
  t.equal(await count(cn, 'SELECT FROM conformance WHERE checked_at IS NULL'), 1, 'a check is asked for');
  t.same(await standings(cn), []);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await releaseCase(cn, await cn.report({ fields: { ...fields, severity: grave } }));
  await log(cn);
  t.equal(await count(cn, 'SELECT FROM grants WHERE level IS NOT NULL'), 0);
  t.equal(await count(cn, `SELECT FROM notices_out WHERE kind = 'warning'`), 0);
  t.not(await count(cn, 'SELECT FROM terms'), 0, 'pages can be composed');
  await sendCanaries(cn.worker);
  await carryOut(cn.worker);
  t.equal(await count(cn, `SELECT FROM notices_out WHERE kind = 'canary'`), 1);
  for (const standing of ['good', 'suspended'] as const)
    await handlePeerRequest(cn.worker, { op: 'standing', peer: US, standing });
  await handlePeerRequest(cn.worker, { op: 'offboard', peer: US });
  t.same(await standings(cn), [], 'no standing enrols it by the way');
});

test('enrolled, it is in good standing and is given what was logged before, and both sides compute the same', async (t) => {
  const { cn, us } = await sandboxed(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await releaseCase(cn, await cn.report({ fields: { ...fields, severity: grave } }));
  await log(cn);
  await handlePeerRequest(cn.worker, { op: 'enrol', peer: US });
  await handlePeerRequest(cn.worker, { op: 'enrol', peer: US });
  await carryOut(cn.worker);
  t.match(await peerOf(cn), { status: 'active', sandbox: false });
  t.match(await standings(cn), [{ body: { standing: 'good' } }]);
  const { rows } = await cn.border.query(`SELECT from_index, level FROM grants WHERE cell LIKE '%/5-7' AND level = 3`);
  t.ok(rows.length > 0 && rows.every(({ from_index }) => Number(from_index) === 0), 'from the start of the log');
  await talk(cn, us);
  await talk(us, cn);
  const digestOf = async ({ home }: WorkerNode, direction: string) =>
    (await home.query('SELECT digest FROM terms WHERE direction = $1 ORDER BY computed_at DESC LIMIT 1', [direction]))
      .rows;
  t.same(await digestOf(cn, 'given'), await digestOf(us, 'taken'));
});

test('offboarding suspends, recalls all that was given, the floor too, once, and expels when it is answered', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await releaseCase(cn, await cn.report({ fields }));
  await releaseCase(cn, await cn.report({ fields: { ...fields, severity: grave } }));
  await log(cn);
  await serve(cn);
  for (let again = 0; again < 2; again++)
    await handlePeerRequest(cn.worker, { op: 'offboard', peer: US, told: 'it ends' });
  await carryOut(cn.worker);
  t.match(await peerOf(cn), { status: 'suspended' });
  const [recall, ...more] = await recalls(cn);
  t.same(more, [], 'one recall, whatever the narrower terms take away as well');
  t.match(recall.body, { cause: 'ended', level: 0 });
  t.equal(recall.body.records.length, 2);
  t.match((await standings(cn)).at(-1)!.body, {
    standing: 'suspended',
    reason: { code: 'offboarding', params: { told: 'it ends' } },
  });
  await concludeOffboardings(cn.worker);
  t.match(await peerOf(cn), { status: 'suspended' }, 'it has days to answer');

  const id = await cn.report({ fields });
  await cn.home.query(`UPDATE cases SET severity = $2, status = 'drafted', tlp = 'amber' WHERE id = $1`, [id, grave]);
  await releaseCase(cn, id);
  t.equal(await count(cn, `SELECT FROM notices_out WHERE kind = 'warning'`), 1, 'it is warned as long as it is there');
  await cn.home.query(`UPDATE recalls SET answer = 'a'`);
  for (let again = 0; again < 2; again++) await concludeOffboardings(cn.worker);
  await carryOut(cn.worker);
  t.match(await peerOf(cn), { status: 'suspended' }, 'what it was given since is asked for, and waited for, too');
  const [, rest, ...none] = await recalls(cn);
  t.same(none, []);
  t.match(rest.body, { cause: 'ended', level: 0 });
  t.equal(rest.body.records.length, 1);
  t.notOk(recall.body.records.some(({ digest }: { digest: string }) => digest === rest.body.records[0].digest));

  await cn.home.query(`UPDATE recalls SET answer = 'a'`);
  await concludeOffboardings(cn.worker);
  await concludeOffboardings(cn.worker);
  await carryOut(cn.worker);
  t.match(await peerOf(cn), { status: 'expelled' });
  t.match(
    (await standings(cn)).map(({ body }) => body.standing),
    ['good', 'suspended', 'expelled'],
  );
  t.equal((await recalls(cn)).length, 2, 'who is a stranger is asked nothing more');
  t.equal(await count(cn, `SELECT FROM notices_out WHERE kind = 'recall'`), 2);
});

test('who lets the days pass is expelled; what a crash leaves between recall and terms is made up for', async (t) => {
  const { cn, us } = await pair(t);
  await handlePeerRequest(cn.worker, { op: 'offer', peer: US, offer: offer('amber') });
  await talk(cn, us);
  await releaseCase(cn, await cn.report({ fields }));
  await log(cn);
  await serve(cn);
  await cn.home.query(`CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''stopped''; END';
    CREATE TRIGGER stopped BEFORE INSERT ON terms EXECUTE FUNCTION stop()`);
  await t.rejects(handlePeerRequest(cn.worker, { op: 'offboard', peer: US }), 'it ends before the terms are computed');
  await cn.home.query('DROP TRIGGER stopped ON terms');
  await recomputeAllTerms(cn.worker);
  await carryOut(cn.worker);
  t.equal((await recalls(cn)).length, 1);
  t.equal(await count(cn, `SELECT FROM peers WHERE status = 'suspended'`), 1);
  await cn.home.query(`UPDATE recalls SET due_at = now() - interval '1 second'`);
  await concludeOffboardings(cn.worker);
  await carryOut(cn.worker);
  t.match(await peerOf(cn), { status: 'expelled' });
});
