// Which batch a leaf is promised to. Drawn at random, so that nothing queues visibly (design section 5).

import { drawBatch, type RandomBytes } from '@detente/tlog';
import type { Transaction } from '../database.ts';

const ROOM_LOCK = 7004;

export type RoomRequest = {
  /** The next batch of the log, from border's tree. */
  tick: number;
  batchSize: number;
  /** How many coming batches a leaf is drawn among. */
  draw: number;
  /** Takes the next batch with room instead of a drawn one (severity 4 and above). */
  urgent: boolean;
  /** The batch must come after this one: the tick of the record's version before. */
  after?: number;
};

/** Promises a place in one of the coming batches and returns its tick. When all of them are full, later ones are taken. */
export async function promiseRoom(tx: Transaction, request: RoomRequest, random: RandomBytes): Promise<number> {
  await tx.execute('SELECT pg_advisory_xact_lock($1)', [ROOM_LOCK]);
  // The batch that is next may be on its way already, so the draw begins with the one behind it.
  let first = Math.max(request.tick + 1, (request.after ?? -1) + 1);
  for (;;) {
    const room = await roomFrom(tx, first, request);
    const drawn = request.urgent ? room.findIndex((free) => free > 0) : drawBatch(room, random);
    if (drawn !== undefined && drawn >= 0) {
      const tick = first + drawn;
      await tx.execute(
        'INSERT INTO log_room (tick, taken) VALUES ($1, 1) ON CONFLICT (tick) DO UPDATE SET taken = log_room.taken + 1',
        [tick],
      );
      return tick;
    }
    first += request.draw;
  }
}

async function roomFrom(tx: Transaction, first: number, { draw, batchSize }: RoomRequest): Promise<number[]> {
  const taken = await tx.query<{ tick: number; taken: number }>(
    'SELECT tick, taken FROM log_room WHERE tick >= $1 AND tick < $2',
    [first, first + draw],
  );
  const room = Array.from({ length: draw }, () => batchSize);
  for (const row of taken) room[row.tick - first] = batchSize - row.taken;
  return room;
}
