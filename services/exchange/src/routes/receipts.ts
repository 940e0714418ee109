// What peers sign for: that they stored what they were given.

import { postReceipt } from '@detente/contract';
import { verifyReceipt } from '@detente/keys';
import { problem, route } from '@detente/server';
import { keepReceipt } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { statementProblem } from '../faults.ts';

export async function receiptRoutes(app: FastifyInstance, { border, origin }: Exchange): Promise<void> {
  route(app, postReceipt).to(async ({ body }, { peer }) => {
    const keyFor = (kid: string) => peer.keys('receipt').get(kid);
    const { seq } = await verifyReceipt(body.receipt, { iss: peer.origin, aud: origin, keyFor }).catch((error) => {
      throw statementProblem(error, '/receipt');
    });
    const kept = await border.write((tx) => keepReceipt(tx, { peer: peer.origin, seq, jws: body.receipt }));
    if (!kept) throw problem('conflict', { detail: 'another receipt has this sequence number' });
    return { status: 204 };
  });
}
