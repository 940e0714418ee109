// Whether border holds the whole of our own log, and the way back of what is missing (design section 5).

import { appendBatch, type Frontier, formatFrontier, parseBundle, rootOf, TILE_WIDTH, tileWidth } from '@detente/tlog';
import type { Asker, Transaction } from '../database.ts';
import { SEQUENCER_LOCK, stopSigning } from '../signing-stops.ts';
import {
  frontierOf,
  insertCheckpoint,
  placeLeaves,
  readEdge,
  readTree,
  type TreeState,
  writeTiles,
} from './sequence.ts';

/** What a peer says to have seen of our log. `answered`: since it was last asked for; `landed`: bundles of the missing tail. */
export type PeerWord = {
  peer: string;
  name: string;
  /** Whether it is suspended, so that nothing waits for it. */
  excused: boolean;
  answered: boolean;
  /** Whether it was tried to ask it. */
  asked: boolean;
  note: string | null;
  fault: string | null;
  /** Why it has not given the tail that is wanted. */
  tail_fault: string | null;
  landed: number;
  /** Whether its leaves did not lead to the checkpoint. */
  refused: boolean;
};

export type Recovery = {
  /** Changes whenever the log is doubted anew. */
  since: string;
  everyone: boolean;
  size: number | null;
  note: string | null;
  peers: PeerWord[];
};

/** What is known of the log's wholeness; undefined when nobody doubts it. */
export async function readRecovery(border: Asker): Promise<Recovery | undefined> {
  const [recovery] = await border.query<Omit<Recovery, 'peers'>>(
    'SELECT since::text, everyone, size, note FROM log_recovery',
  );
  if (!recovery) return undefined;
  const peers = await border.query<PeerWord>(
    `SELECT origin AS peer, name, status = 'suspended' AS excused, s.note, s.fault, origin = ANY (r.refused) AS refused,
       CASE WHEN s.asked_at >= r.since THEN s.tail_fault END AS tail_fault,
       coalesce(s.asked_at >= r.since, false) AS asked,
       coalesce(s.asked_at >= r.since AND s.fault IS NULL, false) AS answered,
       (SELECT count(*) FROM own_tail t WHERE t.peer = origin) AS landed
     FROM log_recovery r CROSS JOIN peers LEFT JOIN own_log_seen s ON s.peer = origin
     WHERE status IN ('active', 'suspended') AND NOT sandbox ORDER BY origin`,
  );
  return { ...recovery, peers };
}

/** What each peer that counts has said when it was asked last, if it has seen anything of our log. */
export async function readWords(border: Asker): Promise<{ peer: string; name: string; note: string }[]> {
  return border.query(
    `SELECT peer, name, note FROM own_log_seen JOIN peers ON origin = peer
     WHERE note IS NOT NULL AND status IN ('active', 'suspended') AND NOT sandbox`,
  );
}

/** Begins to ask the peers, if there are any, how much of our log they have seen. Until they have said it the log stands still.
 *  @param everyone whether every single one must answer; stays so until they have */
export async function doubtLog(tx: Transaction, reason: string, { everyone = false } = {}): Promise<void> {
  const peers = await tx.query(`SELECT FROM peers WHERE status IN ('active', 'suspended') AND NOT sandbox LIMIT 1`);
  if (peers.length === 0) return;
  await tx.execute(
    `INSERT INTO log_recovery (everyone) VALUES ($1) ON CONFLICT (single) DO UPDATE SET since = now(),
       everyone = log_recovery.everyone OR excluded.everyone, size = NULL, note = NULL, refused = '{}'`,
    [everyone],
  );
  await tx.execute('DELETE FROM own_tail');
  await standStill(tx, 'unasked', { reason, place: null });
}

/** Stops signing for what peers have said, or not yet: one of the two kinds stands at a time. */
export async function standStill(
  tx: Transaction,
  kind: 'unasked' | 'behind',
  { reason, place }: { reason: string; place: number | null },
): Promise<void> {
  await tx.execute(`DELETE FROM signing_stops WHERE kind IN ('unasked', 'behind') AND kind <> $1`, [kind]);
  await stopSigning(tx, { kind, reason, place });
}

/** Notes that there is more of our log than is here, so that the exchange fetches it. All are asked anew: whether one had the leaves
 *  of another tree says nothing of these. */
export async function wantTail(tx: Transaction, { size, note }: { size: number; note: string }): Promise<void> {
  // Leaves of another tree that land just now are there to be deleted, or land nowhere.
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
  await tx.execute(`UPDATE log_recovery SET since = clock_timestamp(), size = $1, note = $2, refused = '{}'`, [
    size,
    note,
  ]);
  await tx.execute('DELETE FROM own_tail');
}

/** Ends the doubt, unless there is a newer one: signing goes on. */
export async function trustLog(tx: Transaction, { since }: Pick<Recovery, 'since'>): Promise<void> {
  const ended = await tx.query('DELETE FROM log_recovery WHERE since::text = $1 RETURNING 1', [since]);
  if (ended.length === 0) return;
  await tx.execute('DELETE FROM own_tail');
  await tx.execute(`DELETE FROM signing_stops WHERE kind IN ('unasked', 'behind')`);
}

/** Forgets the leaves of a peer that did not lead to the checkpoint, and asks it for none again. */
export async function refuseTail(tx: Transaction, peer: string): Promise<void> {
  await tx.execute('UPDATE log_recovery SET refused = refused || $1::text WHERE NOT $1 = ANY (refused)', [peer]);
  await tx.execute('DELETE FROM own_tail WHERE peer = $1', [peer]);
}

export type Tail = {
  peer: string;
  /** The checkpoint that it must lead to. */
  size: number;
  root: Buffer;
  note: string;
  /** Leaves that any batch since had at least, so that no tick that was promised comes again. */
  leastBatch: number;
};

/** Appends the leaves that a peer gave back, and keeps the checkpoint that is signed over them. What waited and is among them has
 *  its place with that. Leaves that do not lead to the checkpoint change nothing.
 *  @returns whether they do; undefined when the tree is not what it was */
export async function appendTail(tx: Transaction, tail: Tail): Promise<boolean | undefined> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
  const tree = await readTree(tx);
  if (!tree || tree.size >= tail.size) return undefined;
  await tx.execute('SAVEPOINT tail');
  const { frontier, placed } = await appendBundles(tx, tree, tail);
  if (frontier?.size !== tail.size || !rootOf(frontier).equals(tail.root)) {
    await tx.execute('ROLLBACK TO SAVEPOINT tail');
    return false;
  }
  const ticks = Math.ceil((tail.size - tree.size) / tail.leastBatch);
  await tx.execute('UPDATE tree SET size = $1, tick = tick + $2, frontier = $3 WHERE size = $4', [
    tail.size,
    ticks,
    formatFrontier(frontier),
    tree.size,
  ]);
  await placeLeaves(tx, placed);
  await insertCheckpoint(tx, tail.size, tail.note);
  return true;
}

/** Bundles that are read at a time. */
const CHUNK = 64;

async function appendBundles(tx: Transaction, tree: TreeState, { peer, size }: Tail) {
  const pending = await tx.query<{ leaf: Buffer }>('SELECT leaf FROM pending_leaves');
  const waiting = new Set(pending.map(({ leaf }) => leaf.toString('latin1')));
  const placed: { leaf: Buffer; place: number }[] = [];
  let frontier: Frontier = frontierOf(tree);
  while (frontier.size < size) {
    const entries = await readEntries(tx, { peer, from: frontier.size, size });
    if (entries.length === 0) return { frontier: undefined, placed };
    entries.forEach((leaf, i) => {
      if (waiting.has(leaf.toString('latin1'))) placed.push({ leaf, place: frontier.size + i });
    });
    const after = appendBatch({ frontier, entries, ...(await readEdge(tx, frontier.size)) });
    await writeTiles(tx, after);
    frontier = after.frontier;
  }
  return { frontier, placed };
}

/** The next leaves of the tail, none when they are not there, or not in their form. */
async function readEntries(
  tx: Transaction,
  { peer, from, size }: { peer: string; from: number; size: number },
): Promise<Buffer[]> {
  const first = Math.floor(from / TILE_WIDTH);
  const rows = await tx.query<{ index: number; leaves: Buffer }>(
    'SELECT index, leaves FROM own_tail WHERE peer = $1 AND index >= $2 AND index < $3 ORDER BY index',
    [peer, first, first + CHUNK],
  );
  const bundles = rows.map(({ index, leaves }, i) => {
    const width = tileWidth({ level: 0, index }, size);
    return index === first + i && leaves.length === width * ENTRY ? parseEntries(leaves, width) : undefined;
  });
  if (bundles.includes(undefined)) return [];
  return bundles.flatMap((entries) => entries!).slice(from - first * TILE_WIDTH);
}

/** An entry of our log behind its length in two bytes. */
const ENTRY = 34;

function parseEntries(leaves: Buffer, width: number): Buffer[] | undefined {
  for (let at = 0; at < leaves.length; at += ENTRY) if (leaves.readUInt16BE(at) !== ENTRY - 2) return undefined;
  return parseBundle(leaves, width);
}
