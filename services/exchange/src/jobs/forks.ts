// A peer's log watched for forks: all that was seen of it against our mirror, and its own tiles where they prove one.

import type { Database } from '@detente/store/database';
import { type Gossip, readGossip, readMirror, seenCheckpoints, takeGossip } from '@detente/store/exchange';
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
import { hear, type KnownLog, knownLog, readSigned } from '../log-keys.ts';
import { PullFault } from '../pull-fault.ts';
import { contradict, judge, judgeBeside, keepProof } from '../sightings.ts';
import { readTiles } from './log-tiles.ts';

/** Holds against the mirror, and against each other, what was seen since the last time and what others told before.
 *  @param judged notes that were; changed here */
export async function watchLog(border: Database, peer: Enrolled, judged: Set<string>): Promise<void> {
  const rows = await seenCheckpoints(border.now, { peer: peer.origin, log: peer.log });
  const seen = rows.map(({ note }) => note);
  const log = knownLog(peer);
  for (const note of judged) if (!seen.includes(note)) judged.delete(note);
  for (const note of seen) {
    if (judged.has(note)) continue;
    await judgeBeside(border, log, note, seen);
    for (const told of await readGossip(border.now, peer.log))
      if (contradict(note, told.note)) await judgeBeside(border, await logAsTold(peer, told), note, [told.note]);
    if ((await judge(border, log, note)) === 'ahead') continue;
    judged.add(note);
  }
  const { size, note } = await readMirror(border.now, peer.log);
  // While a long log is taken there is more of it here than the checkpoint that all is held against.
  if (note === null || parseCheckpoint(parseNote(note).text).size !== size) return;
  for (const told of await border.write((tx) => takeGossip(tx, peer.log)))
    await judge(border, await logAsTold(peer, told), told.note);
}

async function logAsTold(peer: Enrolled, { descriptors }: Gossip): Promise<KnownLog> {
  return knownLog(peer, await hear(peer, descriptors));
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
  const log = knownLog(peer);
  const trees = notes.flatMap((note) => readSigned(log, note) ?? []).sort((a, b) => a.size - b.size);
  const [smaller, larger] = trees;
  if (!smaller || !larger || smaller.size === 0) return;
  if (smaller.size === larger.size) {
    await judgeBeside(border, log, smaller.note, [larger.note]);
    return;
  }
  try {
    const tiles = await readTiles(line, tilesForNodes(nodesForFork(smaller.size, larger.size), larger.size));
    const fork = findFork(smaller, larger, tileReader(tiles));
    if (!fork) return;
    verifyFork(fork, log);
    await keepProof(border, log, fork, [smaller, larger]);
  } catch (error) {
    if (!(error instanceof TlogError || error instanceof PullFault)) throw error;
  }
}
