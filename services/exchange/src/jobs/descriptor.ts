// A peer's descriptor: fetched from its origin, with those that we missed, held against the fingerprint that an officer pinned
// or the key that was announced to follow it, landed for the worker.

import { type Descriptor, KeysError, type KeysErrorCode, thumbprint, verifyDescriptor } from '@detente/keys';
import { landStatement, type Peer } from '@detente/store/exchange';
import { isSigned } from '../faults.ts';
import type { Line } from '../line.ts';
import type { Puller } from './pull.ts';

/** Descriptors that are taken at one look; with the next look comes what is behind them. */
const atOnce = 20;

type Landed = { digest: string; body: string };

/** @returns whether the peer shows one that has not been taken in
 *  @throws PullFault, WireError, KeysError */
export async function pullDescriptor(
  { border, keep }: Pick<Puller, 'border' | 'keep'>,
  peer: Peer,
  line: Line,
): Promise<boolean> {
  const { origin } = peer;
  const landed = await verifyShown(peer, line, async (code, body) => {
    // The fault of a pull is gone with the next good one; that it showed this stays.
    if (isSigned(code)) await keep(origin, { kind: 'descriptor', code, body });
  });
  await border.write(async (tx) => {
    for (const one of landed) await landStatement(tx, { peer: origin, kind: 'descriptor', ...one });
  });
  return landed.length > 0;
}

/** The descriptors that the peer shows behind the one that we hold, each verified under the one before.
 *  @param refused told of one that is refused, before that is thrown
 *  @throws PullFault, WireError, KeysError */
export async function verifyShown(
  peer: Peer,
  line: Line,
  refused: (code: KeysErrorCode, body: string) => Promise<void> = async () => undefined,
): Promise<(Landed & { keys: Descriptor['keys'] })[]> {
  const { origin } = peer;
  const newest = await line.descriptor();
  if (newest === peer.descriptor) return [];
  let pinned = { origin, fingerprint: peer.fingerprint, next: peer.keys.identity?.next };
  const shown: (Landed & { keys: Descriptor['keys'] })[] = [];
  for await (const body of inOrder(peer, newest, line)) {
    const { digest, body: said } = await verifyDescriptor(body, pinned).catch(async (error: unknown) => {
      if (error instanceof KeysError) await refused(error.code, body);
      throw error;
    });
    const { jwk, next } = said.keys.identity;
    pinned = { origin, fingerprint: thumbprint(jwk), next };
    shown.push({ digest, body, keys: said.keys });
  }
  return shown;
}

/** Those between the one that we hold and the newest, which each announced the keys of the next; then the newest. Of a peer
 *  that does not have them the newest alone. */
async function* inOrder(peer: Peer, newest: string, line: Line): AsyncGenerator<string> {
  const [first, last] = [peer.descriptor === null ? undefined : seqOf(peer.descriptor), seqOf(newest)];
  if (first === undefined || last === undefined) return yield newest;
  for (let seq = first + 1; seq < last; seq++) {
    if (seq > first + atOnce) return;
    const missed = await line.earlierDescriptor(seq);
    if (missed === undefined) break;
    yield missed;
  }
  yield newest;
}

/** The number that a descriptor claims to have, which says no more than what to ask for. */
export function seqOf(jws: string): number | undefined {
  try {
    const { seq } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { seq?: unknown };
    return Number.isSafeInteger(seq) ? (seq as number) : undefined;
  } catch {
    throw new KeysError('jws_malformed', 'the payload is no JSON object in base64url');
  }
}
