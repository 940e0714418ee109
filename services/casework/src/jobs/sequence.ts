// One batch of the log a tick; the checkpoint is signed from what was committed.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureTree, sequenceBatch, storeCheckpoint, unsignedTree } from '@detente/store/worker';
import { signCheckpoint } from '@detente/tlog';
import { utcToday, type Worker } from '../worker-context.ts';
import { doubtIfDue } from './recovery.ts';

const LONGEST_BATCH_MS = 1_000;

/** Makes the empty tree or notes another batch size, and signs the tree that a crash left unsigned. */
export async function prepareLog(worker: Worker, today: string = utcToday()): Promise<void> {
  await doubtIfDue(worker);
  await worker.border.write((tx) => ensureTree(tx, worker.settings.DETENTE_BATCH_SIZE, today));
  await signTree(worker);
}

/** Appends one batch and signs the tree after it, at a fixed time after the tick: how long the batch took would tell how much
 *  was in it, and nothing of it is public before.
 *  @param signing when it is time to sign */
export async function sequence(
  worker: Worker,
  today: string = utcToday(),
  signing: Promise<unknown> = sleep(Math.min(LONGEST_BATCH_MS, worker.settings.DETENTE_TICK_MS / 10)),
): Promise<void> {
  await doubtIfDue(worker);
  await signTree(worker);
  const tree = await worker.border.write((tx) => sequenceBatch(tx, randomBytes, today));
  await signing;
  if (tree) await signTree(worker);
}

async function signTree({ border, logName, keys }: Worker): Promise<void> {
  const tree = await unsignedTree(border.now);
  if (!tree) return;
  const note = signCheckpoint({ origin: logName, ...tree }, keys.signer('log').privateKey);
  await border.write((tx) => storeCheckpoint(tx, tree.size, note));
}
