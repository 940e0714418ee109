// The log is checked before it is signed: its tail before each batch, the rest in the background, a few tiles at a time. What does
// not fit stops signing, not reading, until it fits again.

import type { Reader } from '@detente/store/database';
import { readLog, readStops, resumeSigning } from '@detente/store/worker';
import { TILE_WIDTH } from '@detente/tlog';
import { damageAtTail, damageInTiles, type Own } from '../log-damage.ts';
import { ownKeys } from '../own-keys.ts';
import type { Worker } from '../worker-context.ts';
import { lengthenAll } from './lengthen.ts';
import { stopFor } from './stop-signing.ts';

/** Tiles of leaves in a slice: some 4,000 leaves. */
const SLICE = 16;
const PAUSE_MS = { slice: 100, pass: 3_600_000 } as const;

/** Checks the edge that the next batch continues, and stops signing when it does not fit. */
export async function checkTail(worker: Worker): Promise<void> {
  const damage = await worker.border.read(async (reader) =>
    damageAtTail(reader, await ownOf(worker, reader), worker.verified),
  );
  if (damage) await stopFor(worker, damage);
}

/** Lets signing go on once the place that it was stopped for fits again, and the tail does; and gives what was held back of a record
 *  that was damaged. */
export async function checkAgain(worker: Worker): Promise<void> {
  const damaged = (await readStops(worker.border.now)).find(({ kind }) => kind === 'damaged');
  if (!damaged) return;
  const place = damaged.place ?? 0;
  const at = { first: Math.floor(place / TILE_WIDTH), count: 1, above: true };
  const damage = await worker.border.read(async (reader) => {
    const own = await ownOf(worker, reader);
    return (
      (await damageInTiles({ border: reader, home: worker.home.now }, own, at)) ?? (await damageAtTail(reader, own))
    );
  });
  if (damage) return stopFor(worker, damage);
  if (!(await lengthenAll(worker))) return;
  await worker.border.write((tx) => resumeSigning(tx, 'damaged'));
  worker.log.info({ place }, 'the log fits what was signed again, and is continued');
}

async function ownOf(worker: Worker, reader: Reader): Promise<Own> {
  return { origin: worker.origin, logName: worker.logName, keys: await ownKeys(worker, reader) };
}

/** The whole log, read again and again with an hour between the passes.
 *  @param count tiles in a slice
 *  @returns looks at the next slice, unless signing is stopped for damage already; and says in how many milliseconds the one
 *    behind it should be looked at */
export function startPasses(worker: Worker, count: number = SLICE): () => Promise<number> {
  let first = 0;
  return async () => {
    const stops = await readStops(worker.border.now);
    if (stops.some(({ kind }) => kind === 'damaged')) return PAUSE_MS.slice;
    const { damage, end } = await worker.border.read(async (reader) => ({
      damage: await damageInTiles({ border: reader, home: worker.home.now }, await ownOf(worker, reader), {
        ...{ first, count, above: false },
      }),
      end: (await readLog(reader))?.size ?? 0,
    }));
    if (damage) {
      await stopFor(worker, damage);
      return PAUSE_MS.slice;
    }
    const isLast = (first + count) * TILE_WIDTH >= end;
    first = isLast ? 0 : first + count;
    return isLast ? PAUSE_MS.pass : PAUSE_MS.slice;
  };
}
