// The log in border: what the sequencer reads and writes in one transaction, and the checkpoint that is signed after it.

import {
  appendBatch,
  emptyFrontier,
  type Frontier,
  formatFrontier,
  isTickDue,
  type LogRhythm,
  parseFrontier,
  partialTiles,
  planBatch,
  type RandomBytes,
  rootOf,
  type TickTimes,
} from '@detente/tlog';
import type { Asker, Transaction } from '../database.ts';
import { readStops, SEQUENCER_LOCK } from '../signing-stops.ts';

export type TreeState = {
  size: number;
  tick: number;
  batchSize: number;
  /** The size that batches have from a UTC day on. */
  next?: { batchSize: number; day: string };
  /** As it is stored: only who continues or signs the log must be able to read it. */
  frontier: Buffer;
  /** When the last batch was taken, in milliseconds of the epoch by border's clock. */
  tickedAt?: number;
};

type TreeRow = {
  size: number;
  tick: number;
  batch_size: number;
  next_batch_size: number | null;
  next_batch_day: string;
  frontier: Buffer;
  ticked_at: number | null;
};

/** The tree as it was last committed, or undefined before the first start. */
export async function readTree(reader: Asker): Promise<TreeState | undefined> {
  const [row] = await reader.query<TreeRow>(
    `SELECT size, tick, batch_size, next_batch_size, next_batch_day, frontier,
       floor(extract(epoch FROM ticked_at) * 1000)::bigint AS ticked_at FROM tree`,
  );
  if (!row) return undefined;
  const { size, tick, batch_size: batchSize, next_batch_size, next_batch_day: day, frontier } = row;
  return {
    ...{ size, tick, batchSize, frontier },
    ...(next_batch_size && { next: { batchSize: next_batch_size, day } }),
    ...(row.ticked_at !== null && { tickedAt: row.ticked_at }),
  };
}

/** @throws TlogError `frontier_malformed` */
export function frontierOf({ frontier }: TreeState): Frontier {
  return frontier.length === 0 ? emptyFrontier() : parseFrontier(frontier);
}

/** Makes the empty tree once. Later, another batch size is to hold from the next UTC day on; the one in force ends the wait
 *  of another. */
export async function ensureTree(tx: Transaction, batchSize: number, today: string): Promise<void> {
  await tx.execute(
    `INSERT INTO tree (batch_size) VALUES ($1) ON CONFLICT (single) DO UPDATE SET
       next_batch_size = nullif($1, tree.batch_size),
       next_batch_day = CASE
         WHEN tree.batch_size = $1 THEN NULL
         WHEN tree.next_batch_size = $1 THEN tree.next_batch_day
         ELSE $2::date + 1
       END`,
    [batchSize, today],
  );
}

/** What may be promised of the coming batches. Of two sizes the smaller one counts from the moment at which it is known: which
 *  batch will be the first of the next day cannot be known, and no leaf may have to queue because its batch became smaller. */
export function rhythmOf({ tick, batchSize, next }: TreeState, draw: number): LogRhythm {
  return { tick, batchSize: Math.min(batchSize, next?.batchSize ?? batchSize), draw };
}

/** When the last batch was taken and what time it is now, by border's clock. */
export async function readTickTimes(reader: Asker): Promise<TickTimes> {
  const [row] = await reader.query<{ last: number | null; now: number }>(
    `SELECT floor(extract(epoch FROM now()) * 1000)::bigint AS now,
       (SELECT floor(extract(epoch FROM ticked_at) * 1000)::bigint FROM tree) AS last`,
  );
  return { last: row!.last ?? undefined, now: row!.now };
}

/** Whether anything keeps this log from being continued and signed. */
async function isStopped(reader: Asker): Promise<boolean> {
  return (await readStops(reader)).length > 0;
}

/** Appends the next batch: the leaves whose tick has come, each after its record's earlier version, at random places among
 *  padding. One sequencer at a time by lock; the tree is committed here and signed afterwards, from what was committed, so
 *  that a crash in between can never lead to two checkpoints of one size. What was promised before a batch became smaller and
 *  does not fit goes into the batches behind, the oldest first.
 *  @param today UTC day, on which another batch size may begin
 *  @param every milliseconds from tick to tick, each of which gets one batch, whoever asks for it; absent: one now
 *  @returns the tree after the batch, or undefined when another sequencer was at it, the tick has its batch, or signing is
 *    stopped. */
export async function sequenceBatch(
  tx: Transaction,
  random: RandomBytes,
  today: string,
  every?: number,
): Promise<TreeState | undefined> {
  const [lock] = await tx.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [SEQUENCER_LOCK]);
  if (!lock?.held || (await isStopped(tx))) return undefined;
  if (every !== undefined && !isTickDue(await readTickTimes(tx), every)) return undefined;
  await changeBatchSize(tx, today);
  const tree = await readTree(tx);
  if (!tree) return undefined;
  const pending = await duePending(tx, tree);
  const plan = planBatch({ size: tree.size, batchSize: tree.batchSize, pending, random });
  const edge = await readEdge(tx, tree.size);
  const after = appendBatch({ frontier: frontierOf(tree), entries: plan.entries, ...edge });
  await writeTiles(tx, after);
  const frontier = formatFrontier(after.frontier);
  const moved = await tx.execute(
    'UPDATE tree SET size = $1, tick = tick + 1, frontier = $2, ticked_at = now() WHERE size = $3',
    [after.frontier.size, frontier, tree.size],
  );
  if (moved !== 1) throw new Error('the tree moved under the sequencer');
  await placeLeaves(
    tx,
    pending.map(({ leaf }, i) => ({ leaf, place: plan.places[i]! })),
  );
  return { ...tree, size: after.frontier.size, tick: tree.tick + 1, frontier };
}

async function changeBatchSize(tx: Transaction, today: string): Promise<void> {
  await tx.execute(
    `UPDATE tree SET batch_size = next_batch_size, next_batch_size = NULL, next_batch_day = NULL
     WHERE next_batch_day <= $1::date`,
    [today],
  );
}

/** A leaf waits while the version before it is not yet in an earlier batch. */
async function duePending(tx: Transaction, tree: TreeState): Promise<{ leaf: Buffer }[]> {
  return tx.query(
    `SELECT leaf FROM pending_leaves l
     WHERE tick <= $1 AND NOT EXISTS (SELECT FROM pending_leaves p WHERE p.leaf = l.after)
     ORDER BY tick, leaf LIMIT $2`,
    [tree.tick, tree.batchSize],
  );
}

export async function readEdge(tx: Transaction, size: number) {
  const edge = partialTiles(size);
  const tiles = await tx.query<{ level: number; index: number; hashes: Buffer }>(
    `SELECT level, index, hashes FROM tiles JOIN unnest($1::smallint[], $2::bigint[]) AS edge (l, i)
     ON level = l AND index = i`,
    [edge.map((tile) => tile.level), edge.map((tile) => tile.index)],
  );
  const bundle = await tx.query<{ leaves: Buffer }>('SELECT leaves FROM entries WHERE index = $1', [
    Math.floor(size / 256),
  ]);
  return {
    readPartial: (level: number, index: number) =>
      tiles.find((tile) => tile.level === level && tile.index === index)?.hashes,
    partialBundle: bundle[0]?.leaves,
  };
}

export async function writeTiles(
  tx: Transaction,
  after: Pick<ReturnType<typeof appendBatch>, 'tiles' | 'bundles'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO tiles (level, index, hashes)
     SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
    [after.tiles.map((t) => t.level), after.tiles.map((t) => t.index), after.tiles.map((t) => t.bytes)],
  );
  await tx.execute(
    `INSERT INTO entries (index, leaves) SELECT * FROM unnest($1::bigint[], $2::bytea[])
     ON CONFLICT (index) DO UPDATE SET leaves = excluded.leaves`,
    [after.bundles.map((b) => b.index), after.bundles.map((b) => b.bytes)],
  );
}

/** Notes where leaves went. Asks the same when nothing was placed: else the hour of the checkpoint would tell. */
export async function placeLeaves(tx: Transaction, placed: readonly { leaf: Buffer; place: number }[]): Promise<void> {
  const leaves = placed.map(({ leaf }) => leaf);
  const digests = leaves.map((leaf) => leaf.toString('base64url'));
  const places = placed.map(({ place }) => place);
  await tx.execute('DELETE FROM pending_leaves WHERE leaf = ANY ($1::bytea[])', [leaves]);
  await tx.execute('INSERT INTO sequenced (leaf, place) SELECT * FROM unnest($1::bytea[], $2::bigint[])', [
    leaves,
    places,
  ]);
  for (const table of ['presentations', 'editions']) {
    await tx.execute(
      `UPDATE ${table} SET place = p.place FROM unnest($1::text[], $2::bigint[]) AS p (digest, place)
       WHERE ${table}.digest = p.digest`,
      [digests, places],
    );
  }
}

/** The size and root that still need a signature: those of the committed tree, if there is no checkpoint of that size and
 *  signing is not stopped. */
export async function unsignedTree(
  reader: Asker,
): Promise<{ size: number; root: Buffer; tickedAt: number | undefined } | undefined> {
  const tree = await readTree(reader);
  if (!tree || tree.size === 0 || (await isStopped(reader))) return undefined;
  const signed = await reader.query('SELECT FROM checkpoints WHERE size = $1', [tree.size]);
  return signed.length > 0 ? undefined : { size: tree.size, root: rootOf(frontierOf(tree)), tickedAt: tree.tickedAt };
}

/** Keeps a signed checkpoint, once; none while signing is stopped. Its time is never before that of a smaller one, also when the
 *  clock was set back. */
export async function storeCheckpoint(tx: Transaction, size: number, note: string): Promise<void> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
  if (!(await isStopped(tx))) await insertCheckpoint(tx, size, note);
}

/** Keeps a checkpoint whatever stands in the way of signing another. */
export async function insertCheckpoint(tx: Transaction, size: number, note: string): Promise<void> {
  await tx.execute(
    `INSERT INTO checkpoints (size, note, made_at)
     SELECT $1, $2, greatest(now(), (SELECT made_at FROM checkpoints ORDER BY size DESC LIMIT 1))
     ON CONFLICT DO NOTHING`,
    [size, note],
  );
}
