// Who did what, when and why.

import { listActs } from '@detente/contract/casework';
import { route } from '@detente/server';
import { listActs as findActs } from '@detente/store/casework';
import type { FastifyInstance } from 'fastify';
import type { Casework } from '../app.ts';
import { formatPage, pageRange } from '../page.ts';
import { shown } from '../shown.ts';

export async function actRoutes(app: FastifyInstance, { home }: Casework): Promise<void> {
  route(app, listActs).to(async ({ query }) => {
    const { before, limit } = pageRange(query);
    const rows = await home.read((reader) => findActs(reader, before, limit));
    return { status: 200, body: formatPage(rows, query, ({ number }) => number, shown) };
  });
}
