// Every checkpoint of a peer's log that is seen anywhere is held against our mirror of that log: what does not fit is a fork.

import type { Asker, Database } from '@detente/store/database';
import { keepFork, keepGossip, readBundleRoots, readMirror, readMirrored } from '@detente/store/exchange';
import {
  extendTiles,
  type Fork,
  findFork,
  hashLeaf,
  type Node,
  nodesForFork,
  type ReadNode,
  type SignedTree,
  TlogError,
  tileReader,
  tilesForNodes,
  verifyFork,
  verifySigned,
} from '@detente/tlog';
import type { Enrolled } from './enrolled.ts';
import { bundleLength, parseEntries } from './entries.ts';

/** `ahead`: larger than what is mirrored, so nothing can be said yet. */
export type Judgement = 'fits' | 'ahead' | 'forked' | 'refused';

/** Holds a checkpoint of a peer's log against what is mirrored of it, and keeps the proof when the log has forked.
 *  @param peer whose log it is
 *  @param shown a signed note, from whomever */
export async function judge(border: Database, peer: Enrolled, shown: string): Promise<Judgement> {
  const seen = readSigned(peer, shown);
  if (!seen) return 'refused';
  const { note } = await readMirror(border.now, peer.log);
  if (note === null) return 'ahead';
  const mirrored = readSigned(peer, note);
  if (!mirrored || seen.size > mirrored.size) return 'ahead';
  if (seen.size === 0) return 'fits';
  const fork = await forkIn(border, peer, seen, mirrored);
  if (!fork) return fork === undefined ? 'fits' : 'ahead';
  await keepProof(border, peer, fork, [seen, mirrored]);
  return 'forked';
}

/** @returns null when what is mirrored is damaged, and so proves nothing of anybody */
async function forkIn(
  border: Database,
  peer: Enrolled,
  seen: SignedTree,
  mirrored: SignedTree,
): Promise<Fork | undefined | null> {
  try {
    const fork = findFork(seen, mirrored, await readerFor(border.now, peer.log, seen.size, mirrored.size));
    if (fork) verifyFork(fork, { name: peer.log, publicKey: [...peer.keys('log').values()] });
    return fork;
  } catch (error) {
    if (error instanceof TlogError) return null;
    throw error;
  }
}

/** Holds two checkpoints of one size against each other. */
export async function judgePair(
  border: Database,
  peer: Enrolled,
  notes: readonly [string, string],
): Promise<Judgement> {
  const [one, other] = notes.map((note) => readSigned(peer, note));
  if (!one || !other) return 'refused';
  if (one.size !== other.size || one.size === 0) return 'ahead';
  const fork = findFork(one, other, () => Buffer.alloc(0));
  if (!fork) return 'fits';
  await keepProof(border, peer, fork, [one, other]);
  return 'forked';
}

/** Takes in the proof of a fork that somebody else has found. What proves none is left out.
 *  @returns whether it proves one */
export async function takeFork(border: Database, peer: Enrolled, fork: Fork): Promise<boolean> {
  try {
    const { smaller, larger } = verifyFork(fork, { name: peer.log, publicKey: [...peer.keys('log').values()] });
    // Only the log's own signatures are verified, and kept.
    const alone = {
      ...fork,
      smaller: readSigned(peer, fork.smaller)!.note,
      larger: readSigned(peer, fork.larger)!.note,
    };
    await keepProof(border, peer, alone, [smaller, larger]);
    return true;
  } catch (error) {
    if (error instanceof TlogError) return false;
    throw error;
  }
}

/** Judges what a peer tells of a third log; what lies beyond the mirror waits for it. */
export async function takeGossipOf(
  border: Database,
  peer: Enrolled,
  { teller, note }: { teller: string; note: string },
): Promise<Judgement> {
  const judgement = await judge(border, peer, note);
  if (judgement !== 'ahead') return judgement;
  const seen = readSigned(peer, note)!;
  await border.write((tx) => keepGossip(tx, { log: peer.log, peer: teller, note: seen.note, size: seen.size }));
  return 'ahead';
}

/** The note with the log's own signatures; undefined when its key has not signed it. */
export function readSigned({ log, keys }: Enrolled, shown: string): SignedTree | undefined {
  try {
    const { checkpoint, note } = verifySigned(shown, { name: log, publicKey: [...keys('log').values()] });
    return { note, size: checkpoint.size, root: checkpoint.root };
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** @param trees the smaller first */
export async function keepProof(
  border: Database,
  peer: Enrolled,
  fork: Fork,
  trees: readonly [SignedTree, SignedTree],
): Promise<void> {
  const { log, origin, descriptor } = peer;
  if (descriptor === null) return;
  const sizes = [trees[0].size, trees[1].size] as const;
  const proof = [...fork.proof];
  await border.write((tx) => keepFork(tx, { ...fork, proof, log, peer: origin, sizes, descriptor }));
}

/** The nodes of a mirrored log that tell whether its tree of `larger` leaves continues another of `smaller`. */
async function readerFor(reader: Asker, log: string, smaller: number, larger: number): Promise<ReadNode> {
  if (smaller === larger) return () => Buffer.alloc(0);
  const nodes = nodesForFork(smaller, larger);
  const tiles = await leafTiles(reader, log, nodes, larger);
  // Above its leaves a log is the tree of its bundles' roots.
  const above = extendTiles(0, await readBundleRoots(reader, log), () => undefined);
  return tileReader([...tiles, ...above.map(({ level, index, bytes }) => ({ level: level + 1, index, bytes }))]);
}

async function leafTiles(reader: Asker, log: string, nodes: readonly Node[], size: number) {
  const tiles = [];
  for (const { level, index, width } of tilesForNodes(nodes, size)) {
    if (level > 0) continue;
    const leaves = await readMirrored(reader, { log, index, length: bundleLength(width) });
    tiles.push({ level, index, bytes: Buffer.concat(parseEntries(leaves ?? Buffer.alloc(0), width).map(hashLeaf)) });
  }
  return tiles;
}
