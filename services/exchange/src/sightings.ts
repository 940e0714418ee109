// Every checkpoint of a peer's log that is seen anywhere is held against our mirror of that log: what does not fit is a fork.

import type { Asker, Database } from '@detente/store/database';
import { keepFork, keepGossip, readForks, readMirror } from '@detente/store/exchange';
import { readMirrorNodes } from '@detente/store/mirror-proof';
import {
  type Checkpoint,
  type Fork,
  findFork,
  nodesForFork,
  parseCheckpoint,
  parseNote,
  type ReadNode,
  type SignedTree,
  TlogError,
  verifyFork,
} from '@detente/tlog';
import { evidenceFor, type Heard, hearMore, type KnownLog, readSigned } from './log-keys.ts';

/** `ahead`: larger than what is mirrored, so nothing can be said yet. */
export type Judgement = 'fits' | 'ahead' | 'forked' | 'refused';

/** Holds a checkpoint of a peer's log against what is mirrored of it, and keeps the proof when the log has forked.
 *  @param shown a signed note, from whomever */
export async function judge(border: Database, log: KnownLog, shown: string): Promise<Judgement> {
  const seen = readSigned(log, shown);
  if (!seen) return 'refused';
  const { note } = await readMirror(border.now, log.name);
  if (note === null) return 'ahead';
  const mirrored = readSigned(log, note);
  if (!mirrored || seen.size > mirrored.size) return 'ahead';
  if (seen.size === 0) return 'fits';
  const fork = await forkIn(border, log, seen, mirrored);
  if (!fork) return fork === undefined ? 'fits' : 'ahead';
  await keepProof(border, log, fork, [seen, mirrored]);
  return 'forked';
}

/** @returns null when what is mirrored is damaged, and so proves nothing of anybody */
async function forkIn(
  border: Database,
  log: KnownLog,
  seen: SignedTree,
  mirrored: SignedTree,
): Promise<Fork | undefined | null> {
  try {
    const fork = findFork(seen, mirrored, await readerFor(border.now, log.name, seen.size, mirrored.size));
    if (fork) verifyFork(fork, log);
    return fork;
  } catch (error) {
    if (error instanceof TlogError) return null;
    throw error;
  }
}

/** Holds a checkpoint against others that were seen, for which no tile is needed where they are of one size.
 *  @returns whether the log has signed two trees of that size; then the proof is kept */
export async function judgeBeside(
  border: Database,
  log: KnownLog,
  note: string,
  others: readonly string[],
): Promise<boolean> {
  for (const other of others.filter((one) => contradict(note, one))) {
    const [one, two] = [readSigned(log, note), readSigned(log, other)];
    const fork = one && two && findFork(one, two, () => Buffer.alloc(0));
    if (!fork) continue;
    await keepProof(border, log, fork, [one, two]);
    return true;
  }
  return false;
}

/** Whether two notes say different roots of one size, whoever has signed them. */
export function contradict(one: string, other: string): boolean {
  const [a, b] = [treeIn(one), treeIn(other)];
  return a !== undefined && b !== undefined && a.size === b.size && a.size > 0 && !a.root.equals(b.root);
}

function treeIn(note: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Takes in the proof of a fork that somebody else has found. What proves none is left out.
 *  @returns whether it proves one */
export async function takeFork(border: Database, log: KnownLog, fork: Fork): Promise<boolean> {
  try {
    const { smaller, larger } = verifyFork(fork, log);
    // Only the log's own signatures are verified, and kept.
    const alone = {
      ...fork,
      smaller: readSigned(log, fork.smaller)!.note,
      larger: readSigned(log, fork.larger)!.note,
    };
    await keepProof(border, log, alone, [smaller, larger]);
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** What a peer tells of a third log: which checkpoints it was shown, and the descriptors that it tells beside them. */
export type Told = { teller: string; checkpoints: readonly string[]; heard: readonly Heard[] };

/** Judges what a peer tells of a third log. Of what lies beyond the mirror the smallest waits: the mirror is there first.
 *  @param ours the checkpoints of that log that we were shown
 *  @returns whether it showed a fork */
export async function takeGossipOf(
  border: Database,
  log: KnownLog,
  { teller, checkpoints, heard }: Told,
  ours: readonly string[],
): Promise<boolean> {
  let forked = false;
  const ahead: SignedTree[] = [];
  for (const note of checkpoints) {
    if (await judgeBeside(border, log, note, ours)) forked = true;
    const judgement = await judge(border, log, note);
    if (judgement === 'forked') forked = true;
    if (judgement === 'ahead') ahead.push(readSigned(log, note)!);
  }
  const [first] = ahead.sort((a, b) => a.size - b.size);
  if (first) {
    const told = { ...first, log: log.name, peer: teller, descriptors: heard.map(({ jws }) => jws) };
    await border.write((tx) => keepGossip(tx, told));
  }
  return forked;
}

/** Whether the proof of a fork is one for whoever knows these keys of the log. */
export function proves(log: KnownLog, fork: Fork): boolean {
  try {
    verifyFork(fork, log);
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** Forks that are kept of one log: one proves it, and whoever signs any number must not fill the disk. */
const forksKept = 16;

/** Keeps a proof, unless there are enough. Those that were signed with a key that was revoked since count for nothing: a node that
 *  throws keys away after its forks would never be caught again.
 *  @param trees the smaller first */
export async function keepProof(
  border: Database,
  log: KnownLog,
  fork: Fork,
  trees: readonly [SignedTree, SignedTree],
): Promise<void> {
  const sizes = [trees[0].size, trees[1].size] as const;
  let proven = 0;
  for (const one of await readForks(border.now, [log.name]))
    if (proves(await hearMore(log, one.descriptors), one)) proven++;
  if (proven >= forksKept) return;
  const descriptors = evidenceFor(log, [fork.smaller, fork.larger]);
  const kept = { ...fork, proof: [...fork.proof], log: log.name, peer: log.peer.origin, sizes, descriptors };
  await border.write((tx) => keepFork(tx, kept));
}

/** The nodes of a mirrored log that tell whether its tree of `larger` leaves continues another of `smaller`. */
async function readerFor(reader: Asker, log: string, smaller: number, larger: number): Promise<ReadNode> {
  if (smaller === larger) return () => Buffer.alloc(0);
  return readMirrorNodes(reader, log, { nodes: nodesForFork(smaller, larger), size: larger });
}
