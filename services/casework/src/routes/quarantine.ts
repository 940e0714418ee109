// What peers sent and was refused.

import { listQuarantine } from '@detente/contract/casework';
import { route } from '@detente/server';
import { listQuarantine as findQuarantine, readPeerNames } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { formatPage, pageRange } from '../page.ts';
import { originOf } from '../peer-names.ts';
import { shown } from '../shown.ts';

export async function quarantineRoutes(app: FastifyInstance, { border }: Casework): Promise<void> {
  route(app, listQuarantine).to(async ({ query }) => {
    const range = pageRange(query);
    const rows = await border.read(async (reader) => {
      if (query.peer === undefined) return findQuarantine(reader, range);
      const peer = originOf(await readPeerNames(reader), query.peer);
      return peer === undefined ? [] : findQuarantine(reader, { ...range, peer });
    });
    return { status: 200, body: formatPage(rows, query, ({ number }) => number, shown) };
  });
}
