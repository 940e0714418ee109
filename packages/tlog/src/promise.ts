// Which batch a leaf is promised to: drawn at random, so that nothing queues visibly. The bookkeeping is the caller's.
import { drawBatch, type RandomBytes } from './sequencer.ts';

export type LogRhythm = {
  /** The next batch of the log. */
  tick: number;
  /** Places that may be promised in each. */
  batchSize: number;
  /** How many coming batches a leaf is drawn among. */
  draw: number;
};

export type RoomRequest = {
  /** Takes the next batch with room instead of a drawn one. */
  urgent: boolean;
  /** The batch must come after this one: that of the leaf's version before. */
  after?: number | undefined;
};

/** Promises each a place in one of the coming batches, in order. When all that it is drawn among are full, later ones are taken.
 *  @param taken places that were promised before, by tick; raised by what is promised now.
 *  @returns their ticks. */
export function promiseBatches(
  taken: Map<number, number>,
  rhythm: LogRhythm,
  requests: readonly RoomRequest[],
  random: RandomBytes,
): number[] {
  return requests.map((request) => {
    const tick = drawTick(taken, rhythm, request, random);
    taken.set(tick, (taken.get(tick) ?? 0) + 1);
    return tick;
  });
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
