// Our receipts for what we stored, brought to the peer that gave it.

import { markReceiptSent, unsentReceipts } from '@detente/store/exchange';
import type { Enrolled } from '../enrolled.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import type { Puller } from './pull.ts';

const path = '/exchange/v1/receipts';
const atOnce = 100;

/** Sends what the peer has not acknowledged. A receipt may be sent twice after a crash; the peer keeps it once.
 *  @throws WireError, PullFault `answer_refused` */
export async function sendReceipts({ border }: Pick<Puller, 'border'>, peer: Enrolled, line: Line): Promise<void> {
  let refused: number | undefined;
  for (;;) {
    const receipts = await unsentReceipts(border.now, peer.origin, atOnce);
    for (const receipt of receipts) {
      const body = JSON.stringify({ receipt: receipt.jws });
      const { status } = await line.call(peer, { method: 'POST', path, body });
      if (status === 204) await border.write((tx) => markReceiptSent(tx, receipt));
      else refused = status;
    }
    if (refused !== undefined) throw new PullFault('answer_refused', `the peer answers ${refused} to a receipt`);
    if (receipts.length < atOnce) return;
  }
}
