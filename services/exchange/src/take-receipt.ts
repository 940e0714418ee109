// A receipt that a peer brought, on whatever way: that it stored what it was given.

import { verifyReceipt } from '@detente/keys';
import { problem } from '@detente/server';
import { keepReceipt, noteBrought, quarantineReceived } from '@detente/store/exchange';
import type { Bringer, Taker } from './app.ts';
import { refusal } from './faults.ts';
import { checkBudget } from './take-notice.ts';

/** Keeps a receipt of the peer's own, for this node, within the peer's budget of a day.
 *  @throws ProblemError `validation_failed`, `conflict`, `rate_limited` */
export async function takeReceipt(taker: Taker, peer: Bringer, jws: string): Promise<void> {
  const { border, origin } = taker;
  const keyFor = (kid: string) => peer.keys('receipt').get(kid);
  const expected = { iss: peer.origin, aud: origin, keyFor };
  const { seq, kid, digest } = await verifyReceipt(jws, expected).catch(
    refusal(taker, peer, { kind: 'receipt', body: jws }),
  );
  if (peer.isRevoked('receipt', { kid, place: null })) {
    // Taken, so that an honest peer is not held up by it, and counted for nothing.
    const why = { code: 'key_revoked', detail: JSON.stringify({ kid }) };
    await border.write((tx) =>
      quarantineReceived(tx, peer.origin, [{ kind: 'receipt', digest, place: null, body: jws, ...why }]),
    );
    return;
  }
  const brought = { peer: peer.origin, kind: 'receipt', digest, body: jws } as const;
  const kept = await border.write(async (tx) => {
    await checkBudget(taker, tx, { ...brought, length: jws.length });
    await noteBrought(tx, brought);
    return keepReceipt(tx, { peer: peer.origin, seq, jws });
  });
  if (kept) return;
  await taker.keep(peer.origin, { kind: 'receipt', code: 'sequence_taken', body: jws });
  throw problem('conflict', { detail: 'another receipt has this sequence number' });
}
