// A peer's log as it shows it to anyone (C2SP tlog-tiles).

import { type TileId, tilePath } from '@detente/tlog';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';

const LOG = '/log/v1/';

/** @throws PullFault `answer_refused` */
export async function readLogPath(line: Line, path: string): Promise<Buffer> {
  const { status, body } = await line.plain({ method: 'GET', path: `${LOG}${path}` });
  if (status !== 200) throw logFault(`answers ${status} to the question for ${path}`);
  return Buffer.from(body, 'latin1');
}

/** @throws PullFault `answer_refused` */
export async function readTiles(line: Line, tiles: readonly (TileId & { width: number })[]) {
  const read = [];
  for (const { level, index, width } of tiles)
    read.push({ level, index, bytes: await readLogPath(line, tilePath(level, index, width)) });
  return read;
}

export function logFault(what: string): PullFault {
  return new PullFault('answer_refused', `the peer’s log ${what}`);
}
