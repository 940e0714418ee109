// The log, served as static bytes (C2SP tlog-tiles, tlog-checkpoint).

import { getCheckpoint, getCosigned, getTile } from '@detente/contract/publication';
import { problem, route } from '@detente/server';
import type { Database, Reader } from '@detente/store/database';
import { isDoubted, latestCheckpoint, latestCosigned, readTile } from '@detente/store/publication';
import type { FastifyInstance } from 'fastify';
import { isReached, readTileAddress, tileLength } from '../tiles.ts';

// A tile of a given width never changes; the checkpoint does with every tick.
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const never = { 'cache-control': 'no-cache' };

const older = {
  detail: 'this node is finding out whether its log is whole; tiles and editions are served meanwhile',
  headers: { 'retry-after': '5' },
} as const;

type Log = {
  database: Database;
  /** Witnesses that must have cosigned a checkpoint before it is given as cosigned. */
  required: number;
};

export async function logRoutes(app: FastifyInstance, { database, required }: Log): Promise<void> {
  /** @throws ProblemError `unavailable`, `not_found` */
  async function newest(find: (reader: Reader) => Promise<string | undefined>): Promise<string> {
    const { doubted, note } = await database.read(async (reader) => ({
      doubted: await isDoubted(reader),
      note: await find(reader),
    }));
    if (doubted) throw problem('unavailable', older);
    if (note === undefined) throw problem('not_found');
    return note;
  }

  route(app, getCheckpoint).to(async () => {
    const note = await newest(latestCheckpoint);
    return { status: 200, raw: note, headers: never };
  });

  route(app, getCosigned).to(async () => {
    const note = await newest((reader) => latestCosigned(reader, required));
    return { status: 200, raw: note, headers: never };
  });

  route(app, getTile).to(async ({ params }) => {
    const request = readTileAddress(params.path);
    if (!request) throw problem('not_found');
    const length = tileLength(request);
    const { size, bytes } = await readTile(database.now, request, length);
    if (!isReached(request, size)) throw problem('not_found');
    if (bytes?.length !== length)
      throw new Error(`a checkpoint of ${size} leaves is signed over a tile that is not there`);
    return { status: 200, raw: bytes, headers: forEver };
  });
}
