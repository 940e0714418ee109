// The private intake tree: a day is closed in random order, padded, and its root is one leaf of the log.

import type { Asker, Reader, Transaction } from '../database.ts';

/** The open day, locked against reports until the transaction ends, when it is before `today` or full.
 *  @param capacity leaves of a day's tree (2^20, design section 5). */
export async function lockDayToClose(home: Transaction, today: string, capacity: number): Promise<string | undefined> {
  const [row] = await home.query<{ day: string }>('SELECT day FROM intake_days WHERE closed_at IS NULL FOR UPDATE');
  if (!row) {
    // A day without any report is closed and logged like every other.
    await home.query('SELECT open_intake_day()');
    return undefined;
  }
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
  closed: {
    day: string;
    root: string;
    leaves: readonly Buffer[];
    /** Roots of the subtrees of 256 leaves, in order. */
    nodes: readonly Buffer[];
    places: readonly { leaf: Buffer; place: number }[];
  },
  today: string,
): Promise<void> {
  await home.execute(
    `UPDATE intake_leaves SET place = p.place FROM unnest($1::bytea[], $2::integer[]) AS p (leaf, place)
     WHERE intake_leaves.leaf = p.leaf`,
    [closed.places.map(({ leaf }) => leaf), closed.places.map(({ place }) => place)],
  );
  await home.execute(
    'UPDATE intake_days SET closed_at = now(), root = $2, size = $3, leaves = $4, nodes = $5 WHERE day = $1',
    [closed.day, closed.root, closed.leaves.length, Buffer.concat(closed.leaves), Buffer.concat(closed.nodes)],
  );
  await home.execute('INSERT INTO intake_days (day) VALUES (greatest($1::date, $2::date + 1))', [today, closed.day]);
}

/** Days whose root stands in the log, without a proof or with one that no witness has signed; `proven` tells which. The last
 *  `days` only: a node that has no witnesses would look at all that it ever closed. */
export async function unwitnessedDays(
  home: Asker,
  days: number,
): Promise<{ day: string; place: number; proven: boolean }[]> {
  return home.query(
    `SELECT day, place, log_proof IS NOT NULL AS proven FROM intake_days
     WHERE cosigned = 0 AND closed_at IS NOT NULL AND place IS NOT NULL
       AND (log_proof IS NULL OR closed_at > now() - make_interval(days => $1))
     ORDER BY day`,
    [days],
  );
}

/** Keeps the proof of a day's root, for the labs to fetch. @param cosigned how many witnesses have signed it */
export async function storeDayProof(home: Transaction, day: string, proof: object, cosigned: number): Promise<void> {
  await home.execute('UPDATE intake_days SET log_proof = $2, cosigned = $3 WHERE day = $1', [
    day,
    JSON.stringify(proof),
    cosigned,
  ]);
}
