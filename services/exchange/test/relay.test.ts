// A record on its way from its own node over a relay: served with the proof from the relay's mirror, verified at the receiver.

import type { FeedPage } from '@detente/feed';
import { logNameOf } from '@detente/keys';
import { parseNote } from '@detente/tlog';
import { test } from 'tap';
import { callAs, introduce, startNode } from './exchange-node.ts';

const cell = 'incident/bio/unrated';

test('a relay serves what its worker passes on, under its receiver’s grants, with the origin’s proof', async (t) => {
  const [cn, sg, us] = [await startNode(t), await startNode(t), await startNode(t)];
  await introduce(cn, sg, us);
  const record = await cn.worker.release({ hazard_domain: 'bio' });
  for (let tick = 0; tick < 3; tick++) await cn.worker.sequence();
  await sg.worker.sequence();
  await sg.pull(cn);
  await cn.ask(sg);
  while (await sg.mirror(cn));
  const relay = async (level: number | null, number: number, followed = false, of = record) => {
    const values = [of.digest, cn.origin, of.id, cell, of.token, of.lengths, of.place];
    await sg.rows(
      `INSERT INTO relayed (digest, origin, record_id, cell, least, body, lengths, place) VALUES ($1, $2, $3, $4, 1, $5, $6, $7)
       ON CONFLICT DO NOTHING`,
      values,
    );
    await sg.rows(
      `INSERT INTO relays (peer, digest, number, level, followed, outgoing) VALUES ($1, $2, $3, $4, $5, 1)
       ON CONFLICT (peer, digest) DO UPDATE SET number = $3, level = $4, followed = $5`,
      [us.origin, of.digest, number, level, followed],
    );
  };
  const page = async () => {
    const { json } = await callAs(sg, us.keys.transport, {
      method: 'GET',
      path: '/exchange/v1/feed?after=0&late=0&limit=10',
    });
    return json as FeedPage;
  };
  const prefix = (level: number) => record.token.slice(0, record.lengths[level]);

  await t.test('nothing without a grant, and never more than both allow', async (t) => {
    await relay(3, 1);
    t.same((await page()).late, []);
    await sg.worker.grant(us.origin, { cell }, 2);
    t.same(
      (await page()).late.map((one) => one.record),
      [prefix(2)],
    );
    await relay(1, 2);
    t.same(
      (await page()).late.map((one) => one.record),
      [prefix(1)],
    );
    await relay(null, 2);
    t.same((await page()).late, []);
    await relay(2, 3);
    await sg.worker.grant(us.origin, { cell }, null, 0, 'standing_suspended');
    t.same((await page()).late, [], 'a downgrade overtakes what waits');
    await relay(2, 3, true);
    t.same(
      (await page()).late.map((one) => one.record),
      [prefix(0)],
      'but a later version’s signed part',
    );
    await sg.worker.grant(us.origin, { cell }, 3);
  });

  await t.test('with the checkpoint of its own log that the relay has cosigned', async (t) => {
    const [item] = (await page()).late;
    t.match(item, { number: 3, log: logNameOf(cn.origin), index: record.place, rule: 'relayed', record: prefix(2) });
    t.equal(parseNote(item!.checkpoint!).signatures.length, 2, 'of the log and of the relay’s witness');
    await sg.rows('DELETE FROM witnessed');
    t.equal(parseNote((await page()).late[0]!.checkpoint!).signatures.length, 1, 'else the largest that is mirrored');
  });

  await t.test('and the receiver verifies it and says in its receipt that it has it', async (t) => {
    await us.rows('UPDATE terms SET relays = $2 WHERE peer = $1', [sg.origin, [cn.origin]]);
    await us.pull(sg);
    t.equal(await us.fault(sg), null);
    t.match(await us.rows('SELECT peer, origin, digest, place, late, body FROM landing WHERE late IS NOT NULL'), [
      {
        peer: sg.origin,
        origin: cn.origin,
        digest: record.digest,
        place: `${record.place}`,
        late: '3',
        body: prefix(2),
      },
    ]);
    const [receipt] = await sg.rows<{ jws: string }>('SELECT jws FROM receipts_in WHERE peer = $1', [us.origin]);
    const { records } = JSON.parse(Buffer.from(receipt!.jws.split('.')[1]!, 'base64url').toString());
    t.match(records, [{ digest: record.digest, level: 2, late: 3 }]);
    t.equal(await us.count('quarantine'), 0);
  });

  await t.test('what the mirror does not show yet waits behind all others, and holds up none', async (t) => {
    const later = await cn.worker.release({ hazard_domain: 'bio' });
    await sg.worker.release({ hazard_domain: 'cyber' });
    for (let tick = 0; tick < 3; tick++) await cn.worker.sequence();
    for (let tick = 0; tick < 3; tick++) await sg.worker.sequence();
    await relay(2, 11, false, later);
    await relay(2, 12);
    await sg.rows('UPDATE served SET late = 13 WHERE peer = $1', [us.origin]);
    const numbers = async () => {
      const { late, late_next } = await page();
      return { numbers: late.map(({ number }) => number), late_next };
    };
    t.same(await numbers(), { numbers: [12], late_next: 12 });
    t.same(await numbers(), { numbers: [12], late_next: 12 });
    t.match(await sg.rows('SELECT number FROM relays ORDER BY number'), [{ number: '12' }, { number: '14' }]);
    await sg.worker.grant(us.origin, { cell: 'incident/cyber/unrated' }, 2);
    t.same(await numbers(), { numbers: [12, 15], late_next: 15 });
    await sg.rows('DELETE FROM late_items');
    await cn.ask(sg);
    await sg.pull(cn);
    while (await sg.mirror(cn));
    t.same(await numbers(), { numbers: [12, 16], late_next: 16 });
  });

  await t.test('nor is what a damaged mirror does not prove lost, or sent with what proves nothing', async (t) => {
    const after = async (late: number) => {
      const path = `/exchange/v1/feed?after=0&late=${late}&limit=10`;
      const { json } = await callAs(sg, us.keys.transport, { method: 'GET', path });
      return (json as FeedPage).late.map(({ number }) => number);
    };
    const damage = (turned: string) =>
      sg.rows(`UPDATE mirror_entries SET leaves = set_byte(leaves, $1, get_byte(leaves, $1) ${turned})`, [
        34 * (record.place! ^ 1) + 5,
      ]);
    t.same(await after(12), [16]);
    await damage('# 1');
    t.same(await after(0), [], 'nothing can be proven from there');
    t.match(await sg.rows('SELECT fault FROM mirrors'), [{ fault: /damaged/ }]);
    await sg.rows(
      `INSERT INTO late_items (peer, number, digest, rule) SELECT $1, 17, digest, 'offer_unconditional' FROM presentations`,
      [us.origin],
    );
    await sg.rows('UPDATE served SET late = 17 WHERE peer = $1', [us.origin]);
    t.same(await after(0), [17], 'what is its own goes on');
    t.same(await after(17), []);
    await damage('# 1');
    t.same(await after(17), [18, 19], 'and both come when it is mended');
  });
});
