// Which batch a leaf is promised to. Drawn at random, so that nothing queues visibly (design section 5).

import { drawBatch, type RandomBytes } from '@detente/tlog';
import type { Transaction } from '../database.ts';

const ROOM_LOCK = 7004;

export type LogRhythm = {
  /** The next batch of the log, from border's tree. */
  tick: number;
  /** Places that may be promised in each. */
  batchSize: number;
  /** How many coming batches a leaf is drawn among. */
  draw: number;
};

export type RoomRequest = {
  /** Takes the next batch with room instead of a drawn one (severity 4 and above). */
  urgent: boolean;
  /** The batch must come after this one: the tick of the record's version before. */
  after?: number | undefined;
};

/** Promises each a place in one of the coming batches. When all of them are full, later ones are taken.
 *  @returns their ticks, in order */
export async function promiseRooms(
  tx: Transaction,
  rhythm: LogRhythm,
  requests: readonly RoomRequest[],
  random: RandomBytes,
): Promise<number[]> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [ROOM_LOCK]);
  const taken = new Map<number, number>();
  for (const row of await tx.query<{ tick: number; taken: number }>(
    'SELECT tick, taken FROM log_room WHERE tick > $1',
    [rhythm.tick],
  ))
    taken.set(row.tick, row.taken);
  const ticks = requests.map((request) => {
    const tick = drawTick(taken, rhythm, request, random);
    taken.set(tick, (taken.get(tick) ?? 0) + 1);
    return tick;
  });
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

function drawTick(
  taken: ReadonlyMap<number, number>,
  { tick, batchSize, draw }: LogRhythm,
  { urgent, after = -1 }: RoomRequest,
  random: RandomBytes,
): number {
  // The batch that is next may be on its way already, so the draw begins with the one behind it.
  for (let first = Math.max(tick, after) + 1; ; first += draw) {
    const room = Array.from({ length: draw }, (_, i) => batchSize - (taken.get(first + i) ?? 0));
    const drawn = urgent ? room.findIndex((free) => free > 0) : drawBatch(room, random);
    if (drawn !== undefined && drawn >= 0) return first + drawn;
  }
}
