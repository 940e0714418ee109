// A peer's log watched for forks: all that was seen of it against our mirror, and its own tiles where they prove one.

import type { Database } from '@detente/store/database';
import { readMirror, seenCheckpoints, takeGossip } from '@detente/store/exchange';
import {
  findFork,
  nodesForFork,
  parseCheckpoint,
  parseNote,
  TlogError,
  tileReader,
  tilesForNodes,
  verifyFork,
} from '@detente/tlog';
import type { Enrolled } from '../enrolled.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import { judge, judgePair, keepProof, readSigned } from '../sightings.ts';
import { readTiles } from './log-tiles.ts';

/** Holds against the mirror what was seen since the last time, and what others told before the mirror was there.
 *  @param judged notes that were; changed here */
export async function watchLog(border: Database, peer: Enrolled, judged: Set<string>): Promise<void> {
  const rows = await seenCheckpoints(border.now, { peer: peer.origin, log: peer.log });
  const seen = rows.map(({ note }) => note);
  for (const note of judged) if (!seen.includes(note)) judged.delete(note);
  for (const note of seen) {
    if (judged.has(note) || (await judge(border, peer, note)) === 'ahead') continue;
    judged.add(note);
  }
  const { size, note } = await readMirror(border.now, peer.log);
  // While a long log is taken there is more of it here than the checkpoint that all is held against.
  if (note === null || parseCheckpoint(parseNote(note).text).size !== size) return;
  for (const told of await border.write((tx) => takeGossip(tx, peer.log))) await judge(border, peer, told);
}

/** A checkpoint that does not continue another: when the log's own tiles lead to it, they prove the fork. A log that shows none
 *  proves nothing, and is not taken from.
 *  @param notes both signed by the log */
export async function proveFork(
  border: Database,
  peer: Enrolled,
  line: Line,
  notes: readonly [string, string],
): Promise<void> {
  const trees = notes.flatMap((note) => readSigned(peer, note) ?? []).sort((a, b) => a.size - b.size);
  const [smaller, larger] = trees;
  if (!smaller || !larger || smaller.size === 0) return;
  if (smaller.size === larger.size) {
    await judgePair(border, peer, notes);
    return;
  }
  try {
    const tiles = await readTiles(line, tilesForNodes(nodesForFork(smaller.size, larger.size), larger.size));
    const fork = findFork(smaller, larger, tileReader(tiles));
    if (!fork) return;
    verifyFork(fork, { name: peer.log, publicKey: [...peer.keys('log').values()] });
    await keepProof(border, peer, fork, [smaller, larger]);
  } catch (error) {
    if (!(error instanceof TlogError || error instanceof PullFault)) throw error;
  }
}
