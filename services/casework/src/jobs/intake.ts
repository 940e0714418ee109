// Closes the intake day: random order, padded to a power of two, its root one leaf of the log.

import { randomBytes, randomInt } from 'node:crypto';
import {
  closeDay,
  dayLeaves,
  lockDayToClose,
  promiseRoom,
  readTree,
  rhythmOf,
  storeDayProof,
  unwitnessedDays,
  writeOutgoing,
} from '@detente/store/worker';
import { appendLeaves, appendSubtree, emptyFrontier, hashLeaf, rootOf } from '@detente/tlog';
import { proveEntry } from '../log-proof.ts';
import { utcToday, type Worker } from '../worker-context.ts';

const CAPACITY = 2 ** 20;
const SUBTREE = 256;
/** A day without reports looks like one with up to this many. */
const SMALLEST = 2 ** 10;

/** Closes the open day if it is over or full.
 *  @returns the day that was closed. */
export async function closeIntake(worker: Worker, today: string = utcToday()): Promise<string | undefined> {
  const tree = await readTree(worker.border.now);
  if (!tree) return undefined;
  return worker.home.write(async (tx) => {
    const day = await lockDayToClose(tx, today, CAPACITY);
    if (day === undefined) return undefined;
    const drawn = drawPlaces(await dayLeaves(tx, day));
    const nodes = subtreeRoots(drawn.leaves);
    const root = rootOver(nodes).toString('base64url');
    await closeDay(tx, { day, root, nodes, ...drawn }, today);
    const request = { ...rhythmOf(tree, worker.settings.DETENTE_DRAW), urgent: false };
    await writeOutgoing(tx, 'leaf', { leaf: root, tick: await promiseRoom(tx, request, randomBytes), after: null });
    return day;
  });
}

/** Days after which a proof that no witness has signed stays as it is. */
const PATIENCE = 7;

/** Keeps the proof that a day's root stands in the log, and makes it again once a witness has signed one. */
export async function proveDays({ home, border }: Worker): Promise<void> {
  for (const { day, place, proven } of await unwitnessedDays(home.now, PATIENCE)) {
    const proof = await border.read((reader) => proveEntry(reader, place));
    if (!proof || (proven && proof.witnesses.length === 0)) continue;
    await home.write((tx) => storeDayProof(tx, day, proof, proof.witnesses.length));
  }
}

/** Roots of the subtrees of 256 leaves: with them a lab's proof reads 256 leaves of the day, not all of them. */
function subtreeRoots(leaves: readonly Buffer[]): Buffer[] {
  const subtrees = Array.from({ length: leaves.length / SUBTREE }, (_, at) =>
    leaves.slice(at * SUBTREE, (at + 1) * SUBTREE),
  );
  return subtrees.map((subtree) => rootOf(appendLeaves(emptyFrontier(), subtree.map(hashLeaf))));
}

function rootOver(nodes: readonly Buffer[]): Buffer {
  let frontier = emptyFrontier();
  for (const [at, node] of nodes.entries()) frontier = appendSubtree(frontier, at * SUBTREE, (at + 1) * SUBTREE, node);
  return rootOf(frontier);
}

/** The day's leaves in random order among random padding. */
function drawPlaces(leaves: readonly Buffer[]): { leaves: Buffer[]; places: { leaf: Buffer; place: number }[] } {
  let size = SMALLEST;
  while (size < leaves.length) size *= 2;
  const slots = Array.from({ length: size }, (_, slot) => slot);
  const places = leaves.map((leaf, i) => {
    const j = randomInt(i, size);
    [slots[i], slots[j]] = [slots[j]!, slots[i]!];
    return { leaf, place: slots[i]! };
  });
  const all: Buffer[] = Array.from({ length: size }, () => randomBytes(32));
  for (const { leaf, place } of places) all[place] = leaf;
  return { leaves: all, places };
}
