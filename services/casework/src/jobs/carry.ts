// The carry between the databases: outgoing rows to border in order, places in the log back home.

import {
  applyOutgoing,
  clearSequenced,
  deleteOutgoing,
  lockWidening,
  readOutgoing,
  readSequenced,
  setPlaces,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';

const ROWS = 200;

/** Carries every waiting row to border, then forgets it. A row is applied together with its number, so a crash repeats nothing. */
export async function carryOut({ home, border }: Worker): Promise<void> {
  for (;;) {
    const rows = await readOutgoing(home.now, ROWS);
    const last = rows.at(-1);
    if (!last) return;
    await border.write((tx) => applyOutgoing(tx, rows));
    await home.write((tx) => deleteOutgoing(tx, last.number));
  }
}

/** Copies home where own leaves went. What is waiting is carried first, under the lock of those who widen: else a row that was
 *  written before its place was known could arrive in border after the place was cleared there. */
export async function carryPlaces(worker: Worker): Promise<number> {
  const placed = await readSequenced(worker.border.now, 10_000);
  if (placed.length === 0) return 0;
  await worker.home.write(async (tx) => {
    await lockWidening(tx);
    await carryOut(worker);
    await setPlaces(tx, placed);
  });
  await worker.border.write((tx) => clearSequenced(tx, placed));
  return placed.length;
}
