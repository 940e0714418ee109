// A peer's log as it shows it to anyone (C2SP tlog-tiles).

import { HASH_SIZE, TILE_WIDTH, type TileId, tilePath } from '@detente/tlog';
import { bundleLength } from '../entries.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';

const LOG = '/log/v1/';

type Wanted = { level: number | 'entries'; index: number; width: number };

/** A tile or an entry bundle. A partial one may be gone once the full one is there (tlog-tiles), which begins with the same bytes.
 *  @throws PullFault `answer_refused` */
export async function readTile(line: Line, { level, index, width }: Wanted): Promise<Buffer> {
  const ask = (wide: number) => line.plain({ method: 'GET', path: `${LOG}${tilePath(level, index, wide)}` });
  const asked = await ask(width);
  const isGone = asked.status === 404 && width < TILE_WIDTH;
  const full = isGone ? await ask(TILE_WIDTH) : undefined;
  const { status, body } = full?.status === 200 ? full : asked;
  if (status !== 200) throw logFault(`answers ${status} to the question for ${tilePath(level, index, width)}`);
  const bytes = Buffer.from(body, 'latin1');
  return full ? bytes.subarray(0, level === 'entries' ? bundleLength(width) : width * HASH_SIZE) : bytes;
}

/** @throws PullFault `answer_refused` */
export async function readTiles(line: Line, tiles: readonly (TileId & { width: number })[]) {
  const read = [];
  for (const { level, index, width } of tiles)
    read.push({ level, index, bytes: await readTile(line, { level, index, width }) });
  return read;
}

export function logFault(what: string): PullFault {
  return new PullFault('answer_refused', `the peer’s log ${what}`);
}
