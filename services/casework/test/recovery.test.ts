// A worker on an older database: it signs nothing that contradicts what peers have seen, takes its log back, and goes on.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { logNameOf } from '@detente/keys';
import { doubtLog, readRecovery, sequenceBatch, trustLog, wantTail } from '@detente/store/worker';
import { signCheckpoint } from '@detente/tlog';
import { test } from 'tap';
import { hearPeers, recover } from '../src/jobs/recovery.ts';
import { utcToday } from '../src/worker-context.ts';
import {
  backUp,
  CN,
  checkLog,
  copyOf,
  gives,
  grow,
  restart,
  SG,
  says,
  sizeOf,
  start,
  stops,
  UK,
  US,
} from './restored-log.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

test('a node without peers signs at once, and one with peers when enough have answered', async (t) => {
  const alone = await start(t, []);
  await restart(alone);
  await grow(alone, 1);
  t.equal(await sizeOf(alone), 16);

  const node = await start(t, [US, SG, UK]);
  await grow(node, 2);
  const { notes } = await copyOf(node);
  await restart(node);
  await grow(node, 1);
  await recover(node.worker);
  t.equal(await sizeOf(node), 32, 'nothing is appended');
  t.match(await stops(node), [{ kind: 'unasked', reason: /0 of 3 have answered; not heard of: sg, uk, us/ }]);
  await says(node, US, notes.get(32)!);
  await says(node, SG, null);
  await says(node, UK, null, 'it is out of reach');
  await recover(node.worker);
  t.match(await stops(node), [{ reason: /2 of 3 have answered; not heard of: uk\. One that is gone/ }]);
  await says(node, UK, null);
  await recover(node.worker);
  t.same(await stops(node), []);
  await grow(node, 1);
  t.equal(await sizeOf(node), 48);

  await restart(node);
  await recover(node.worker);
  t.equal((await stops(node)).length, 1, 'what was said before a start does not count');
});

test('where a checkpoint needs two witnesses, any two of three that answer have one of them among them', async (t) => {
  const node = await start(t, [US, SG, UK]);
  const worker = { ...node.worker, settings: { ...node.worker.settings, DETENTE_WITNESSES_REQUIRED: 2 } };
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const { notes } = await copyOf(node);
  await restart(node);
  for (const peer of [US, SG]) await says(node, peer, null, 'it is out of reach');
  await says(node, UK, notes.get(160)!);
  await recover(worker);
  t.match(await stops(node), [{ kind: 'unasked', reason: /1 of 2 have answered; not heard of: sg, us/ }]);
  await says(node, SG, notes.get(160)!);
  await recover(worker);
  t.same(await stops(node), [], 'the third is not waited for');

  await restore();
  const pairs: (readonly string[])[] = [
    [US, SG],
    [SG, UK],
    [US, UK],
  ];
  for (const witnesses of pairs)
    for (const silent of [US, SG, UK]) {
      await restart(node);
      for (const peer of [US, SG, UK]) {
        if (peer === silent) await says(node, peer, null, 'it is out of reach');
        else await says(node, peer, witnesses.includes(peer) ? notes.get(320)! : null);
      }
      await recover(worker);
      t.match(await stops(node), [{ kind: 'behind', place: 320 }], `seen by ${witnesses}, without ${silent}`);
      await node.border.query('DELETE FROM own_log_seen');
    }
});

test('where no checkpoint needs a witness, peers are asked, and nobody is waited for', async (t) => {
  const node = await start(t, [US, SG]);
  const worker = { ...node.worker, settings: { ...node.worker.settings, DETENTE_WITNESSES_REQUIRED: 0 } };
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const { notes } = await copyOf(node);
  await restart(node);
  await recover(worker);
  t.equal((await stops(node)).length, 1, 'before they were tried');
  for (const peer of [US, SG]) await says(node, peer, null, 'it is out of reach');
  await recover(worker);
  t.same(await stops(node), []);
  await restore();
  await restart(node);
  await says(node, US, null, 'it is out of reach');
  await says(node, SG, notes.get(320)!);
  await recover(worker);
  t.match(await stops(node), [{ kind: 'behind', place: 320 }], 'who answers is believed');
});

test('a suspended peer is not waited for, and is believed', async (t) => {
  const node = await start(t, [US, SG]);
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const { notes } = await copyOf(node);
  await node.border.query(`UPDATE peers SET status = 'suspended' WHERE origin = $1`, [SG]);
  await restart(node);
  await says(node, US, notes.get(320)!);
  await recover(node.worker);
  t.match(await stops(node), [{ reason: /1 of 1 have answered/ }], 'it is asked all the same');
  await says(node, SG, null, 'it is out of reach');
  await recover(node.worker);
  t.same(await stops(node), []);

  await restore();
  await restart(node);
  await says(node, US, notes.get(160)!);
  await says(node, SG, notes.get(320)!);
  await recover(node.worker);
  t.match(await stops(node), [{ kind: 'behind', reason: /sg has seen 320 leaves/ }]);
});

test('a suspended witness that is silent may have signed, so the others are waited for', async (t) => {
  const DE = 'https://de.example';
  const node = await start(t, [US, SG, UK, DE]);
  const worker = { ...node.worker, settings: { ...node.worker.settings, DETENTE_WITNESSES_REQUIRED: 2 } };
  await grow(node, 10);
  await node.border.query(`UPDATE peers SET status = 'suspended' WHERE origin = $1`, [US]);
  await restart(node);
  for (const silent of [US, SG]) await says(node, silent, null, 'it is out of reach');
  for (const peer of [UK, DE]) await says(node, peer, null);
  await recover(worker);
  t.match(await stops(node), [{ reason: /2 of 3 have answered; not heard of: sg/ }], 'us and sg may be the two');
  await says(node, US, null);
  await recover(worker);
  t.same(await stops(node), [], 'one of the two has answered');
});

test('a doubt that came up meanwhile is not ended by an older answer', async (t) => {
  const node = await start(t, [US]);
  await grow(node, 1);
  await restart(node);
  const { border } = node.worker;
  const recovery = (await readRecovery(border.now))!;
  await border.write((tx) => doubtLog(tx, 'anew', { everyone: true }));
  await border.write((tx) => trustLog(tx, recovery));
  t.match(await readRecovery(border.now), { everyone: true });
  t.match(await stops(node), [{ kind: 'unasked', reason: 'anew' }]);
});

test('an older database takes the log back, with its ticks and places, and asks everybody before it signs', async (t) => {
  const node = await start(t);
  const wait = async (tick: number) => {
    const leaf = randomBytes(32);
    await node.border.query('INSERT INTO pending_leaves (leaf, tick) VALUES ($1, $2)', [leaf, tick]);
    return leaf;
  };
  await grow(node, 15);
  const [soon, late] = [await wait(17), await wait(1000)];
  const restore = await backUp(node);
  await grow(node, 20);
  const copy = await copyOf(node);
  const { rows: was } = await node.border.query('SELECT place::int FROM sequenced WHERE leaf = $1', [soon]);
  await restore();
  await restart(node);
  for (const batch of [0, 1]) {
    await says(node, US, copy.notes.get(496 + 16 * batch)!);
    await recover(node.worker);
    t.match(await stops(node), [{ kind: 'behind', reason: /us has seen 4\d\d|5\d\d leaves/, place: 496 + 16 * batch }]);
  }
  await says(node, SG, copy.notes.get(352)!);
  await recover(node.worker);
  await grow(node, 1);
  t.equal(await sizeOf(node), 240, 'nothing is appended');
  await gives(node, US, copy);
  await recover(node.worker);
  t.equal(await sizeOf(node), 512);
  await grow(node, 1);
  t.equal(await sizeOf(node), 512, 'nor signed before everybody was asked anew');
  t.match(await stops(node), [{ kind: 'unasked', place: null }]);
  const { rows: tree } = await node.border.query('SELECT tick::int FROM tree');
  t.equal(tree[0].tick, 32, 'ticks go on where they were');
  t.same((await node.border.query('SELECT leaf, place::int FROM sequenced')).rows, [
    { leaf: soon, place: was[0].place },
  ]);
  const waiting = (await node.border.query('SELECT leaf FROM pending_leaves')).rows.map(
    ({ leaf }) => `${leaf.toString('hex')}`,
  );
  t.ok(
    waiting.includes(late.toString('hex')) && !waiting.includes(soon.toString('hex')),
    'what was logged waits no more',
  );
  await says(node, US, copy.notes.get(512)!);
  await says(node, SG, null, 'it is out of reach');
  await recover(node.worker);
  t.match(await stops(node), [{ reason: /taken back[\s\S]*1 of 2 have answered; not heard of: sg/ }]);
  await restart(node);
  await says(node, US, copy.notes.get(512)!);
  await says(node, SG, null, 'it is out of reach');
  await recover(node.worker);
  t.equal((await stops(node)).length, 1, 'not after another start either');

  await says(node, SG, copy.notes.get(560)!);
  await recover(node.worker);
  t.match(await stops(node), [{ kind: 'behind', reason: /sg has seen 560 leaves of this log, of which 512/ }]);
  await gives(node, SG, copy);
  await recover(node.worker);
  for (const peer of [US, SG]) await says(node, peer, copy.notes.get(560)!);
  await recover(node.worker);
  t.same(await stops(node), []);
  await grow(node, 3);
  t.equal(await sizeOf(node), 608);
  await checkLog(t, node, copy);
});

test('a peer that was not known at the start is heard: more than is here, or other, stops the log', async (t) => {
  const node = await start(t, []);
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const { notes } = await copyOf(node);
  const hear = hearPeers(node.worker);
  const add = (peer: string) =>
    node.border.query(
      `INSERT INTO peers (origin, name, fingerprint, status) VALUES ($1, substring($1 FROM 9 FOR 2), 'x', 'active')`,
      [peer],
    );
  await add(SG);
  await says(node, SG, notes.get(160)!);
  await hear();
  const by = generateKeyPairSync('ed25519').privateKey;
  await says(node, SG, signCheckpoint({ origin: logNameOf(CN), size: 10_000, root: randomBytes(32) }, by));
  await hear();
  t.same(await stops(node), [], 'what fits, or was never signed, stops nothing');
  for (const [batches, reason] of [
    [1, /us has seen 320 leaves of this log, of which 176 are here/],
    [12, /forked: us has a checkpoint of 320 leaves/],
  ] as const) {
    await restore();
    await node.border.query('DELETE FROM own_log_seen');
    await node.border.query('DELETE FROM peers');
    await restart(node);
    await grow(node, batches);
    await add(US);
    await says(node, US, notes.get(320)!);
    await hear();
    await recover(node.worker);
    const size = await sizeOf(node);
    t.match(await stops(node), [{ kind: 'behind', reason, place: 320 }]);
    await grow(node, 1);
    t.equal(await sizeOf(node), size, 'nothing is appended');
    for (const table of ['log_recovery', 'signing_stops']) await node.border.query(`DELETE FROM ${table}`);
  }
});

test('a worker that has lost its connection asks before its next batch', async (t) => {
  const node = await start(t);
  await grow(node, 2);
  node.worker.doubt.due = true;
  await grow(node, 1);
  t.equal(await sizeOf(node), 32);
  t.match(await stops(node), [{ kind: 'unasked' }]);
});

test('a peer that lies makes nobody stop, and gives nothing that is kept', async (t) => {
  const node = await start(t, [US, SG, UK]);
  await grow(node, 10);
  const restore = await backUp(node);
  await grow(node, 10);
  const copy = await copyOf(node);
  const elsewhere = await startWorkerNode(t, { origin: CN });
  const invented = signCheckpoint(
    { origin: logNameOf(CN), size: 10_000, root: randomBytes(32) },
    elsewhere.worker.keys.signer('log').privateKey,
  );
  await restart(node);
  await says(node, US, invented);
  await says(node, SG, copy.notes.get(320)!);
  await says(node, UK, null);
  await recover(node.worker);
  t.same(await stops(node), [], 'a size that our log has not signed is nobody’s business');

  await restore();
  await restart(node);
  await says(node, US, copy.notes.get(320)!);
  await recover(node.worker);
  const flip = (leaves: Buffer) => leaves.fill(7, leaves.length - 5);
  await gives(node, US, copy, flip);
  await gives(node, SG, copy, (leaves) => leaves.subarray(34));
  await recover(node.worker);
  t.equal(await sizeOf(node), 160, 'nothing of it is kept');
  await node.border.query(`UPDATE own_log_seen SET tail_fault = 'its mirror does not reach so far'`);
  await says(node, UK, copy.notes.get(160)!);
  await node.border.query(`UPDATE own_log_seen SET tail_fault = 'it has none' WHERE peer = $1`, [UK]);
  await recover(node.worker);
  t.match(await stops(node), [
    {
      kind: 'behind',
      reason: /No peer has given back the leaves 160 to 319 \(.*uk: it has none; us: others.*Ask their/,
    },
  ]);
  await gives(node, UK, copy);
  await recover(node.worker);
  t.equal(await sizeOf(node), 320);
  for (const peer of [US, SG, UK]) await says(node, peer, copy.notes.get(320)!);
  await recover(node.worker);
  await grow(node, 1);
  await checkLog(t, node, copy);
});

test('leaves that are landing while those of another tree become wanted are thrown away', async (t) => {
  const { worker, border } = await start(t, [US]);
  await restart({ worker } as WorkerNode);
  // As the exchange lands them.
  await border.query('BEGIN');
  await border.query('SELECT pg_advisory_xact_lock_shared($1)', [7101]);
  await border.query(`INSERT INTO own_tail (peer, index, leaves) VALUES ($1, 0, '\\x00')`, [US]);
  let ended = false;
  const wanting = worker.border
    .write((tx) => wantTail(tx, { size: 640, note: 'of our log' }))
    .then(() => {
      ended = true;
    });
  const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%advisory_xact_lock(%'`;
  while (!ended && (await border.query(waits)).rows.length === 0) await border.query('SELECT pg_stat_clear_snapshot()');
  await border.query('COMMIT');
  await wanting;
  t.same((await border.query('SELECT peer FROM own_tail')).rows, []);
});

test('20 stale restores of 20 are caught, and none forks', async (t) => {
  const node = await start(t);
  const { worker, border } = node;
  const backups: { size: number; restore: () => Promise<void> }[] = [];
  for (let at = 0; at < 20; at++) {
    await grow(node, 1 + (at % 4));
    await border.query('INSERT INTO pending_leaves (leaf, tick) SELECT $1, tick + $2 FROM tree', [randomBytes(32), at]);
    // Each third is of a tree that is committed and not signed yet.
    if (at % 3 === 0) await worker.border.write((tx) => sequenceBatch(tx, randomBytes, utcToday()));
    backups.push({ size: await sizeOf(node), restore: await backUp(node, `backup_${at}`) });
  }
  await grow(node, 5);
  const copies = [await copyOf(node)];
  let caught = 0;
  for (const at of backups.map((_, at) => (at * 7) % 20)) {
    const { size, restore } = backups[at]!;
    const copy = copies.at(-1)!;
    const newer = [...copy.notes].filter(([signed]) => signed > size);
    // One has seen the newest, in a page that nobody has cosigned; the other any.
    const [most, other] = [newer.at(-1)!, newer[(at * 5) % newer.length]!];
    const said = at % 2 === 0 ? ([most, other] as const) : ([other, most] as const);
    await restore();
    await restart(node);
    for (const [i, peer] of [US, SG].entries()) await says(node, peer, said[i]![1]);
    await recover(worker);
    await grow(node, 1);
    if ((await stops(node))[0]?.kind === 'behind' && (await sizeOf(node)) === size) caught += 1;
    await gives(node, at % 3 === 0 ? US : SG, copy);
    await recover(worker);
    for (const [i, peer] of [US, SG].entries()) await says(node, peer, said[i]![1]);
    await recover(worker);
    t.same(await stops(node), []);
    await grow(node, 1 + (at % 3));
    copies.push(await copyOf(node));
    await checkLog(t, node, ...copies);
  }
  t.equal(caught, 20);
});

test('a log that has forked stands still and says so', async (t) => {
  const node = await start(t);
  await grow(node, 5);
  const restore = await backUp(node);
  await grow(node, 5);
  const copy = await copyOf(node);
  await restore();
  // As a node does that knows nothing of all this.
  await grow(node, 10);
  await restart(node);
  await says(node, US, copy.notes.get(160)!);
  await says(node, SG, null);
  await recover(node.worker);
  t.match(await stops(node), [{ kind: 'behind', reason: /forked: us has a checkpoint of 160 leaves/, place: 160 }]);
  await grow(node, 1);
  t.equal(await sizeOf(node), 240);
});
