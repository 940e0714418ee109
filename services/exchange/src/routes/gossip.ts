// Peers tell each other which checkpoints they were shown of the logs that both list.

import { gossip } from '@detente/contract/exchange';
import { route } from '@detente/server';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { listedLogs, listen, tell } from '../gossip.ts';

export async function gossipRoutes(app: FastifyInstance, { border }: Exchange): Promise<void> {
  route(app, gossip).to(async ({ body }, { peer }) => {
    const listed = await listedLogs(border, peer.origin);
    await listen(border, listed, body, peer.origin);
    // The caller lists those that it names, and is told of no other.
    const named = new Set(body.logs.map(({ log }) => log));
    const both = new Map([...listed].filter(([log]) => named.has(log)));
    return { status: 200, body: await tell(border, both) };
  });
}
