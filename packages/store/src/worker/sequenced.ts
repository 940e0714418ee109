// Where leaves went: border tells, the worker copies it home and clears it.

import type { Asker, Transaction } from '../database.ts';

export type Placed = { leaf: Buffer; place: number };

export async function readSequenced(border: Asker, limit: number): Promise<Placed[]> {
  return border.query<Placed>('SELECT leaf, place FROM sequenced ORDER BY place LIMIT $1', [limit]);
}

export async function clearSequenced(border: Transaction, placed: readonly Placed[]): Promise<void> {
  await border.execute('DELETE FROM sequenced WHERE leaf = ANY ($1::bytea[])', [placed.map(({ leaf }) => leaf)]);
}
