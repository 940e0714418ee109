// What peers sign for: that they stored what they were given.

import { postReceipt } from '@detente/contract/exchange';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { takeReceipt } from '../take-receipt.ts';

export async function receiptRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  route(app, postReceipt).to(async ({ body }, { peer }) => {
    await takeReceipt(exchange, peer, body.receipt);
    return { status: 204 };
  });
}
