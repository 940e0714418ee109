// Who may use how much of the router at once. Whatever one client takes, there is some left for others.

import type { Socket } from 'node:net';
import { createShares, type TakeShare } from '@detente/server/process';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Requests that a service is given at once. What it reads of a body before it knows whose it is bounds them. */
export const MAX_UNDER_WAY = 384;

/** Closes a connection that is one too many of its client. A proxy that is trusted holds those of all of its clients. */
export function shareConnections({ server }: FastifyInstance, isProxy: false | ((address: string) => boolean)): void {
  const take = createShares(server.maxConnections);
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return void socket.destroy();
    if (isProxy !== false && isProxy(remoteAddress)) return;
    const giveBack = take(remoteAddress);
    if (giveBack) socket.once('close', giveBack);
    else socket.destroy();
  });
}

/** Refuses a request that is one too many of its client at a service, until one before it has been answered. */
export function shareRequests(refuse: (reply: FastifyReply) => unknown) {
  const take: TakeShare = createShares(MAX_UNDER_WAY);
  return async ({ ip }: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const giveBack = take(ip);
    if (giveBack) reply.raw.once('close', giveBack);
    else return refuse(reply);
  };
}
