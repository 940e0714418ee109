// A worker on an older database: it signs nothing that contradicts what peers have seen, takes its log back, and goes on.

import { randomBytes } from 'node:crypto';
import { logNameOf } from '@detente/keys';
import { readTree, sequenceBatch } from '@detente/store/worker';
import {
  parseCheckpoint,
  parseFrontier,
  parseNote,
  readFrontier,
  rootOf,
  signCheckpoint,
  tileReader,
  tileWidth,
} from '@detente/tlog';
import { type Test, test } from 'tap';
import { recover } from '../src/jobs/recovery.ts';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

const CN = 'https://cn.example';
const [US, SG, UK] = ['https://us.example', 'https://sg.example', 'https://uk.example'] as const;
const now = Promise.resolve();

async function start(t: Test, peers: readonly string[] = [US, SG]): Promise<WorkerNode> {
  const node = await startWorkerNode(t, { origin: CN });
  for (const peer of peers)
    await node.border.query(
      `INSERT INTO peers (origin, name, fingerprint, status) VALUES ($1, substring($1 FROM 9 FOR 2), 'x', 'active')`,
      [peer],
    );
  return node;
}

/** As a worker starts. */
async function restart({ worker }: WorkerNode): Promise<void> {
  worker.doubt.due = true;
  await prepareLog(worker);
}

async function grow({ worker }: WorkerNode, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) await sequence(worker, utcToday(), now);
}

const sizeOf = async ({ worker }: WorkerNode) => (await readTree(worker.border.now))!.size;
const stops = async ({ border }: WorkerNode) =>
  (await border.query('SELECT kind, reason, place::int FROM signing_stops ORDER BY kind')).rows;

/** The log as it is, for whoever mirrors it. */
async function copyOf({ border }: WorkerNode) {
  const read = async (text: string) => (await border.query(text)).rows;
  return {
    entries: await read('SELECT index::int, leaves FROM entries ORDER BY index'),
    notes: new Map((await read('SELECT size::int, note FROM checkpoints')).map(({ size, note }) => [size, note])),
  };
}
type Copy = Awaited<ReturnType<typeof copyOf>>;

const LOG_TABLES = ['tree', 'tiles', 'entries', 'checkpoints', 'pending_leaves', 'sequenced', 'presentations'];

/** Keeps what the log is made of beside, and puts it back: a backup. */
async function backUp({ border }: WorkerNode, name = 'old'): Promise<() => Promise<void>> {
  for (const table of LOG_TABLES) await border.query(`CREATE TABLE ${name}_${table} AS TABLE ${table}`);
  return async () => {
    for (const table of LOG_TABLES) {
      await border.query(`TRUNCATE ${table} CASCADE`);
      await border.query(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
    }
  };
}

/** What the exchange lands when a peer says what it has seen. */
async function says({ border }: WorkerNode, peer: string, note: string | null, fault: string | null = null) {
  const size = note === null ? null : parseCheckpoint(parseNote(note).text).size;
  await border.query(
    `INSERT INTO own_log_seen (peer, asked_at, size, note, fault) VALUES ($1, clock_timestamp(), $2, $3, $4)
     ON CONFLICT (peer) DO UPDATE SET asked_at = excluded.asked_at, size = excluded.size, note = excluded.note,
       fault = excluded.fault`,
    [peer, size, note, fault],
  );
}

/** What the exchange lands when a peer gives back what is wanted of it. */
async function gives({ border }: WorkerNode, peer: string, { entries }: Copy, spoil = (leaves: Buffer) => leaves) {
  const { rows } = await border.query('SELECT size::int, (SELECT size::int FROM tree) AS have FROM log_recovery');
  const { size, have } = rows[0];
  for (const { index, leaves } of entries) {
    const width = tileWidth({ level: 0, index }, size);
    if (index < Math.floor(have / 256) || width === 0) continue;
    await border.query('INSERT INTO own_tail (peer, index, leaves) VALUES ($1, $2, $3)', [
      peer,
      index,
      spoil(Buffer.from(leaves.subarray(0, width * 34))),
    ]);
  }
}

/** Every checkpoint that was ever signed is one of the tree that is there. */
async function checkLog(t: Test, { border, worker }: WorkerNode, ...copies: Copy[]): Promise<void> {
  const { size: have, frontier } = (await readTree(worker.border.now))!;
  const { rows } = await border.query('SELECT level, index::int, hashes AS bytes FROM tiles');
  const read = tileReader(rows);
  const notes = [...copies.flatMap((copy) => [...copy.notes]), ...(await copyOf({ border } as WorkerNode)).notes];
  for (const [size, note] of notes) {
    const { root } = parseCheckpoint(parseNote(note).text);
    if (size > have || !rootOf(readFrontier(size, read)).equals(root)) t.fail(`the log has forked at ${size}`);
  }
  t.same(rootOf(parseFrontier(frontier)), rootOf(readFrontier(have, read)));
  const { rows: entries } = await border.query('SELECT sum(length(leaves))::int / 34 AS count FROM entries');
  t.equal(entries[0].count, have, 'no leaf is missing');
}

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
  t.match(await stops(node), [{ kind: 'unasked', reason: /0 of 1 have answered; not heard of: sg, uk, us/ }]);
  await says(node, US, notes.get(32)!);
  await recover(node.worker);
  t.match(
    await stops(node),
    [{ reason: /1 of 1 have answered; not heard of: sg, uk\.$/ }],
    'the others were not tried',
  );
  await says(node, SG, null, 'it is out of reach');
  await recover(node.worker);
  t.equal((await stops(node)).length, 1);
  await says(node, UK, null, 'it is out of reach');
  await recover(node.worker);
  t.same(await stops(node), [], 'who is gone does not make the log stand still');
  await grow(node, 1);
  t.equal(await sizeOf(node), 48);

  await restart(node);
  await recover(node.worker);
  t.equal((await stops(node)).length, 1, 'what was said before a start does not count');
  for (const peer of [US, SG, UK]) await says(node, peer, null, 'it is out of reach');
  await recover(node.worker);
  t.match(await stops(node), [{ reason: /0 of 1 have answered/ }], 'nobody has answered');
  await says(node, UK, null);
  await recover(node.worker);
  t.same(await stops(node), []);
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
