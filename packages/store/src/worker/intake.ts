// The private intake tree: a day is closed in random order, padded, and its root is one leaf of the log.

import type { Reader, Transaction } from '../database.ts';

/** The open day, locked against reports until the transaction ends, when it is before `today` or full.
 *  @param capacity leaves of a day's tree (2^20, design section 5). */
export async function lockDayToClose(home: Transaction, today: string, capacity: number): Promise<string | undefined> {
  const [row] = await home.query<{ day: string }>('SELECT day FROM intake_days WHERE closed_at IS NULL FOR UPDATE');
  if (!row) return undefined;
  if (row.day < today) return row.day;
  const [count] = await home.query<{ leaves: number }>('SELECT count(*) AS leaves FROM intake_leaves WHERE day = $1', [
    row.day,
  ]);
  return count!.leaves >= capacity ? row.day : undefined;
}

export async function dayLeaves(home: Reader, day: string): Promise<Buffer[]> {
  const rows = await home.query<{ leaf: Buffer }>('SELECT leaf FROM intake_leaves WHERE day = $1', [day]);
  return rows.map((row) => row.leaf);
}

/** Closes the day and opens the next: today, or the day after it when it closed full. */
export async function closeDay(
  home: Transaction,
  closed: { day: string; root: string; leaves: readonly Buffer[]; places: readonly { leaf: Buffer; place: number }[] },
  today: string,
): Promise<void> {
  await home.execute(
    `UPDATE intake_leaves SET place = p.place FROM unnest($1::bytea[], $2::integer[]) AS p (leaf, place)
     WHERE intake_leaves.leaf = p.leaf`,
    [closed.places.map(({ leaf }) => leaf), closed.places.map(({ place }) => place)],
  );
  await home.execute('UPDATE intake_days SET closed_at = now(), root = $2, size = $3, leaves = $4 WHERE day = $1', [
    closed.day,
    closed.root,
    closed.leaves.length,
    Buffer.concat(closed.leaves),
  ]);
  await home.execute('INSERT INTO intake_days (day) VALUES (greatest($1::date, $2::date + 1))', [today, closed.day]);
}
