// What peers tell of third logs, and the proofs that a log has forked.

import type { Asker, Transaction } from '../database.ts';
import { COLUMNS, type Peer } from './peers.ts';

/** An enrolled peer that others may know of, and the checkpoints of its log that were seen last: the newest that is mirrored whole,
 *  that came with a page, that was cosigned. */
export type Listed = Peer & { seen: string[] };

/** @param but origin of the one that is talked to: its own log is no news to it */
export async function readListed(reader: Asker, but: string): Promise<Listed[]> {
  return reader.query<Listed>(
    `SELECT ${COLUMNS}, array_remove(ARRAY[
       (SELECT note FROM mirrors WHERE log = log_name), (SELECT checkpoint FROM cursors WHERE peer = origin),
       (SELECT note FROM witnessed WHERE log = log_name)], NULL) AS seen
     FROM peers
     WHERE listed AND NOT sandbox AND status IN ('active', 'suspended') AND origin <> $1 ORDER BY origin`,
    [but],
  );
}

/** A checkpoint that a peer told of and that lies beyond what is mirrored; `descriptors`: what it told beside it. */
export type Gossip = { note: string; descriptors: string[] };

/** Keeps what a peer told last of a log. */
export async function keepGossip(
  tx: Transaction,
  told: Gossip & { log: string; peer: string; size: number },
): Promise<void> {
  await tx.execute(
    `INSERT INTO gossiped (log, peer, note, size, descriptors) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (log, peer) DO UPDATE
     SET note = excluded.note, size = excluded.size, descriptors = excluded.descriptors`,
    [told.log, told.peer, told.note, told.size, told.descriptors],
  );
}

/** What waits of a log. */
export async function readGossip(reader: Asker, log: string): Promise<Gossip[]> {
  return reader.query<Gossip>('SELECT note, descriptors FROM gossiped WHERE log = $1', [log]);
}

/** Takes what was told of a log and is mirrored by now, for good: it is looked at, or told again. */
export async function takeGossip(tx: Transaction, log: string): Promise<Gossip[]> {
  return tx.query<Gossip>(
    `DELETE FROM gossiped USING mirrors WHERE gossiped.log = $1 AND mirrors.log = $1 AND gossiped.size <= mirrors.size
     RETURNING gossiped.note, gossiped.descriptors`,
    [log],
  );
}

/** `descriptors`: that show the keys of both checkpoints, in the order in which they are verified. */
export type ForkRow = {
  log: string;
  smaller: string;
  larger: string;
  root: Buffer;
  proof: Buffer[];
  descriptors: string[];
};
export type NewFork = ForkRow & { peer: string; sizes: readonly [number, number] };

/** Keeps the proof of a fork, the first for each pair of sizes. */
export async function keepFork(tx: Transaction, fork: NewFork): Promise<void> {
  const { log, peer, sizes, smaller, larger, root, proof, descriptors } = fork;
  await tx.execute(
    `INSERT INTO forks (log, peer, smaller_size, larger_size, smaller, larger, root, proof, descriptors)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT DO NOTHING`,
    [log, peer, ...sizes, smaller, larger, root, proof, descriptors],
  );
}

/** The proofs that we hold of these logs, the oldest first. */
export async function readForks(reader: Asker, logs: readonly string[]): Promise<ForkRow[]> {
  return reader.query<ForkRow>(
    'SELECT log, smaller, larger, root, proof, descriptors FROM forks WHERE log = ANY ($1) ORDER BY found_at, log, smaller_size',
    [logs],
  );
}
