// Our receipts for what we stored, brought to the peer that gave it.

import { markReceiptSent, unsentReceipts } from '@detente/store/exchange';
import type { Enrolled } from '../enrolled.ts';
import type { Line } from '../line.ts';
import { PullFault } from '../pull-fault.ts';
import type { Puller } from './pull.ts';

const path = '/exchange/v1/receipts';
const atOnce = 100;

/** Sends what the peer has not acknowledged. A receipt may be sent twice after a crash; the peer keeps it once. One whose number the
 *  peer has given to another is answered 409 for good and is not sent again; after a refusal for its budget the others wait.
 *  @throws WireError, PullFault `answer_refused` */
export async function sendReceipts({ border }: Pick<Puller, 'border'>, peer: Enrolled, line: Line): Promise<void> {
  let refused: number | undefined;
  let behind = 0;
  for (;;) {
    const receipts = await unsentReceipts(border.now, peer.origin, { behind, limit: atOnce });
    for (const receipt of receipts) {
      const body = JSON.stringify({ receipt: receipt.jws });
      const { status } = await line.call(peer, { method: 'POST', path, body });
      if (status === 204 || status === 409) await border.write((tx) => markReceiptSent(tx, receipt));
      if (status === 429 || status === 503) throw refusal(status);
      if (status !== 204) refused = status;
      behind = receipt.seq;
    }
    if (receipts.length < atOnce) break;
  }
  if (refused !== undefined) throw refusal(refused);
}

function refusal(status: number): PullFault {
  return new PullFault('answer_refused', `the peer answers ${status} to a receipt`);
}
