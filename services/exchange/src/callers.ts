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
    readonly revokedLogKeys: Enrolled['revokedLogKeys'];
    keys: Enrolled['keys'];
    isRevoked: Enrolled['isRevoked'];
    isAnnounced: Enrolled['isAnnounced'];
  }
}

export type Caller = { key: KeyObject; peer: Enrolled };

/** How long an answer is kept: a peer that is expelled is a stranger after that. */
const keptMs = 2000;
const keptKeys = 512;

/** Finds callers in border and keeps what it found for two seconds, so that keys are not parsed for every request. It takes as
 *  long for a key of nobody as for a peer's, the first time and every time after.
 *  @param options.look told of a peer that calls with the key that it announced: its descriptor may name it now */
export function callerFinder(
  border: Database,
  { look = () => undefined, now = Date.now }: { look?: (origin: string) => void; now?: () => number } = {},
) {
  const known = new Map<string, { until: number; caller: Caller }>();
  // Apart, so that strangers push no peer out.
  const unknown = new Map<string, { until: number; caller: undefined }>();
  return async (keyid: string): Promise<Caller | undefined> => {
    const held = known.get(keyid) ?? unknown.get(keyid);
    if (held && held.until > now()) return held.caller;
    const row = await peerByTransportKey(border.now, keyid);
    const announcers = await peersByAnnouncedKey(border.now, keyid);
    const peer = row && enrolledPeer(row);
    const key = peer?.keys('transport').get(keyid);
    const until = now() + keptMs;
    known.delete(keyid);
    unknown.delete(keyid);
    if (!peer || !key) {
      for (const origin of announcers) look(origin);
      keep(unknown, keyid, { until, caller: undefined });
      return undefined;
    }
    const caller = { key, peer };
    keep(known, keyid, { until, caller });
    return caller;
  };
}

function keep<Held>(kept: Map<string, Held>, keyid: string, held: Held): void {
  if (kept.size >= keptKeys) kept.clear();
  kept.set(keyid, held);
}
