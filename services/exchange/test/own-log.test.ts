// What peers have of our own log, asked for and landed as it came, while the worker doubts that it has all of it; and pages that
// contradict nothing meanwhile.

import { until } from '@detente/testkit';
import { type Test, test } from 'tap';
import { callAs, introduce, type Node, startNode } from './exchange-node.ts';
import { ownLog } from './own-log.ts';

const MIRROR = '/exchange/v1/mirror/';

async function startThree(t: Test) {
  const [cn, us, sg] = await Promise.all([startNode(t), startNode(t), startNode(t)]);
  await introduce(cn, us);
  await introduce(cn, sg);
  const log = ownLog(cn);
  await log.grow(640);
  for (const peer of [us, sg]) {
    await peer.pull(cn);
    await peer.mirror(cn);
  }
  return { cn, us, sg, log };
}

/** The worker has started, or wants what is missing of a tree. */
const doubt = (node: Node) =>
  node.rows('INSERT INTO log_recovery DEFAULT VALUES ON CONFLICT (single) DO UPDATE SET since = clock_timestamp()');
const want = (node: Node, size: number, note: string) =>
  node.rows('UPDATE log_recovery SET size = $1, note = $2', [size, note]);
/** The database is an older one. */
async function lose(node: Node, size: number): Promise<void> {
  await node.rows('UPDATE tree SET size = $1', [size]);
  await node.rows('DELETE FROM checkpoints WHERE size > $1', [size]);
}

const seenBy = async (node: Node, peer: Node) =>
  (
    await node.rows<{ size: string | null; note: string | null; fault: string | null; tail_fault: string | null }>(
      'SELECT size, note, fault, tail_fault FROM own_log_seen WHERE peer = $1',
      [peer.origin],
    )
  )[0];
const asked = (peer: Node) => peer.proxy.passed.filter(({ url }) => url.startsWith(MIRROR)).length;

test('a peer is asked once, and again while the log is doubted, and what it says is landed', async (t) => {
  const { cn, us, sg, log } = await startThree(t);
  us.proxy.tamper = () => ({ status: 503, headers: {}, body: Buffer.alloc(0) });
  await cn.recover(us);
  us.proxy.tamper = (answer) => answer;
  await cn.recover(us);
  await cn.recover(us);
  t.equal(asked(us), 2, 'a new peer until it has answered');
  t.same(await seenBy(cn, us), { size: '640', note: await log.note(640), fault: null, tail_fault: null });
  await doubt(cn);
  await cn.recover(us);
  await cn.recover(us);
  t.equal(asked(us), 3, 'who has answered is not asked again');
  await doubt(cn);
  await cn.recover(us);
  t.equal(asked(us), 4, 'but after another start');

  sg.proxy.tamper = () => undefined;
  await cn.recover(sg, { timeoutMs: 300 });
  t.match(await seenBy(cn, sg), { size: null, fault: /./ }, 'one that is silent has been asked');
  sg.proxy.tamper = (answer) => answer;
  await sg.rows('UPDATE cursors SET checkpoint = NULL');
  for (const table of ['mirror_entries', 'mirror_tiles']) await sg.rows(`DELETE FROM ${table}`);
  await sg.rows('DELETE FROM mirrors');
  await cn.recover(sg);
  t.match(await seenBy(cn, sg), { size: null, note: null, fault: null }, 'one that has seen nothing says so');
  await ownLog(sg).grow(16);
  await sg.rows('UPDATE cursors SET checkpoint = $1', [await ownLog(sg).note(16)]);
  await doubt(cn);
  await cn.recover(sg);
  t.match(await seenBy(cn, sg), { size: null, fault: null }, 'what another log has signed is not told');
});

test('a peer that has pinned a new identity tells what a key has signed that it does not know any more', async (t) => {
  const { cn, us, log } = await startThree(t);
  const note = await log.note(640);
  await cn.worker.rotate(['identity', 'log']);
  await us.rows(`UPDATE peers SET fingerprint = $1, keys = '{}', descriptor = NULL, earlier = '{}' WHERE origin = $2`, [
    cn.worker.fingerprint,
    cn.origin,
  ]);
  await us.pull(cn, { refresh: true });
  await us.worker.enrol(cn.origin);
  await doubt(cn);
  await cn.recover(us);
  t.match(await seenBy(cn, us), { size: '640', note, fault: null });
});

test('a peer with a feed that never ends is asked, and its log is mirrored', async (t) => {
  const { cn, us } = await startThree(t);
  const endless = ownLog(us);
  let goesOn = true;
  const growing = (async () => {
    while (goesOn) await endless.grow(us.worker.size + 16);
  })();
  await doubt(cn);
  const pulling = cn.run();
  const pulled = () => us.proxy.passed.filter(({ url }) => url.startsWith('/exchange/v1/feed')).length;
  const mirrored = async () => cn.count('mirror_entries', `log = '${endless.name}'`);
  try {
    await until('it is mirrored', async () => (await mirrored()) > 0);
    await until('more pages than one pull takes', async () => pulled() > 60);
  } finally {
    await pulling.stop();
    goesOn = false;
    await growing;
  }
  const first = (path: string) => us.proxy.passed.findIndex(({ url }) => url.startsWith(path));
  t.ok(first(MIRROR) >= 0 && first(MIRROR) < first('/exchange/v1/feed'), 'it is asked before its pages are pulled');
  t.match(await seenBy(cn, us), { fault: null });
});

test('a peer that cannot be asked has been tried', async (t) => {
  const { cn, us } = await startThree(t);
  await doubt(cn);
  await cn.rows(`UPDATE peers SET keys = '{}', descriptor = NULL WHERE origin = $1`, [us.origin]);
  const pulling = cn.run();
  try {
    await until('it is noted', async () => typeof (await seenBy(cn, us))?.fault === 'string');
  } finally {
    await pulling.stop();
  }
  t.match(await seenBy(cn, us), { fault: 'its keys are not known yet' });
});

test('the missing leaves are fetched from every mirror that has them', async (t) => {
  const { cn, us, sg, log } = await startThree(t);
  const note = await log.note(640);
  await doubt(cn);
  await lose(cn, 272);
  await want(cn, 640, note);
  await sg.rows('DELETE FROM mirror_entries WHERE index = 2');
  for (const peer of [us, sg]) await cn.recover(peer);
  const tail = await cn.rows('SELECT index, leaves FROM own_tail WHERE peer = $1 ORDER BY index', [us.origin]);
  t.same(tail, await cn.rows('SELECT index, leaves FROM entries WHERE index > 0 ORDER BY index'));
  t.match(await seenBy(cn, us), { tail_fault: null });
  t.match(await seenBy(cn, sg), { tail_fault: 'its mirror does not reach so far' });
  const before = asked(us);
  await cn.recover(us);
  t.equal(asked(us), before, 'what has landed is not fetched again');
  await cn.rows('DELETE FROM own_tail');
  await cn.rows('UPDATE log_recovery SET refused = $1', [[us.origin]]);
  await cn.recover(us);
  t.equal(await cn.count('own_tail'), 0, 'nor what did not fit');
});

test('one that has not said whether it has the missing leaves is asked again', async (t) => {
  const { cn, us, log } = await startThree(t);
  const note = await log.note(640);
  await doubt(cn);
  await cn.recover(us);
  await lose(cn, 272);
  await want(cn, 640, note);
  us.proxy.tamper = () => ({ status: 503, headers: {}, body: Buffer.alloc(0) });
  await cn.recover(us);
  const silent = await seenBy(cn, us);
  t.match(silent, { size: '640', fault: /./ });
  t.equal(silent!.tail_fault, silent!.fault);
  us.proxy.tamper = (answer) => answer;
  await us.rows('DELETE FROM mirror_entries WHERE index = 2');
  await cn.recover(us);
  t.match(await seenBy(cn, us), { fault: null, tail_fault: 'its mirror does not reach so far' });
});

test('leaves that come while those of another tree become wanted are not kept', async (t) => {
  const { cn, us } = await startThree(t);
  await doubt(cn);
  await lose(cn, 272);
  const note = 'of our log';
  await want(cn, 640, note);
  // As the worker wants a larger tree.
  await cn.rows('BEGIN');
  await cn.rows('SELECT pg_advisory_xact_lock(7101)');
  await want(cn, 641, note);
  await cn.rows('DELETE FROM own_tail');
  const landed = cn.recover(us);
  const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%advisory_xact_lock_shared%'`;
  let ended = false;
  void landed.then(() => {
    ended = true;
  });
  while (!ended && (await cn.rows(waits)).length === 0) await cn.rows('SELECT pg_stat_clear_snapshot()');
  await cn.rows('COMMIT');
  await landed;
  t.equal(await cn.count('own_tail'), 0);
});

test('a page below what a peer has seen is not given, and one above is', async (t) => {
  const { cn, us, sg } = await startThree(t);
  const page = async (peer: Node, after: number) => {
    const path = `/exchange/v1/feed?after=${after}`;
    const { status, json } = await callAs(cn, peer.keys.transport, { method: 'GET', path });
    return [status, json.code];
  };
  t.same(await page(us, 641), [409, 'conflict'], 'beyond the log, and nobody doubts it');
  await doubt(cn);
  await lose(cn, 480);
  t.same(await page(us, 16), [503, 'unavailable'], 'it has not said how much it has seen');
  await cn.recover(us);
  t.same(await page(us, 16), [503, 'unavailable'], 'it has seen more than is here');
  await us.pull(cn);
  t.match(await us.fault(cn), 'the peer has no page just now', 'which is no lie');
  await sg.rows('UPDATE cursors SET checkpoint = NULL');
  await sg.rows('UPDATE mirrors SET note = NULL');
  await cn.recover(sg);
  t.same(await page(sg, 16), [200, undefined], 'another goes on reading');
  await cn.rows('DELETE FROM log_recovery');
  t.same(await page(us, 16), [200, undefined]);
});
