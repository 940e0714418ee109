// The witness: cosigns the checkpoints of enrolled peers' logs (C2SP tlog-witness). Unsigned, as the specification says.

import { addCheckpoint, getWitnessed } from '@detente/contract/exchange';
import { problem, route } from '@detente/server';
import { findWitnessed } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { witness } from '../witness.ts';

export async function witnessRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  route(app, addCheckpoint).to(async ({ body }) => {
    const answer = await witness(exchange, body ?? Buffer.alloc(0));
    if ('line' in answer) return { status: 200, raw: answer.line };
    return { status: 409, raw: `${answer.size}\n` };
  });

  route(app, getWitnessed).to(async ({ params }) => {
    const note = await findWitnessed(exchange.border.now, params.origin_hash);
    if (note === undefined) throw problem('not_found');
    return { status: 200, raw: note };
  });
}
