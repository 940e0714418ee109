// Which batches leaves are promised to, and what is taken in each (design section 5). The draw itself is tlog's.

import { type LogRhythm, promiseBatches, type RandomBytes, type RoomRequest } from '@detente/tlog';
import type { Transaction } from '../database.ts';

const ROOM_LOCK = 7004;

/** Promises each a place in one of the batches behind `rhythm.tick`, the next batch of border's tree.
 *  @returns their ticks, in order */
export async function promiseRooms(
  tx: Transaction,
  rhythm: LogRhythm,
  requests: readonly RoomRequest[],
  random: RandomBytes,
): Promise<number[]> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [ROOM_LOCK]);
  const rows = await tx.query<{ tick: number; taken: number }>('SELECT tick, taken FROM log_room WHERE tick > $1', [
    rhythm.tick,
  ]);
  const taken = new Map(rows.map((row) => [row.tick, row.taken]));
  const ticks = promiseBatches(taken, rhythm, requests, random);
  const changed = [...new Set(ticks)];
  await tx.execute(
    `INSERT INTO log_room (tick, taken) SELECT * FROM unnest($1::bigint[], $2::integer[])
     ON CONFLICT (tick) DO UPDATE SET taken = excluded.taken`,
    [changed, changed.map((tick) => taken.get(tick))],
  );
  return ticks;
}

/** Promises a place to one leaf and returns its tick. */
export async function promiseRoom(
  tx: Transaction,
  { urgent, after, ...rhythm }: LogRhythm & RoomRequest,
  random: RandomBytes,
): Promise<number> {
  const [tick] = await promiseRooms(tx, rhythm, [{ urgent, after }], random);
  return tick!;
}
