// One batch of the log a tick; the checkpoint is signed from what was committed.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureTree, readTickTimes, sequenceBatch, storeCheckpoint, unsignedTree } from '@detente/store/worker';
import { isTickDue, isTickOver, signCheckpoint, untilTick } from '@detente/tlog';
import { utcToday, type Worker } from '../worker-context.ts';
import { checkTail } from './check-log.ts';
import { doubtIfDue } from './recovery.ts';

const LONGEST_BATCH_MS = 1_000;

/** Makes the empty tree or notes another batch size, checks the tail, and signs what a crash left unsigned. */
export async function prepareLog(worker: Worker, today: string = utcToday()): Promise<void> {
  await doubtIfDue(worker);
  await worker.border.write((tx) => ensureTree(tx, worker.settings.DETENTE_BATCH_SIZE, today));
  await checkTail(worker);
  await signTree(worker, worker.settings.DETENTE_TICK_MS);
}

/** Appends one batch and signs the tree after it, at a fixed time after the tick: how long the batch took would tell how much
 *  was in it, and nothing of it is public before.
 *  @param signing when it is time to sign
 *  @param every milliseconds from tick to tick, each of which gets one batch however many workers try; absent: one now */
export async function sequence(
  worker: Worker,
  today: string = utcToday(),
  signing?: Promise<unknown>,
  every?: number,
): Promise<void> {
  if (every !== undefined && !isTickDue(await readTickTimes(worker.border.now), every)) return;
  const time = signing ?? sleep(Math.min(LONGEST_BATCH_MS, worker.settings.DETENTE_TICK_MS / 10));
  await doubtIfDue(worker);
  await checkTail(worker);
  await signTree(worker, every);
  const tree = await worker.border.write((tx) => sequenceBatch(tx, randomBytes, today, every));
  await time;
  if (tree) await signTree(worker);
}

/** Milliseconds until the next tick, by the clock that all workers share. */
export async function untilNextTick({ border, settings }: Worker): Promise<number> {
  return untilTick(await readTickTimes(border.now), settings.DETENTE_TICK_MS);
}

/** @param every signs only what an earlier tick left unsigned: another worker's batch of this one is signed when it is time */
async function signTree({ border, logName, keys }: Worker, every?: number): Promise<void> {
  // Asked before the tree is read, so that a batch that is committed in between is seen to be of this tick.
  const { now } = await readTickTimes(border.now);
  const tree = await unsignedTree(border.now);
  if (!tree || (every !== undefined && !isTickOver({ last: tree.tickedAt, now }, every))) return;
  const note = signCheckpoint({ origin: logName, ...tree }, keys.signer('log').privateKey);
  await border.write((tx) => storeCheckpoint(tx, tree.size, note));
}
