// Warnings on their way: to a peer that is slow, wrong about the time, gone or flooded, and from one that floods.

import { dueNotices } from '@detente/store/exchange';
import { until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { type NoticingSettings, startNoticing } from '../src/noticing.ts';
import { pauseAfter } from '../src/retry.ts';
import { callAs, introduce, type Node, startNode } from './exchange-node.ts';

const path = '/exchange/v1/notices';
const grave = { level: 5, axes: { people: 5, safeguards: 3, reach: 4 } };
const HOUR = 3_600_000;

type Warning = { digest: string; body: string };

/** A grave record of a node, cut to a level. */
async function warningOf(node: Node, fields: Record<string, unknown> = {}, level = 2): Promise<Warning> {
  const { token, lengths, digest } = await node.worker.release({ severity: grave, ...fields });
  return { digest, body: token.slice(0, lengths[level]) };
}

async function queue(from: Node, to: Node, warning?: Warning): Promise<string> {
  const { digest, body } = warning ?? (await warningOf(from));
  const text = `INSERT INTO notices_out (peer, kind, digest, body) VALUES ($1, 'warning', $2, $3)`;
  await from.rows(text, [to.origin, digest, body]);
  return digest;
}

function tell(t: Test, node: Node, more: Partial<NoticingSettings> = {}) {
  const logger = node.app.log as NoticingSettings['logger'];
  const noticing = startNoticing({
    ...{ border: node.database, logger, signer: node.keys.transport },
    ...{ everyMs: 20, timeoutMs: 2_000, reach: { loopback: true, networks: [] }, ...more },
  });
  t.teardown(() => noticing.stop());
  return noticing;
}

async function nodes(t: Test, more: Record<string, string> = {}): Promise<[Node, Node]> {
  const pair = await Promise.all([startNode(t), startNode(t, more)]);
  await introduce(...pair);
  return pair;
}

const isDelivered = async (node: Node) => (await node.count('notices_out', 'delivered_at IS NULL')) === 0;
const faultsOf = async (node: Node) =>
  (await node.rows<{ fault: string | null; attempts: number }>(
    'SELECT fault, attempts FROM notices_out ORDER BY number',
  ))!;
const landedAt = (node: Node) =>
  node.rows<{ digest: string; body: string }>(
    `SELECT digest, body FROM landing WHERE kind = 'warning' ORDER BY number`,
  );

test('a warning is brought at once, and waits for the worker', async (t) => {
  const [cn, us] = await nodes(t);
  const digest = await queue(cn, us);
  tell(t, cn);
  await until('it is delivered', () => isDelivered(cn));
  t.match(await us.rows('SELECT peer, kind, digest, place FROM landing'), [
    { peer: cn.origin, kind: 'warning', digest, place: null },
  ]);
  t.same(await faultsOf(cn), [{ fault: null, attempts: 1 }]);
});

test('the same again is kept once, with the longer presentation', async (t) => {
  const [cn, us] = await nodes(t);
  const { token, lengths } = await cn.worker.release({ severity: grave });
  const bring = (level: number) =>
    callAs(us, cn.keys.transport, { method: 'POST', path, body: { warning: token.slice(0, lengths[level]) } });
  for (const level of [1, 1, 2, 1, 2]) t.equal((await bring(level)).status, 204);
  t.same(
    (await landedAt(us)).map(({ body }) => body),
    [token.slice(0, lengths[1]), token.slice(0, lengths[2])],
  );
});

test('what is no warning is refused as the one field that it is, and changes nothing', async (t) => {
  const [cn, us] = await nodes(t);
  const other = await startNode(t);
  const mild = { level: 3, axes: { people: 3, safeguards: 3, reach: 2 } };
  const good = await warningOf(cn);
  const cases: [string, string, string][] = [
    ['of severity 3', (await warningOf(cn, { severity: mild })).body, 'warning_severity'],
    ['unrated', (await warningOf(cn, { severity: 'unrated' })).body, 'warning_severity'],
    ['disclosed beyond green', (await warningOf(cn, {}, 3)).body, 'warning_level'],
    ['its signed part alone', (await warningOf(cn, {}, 0)).body, 'warning_severity'],
    ['of another issuer', (await warningOf(other)).body, 'key_unknown'],
    ['changed by one byte', good.body.replace(/~[^~]/, '~x'), 'token_invalid'],
  ];
  const before = await us.count('landing');
  for (const [what, warning, code] of cases) {
    const answer = await callAs(us, cn.keys.transport, { method: 'POST', path, body: { warning } });
    t.match(
      answer,
      { status: 422, json: { code: 'validation_failed', errors: [{ pointer: '/warning', code }] } },
      what,
    );
  }
  t.equal(await us.count('landing'), before);
  t.equal(await us.count('notices_in'), 0);
});

test('a clock that is wrong by hours holds nothing back', async (t) => {
  const [cn, us] = await nodes(t);
  for (const apart of [-5 * HOUR, 5 * HOUR, -20_000 * HOUR]) {
    await queue(cn, us);
    const noticing = tell(t, cn, { clock: () => Date.now() + apart });
    await until(`it is delivered with a clock ${apart / HOUR} h off`, () => isDelivered(cn));
    await noticing.stop();
  }
  t.equal((await landedAt(us)).length, 3);
});

test('a peer whose budget is used up gets the others later, and another peer’s warning meanwhile', async (t) => {
  const [cn, us] = await nodes(t, { DETENTE_NOTICES_PER_MINUTE: '5' });
  const sg = await startNode(t);
  await introduce(us, sg);
  for (let n = 0; n < 8; n++) await queue(cn, us);
  tell(t, cn);
  await until('five are delivered', async () => (await cn.count('notices_out', 'delivered_at IS NOT NULL')) === 5);
  await until('it was told to wait', async () => (await cn.count('notices_out', 'fault IS NOT NULL')) > 0);
  await queue(sg, us);
  tell(t, sg);
  await until('the other’s is delivered', () => isDelivered(sg));
  t.equal((await landedAt(us)).length, 6);
  await us.rows(`UPDATE notices_in SET received_at = now() - interval '1 hour'`);
  await cn.rows('UPDATE notices_out SET next_at = now() WHERE delivered_at IS NULL');
  await until('none is dropped', () => isDelivered(cn));
});

test('the budget holds against calls that come at once, and other notices leave warnings their room', async (t) => {
  const [cn, us] = await nodes(t, { DETENTE_NOTICES_PER_MINUTE: '5' });
  const bring = async (body: object) => (await callAs(us, cn.keys.transport, { method: 'POST', path, body })).status;
  const day = new Date().toISOString().slice(0, 10);
  const canaries = await Promise.all(
    Array.from({ length: 20 }, () => cn.worker.sign(us.origin, 'detente-canary+jwt', { day }, false)),
  );
  const warnings: Warning[] = [];
  for (let n = 0; n < 20; n++) warnings.push(await warningOf(cn));
  const taken = async (bodies: object[]) =>
    (await Promise.all(bodies.map(bring))).sort().map((status) => (status === 204 ? 'taken' : status));
  const five = [...Array(5).fill('taken'), ...Array(15).fill(429)];
  t.same(await taken(canaries.map((canary) => ({ canary }))), five);
  t.same(await taken(warnings.map(({ body: warning }) => ({ warning }))), five);
  t.equal((await landedAt(us)).length, 5);
});

test('a warning goes before everything else that waits', async (t) => {
  const [cn, us] = await nodes(t);
  const text = `INSERT INTO notices_out (peer, kind, digest, body, next_at)
    SELECT $1, 'recall', 'r' || n, 'x', now() - interval '1 hour' FROM generate_series(1, 60) n`;
  await cn.rows(text, [us.origin]);
  const digest = await queue(cn, us);
  const due = await dueNotices(cn.database.now, 20);
  t.equal(due.length, 20);
  t.match(due.slice(0, 2), [{ kind: 'warning', digest }, { kind: 'recall' }]);
});

test('a peer that hangs keeps its own warnings waiting and nobody else’s', async (t) => {
  const [cn, us] = await nodes(t);
  const sg = await startNode(t);
  await introduce(cn, sg);
  us.proxy.tamper = () => undefined;
  await queue(cn, us);
  await queue(cn, sg);
  tell(t, cn, { timeoutMs: 300 });
  await until('sg has it', async () => (await sg.count('landing', `kind = 'warning'`)) === 1);
  await until('that us does not answer is noted', async () => (await faultsOf(cn))[0]?.fault != null);
  us.proxy.tamper = (answer) => answer;
  await cn.rows('UPDATE notices_out SET next_at = now()');
  await until('us has it when it answers again', () => isDelivered(cn));
});

test('an expelled peer is told nothing, a suspended one is', async (t) => {
  const [cn, us] = await nodes(t);
  const sg = await startNode(t);
  await introduce(cn, sg);
  await cn.rows(`UPDATE peers SET status = 'expelled' WHERE origin = $1`, [us.origin]);
  await cn.rows(`UPDATE peers SET status = 'suspended' WHERE origin = $1`, [sg.origin]);
  await queue(cn, us);
  await queue(cn, sg);
  tell(t, cn);
  await until('sg has it', async () => (await sg.count('landing', `kind = 'warning'`)) === 1);
  await until('cn knows', async () => (await cn.count('notices_out', 'delivered_at IS NOT NULL')) === 1);
  t.equal(await cn.count('notices_out', 'attempts > 0'), 1);
});

test('a downgrade overtakes what is queued: of 100 pushes one is on its way, and nothing above the floor leaves any more', async (t) => {
  const [cn, us] = await nodes(t);
  const above = await warningOf(cn, { severity: { level: 4, axes: { people: 4, safeguards: 2, reach: 2 } } });
  const floor = await warningOf(cn);
  await cn.rows(
    `INSERT INTO notices_out (peer, kind, digest, body)
     SELECT $1, 'warning', n, CASE n % 2 WHEN 1 THEN $2 ELSE $3 END FROM generate_series(1, 100) n`,
    [us.origin, above.body, floor.body],
  );
  const { promise: suspended, resolve: suspend } = Promise.withResolvers<void>();
  const sent: string[] = [];
  us.proxy.beside = async ({ url, body }) => {
    if (url === path) sent.push(JSON.parse(body.toString()).warning);
    await suspended;
    return undefined;
  };
  tell(t, cn, { timeoutMs: 20_000 });
  await until('the first is on its way', async () => sent.length === 1);
  // As the worker does when it carries a suspension over.
  await cn.rows(`UPDATE peers SET status = 'suspended' WHERE origin = $1`, [us.origin]);
  await cn.rows('DELETE FROM notices_out WHERE body = $1', [above.body]);
  suspend();
  await until('all that is left is delivered', () => isDelivered(cn));
  t.same(sent, [above.body, ...Array(50).fill(floor.body)]);
});

test('pauses grow with each attempt, differ by chance, and heed the peer for a minute at most', (t) => {
  const low = (attempts: number) => pauseAfter(attempts, { asked: 0, random: 0 });
  const high = (attempts: number) => pauseAfter(attempts, { asked: 0, random: 1 });
  for (let attempts = 0; attempts < 40; attempts++) {
    t.ok(low(attempts + 1) >= low(attempts));
    t.equal(high(attempts), 2 * low(attempts));
    t.ok(high(attempts) <= 300_000);
  }
  t.equal(high(0), 1000);
  t.equal(pauseAfter(0, { asked: 15, random: 0 }), 15_000);
  t.equal(pauseAfter(0, { asked: 1e9, random: 0 }), 60_000);
  t.end();
});
