// The private intake tree. A day is ended at once, so that reports do not wait; its tree is made after that, in short steps that
// each may be the last one before a crash: its leaves get their places, then its root becomes one leaf of the log.

import type { Asker, Transaction } from '../database.ts';

/** The open day, and whether so many reports have come on it that the next one begins. */
export async function openDay(home: Asker, enough: number): Promise<{ day: string; full: boolean } | undefined> {
  const [row] = await home.query<{ day: string; full: boolean }>(
    `SELECT day, (SELECT count(*) FROM intake_leaves l WHERE l.day = d.day) >= $1 AS full
     FROM intake_days d WHERE closed_at IS NULL`,
    [enough],
  );
  return row;
}

/** A day without any report is ended and logged like every other. */
export async function beginDay(home: Transaction): Promise<void> {
  await home.query('SELECT open_intake_day()');
}

/** Ends the day, once the groups of reports that are under way are in it, and begins the next: today, or the day after it when it was
 *  full. Days between, on which nobody ended any, have ended too; what came on them was promised for `day`. */
export async function endDay(home: Transaction, day: string, today: string): Promise<void> {
  const ended = await home.execute('UPDATE intake_days SET closed_at = now() WHERE day = $1 AND closed_at IS NULL', [
    day,
  ]);
  if (ended === 0) return;
  await home.execute(
    `INSERT INTO intake_days (day, closed_at)
     SELECT missed, now() FROM generate_series($1::date + 1, $2::date - 1, interval '1 day') AS m (missed)`,
    [day, today],
  );
  await home.execute('INSERT INTO intake_days (day) VALUES (greatest($1::date, $2::date + 1))', [today, day]);
}

/** Days that have ended and have no root yet. */
export async function rootlessDays(home: Asker): Promise<string[]> {
  const rows = await home.query<{ day: string }>(
    'SELECT day FROM intake_days WHERE closed_at IS NOT NULL AND root IS NULL ORDER BY day',
  );
  return rows.map(({ day }) => day);
}

/** Locks an ended day whose leaves have no places yet. @returns how many leaves it has */
export async function lockUnplaced(home: Transaction, day: string): Promise<number | undefined> {
  const rows = await home.query('SELECT FROM intake_days WHERE day = $1 AND seed IS NULL AND root IS NULL FOR UPDATE', [
    day,
  ]);
  if (rows.length === 0) return undefined;
  const [found] = await home.query<{ count: number }>('SELECT count(*) FROM intake_leaves WHERE day = $1', [day]);
  return found!.count;
}

/** Gives each leaf of a day its place, some at a time.
 *  @param day `size`: leaves of the tree, padding too
 *  @param places as many as the day has leaves */
export async function placeLeaves(
  home: Transaction,
  { day, seed, size }: { day: string; seed: Buffer; size: number },
  places: Int32Array,
): Promise<void> {
  await home.query('DECLARE unplaced NO SCROLL CURSOR FOR SELECT leaf FROM intake_leaves WHERE day = $1', [day]);
  for (let at = 0; at < places.length; at += PLACES_A_STATEMENT) {
    const leaves = await home.query<{ leaf: Buffer }>(`FETCH ${PLACES_A_STATEMENT} FROM unplaced`);
    await home.execute(
      `UPDATE intake_leaves SET place = p.place
       FROM (SELECT place, substring($1::bytea FROM (32 * (at - 1) + 1)::integer FOR 32) AS leaf
         FROM unnest($2::integer[]) WITH ORDINALITY AS n (place, at)) p
       WHERE intake_leaves.leaf = p.leaf`,
      [Buffer.concat(leaves.map(({ leaf }) => leaf)), [...places.subarray(at, at + PLACES_A_STATEMENT)]],
    );
  }
  await home.query('CLOSE unplaced');
  await home.execute('UPDATE intake_days SET seed = $2, size = $3 WHERE day = $1', [day, seed, size]);
}

/** So few that each leaf is looked up: for many at once PostgreSQL reads all that ever came. */
const PLACES_A_STATEMENT = 1_000;

/** What the tree of a day is made of beside its leaves. */
export async function placedDay(home: Asker, day: string): Promise<{ seed: Buffer; size: number } | undefined> {
  const [row] = await home.query<{ seed: Buffer; size: number }>(
    'SELECT seed, size FROM intake_days WHERE day = $1 AND seed IS NOT NULL AND root IS NULL',
    [day],
  );
  return row;
}

/** The leaves of a day whose places are in [from, to), by place. */
export async function placedLeaves(
  home: Asker,
  day: string,
  from: number,
  to: number,
): Promise<{ place: number; leaf: Buffer }[]> {
  return home.query(
    'SELECT place, leaf FROM intake_leaves WHERE day = $1 AND place >= $2 AND place < $3 ORDER BY place',
    [day, from, to],
  );
}

/** Keeps the root of a day's tree, once.
 *  @param nodes roots of its subtrees of 256 leaves, in order
 *  @returns whether it had none before */
export async function storeRoot(home: Transaction, day: string, root: string, nodes: Buffer): Promise<boolean> {
  const stored = await home.execute('UPDATE intake_days SET root = $2, nodes = $3 WHERE day = $1 AND root IS NULL', [
    day,
    root,
    nodes,
  ]);
  return stored > 0;
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
