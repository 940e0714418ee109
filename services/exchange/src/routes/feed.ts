// The feed: the next page of what the caller may see of this log.

import { getFeed } from '@detente/contract/exchange';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { servePage } from '../serve-page.ts';

export async function feedRoutes(app: FastifyInstance, { border, origin }: Exchange): Promise<void> {
  route(app, getFeed).to(async ({ query }, { peer }) => {
    const page = await border.write((tx) => servePage(tx, { ...query, origin, peer: peer.origin }));
    return { status: 200, raw: page };
  });
}
