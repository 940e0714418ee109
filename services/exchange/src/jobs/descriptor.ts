// A peer's descriptor: fetched from its origin, held against the fingerprint that an officer pinned, landed for the worker.

import { verifyDescriptor } from '@detente/keys';
import { landStatement, type Peer } from '@detente/store/exchange';
import type { Line } from '../line.ts';
import type { Puller } from './pull.ts';

/** @throws PullFault, WireError, KeysError */
export async function pullDescriptor({ border }: Pick<Puller, 'border'>, peer: Peer, line: Line): Promise<void> {
  const { origin, fingerprint } = peer;
  const body = await line.descriptor();
  if (body === peer.descriptor) return;
  const { digest } = await verifyDescriptor(body, { origin, fingerprint });
  await border.write((tx) => landStatement(tx, { peer: origin, kind: 'descriptor', digest, body }));
}
