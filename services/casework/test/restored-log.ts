// A worker's log put back to a backup, and what peers say and give: what the exchange would land.

import { readTree } from '@detente/store/worker';
import { parseCheckpoint, parseFrontier, parseNote, readFrontier, rootOf, tileReader, tileWidth } from '@detente/tlog';
import type { Test } from 'tap';
import { prepareLog, sequence } from '../src/jobs/sequence.ts';
import { utcToday } from '../src/worker-context.ts';
import { startWorkerNode, type WorkerNode } from './worker-node.ts';

export const CN = 'https://cn.example';
export const [US, SG, UK] = ['https://us.example', 'https://sg.example', 'https://uk.example'] as const;
const now = Promise.resolve();

export async function start(t: Test, peers: readonly string[] = [US, SG]): Promise<WorkerNode> {
  const node = await startWorkerNode(t, { origin: CN });
  for (const peer of peers)
    await node.border.query(
      `INSERT INTO peers (origin, name, fingerprint, status) VALUES ($1, substring($1 FROM 9 FOR 2), 'x', 'active')`,
      [peer],
    );
  return node;
}

/** As a worker starts. */
export async function restart({ worker }: WorkerNode): Promise<void> {
  worker.doubt.due = true;
  await prepareLog(worker);
}

export async function grow({ worker }: WorkerNode, batches: number): Promise<void> {
  for (let batch = 0; batch < batches; batch++) await sequence(worker, utcToday(), now);
}

export const sizeOf = async ({ worker }: WorkerNode) => (await readTree(worker.border.now))!.size;
export const stops = async ({ border }: WorkerNode) =>
  (await border.query('SELECT kind, reason, place::int FROM signing_stops ORDER BY kind')).rows;

/** The log as it is, for whoever mirrors it. */
export async function copyOf({ border }: WorkerNode) {
  const read = async (text: string) => (await border.query(text)).rows;
  return {
    entries: await read('SELECT index::int, leaves FROM entries ORDER BY index'),
    notes: new Map((await read('SELECT size::int, note FROM checkpoints')).map(({ size, note }) => [size, note])),
  };
}
export type Copy = Awaited<ReturnType<typeof copyOf>>;

const LOG_TABLES = ['tree', 'tiles', 'entries', 'checkpoints', 'pending_leaves', 'sequenced', 'presentations'];

/** Keeps what the log is made of beside, and puts it back: a backup. */
export async function backUp({ border }: WorkerNode, name = 'old'): Promise<() => Promise<void>> {
  for (const table of LOG_TABLES) await border.query(`CREATE TABLE ${name}_${table} AS TABLE ${table}`);
  return async () => {
    for (const table of LOG_TABLES) {
      await border.query(`TRUNCATE ${table} CASCADE`);
      await border.query(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
    }
  };
}

/** What the exchange lands when a peer says what it has seen. */
export async function says({ border }: WorkerNode, peer: string, note: string | null, fault: string | null = null) {
  const size = note === null ? null : parseCheckpoint(parseNote(note).text).size;
  await border.query(
    `INSERT INTO own_log_seen (peer, asked_at, size, note, fault) VALUES ($1, clock_timestamp(), $2, $3, $4)
     ON CONFLICT (peer) DO UPDATE SET asked_at = excluded.asked_at, size = excluded.size, note = excluded.note,
       fault = excluded.fault`,
    [peer, size, note, fault],
  );
}

/** What the exchange lands when a peer gives back what is wanted of it. */
export async function gives(
  { border }: WorkerNode,
  peer: string,
  { entries }: Copy,
  spoil = (leaves: Buffer) => leaves,
) {
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
export async function checkLog(t: Test, { border, worker }: WorkerNode, ...copies: Copy[]): Promise<void> {
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
