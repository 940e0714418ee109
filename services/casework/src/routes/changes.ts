// What changed: a feed for dashboards.

import { type Change, listChanges } from '@detente/contract/casework';
import { route } from '@detente/server';
import { listChanges as findChanges, readPeerNames } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { nameOf } from '../peer-names.ts';
import { shown } from '../shown.ts';

export async function changeRoutes(app: FastifyInstance, { home, border }: Casework): Promise<void> {
  route(app, listChanges).to(async ({ query }) => {
    const rows = await findChanges(home.now, query.after, query.limit);
    const peers = await readPeerNames(border.now);
    const changes = rows.map(
      (row): Change => shown({ ...row, peer: row.peer === null ? null : nameOf(peers, row.peer) }),
    );
    return { status: 200, body: { changes, after: rows.at(-1)?.change ?? query.after } };
  });
}
