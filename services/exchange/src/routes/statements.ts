// Offers, standings, contests and attestations, both ways.

import { getStatements, putStatement } from '@detente/contract/exchange';
import { route } from '@detente/server';
import { newestStatements } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { takeStatement } from '../take-statement.ts';

export async function statementRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  route(app, getStatements).to(async (_, { peer }) => {
    const statements = await newestStatements(exchange.border.now, peer.origin);
    return { status: 200, body: { statements } };
  });

  route(app, putStatement).to(async ({ body }, { peer }) => {
    await takeStatement(exchange, peer, body.statement);
    return { status: 204 };
  });
}
