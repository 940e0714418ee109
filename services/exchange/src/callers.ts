// Who calls: peers by the thumbprint of their transport key.

import type { KeyObject } from 'node:crypto';
import type { Database } from '@detente/store/database';
import { peerByTransportKey, peersByAnnouncedKey } from '@detente/store/exchange';
import { type Enrolled, enrolledPeer } from './enrolled.ts';

declare module '@detente/http-signature/fastify' {
  interface Peer {
    readonly log: string;
    readonly descriptors: Enrolled['descriptors'];
    readonly identities: Enrolled['identities'];
    keys: Enrolled['keys'];
    isRevoked: Enrolled['isRevoked'];
    isAnnounced: Enrolled['isAnnounced'];
  }
}

export type Caller = { key: KeyObject; peer: Enrolled };

/** How long a key is taken as known without asking: a peer that is expelled is a stranger after that. */
const keptMs = 2000;
const keptPeers = 512;

/** Finds callers in border and keeps those it found for two seconds, so that keys are not parsed for every request.
 *  @param options.look told of a peer that calls with the key that it announced: its descriptor may name it now */
export function callerFinder(
  border: Database,
  { look = () => undefined, now = Date.now }: { look?: (origin: string) => void; now?: () => number } = {},
) {
  const kept = new Map<string, { until: number; caller: Caller }>();
  return async (keyid: string): Promise<Caller | undefined> => {
    const held = kept.get(keyid);
    if (held && held.until > now()) return held.caller;
    kept.delete(keyid);
    const row = await border.read((reader) => peerByTransportKey(reader, keyid));
    const peer = row && enrolledPeer(row);
    const key = peer?.keys('transport').get(keyid);
    if (!peer || !key) {
      for (const origin of await border.read((reader) => peersByAnnouncedKey(reader, keyid))) look(origin);
      return undefined;
    }
    if (kept.size >= keptPeers) kept.clear();
    const caller = { key, peer };
    kept.set(keyid, { until: now() + keptMs, caller });
    return caller;
  };
}
