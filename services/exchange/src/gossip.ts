// What is said to a peer, and taken from it, about the logs that both of us list.

import type { GossipBody } from '@detente/contract';
import type { Database } from '@detente/store/database';
import { type ForkRow, readForks, readListed } from '@detente/store/exchange';
import { parseCheckpoint, parseNote } from '@detente/tlog';
import { type Enrolled, enrolledPeer } from './enrolled.ts';
import { takeFork, takeGossipOf } from './sightings.ts';

/** A log that others may know that we follow, with the newest checkpoint that we mirror whole. */
type ListedLog = { peer: Enrolled; note: string | null };

/** The logs that may be talked about with a peer. Its own is no news to it.
 *  @param partner origin of the peer */
export async function listedLogs(border: Database, partner: string): Promise<Map<string, ListedLog>> {
  const rows = await border.read((reader) => readListed(reader, partner));
  const logs = rows.flatMap((row) => {
    const peer = enrolledPeer(row);
    return peer ? [[peer.log, { peer, note: row.note }] as const] : [];
  });
  return new Map(logs);
}

/** As in the contract: what is longer is left out, so that no log keeps the others from being talked about. */
const MOST = { items: 256, note: 4096, bytes: 1_200_000 };

/** What we have of these logs, and of each the proof of a fork, if there is one. */
export async function tell(border: Database, logs: ReadonlyMap<string, ListedLog>): Promise<GossipBody> {
  const forks = await readForks(border.now, [...logs.keys()]);
  const ofEach = [...new Map(forks.map((fork) => [fork.log, fork])).values()];
  const proofs = ofEach.filter(({ smaller, larger }) => isShort(smaller) && isShort(larger)).map(inBody);
  const checkpoints = [...logs.values()].flatMap(({ note }) => (note !== null && isShort(note) ? note : []));
  return {
    checkpoints: checkpoints.slice(0, MOST.items),
    forks: withinBytes(proofs.slice(0, MOST.items), checkpoints),
  };
}

const isShort = (note: string) => note.length <= MOST.note;

function withinBytes<T>(proofs: readonly T[], beside: readonly string[]): T[] {
  let bytes = JSON.stringify(beside).length;
  return proofs.filter((proof) => {
    bytes += JSON.stringify(proof).length + 1;
    return bytes <= MOST.bytes;
  });
}

function inBody({ log, smaller, larger, root, proof }: ForkRow): GossipBody['forks'][number] {
  return {
    log,
    smaller,
    larger,
    root: root.toString('base64url'),
    proof: proof.map((hash) => hash.toString('base64url')),
  };
}

/** Takes in what a peer tells: proofs of forks, and its checkpoints, each held against our mirror. Of a log that we do not list
 *  nothing is looked at.
 *  @returns whether its checkpoints showed a fork */
export async function listen(
  border: Database,
  logs: ReadonlyMap<string, ListedLog>,
  { checkpoints, forks }: GossipBody,
  teller: string,
): Promise<boolean> {
  const ofEach = new Map(forks.map((fork) => [fork.log, fork]));
  for (const { log, smaller, larger, root, proof } of ofEach.values()) {
    const known = logs.get(log);
    const bytes = { root: Buffer.from(root, 'base64url'), proof: proof.map((hash) => Buffer.from(hash, 'base64url')) };
    if (known) await takeFork(border, known.peer, { smaller, larger, ...bytes });
  }
  let forked = false;
  for (const [log, note] of onePerLog(checkpoints)) {
    const known = logs.get(log);
    if (known && (await takeGossipOf(border, known.peer, { teller, note })) === 'forked') forked = true;
  }
  return forked;
}

/** The logs that these notes name; the last note of each, so that a call costs no more than there are logs. */
export function onePerLog(notes: readonly string[]): Map<string, string> {
  return new Map(notes.flatMap((note) => originOf(note).map((log) => [log, note] as const)));
}

function originOf(note: string): string[] {
  try {
    return [parseCheckpoint(parseNote(note).text).origin];
  } catch {
    return [];
  }
}
