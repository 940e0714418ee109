// What peers must tell at once.

import { postNotice } from '@detente/contract';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { takeNotice } from '../take-notice.ts';

export async function noticeRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  route(app, postNotice).to(async ({ body: notice }, { peer }) => {
    await takeNotice(exchange, peer, notice);
    return { status: 204 };
  });
}
