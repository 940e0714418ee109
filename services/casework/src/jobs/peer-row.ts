// A peer's row: changed by an officer's act, by the peer's descriptor and by the end of a peering, by one of them at a time.

import type { Transaction } from '@detente/store/database';
import { lockPeers, type PeerRow, readPeers } from '@detente/store/worker';
import type { Worker } from '../worker-context.ts';
import { carryOut } from './carry.ts';

/** Lets a peer be changed by whoever has seen it as it is after everything that was written before.
 *  @param change writes the whole row; it is given all peers as well
 *  @returns undefined when there is no such peer */
export async function changePeer<T>(
  worker: Worker,
  origin: string,
  change: (tx: Transaction, peer: PeerRow, all: readonly PeerRow[]) => Promise<T>,
): Promise<T | undefined> {
  return worker.home.write(async (tx) => {
    const all = await lockedPeers(worker, tx);
    const peer = all.find((one) => one.origin === origin);
    return peer && change(tx, peer, all);
  });
}

/** All peers, and the right to change them until the transaction ends. */
export async function lockedPeers(worker: Worker, tx: Transaction): Promise<PeerRow[]> {
  await lockPeers(tx);
  // Rows are read in border, where what was written before has to be.
  await carryOut(worker);
  return readPeers(worker.border.now);
}
