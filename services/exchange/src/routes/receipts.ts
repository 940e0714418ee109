// What peers sign for: that they stored what they were given.

import { postReceipt } from '@detente/contract';
import { verifyReceipt } from '@detente/keys';
import { problem, route } from '@detente/server';
import { keepReceipt, quarantineReceived } from '@detente/store/exchange';
import type { FastifyInstance } from 'fastify';
import type { Exchange } from '../app.ts';
import { refusal } from '../faults.ts';

export async function receiptRoutes(app: FastifyInstance, exchange: Exchange): Promise<void> {
  const { border, origin } = exchange;
  route(app, postReceipt).to(async ({ body }, { peer }) => {
    const keyFor = (kid: string) => peer.keys('receipt').get(kid);
    const expected = { iss: peer.origin, aud: origin, keyFor };
    const { seq, kid, digest } = await verifyReceipt(body.receipt, expected).catch(
      refusal(exchange, peer, { kind: 'receipt', body: body.receipt }),
    );
    if (peer.isRevoked('receipt', { kid, place: null })) {
      // Taken, so that an honest peer is not held up by it, and counted for nothing.
      const why = { code: 'key_revoked', detail: JSON.stringify({ kid }) };
      await border.write((tx) =>
        quarantineReceived(tx, peer.origin, [{ kind: 'receipt', digest, place: null, body: body.receipt, ...why }]),
      );
      return { status: 204 };
    }
    const kept = await border.write((tx) => keepReceipt(tx, { peer: peer.origin, seq, jws: body.receipt }));
    if (!kept) throw problem('conflict', { detail: 'another receipt has this sequence number' });
    return { status: 204 };
  });
}
