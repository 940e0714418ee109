// A log in memory, of the product's own pure steps; and the weak ones that show what the adversary can do.
import {
  appendBatch,
  emptyFrontier,
  planBatch,
  promiseBatches,
  type RandomBytes,
  type Tile,
  type TileId,
} from '@detente/tlog';
import type { DayLog } from './watch.ts';

/** The defaults of a node. */
export const BATCH = 16;
export const DRAW = 60;

export type Arm = {
  /** Places that may be promised in a batch. */
  room: number;
  /** Whether every leaf takes the next batch with room. */
  queues: boolean;
  /** Leaves in a batch for which so many wait. */
  batchSize(due: number): number;
};

export const arms = {
  product: { room: BATCH, queues: false, batchSize: () => BATCH },
  unpadded: { room: BATCH, queues: false, batchSize: (due) => due },
  load: { room: Infinity, queues: true, batchSize: (due) => BATCH * Math.max(1, Math.ceil(due / BATCH)) },
  queue: { room: BATCH, queues: true, batchSize: () => BATCH },
} satisfies Record<string, Arm>;

type Pending = { leaf: Buffer; tick: number; after: Buffer | null };

export function simulatedLog(arm: Arm, random: RandomBytes): DayLog {
  const taken = new Map<number, number>();
  const tiles = new Map<string, Tile>();
  const bundles: Buffer[] = [];
  let frontier = emptyFrontier();
  let tick = 0;
  let pending: Pending[] = [];
  return {
    async promise(requests) {
      const hurried = requests.map((request) => ({ ...request, urgent: request.urgent || arm.queues }));
      return promiseBatches(taken, { tick, batchSize: arm.room, draw: DRAW }, hurried, random);
    },
    async add(leaves) {
      pending.push(...leaves);
    },
    async sequence() {
      const ready = dueOf(pending, tick);
      const batchSize = arm.batchSize(ready.length);
      const due = ready.slice(0, batchSize);
      const { size } = frontier;
      const plan = planBatch({ size, batchSize, pending: due, random });
      const readPartial = (level: number, index: number) => tiles.get(`${level}/${index}`)?.bytes;
      const partialBundle = size % 256 === 0 ? undefined : bundles[Math.floor(size / 256)];
      const after = appendBatch({ frontier, entries: plan.entries, readPartial, partialBundle });
      for (const tile of after.tiles) tiles.set(`${tile.level}/${tile.index}`, tile);
      for (const { index, bytes } of after.bundles) bundles[index] = bytes;
      frontier = after.frontier;
      tick += 1;
      pending = pending.filter((one) => !due.includes(one));
      const placed = due.map(({ leaf }, i) => ({ leaf, place: plan.places[i]! }));
      return { size: frontier.size, root: after.root, placed };
    },
    tiles: async (ids: readonly TileId[]) => ids.flatMap(({ level, index }) => tiles.get(`${level}/${index}`) ?? []),
    bundles: async () => bundles,
  };
}

/** As the sequencer asks the database: those whose tick has come, but none before its version before. */
function dueOf(pending: readonly Pending[], tick: number): Pending[] {
  return pending
    .filter(({ tick: from, after }) => from <= tick && !(after && pending.some(({ leaf }) => after.equals(leaf))))
    .sort((a, b) => a.tick - b.tick || Buffer.compare(a.leaf, b.leaf));
}
