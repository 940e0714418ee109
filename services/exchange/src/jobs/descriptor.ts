// A peer's descriptor: fetched from its origin, held against the fingerprint that an officer pinned or the key that was
// announced to follow it, landed for the worker.

import { verifyDescriptor } from '@detente/keys';
import { landStatement, type Peer } from '@detente/store/exchange';
import type { Line } from '../line.ts';
import type { Puller } from './pull.ts';

/** @throws PullFault, WireError, KeysError */
export async function pullDescriptor({ border }: Pick<Puller, 'border'>, peer: Peer, line: Line): Promise<void> {
  const { origin, fingerprint, keys } = peer;
  const body = await line.descriptor();
  if (body === peer.descriptor) return;
  const { digest } = await verifyDescriptor(body, { origin, fingerprint, next: keys.identity?.next });
  await border.write((tx) => landStatement(tx, { peer: origin, kind: 'descriptor', digest, body }));
}
