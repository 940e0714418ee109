// One lock a peer: under it its mark, the numbers of its late list, and its grants.

import { foldGrants, type GrantRow, type Grants } from '@detente/reciprocity';
import type { Transaction } from './database.ts';

/** Locks how far a peer was served until the transaction ends.
 *  @returns its mark */
export async function lockMark(tx: Transaction, peer: string): Promise<number> {
  await tx.execute('INSERT INTO served (peer) VALUES ($1) ON CONFLICT DO NOTHING', [peer]);
  const [row] = await tx.query<{ mark: number }>('SELECT mark FROM served WHERE peer = $1 FOR UPDATE', [peer]);
  return row!.mark;
}

/** The first of so many new numbers of a peer's late list. */
export async function nextLate(tx: Transaction, peer: string, count: number): Promise<number> {
  const [row] = await tx.query<{ first: number }>(
    'UPDATE served SET late = late + $2 WHERE peer = $1 RETURNING late - $2 + 1 AS first',
    [peer, count],
  );
  return row!.first;
}

export async function readFolded(tx: Transaction, peer: string): Promise<Grants> {
  const rows = await tx.query<GrantRow>(
    'SELECT number, line, cell, record_id, from_index, level, rule, terms FROM grants WHERE peer = $1',
    [peer],
  );
  return foldGrants(rows);
}
