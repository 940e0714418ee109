import { test } from 'tap';
import { cyber, DAY, pack, startApart, stateOf, take } from './apart.ts';
import { offer, standing } from './border-worker.ts';
import { introduce, startNode } from './exchange-node.ts';

test('without a connection records go out and receipts come back, again and again', async (t) => {
  const [cn, us] = await startApart(t);
  for (const round of [1, 2]) {
    await cn.worker.sign(us.origin, 'detente-offer+jwt', offer());
    await cn.worker.sign(us.origin, 'detente-standing+jwt', standing());
    const records = [await cn.worker.release(cyber), await cn.worker.release(cyber)];
    await cn.worker.release({ hazard_domain: 'bio' });
    await cn.worker.sequence();
    const out = await pack(cn, us);
    t.match(await take(us, out.text), { outcome: 'taken', statements: 2, records: 2, refused: [], fault: null });
    const landed = (await us.landed(cn)).slice(-2).map(({ digest }) => digest);
    t.same(landed.sort(), records.map(({ digest }) => digest).sort(), 'what is granted, and no more');
    t.same(await us.cursor(cn), { after: 16 * round, late: 0 });
    t.equal(await us.count('receipts_out', 'sent_at IS NULL'), 1);
    t.equal(await cn.count('statements_out', 'sent_at IS NULL'), 2, 'until it is told, they are not brought');
    const back = await pack(us, cn);
    t.match(await take(cn, back.text), { outcome: 'taken', receipts: 1, refused: [] });
    t.equal(await cn.count('statements_out', 'sent_at IS NULL'), 0);
    t.equal(await cn.count('receipts_in'), round, 'both ledgers agree');
    t.same(
      await cn.rows('SELECT jws FROM receipts_in ORDER BY seq'),
      await us.rows('SELECT jws FROM receipts_out ORDER BY seq'),
    );
    t.match(await take(us, (await pack(cn, us)).text), { outcome: 'taken', statements: 0, pages: 0 });
    t.equal(await us.count('receipts_out', 'sent_at IS NULL'), 0);
  }
  t.same(cn.proxy.passed.concat(us.proxy.passed), [], 'nobody called anybody');
  t.equal(await us.count('cursors', 'terms IS NOT NULL'), 0, 'what a bundle names may be of long ago');

  await t.test('the wire goes on where the bundles ended', async (t) => {
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    await us.pull(cn);
    t.equal(await us.fault(cn), null);
    t.equal(await us.count('cursors', 'terms IS NOT NULL'), 1);
    t.same(await us.cursor(cn), { after: 48, late: 0 });
    t.equal((await us.landed(cn)).length, 5);
  });
});

test('a bundle that is lost, repeated, behind its time or out of step does no harm', async (t) => {
  const [cn, us] = await startApart(t);
  const release = async () => {
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    return pack(cn, us);
  };
  const [lost, late] = [await release(), await release()];
  const newest = await release();
  t.match(await take(us, newest.text), { outcome: 'taken', records: 3, after: 48 }, 'what was lost comes again');
  const before = await stateOf(us);
  t.match(await take(us, newest.text), { outcome: 'same', after: 48 });
  for (const old of [lost, late]) await t.rejects(take(us, old.text), { code: 'older' });
  t.equal(await stateOf(us), before, 'nothing was changed');

  await t.test('its date must be near, and the day of the terms near its date', async (t) => {
    const now = Date.now();
    const other = await pack(cn, us, { now: now - 31 * DAY });
    await t.rejects(take(us, other.text), { code: 'too_old' });
    await t.rejects(
      take(us, newest.text, { now: now + 31 * DAY }),
      { code: 'too_old' },
      'one that was taken in before too',
    );
    await t.rejects(take(us, (await pack(cn, us, { now: now + 2 * DAY })).text), { code: 'from_the_future' });
    t.equal(await stateOf(us), before);
    await take(cn, (await pack(us, cn)).text);
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    const odd = await pack(cn, us, { now: now - 5 * DAY });
    t.match(await take(us, odd.text), { fault: /its terms are of/, pages: 0 });
    const weeks = await pack(cn, us);
    t.match(await take(us, weeks.text, { now: now + 20 * DAY }), { outcome: 'taken', records: 1, fault: null });
  });

  await t.test('what the wire has brought meanwhile is passed over', async (t) => {
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    await us.pull(cn);
    await cn.worker.release(cyber);
    await cn.worker.sequence();
    t.match(await take(us, (await pack(cn, us)).text), { outcome: 'taken', pages: 1, records: 1, fault: null });
  });
});

test('only an enrolled peer’s bundle for this node, as it was signed, changes a row', async (t) => {
  const [[cn, us], sg] = await Promise.all([startApart(t), startNode(t)]);
  await introduce(cn, sg);
  await cn.worker.release(cyber);
  await cn.worker.sequence();
  const { text } = await pack(cn, us);
  const before = await stateOf(us);
  await t.rejects(take(us, (await pack(cn, sg)).text), { code: 'for_another' });
  await sg.worker.addPeer(us);
  await t.rejects(take(us, (await pack(sg, us)).text), { code: 'peer_unknown' });
  const bytes = Buffer.from(text);
  const places = Array.from({ length: 60 }, (_, i) => Math.floor((i * bytes.length) / 60));
  for (const at of [...places, text.indexOf('\n'), bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    await t.rejects(take(us, changed), { name: 'BundleFault' }, `byte ${at}`);
  }
  for (const cut of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from('\n')]), Buffer.alloc(0)])
    await t.rejects(take(us, cut), { name: 'BundleFault' });
  t.equal(await stateOf(us), before);
  t.match(await take(us, text), { outcome: 'taken', records: 1 });
});

test('a bad record is quarantined and the rest is taken; what a crash cut off goes on', async (t) => {
  const [cn, us] = await startApart(t);
  const good = await cn.worker.release(cyber);
  await cn.worker.release(cyber, { kid: us.worker.keys.signer('record').kid });
  const canary = await cn.worker.sign(
    us.origin,
    'detente-canary+jwt',
    { day: new Date().toISOString().slice(0, 10) },
    false,
  );
  await cn.rows(`INSERT INTO notices_out (peer, kind, digest, body) VALUES ($1, 'canary', $2, $3)`, [
    us.origin,
    good.digest,
    canary,
  ]);
  await cn.worker.sequence();
  const { text } = await pack(cn, us);
  // The disk is full when the page lands.
  await us.rows('ALTER TABLE cursors ADD CONSTRAINT full_disk CHECK (after = 0)');
  await t.rejects(take(us, text), /full_disk/);
  t.same([await us.count('notices_in'), await us.count('receipts_out')], [1, 0], 'what came before it is kept');
  await us.rows('ALTER TABLE cursors DROP CONSTRAINT full_disk');
  const taken = await take(us, text);
  t.match(taken, { outcome: 'taken', notices: 1, records: 1, refused: [{ kind: 'records', code: 'key_unknown' }] });
  t.same(
    (await us.landed(cn)).map(({ digest }) => digest),
    [good.digest],
  );
  t.equal(await us.count('notices_in'), 1);
  t.equal(await us.count('quarantine'), 1);
  await take(cn, (await pack(us, cn)).text);
  t.equal(await cn.count('notices_out', 'delivered_at IS NULL'), 0);
});
