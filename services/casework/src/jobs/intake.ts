// Closes the intake day: random order, padded to a power of two, its root one leaf of the log.

import { randomBytes, randomInt } from 'node:crypto';
import {
  closeDay,
  dayLeaves,
  lockDayToClose,
  promiseRoom,
  readTree,
  rhythmOf,
  writeOutgoing,
} from '@detente/store/worker';
import { appendLeaves, emptyFrontier, hashLeaf, rootOf } from '@detente/tlog';
import { utcToday, type Worker } from '../worker-context.ts';

const CAPACITY = 2 ** 20;
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
    const root = rootOf(appendLeaves(emptyFrontier(), drawn.leaves.map(hashLeaf))).toString('base64url');
    await closeDay(tx, { day, root, ...drawn }, today);
    const request = { ...rhythmOf(tree, worker.settings.DETENTE_DRAW), urgent: false };
    await writeOutgoing(tx, 'leaf', { leaf: root, tick: await promiseRoom(tx, request, randomBytes), after: null });
    return day;
  });
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
