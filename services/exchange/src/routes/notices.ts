// What peers must tell at once.

import { postNotice } from '@detente/contract/exchange';
import { ProblemError, route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { countFruitless } from '../fruitless.ts';
import { RETRY_AFTER, takeNotice, tooMany } from '../take-notice.ts';

export async function noticeRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  const fruitless = countFruitless({ most: exchange.noticesPerMinute, seconds: RETRY_AFTER.minute });
  route(app, postNotice).to(async ({ body: notice }, { peer }) => {
    // Warnings have a room of their own, as in the budget of those that land.
    const whose = `${'warning' in notice ? 'warnings' : 'notices'} of ${peer.origin}`;
    // Before anything is verified.
    if (fruitless.isSpent(whose)) throw tooMany('minute');
    try {
      if (!(await takeNotice(exchange, peer, notice))) fruitless.add(whose);
    } catch (error) {
      if (error instanceof ProblemError) fruitless.add(whose);
      throw error;
    }
    return { status: 204 };
  });
}
