// The log of a node in a database: promised, carried and sequenced by the worker's own functions. A day is rolled back when it
// is over, so that each begins with an empty log.
import { openDatabase, type Transaction } from '@detente/store/database';
import { createTestDatabases } from '@detente/store/embedded';
import { readTiles } from '@detente/store/exchange';
import { readTile } from '@detente/store/publication';
import {
  applyOutgoing,
  clearSequenced,
  ensureTree,
  promiseRooms,
  readSequenced,
  readTree,
  rhythmOf,
  sequenceBatch,
} from '@detente/store/worker';
import { parseFrontier, type RandomBytes, rootOf } from '@detente/tlog';
import { BATCH, DRAW } from './simulated-log.ts';
import type { DayLog } from './watch.ts';

const today = '2026-11-27';

export async function databaseDays() {
  const ends: (() => unknown)[] = [];
  const databases = await createTestDatabases({ teardown: (end) => ends.push(end) });
  const open = (kind: 'home' | 'border') =>
    openDatabase({ url: databases[kind].superuserUrl, max: 1, name: `detente bench ${kind}` });
  const [home, border] = [open('home'), open('border')];
  return {
    /** Lets a day pass in an empty log. */
    async run<T>(use: (log: DayLog) => Promise<T>, random: RandomBytes): Promise<T> {
      let result: { value: T } | undefined;
      await home
        .write((homeTx) =>
          border.write(async (borderTx) => {
            await clear(homeTx, borderTx);
            await ensureTree(borderTx, BATCH, today);
            result = { value: await use(databaseLog(homeTx, borderTx, random)) };
            throw new DayOver();
          }),
        )
        .catch((error: unknown) => {
          if (!(error instanceof DayOver)) throw error;
        });
      return result!.value;
    },
    async stop(): Promise<void> {
      await Promise.all([home.close(), border.close()]);
      for (const end of ends) await end();
    },
  };
}

class DayOver extends Error {}

/** Gives the day files of its own, which go with it: else what was rolled back would slow down the days behind. */
async function clear(home: Transaction, border: Transaction): Promise<void> {
  await home.execute('TRUNCATE log_room');
  await border.execute('TRUNCATE tree, tiles, entries, pending_leaves, sequenced');
}

function databaseLog(home: Transaction, border: Transaction, random: RandomBytes): DayLog {
  let number = 0;
  const tree = async () => (await readTree(border))!;
  return {
    promise: async (requests) => promiseRooms(home, rhythmOf(await tree(), DRAW), requests, random),
    async add(leaves) {
      const rows = leaves.map(({ leaf, tick, after }) => ({
        number: ++number,
        kind: 'leaf' as const,
        body: { leaf: leaf.toString('base64url'), tick, after: after?.toString('base64url') ?? null },
      }));
      await applyOutgoing(border, rows);
    },
    async sequence() {
      const { size, frontier } = (await sequenceBatch(border, random, today))!;
      const placed = await readSequenced(border, BATCH);
      await clearSequenced(border, placed);
      return { size, root: rootOf(parseFrontier(frontier)), placed };
    },
    tiles: (ids) => readTiles(border, ids),
    async bundles() {
      const { size } = await tree();
      const bundles: Buffer[] = [];
      for (let index = 0; index * 256 < size; index++) {
        const { bytes } = await readTile(border, { level: 'entries', index }, 256 * 34);
        bundles.push(bytes!);
      }
      return bundles;
    },
  };
}
