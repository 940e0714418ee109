// Closes the intake day: its leaves in random order on a tree of fixed size, whose root is one leaf of the log.

import { randomBytes, randomInt } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { emptyIntakeSubtrees, fillIntakeSubtree, intakeDaySeed, intakeDaySize, intakeSubtreeSize } from '@detente/keys';
import {
  beginDay,
  endDay,
  lockUnplaced,
  openDay,
  placedDay,
  placedLeaves,
  placeLeaves,
  promiseRoom,
  readTree,
  rhythmOf,
  rootlessDays,
  storeDayProof,
  storeRoot,
  unwitnessedDays,
  writeOutgoing,
} from '@detente/store/worker';
import { appendLeaves, appendSubtree, emptyFrontier, HASH_SIZE, hashLeaf, rootOf } from '@detente/tlog';
import { proveEntry } from '../log-proof.ts';
import { utcToday, type Worker } from '../worker-context.ts';

/** Ends the open day if it is over or full, and makes the tree of every day that has ended. Killed anywhere, it is done by the next.
 *  @param size leaves of a day's tree. A day is full with half of them, so that there is room for what comes until that is seen */
export async function closeIntake(worker: Worker, today = utcToday(), size = intakeDaySize): Promise<void> {
  const { home } = worker;
  const open = await openDay(home.now, size / 2);
  if (open === undefined) await home.write(beginDay);
  else if (open.day < today || open.full) await home.write((tx) => endDay(tx, open.day, today));
  for (const day of await rootlessDays(home.now)) {
    await drawPlaces(worker, day, size);
    await logRoot(worker, day);
  }
}

async function drawPlaces({ home }: Worker, day: string, size: number): Promise<void> {
  await home.write(async (tx) => {
    const count = await lockUnplaced(tx, day);
    if (count === undefined) return;
    // More came than there is room for, while no worker ran: what was promised of the day goes before its size.
    const wide = size * 2 ** Math.max(0, Math.ceil(Math.log2(count / size)));
    await placeLeaves(tx, { day, seed: intakeDaySeed(), size: wide }, await drawn(count, wide));
  });
}

/** So many different numbers below `size`, in random order. */
async function drawn(count: number, size: number): Promise<Int32Array> {
  const slots = new Int32Array(size);
  for (let i = 0; i < size; i++) slots[i] = i;
  for (let i = 0; i < count; i++) {
    const j = randomInt(i, size);
    [slots[i], slots[j]] = [slots[j]!, slots[i]!];
    if (i % DRAWS_A_TURN === 0) await turn();
  }
  return slots.subarray(0, count);
}

const DRAWS_A_TURN = 1_000;

async function logRoot(worker: Worker, day: string): Promise<void> {
  const tree = await readTree(worker.border.now);
  const placed = await placedDay(worker.home.now, day);
  if (!tree || !placed) return;
  const nodes = await growSubtrees(worker, { day, ...placed });
  const root = rootOver(nodes).toString('base64url');
  await worker.home.write(async (tx) => {
    if (!(await storeRoot(tx, day, root, nodes))) return;
    const request = { ...rhythmOf(tree, worker.settings.DETENTE_DRAW), urgent: false };
    await writeOutgoing(tx, 'leaf', { leaf: root, tick: await promiseRoom(tx, request, randomBytes), after: null });
  });
}

/** Subtrees whose leaves are read at once: a question stays small however many came. */
const SUBTREES_A_QUESTION = 16;

/** Roots of the subtrees of 256 leaves. Whatever else the worker does has a turn after each of them. */
async function growSubtrees(
  { home }: Worker,
  { day, seed, size }: { day: string; seed: Buffer; size: number },
): Promise<Buffer> {
  const nodes = emptyIntakeSubtrees(seed, size / intakeSubtreeSize);
  const step = SUBTREES_A_QUESTION * intakeSubtreeSize;
  for (let from = 0; from < size; from += step) {
    const found = await placedLeaves(home.now, day, from, from + step);
    for (const [at, own] of Map.groupBy(found, ({ place }) => Math.floor(place / intakeSubtreeSize))) {
      nodes.set(rootOfLeaves(fillIntakeSubtree(seed, at * intakeSubtreeSize, own)), at * HASH_SIZE);
      await turn();
    }
  }
  return nodes;
}

function rootOfLeaves(leaves: Buffer): Buffer {
  return rootOf(appendLeaves(emptyFrontier(), split(leaves).map(hashLeaf)));
}

function rootOver(nodes: Buffer): Buffer {
  let frontier = emptyFrontier();
  for (const [at, node] of split(nodes).entries())
    frontier = appendSubtree(frontier, at * intakeSubtreeSize, (at + 1) * intakeSubtreeSize, node);
  return rootOf(frontier);
}

function split(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / HASH_SIZE }, (_, at) =>
    bytes.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE),
  );
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
