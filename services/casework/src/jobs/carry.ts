// The carry between the databases: outgoing rows to border in order, places in the log back home.

import {
  applyOutgoing,
  clearSequenced,
  deleteOutgoing,
  lockWidening,
  type OutgoingRow,
  readApplied,
  readOutgoing,
  readSequenced,
  setPlaces,
} from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';

const ROWS = 200;

/** Carries every waiting row to border. A row is applied together with its number, so a crash repeats nothing.
 *  @returns how many rows were carried. */
export async function carryOut(worker: Worker): Promise<number> {
  let carried = 0;
  for (;;) {
    const after = await worker.border.read(readApplied);
    const rows = await worker.home.read((reader) => readOutgoing(reader, after, ROWS));
    if (rows.length === 0) {
      if (carried > 0) await worker.home.write((tx) => deleteOutgoing(tx, after));
      return carried;
    }
    carried += await applyRows(worker, rows);
  }
}

async function applyRows({ border }: Worker, rows: readonly OutgoingRow[]): Promise<number> {
  await border.write(async (tx) => {
    for (const row of rows) await applyOutgoing(tx, row);
  });
  return rows.length;
}

/** Copies home where own leaves went. What is waiting is carried first, under the lock of those who widen: else a row that was
 *  written before its place was known could arrive in border after the place was cleared there. */
export async function carryPlaces(worker: Worker): Promise<number> {
  const placed = await worker.border.read((reader) => readSequenced(reader, 10_000));
  if (placed.length === 0) return 0;
  await worker.home.write(async (tx) => {
    await lockWidening(tx);
    await carryOut(worker);
    await setPlaces(tx, placed);
  });
  await worker.border.write((tx) => clearSequenced(tx, placed));
  return placed.length;
}
